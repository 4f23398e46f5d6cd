"""Invitations to the portal: field by field, who may, what is told, and what is left when auth is away."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from sqlalchemy import text

from chassis.events import Event
from services.portal.main import build_app
from services.portal.tests.fakes import Cable, cable_to
from tests.house import ORIGIN, House
from tests.people import Agency
from tests.ports import free_ports

BASE = "/api/v1/client-portal"
LIST = f"{BASE}/invitations"
REVOKE = f"{BASE}/token/revoke"
SENT = "Portal invitation sent successfully"


async def company_of(agency: Agency, *emails: str | None) -> dict[str, Any]:
    """A company with a contact for each address; None is a contact without one."""
    company = await agency.made("/api/companies", {"name": "Analytical Engines"})
    where = f"/api/companies/{company['id']}/clients"
    people = [await agency.made(where, {"name": f"Contact {n}", "email": email}) for n, email in enumerate(emails)]
    return company | {"people": people}


async def invited(http: httpx.AsyncClient, path: str, body: Any = None) -> str:
    answer = await http.post(f"{BASE}/{path}/invite", json=body)
    assert answer.status_code == 200, answer.text
    assert set(answer.json()) == {"message", "token"}
    assert answer.json()["message"] == SENT
    return str(answer.json()["token"])


async def announced(house: House, agency: Agency, service: str, type: str) -> list[Event]:
    async with house.database(service).unit(UUID(agency.id)) as session:
        rows = await session.execute(
            text("SELECT envelope FROM outbox WHERE subject = :subject ORDER BY id"), {"subject": f"events.{type}"}
        )
        return [Event.decode(row.envelope) for row in rows]


def without_time(answer: httpx.Response) -> dict[str, Any]:
    return {name: value for name, value in answer.json().items() if name != "time"}


@pytest.mark.parametrize("reference", ["number", "id"])
async def test_a_contact_is_invited_with_the_token_that_is_live(house: House, reference: str) -> None:
    agency = await house.agency()
    client = await agency.client()
    token = await invited(agency.http, f"contacts/{client.body[reference]}", {"custom_message": "Welcome!"})
    assert token == client.token
    assert (await house.gateway.get("/api/portal", params={"token": token})).status_code == 200


@pytest.mark.parametrize("reference", ["number", "id"])
async def test_a_company_is_invited_by_its_contacts_who_have_an_address(house: House, reference: str) -> None:
    agency = await house.agency()
    company = await company_of(agency, "a@company.test", None, "b@company.test")
    token = await invited(agency.http, f"companies/{company[reference]}", {"custom_message": "Welcome!"})
    opened = (await house.gateway.get("/api/portal", params={"token": token})).json()
    assert opened["client"]["id"] == company["id"]
    (invitation,) = (await agency.http.get(LIST)).json()
    assert {one["email"] for one in invitation["recipients"]} == {"a@company.test", "b@company.test"}
    assert {one["id"] for one in invitation["recipients"]} == {company["people"][n]["id"] for n in (0, 2)}


@pytest.mark.parametrize("body", [None, {}, {"custom_message": None}, {"custom_message": ""}])
async def test_an_invitation_needs_no_words(house: House, body: dict[str, Any] | None) -> None:
    agency = await house.agency()
    client = await agency.client()
    await invited(agency.http, f"contacts/{client.id}", body)
    (invitation,) = (await agency.http.get(LIST)).json()
    assert invitation["custom_message"] == ""


async def test_no_content_at_all_is_an_invitation_too(house: House) -> None:
    agency = await house.agency()
    client = await agency.client()
    answer = await agency.http.post(f"{BASE}/contacts/{client.id}/invite")
    assert (answer.status_code, answer.json()["message"]) == (200, SENT)


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"custom_message": "x" * 10_001}, "custom_message"),
        ({"custom_message": "a\x00b"}, "custom_message"),
        ({"custom_message": 5}, "custom_message"),
        ({"customMessage": "Welcome"}, "customMessage"),
        ({"custom_message": "Welcome", "email": "else@where.test"}, "email"),
        ({"token": "x"}, "token"),
    ],
)
@pytest.mark.parametrize("kind", ["contacts", "companies"])
async def test_a_body_that_is_not_right_is_refused_and_nobody_invited(
    house: House, kind: str, body: dict[str, Any], field: str
) -> None:
    agency = await house.agency()
    await company_of(agency, "a@company.test")
    answer = await agency.http.post(f"{BASE}/{kind}/1/invite", json=body)
    assert answer.status_code == 400
    assert [error["field"] for error in answer.json()["errors"]] == [field]
    assert (await agency.http.get(LIST)).json() == []


async def test_a_contact_without_an_address_is_refused_and_gets_no_token(house: House) -> None:
    agency = await house.agency()
    (silent,) = (await company_of(agency, None))["people"]
    await agency.http.post(REVOKE, json={"type": "contact", "id": silent["id"]})
    answer = await agency.http.post(f"{BASE}/contacts/{silent['id']}/invite", json={"custom_message": "Hello"})
    assert answer.status_code == 400
    assert answer.json()["message"] == "Contact does not have an email address"
    assert answer.json()["code"] == "contact_without_email"
    assert (await agency.http.post(REVOKE, json={"type": "contact", "id": silent["id"]})).json()["revoked"] == 0
    assert (await agency.http.get(LIST)).json() == []


@pytest.mark.parametrize("emails", [(), (None, None)])
async def test_a_company_without_an_address_is_refused_and_gets_no_token(
    house: House, emails: tuple[None, ...]
) -> None:
    agency = await house.agency()
    company = await company_of(agency, *emails)
    answer = await agency.http.post(f"{BASE}/companies/{company['number']}/invite")
    assert answer.status_code == 400
    assert answer.json()["message"] == "Company has no contact with an email address"
    assert (await agency.http.post(REVOKE, json={"type": "company", "id": company["id"]})).json()["revoked"] == 0
    assert len(await announced(house, agency, "auth", "auth.portal_token.created")) == len(emails)


@pytest.mark.parametrize(("kind", "words"), [("contacts", "Contact not found"), ("companies", "Company not found")])
async def test_whom_the_agency_does_not_have_is_not_found_however_named(house: House, kind: str, words: str) -> None:
    agency, other = await house.agency(), await house.agency()
    company = await company_of(other, "a@company.test")
    theirs = company["people"][0]["id"] if kind == "contacts" else company["id"]
    # A contact is no company, and a company no contact.
    mixed = company["id"] if kind == "contacts" else company["people"][0]["id"]
    named = [theirs, mixed, str(uuid4()), "1", "0", "-1", "999999999999", "nobody", "1e3", "%00", "١"]
    answers = [await agency.http.post(f"{BASE}/{kind}/{one}/invite") for one in named]
    assert [answer.status_code for answer in answers] == [404] * len(named)
    assert answers[0].json()["message"] == words
    assert all(without_time(answer) == without_time(answers[0]) for answer in answers)
    assert (await other.http.get(LIST)).json() == []


async def test_a_deleted_contact_cannot_be_invited(house: House) -> None:
    agency = await house.agency()
    client = await agency.client()
    assert (await agency.http.delete(f"/api/clients/{client.id}")).status_code in (200, 204)
    answer = await agency.http.post(f"{BASE}/contacts/{client.id}/invite")
    assert (answer.status_code, answer.json()["message"]) == (404, "Contact not found")


async def test_an_invitation_can_be_sent_again_without_limit(house: House) -> None:
    agency = await house.agency()
    client = await agency.client()
    tokens = [await invited(agency.http, f"contacts/{client.id}", {"custom_message": str(n)}) for n in range(12)]
    assert set(tokens) == {client.token}
    listed = (await agency.http.get(LIST)).json()
    assert [one["custom_message"] for one in listed] == [str(n) for n in reversed(range(12))]


async def test_an_invitation_after_the_token_has_ended_brings_a_new_one(house: House) -> None:
    agency = await house.agency()
    client = await agency.client()
    await agency.http.post(REVOKE, json={"type": "contact", "id": client.id})
    token = await invited(agency.http, f"contacts/{client.id}")
    assert token != client.token
    assert (await house.gateway.get("/api/portal", params={"token": token})).status_code == 200


async def test_ten_invitations_at_once_share_one_token(house: House) -> None:
    agency = await house.agency()
    company = await company_of(agency, "a@company.test")
    tokens = await asyncio.gather(*(invited(agency.http, f"companies/{company['id']}") for _ in range(10)))
    assert len(set(tokens)) == 1
    assert len((await agency.http.get(LIST)).json()) == 10


async def test_a_repeated_request_with_its_key_sends_once(house: House) -> None:
    agency = await house.agency()
    client = await agency.client()
    path, headers = f"{BASE}/contacts/{client.id}/invite", {"Idempotency-Key": str(uuid4())}
    answers = [await agency.http.post(path, json={"custom_message": "Hi"}, headers=headers) for _ in range(3)]
    assert [answer.json()["token"] for answer in answers] == [client.token] * 3
    assert len((await agency.http.get(LIST)).json()) == 1
    assert len(await announced(house, agency, "portal", "portal.invitation.sent")) == 1


async def test_what_is_told_holds_everything_but_the_token(house: House) -> None:
    agency = await house.agency()
    client = await agency.client("Ada Byron")
    await invited(agency.http, f"contacts/{client.id}", {"custom_message": "Dear Ada,\nwelcome!"})
    (event,) = await announced(house, agency, "portal", "portal.invitation.sent")
    (listed,) = (await agency.http.get(LIST)).json()
    assert event.data == listed
    assert listed == {
        "id": str(event.aggregate_id),
        "type": "contact",
        "contact_id": client.id,
        "company_id": None,
        "recipients": [{"id": client.id, "name": "Ada Byron", "email": client.email}],
        "custom_message": "Dear Ada,\nwelcome!",
        "sent_at": listed["sent_at"],
    }
    assert event.actor.name == "Olivia Owner"
    assert set(event.internal) == {"portalTokenId"}
    async with house.database("portal").across_agencies() as session:
        for table in ("invitations", "outbox", "idempotency_keys"):
            rows = (await session.execute(text(f"SELECT * FROM {table}"))).all()
            assert client.token not in repr(rows)
            assert client.token.partition(".")[2] not in repr(rows)


async def test_an_invitation_is_announced_with_its_row_or_not_at_all(house: House) -> None:
    agency = await house.agency()
    await company_of(agency, None)
    await agency.http.post(f"{BASE}/companies/1/invite")
    await agency.http.post(f"{BASE}/contacts/77/invite")
    assert await announced(house, agency, "portal", "portal.invitation.sent") == []


async def test_the_list_is_filtered_by_whom_it_was_sent_to(house: House) -> None:
    agency = await house.agency()
    company = await company_of(agency, "a@company.test")
    contact, client = company["people"][0], await agency.client()
    for path in (f"contacts/{contact['id']}", f"contacts/{client.id}", f"companies/{company['id']}"):
        await invited(agency.http, path)

    async def shown(**params: Any) -> list[tuple[str, str | None, str | None]]:
        listed = (await agency.http.get(LIST, params=params)).json()
        return [(one["type"], one["contact_id"], one["company_id"]) for one in listed]

    of_contact, of_client = ("contact", contact["id"], None), ("contact", client.id, None)
    of_company = ("company", None, company["id"])
    assert await shown() == [of_company, of_client, of_contact]
    for name in ("id", "number"):
        assert await shown(contact_id=contact[name]) == [of_contact]
        assert await shown(company_id=company[name]) == [of_company]
    assert await shown(contact_id=client.body["number"]) == [of_client]
    assert await shown(contact_id=str(uuid4())) == await shown(company_id=99) == []
    assert (await agency.http.get(LIST, params={"contact_id": "nobody"})).status_code == 400


async def test_the_list_comes_in_pages_and_is_the_agencys_own(house: House) -> None:
    agency, other = await house.agency(), await house.agency()
    client = await agency.client()
    for n in range(3):
        await invited(agency.http, f"contacts/{client.id}", {"custom_message": str(n)})
    first = await agency.http.get(LIST, params={"limit": 2, "contact_id": client.id})
    rest = await agency.http.get(first.links["next"]["url"])
    assert [one["custom_message"] for one in first.json() + rest.json()] == ["2", "1", "0"]
    assert "next" not in rest.links
    assert (await other.http.get(LIST, params={"contact_id": client.id})).json() == []


async def test_only_staff_and_keys_that_may_write_invite(house: House) -> None:
    agency = await house.agency()
    client = await agency.client()
    reading, writing = await agency.api_key("read"), await agency.api_key("write")
    for path in (f"{BASE}/contacts/{client.id}/invite", f"{BASE}/companies/1/invite"):
        refused = await reading.post(path)
        assert (refused.status_code, refused.json()["code"]) == (403, "scope_missing")
        assert (await client.http.post(path)).json()["code"] == "staff_only"
        assert (await house.gateway.post(path)).status_code == 401
        for method in ("GET", "HEAD", "PUT"):
            assert (await agency.http.request(method, path)).status_code == 405
    assert (await client.http.get(LIST)).status_code == 403
    assert (await house.gateway.get(LIST)).status_code == 401
    assert (await reading.get(LIST)).json() == []
    await invited(writing, f"contacts/{client.id}")


async def test_what_invitations_tell_of_a_deleted_client_is_forgotten(house: House) -> None:
    agency = await house.agency()
    company = await company_of(agency, "stays@company.test", "goes@company.test")
    stays, goes = company["people"]
    for path in (f"contacts/{goes['id']}", f"contacts/{stays['id']}", f"companies/{company['id']}"):
        await invited(agency.http, path)
    assert (await agency.http.delete(f"/api/clients/{goes['id']}")).status_code in (200, 204)

    async def forgotten() -> bool:
        return "goes@company.test" not in (await agency.http.get(LIST)).text

    await house.eventually(forgotten)
    listed = (await agency.http.get(LIST)).json()
    assert [(one["type"], [each["email"] for each in one["recipients"]]) for one in listed] == [
        ("company", ["stays@company.test"]),
        ("contact", ["stays@company.test"]),
    ]


@pytest.fixture
async def cable(house: House) -> AsyncIterator[Cable]:
    port = int(house.chassis("portal").settings.auth_rpc.rpartition(":")[2])
    async with cable_to(port) as cable:
        yield cable


@pytest.fixture
async def apart(house: House, cable: Cable) -> AsyncIterator[httpx.AsyncClient]:
    """A portal process that reaches auth by the cable alone."""
    changes = {"auth_rpc": f"127.0.0.1:{cable.port}", "rpc_port": free_ports(1)[0]}
    app = build_app(house.chassis("portal").settings.model_copy(update=changes), clock=house.clock)
    async with app.router.lifespan_context(app):
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url=ORIGIN) as http:
            yield http


async def test_without_auth_an_invitation_fails_in_the_words_of_the_document(
    house: House, apart: httpx.AsyncClient, cable: Cable
) -> None:
    agency = await house.agency()
    client = await agency.client()
    apart.headers["Authorization"] = f"Bearer {agency.token}"
    assert (await apart.get(LIST)).status_code == 200

    cable.cut()
    failed = await apart.post(f"{BASE}/contacts/{client.id}/invite", json={"custom_message": "Hello"})
    without_token = await apart.post(f"{BASE}/token", json={"type": "contact", "id": client.id})

    assert failed.status_code == 500
    assert failed.headers["content-type"] == "application/problem+json"
    assert failed.json()["code"] == "invitation_not_sent"
    assert failed.json()["message"].startswith("Failed to send portal invitation: ")
    assert len(failed.json()["message"]) > len("Failed to send portal invitation: ")
    assert (without_token.status_code, without_token.json()["code"]) == (503, "unavailable")
    assert (await apart.get(LIST)).json() == []
    assert await announced(house, agency, "portal", "portal.invitation.sent") == []

    await cable.lay()

    async def sent() -> bool:
        return (await apart.post(f"{BASE}/contacts/{client.id}/invite")).status_code == 200

    await house.eventually(sent)
    assert len((await apart.get(LIST)).json()) == 1
