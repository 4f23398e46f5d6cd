"""Everybody chooses which mails they get: at once, once a day, never; and what nobody can do without comes anyway."""

import json

import pytest

from services.notify.addressees import Side
from services.notify.mails.kinds import KINDS, kinds_for
from services.notify.mails.letters import LOCALES
from services.notify.mails.models import Template
from services.notify.tests.office import Office
from services.notify.tests.test_mails import invoice_of
from services.notify.tests.wishes import PREFERENCES, joined, status_of, wish, wishes_of, write
from tests.fakes.smtp_server import Mode


def test_every_kind_of_mail_says_who_can_get_it_and_whether_it_can_be_turned_off() -> None:
    assert set(KINDS) == set(Template) - {Template.DIGEST}


@pytest.mark.parametrize("template", Template)
def test_every_kind_of_mail_says_when_it_comes(template: Template) -> None:
    entries = json.loads((LOCALES / "en.json").read_text("utf-8"))
    assert entries[template]["about"]


async def test_at_first_everything_comes_at_once(office: Office) -> None:
    agency = await office.house.agency()

    answer = await agency.http.get(PREFERENCES)

    body = answer.json()
    assert body["otherwise"] == "now"
    assert (
        {one["frequency"] for one in body["preferences"]} == {one["default"] for one in body["preferences"]} == {"now"}
    )
    message = next(one for one in body["preferences"] if one["kind"] == "message_received")
    assert message == {
        "kind": "message_received",
        "description": "A client writes a message",
        "frequency": "now",
        "default": "now",
        "locked": False,
    }


async def test_members_and_clients_see_the_kinds_that_are_for_them(office: Office) -> None:
    agency = await office.house.agency()
    client, member = await agency.client(), await joined(office, agency)

    of_owner, of_member, of_client = [await wishes_of(one.http) for one in (agency, member, client)]

    assert {"message_received", "quote_accepted", "password_reset"} <= set(of_member)
    assert {"file_shared", "quote_sent", "magic_link", "invoice_receipt"} <= set(of_client)
    assert not set(of_client) & set(of_member) - {one for one, kind in KINDS.items() if len(kind.sides) > 1}
    # A webhook that is switched off is told to the owner alone.
    assert "endpoint_disabled" in set(of_owner) - set(of_member)
    assert set(of_member) <= set(of_owner)


async def test_what_nobody_can_do_without_is_locked(office: Office) -> None:
    agency = await office.house.agency()
    client = await agency.client()
    locked = set()
    for http in (agency.http, client.http):
        locked |= {one["kind"] for one in (await http.get(PREFERENCES)).json()["preferences"] if one["locked"]}
    assert locked >= {"magic_link", "password_reset", "invoice_receipt", "signed_copy", "file_signed", "invoice_sent"}
    assert not locked & {"message_received", "file_shared", "quote_sent", "project_completed"}


async def test_a_choice_is_kept_and_is_ones_own_alone(office: Office) -> None:
    agency, elsewhere = await office.house.agency(), await office.house.agency()
    member = await joined(office, agency)
    client, neighbour = await agency.client(), await agency.client()

    await wish(agency.http, "daily", message_received="never", file_received="now")
    await wish(client.http, file_shared="daily")

    mine = await wishes_of(agency.http)
    assert (mine["message_received"], mine["file_received"], mine["quote_accepted"]) == ("never", "now", "daily")
    assert (await wishes_of(client.http))["file_shared"] == "daily"
    for other in (member, elsewhere, neighbour):
        assert set((await wishes_of(other.http)).values()) == {"now"}


async def test_a_choice_replaces_the_one_before(office: Office) -> None:
    agency = await office.house.agency()
    await wish(agency.http, "daily", message_received="never")

    await wish(agency.http, feedback_received="never")

    chosen = await wishes_of(agency.http)
    assert {kind for kind, frequency in chosen.items() if frequency != "now"} == {"feedback_received"}


async def test_a_choice_made_on_a_stale_page_is_refused(office: Office) -> None:
    agency = await office.house.agency()
    stale = (await agency.http.get(PREFERENCES)).headers["etag"]
    taken = await agency.http.put(PREFERENCES, json={"otherwise": "daily"}, headers={"If-Match": stale})
    assert taken.status_code == 200
    assert taken.headers["etag"] == (await agency.http.get(PREFERENCES)).headers["etag"] != stale

    refused = await agency.http.put(PREFERENCES, json={"otherwise": "never"}, headers={"If-Match": stale})

    assert refused.status_code == 412
    assert (await agency.http.get(PREFERENCES)).json()["otherwise"] == "daily"


@pytest.mark.parametrize(
    ("preferences", "field"),
    [
        ([{"kind": "password_reset", "frequency": "never"}], "preferences.0.frequency"),
        ([{"kind": "password_reset", "frequency": "daily"}], "preferences.0.frequency"),
        ([{"kind": "file_shared", "frequency": "never"}], "preferences.0.kind"),
        ([{"kind": "digest", "frequency": "never"}], "preferences.0.kind"),
        ([{"kind": "nonsense", "frequency": "never"}], "preferences.0.kind"),
        ([{"kind": "message_received", "frequency": "weekly"}], "preferences.0.frequency"),
        ([{"kind": "message_received", "frequency": "now"}] * 2, "preferences.1.kind"),
        ([{"kind": "message_received", "frequency": "now", "locked": False}], "preferences.0.locked"),
        ([{"kind": "message_received"}], "preferences.0.frequency"),
    ],
)
async def test_a_choice_that_cannot_be_made_is_refused(
    office: Office, preferences: list[dict[str, str]], field: str
) -> None:
    agency = await office.house.agency()
    await wish(agency.http, feedback_received="never")

    answer = await agency.http.put(PREFERENCES, json={"preferences": preferences})

    assert answer.status_code == 400, answer.text
    assert [error["field"] for error in answer.json()["errors"]] == [field]
    assert (await wishes_of(agency.http))["feedback_received"] == "never"


async def test_naming_what_is_locked_as_it_is_changes_nothing(office: Office) -> None:
    agency = await office.house.agency()
    await wish(agency.http, password_reset="now", message_received="never")
    assert (await wishes_of(agency.http))["password_reset"] == "now"


async def test_a_machine_gets_no_mails(office: Office) -> None:
    agency = await office.house.agency()
    machine = await agency.api_key("read", "write")
    for answer in (await machine.get(PREFERENCES), await machine.put(PREFERENCES, json={})):
        assert (answer.status_code, answer.json()["code"]) == (403, "people_only")


async def test_a_company_gets_no_mails_and_decides_for_none_of_its_clients(office: Office) -> None:
    agency = await office.house.agency()
    company = await agency.company()
    client = await company.client()

    shown = await company.http.get(PREFERENCES)
    refused = await company.http.put(PREFERENCES, json={"otherwise": "never"})

    assert shown.json() == {"otherwise": "now", "preferences": []}
    assert (refused.status_code, refused.json()["code"]) == (409, "company_gets_no_mails")
    assert set((await wishes_of(client.http)).values()) == {"now"}


async def test_without_a_credential_nothing_is_shown_or_changed(office: Office) -> None:
    assert (await office.house.gateway.get(PREFERENCES)).status_code == 401
    assert (await office.house.gateway.put(PREFERENCES, json={})).status_code == 401


async def test_what_somebody_has_turned_off_goes_to_the_others_only(office: Office) -> None:
    agency = await office.house.agency()
    client, member = await agency.client("Grace Hopper"), await joined(office, agency)
    await wish(agency.http, message_received="never")

    await write(office, client)

    await office.mail_to(member.email, about="New message from Grace Hopper")
    (unwanted,) = await status_of(office, agency, "message_received", "unwanted")
    assert (unwanted.facts, unwanted.message, unwanted.sent_at) == (None, None, None)
    assert not [mail for mail in office.smtp.to(agency.email) if "message" in str(mail.message["Subject"])]


async def test_what_is_locked_comes_to_somebody_who_wants_nothing(office: Office) -> None:
    agency = await office.house.agency()
    client = await agency.client()
    await wish(client.http, "never")

    await office.tell("billing.invoice.paid", agency, invoice_of(client, amountPaid=1499.5, paidAt=None))

    await office.mail_to(client.email, about="Receipt for invoice")


async def test_a_mail_that_was_put_off_is_not_sent_to_somebody_who_wants_it_no_more(office: Office) -> None:
    agency = await office.house.agency()
    client = await agency.client()
    office.smtp.mode = Mode.DEFER
    await write(office, client)
    await status_of(office, agency, "message_received", "retrying")

    await wish(agency.http, message_received="never")
    office.smtp.mode = Mode.OK
    office.house.clock.advance(seconds=30)

    await status_of(office, agency, "message_received", "unwanted")
    assert not [mail for mail in office.smtp.to(agency.email) if "message" in str(mail.message["Subject"])]


def test_owners_see_what_is_for_them() -> None:
    assert Template.ENDPOINT_DISABLED not in kinds_for(Side.MEMBER, None)
