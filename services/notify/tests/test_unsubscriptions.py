"""One click turns mails off (RFC 8058): by a mail program or a person, without signing in, and never by a look."""

import asyncio
import base64
from uuid import UUID

import httpx
import pytest

from chassis.ids import new_id
from services.notify.addressees import Addressee, Side
from services.notify.mails.models import Template
from services.notify.tests.office import Office
from services.notify.tests.test_mails import invoice_of
from services.notify.tests.wishes import joined, one_click, share, status_of, wishes_of, write
from services.notify.unsubscriptions.tokens import Subscription, UnsubscribeLinks
from tests.house import ORIGIN, running_house
from tests.people import Agency

# What a mail program sends, in the two ways that RFC 8058 (section 3.1) lets it choose from.
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


async def mailed_about_a_message(office: Office, agency: Agency) -> str:
    """The address in the header of a fresh mail to the owner."""
    client = await agency.client("Grace Hopper")
    await write(office, client)
    return one_click(await office.mail_to(agency.email, about="New message from Grace Hopper"))


async def post(office: Office, address: str, path: str = "") -> httpx.Response:
    """The POST of a mail program: to the address as it stands, with no cookie and no credential."""
    parts = httpx.URL(address)
    assert str(parts).startswith(f"{ORIGIN}/unsubscribe?")
    return await office.house.gateway.post(
        f"/unsubscribe{path}?{parts.query.decode()}", data=ONE_CLICK, follow_redirects=False
    )


async def test_a_mail_that_can_be_turned_off_carries_both_headers_each_on_one_line(office: Office) -> None:
    agency = await office.house.agency()
    client = await agency.client("Grace Hopper")

    await write(office, client)

    mail = await office.mail_to(agency.email, about="New message")
    head = mail.raw.partition(b"\r\n\r\n")[0].split(b"\r\n")
    (address,) = [line for line in head if line.lower().startswith(b"list-unsubscribe:")]
    assert address.startswith(f"List-Unsubscribe: <{ORIGIN}/unsubscribe?t=".encode())
    assert address.endswith(b">")
    assert b"=?" not in address
    assert b"List-Unsubscribe-Post: List-Unsubscribe=One-Click" in head
    assert len(max(head, key=len)) <= 998
    # The same address for people, at the end of the mail.
    assert one_click(mail) in mail.part("plain")
    assert f'href="{one_click(mail)}"' in mail.part("html")


async def test_what_is_locked_carries_neither_header_nor_link(office: Office) -> None:
    agency = await office.house.agency()
    client = await agency.client()
    await office.tell("billing.invoice.sent", agency, invoice_of(client), internal={"sendEmail": True})

    for about in ("Welcome", "Invoice INV-0042"):
        mail = await office.mail_to(client.email, about=about)
        assert mail.message["List-Unsubscribe"] is None
        assert mail.message["List-Unsubscribe-Post"] is None
        assert "unsubscribe" not in mail.raw.decode().lower()


@pytest.mark.parametrize("form", ["urlencoded", "multipart"])
async def test_the_post_of_a_mail_program_turns_off_mails_of_that_kind_and_no_others(office: Office, form: str) -> None:
    agency = await office.house.agency()
    client, member = await agency.client("Ada Lovelace"), await joined(office, agency)
    address = await mailed_about_a_message(office, agency)
    body = {"data": ONE_CLICK} if form == "urlencoded" else {"files": {"List-Unsubscribe": (None, "One-Click")}}

    answer = await office.house.gateway.post(address.removeprefix(ORIGIN), **body)  # type: ignore[arg-type]

    assert answer.status_code == 200, answer.text
    assert "set-cookie" not in answer.headers
    await write(office, client)
    await office.mail_to(member.email, about="New message from Ada Lovelace")
    await status_of(office, agency, "message_received", "unwanted")
    assert not [mail for mail in office.smtp.to(agency.email) if "from Ada" in str(mail.message["Subject"])]
    chosen = await wishes_of(agency.http)
    assert [kind for kind, frequency in chosen.items() if frequency != "now"] == ["message_received"]


async def test_looking_at_the_link_changes_nothing(office: Office) -> None:
    agency = await office.house.agency()
    address = await mailed_about_a_message(office, agency)

    for method in ("GET", "HEAD", "GET"):
        answer = await office.house.gateway.request(method, address.removeprefix(ORIGIN))
        assert answer.status_code in (200, 405)

    assert await office.rows("SELECT * FROM notification_preferences WHERE agency_id = :id", id=agency.id) == []
    assert (await wishes_of(agency.http))["message_received"] == "now"


async def test_the_page_has_one_button_first_and_says_what_it_is_about(office: Office) -> None:
    agency = await office.house.agency("Studio <North>")
    address = await mailed_about_a_message(office, agency)

    answer = await office.house.gateway.get(address.removeprefix(ORIGIN))

    assert answer.headers["content-type"].startswith("text/html")
    assert "Studio &lt;North&gt;" in answer.text
    assert "A client writes a message" in answer.text
    assert answer.text.index("Turn these mails off") < answer.text.index("Turn off all")
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "form-action 'self'" in policy
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["cache-control"] == "no-store"
    assert "<script" not in answer.text
    assert agency.email not in answer.text


async def test_all_that_can_be_turned_off_is_turned_off_at_once(office: Office) -> None:
    agency = await office.house.agency()
    address = await mailed_about_a_message(office, agency)

    answer = await post(office, address, "/all")

    assert "All of these mails are off" in answer.text
    body = (await agency.http.get("/api/notification-preferences")).json()
    assert body["otherwise"] == "never"
    assert {one["frequency"] for one in body["preferences"] if not one["locked"]} == {"never"}
    assert {one["frequency"] for one in body["preferences"] if one["locked"]} == {"now"}


async def test_a_click_by_mistake_is_undone(office: Office) -> None:
    agency = await office.house.agency()
    address = await mailed_about_a_message(office, agency)
    await post(office, address)

    answer = await post(office, address, "/undo")

    assert "on again" in answer.text
    await write(office, await agency.client("Ada Lovelace"))
    await office.mail_to(agency.email, about="New message from Ada Lovelace")


async def test_many_clicks_at_once_are_one(office: Office) -> None:
    agency = await office.house.agency()
    address = await mailed_about_a_message(office, agency)

    answers = await asyncio.gather(*(post(office, address) for _ in range(20)))

    assert {answer.status_code for answer in answers} == {200}
    rows = await office.rows("SELECT * FROM notification_preferences WHERE agency_id = :id", id=agency.id)
    assert [row.frequencies for row in rows] == [{"message_received": "never"}]


async def test_a_token_is_about_one_person_of_one_agency(office: Office) -> None:
    agency, elsewhere = await office.house.agency(), await office.house.agency()
    member, client = await joined(office, agency), await agency.client()

    await post(office, await mailed_about_a_message(office, agency))

    for other in (member, elsewhere):
        assert (await wishes_of(other.http))["message_received"] == "now"
    assert set((await wishes_of(client.http)).values()) == {"now"}


async def test_a_clients_own_link_turns_off_the_clients_mails(office: Office) -> None:
    agency = await office.house.agency()
    client, neighbour = await agency.client(), await agency.client()
    await share(office, client, "plan.pdf")

    await post(office, one_click(await office.mail_to(client.email, about="shared plan.pdf")))

    assert (await wishes_of(client.http))["file_shared"] == "never"
    assert (await wishes_of(neighbour.http))["file_shared"] == "now"


async def test_a_token_that_is_changed_in_one_bit_opens_nothing(office: Office) -> None:
    agency = await office.house.agency()
    token = (await mailed_about_a_message(office, agency)).partition("t=")[2]
    raw = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
    changed = [raw[:place] + bytes([raw[place] ^ 1]) + raw[place + 1 :] for place in range(len(raw))]
    forged = [base64.urlsafe_b64encode(one).decode().rstrip("=") for one in changed]
    forged += [token[:-1], token + "A", token + "=", token[1:], "", "A", "=", "x" * 5000, "é", token.swapcase()]

    answers = [await office.house.gateway.post("/unsubscribe", params={"t": one}) for one in forged]
    answers += [await office.house.gateway.post("/unsubscribe/all", params={"t": one}) for one in forged]
    answers.append(await office.house.gateway.post("/unsubscribe"))

    assert {answer.status_code for answer in answers} == {404}
    assert {answer.text for answer in answers} == {answers[0].text}
    assert await office.rows("SELECT * FROM notification_preferences WHERE agency_id = :id", id=agency.id) == []


def test_a_token_of_another_deployment_opens_nothing() -> None:
    subscription = Subscription(Addressee(new_id(), Side.CLIENT, new_id()), Template.FILE_SHARED)
    ours, theirs = UnsubscribeLinks("a" * 32, ORIGIN), UnsubscribeLinks("b" * 32, ORIGIN)
    token = ours.url(subscription).partition("t=")[2]
    assert ours.read(token) == subscription
    assert theirs.read(token) is None


async def test_the_token_stands_in_the_mail_and_nowhere_else(office: Office) -> None:
    agency = await office.house.agency()
    token = (await mailed_about_a_message(office, agency)).partition("t=")[2]
    await post(office, f"{ORIGIN}/unsubscribe?t={token}")
    tables = await office.rows(
        "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version'"
    )
    for (table,) in tables:
        # The names come from the catalogue.
        query = f'SELECT count(*) FROM "{table}" t WHERE t::text LIKE :token'
        ((count,),) = await office.rows(query, token=f"%{token[-20:]}%")
        assert count == 0, table


async def test_a_click_counts_while_nobody_can_tell_the_agencys_name(guarded_servers: dict[str, str]) -> None:
    secret = guarded_servers["PORTICO_SECRET_KEY"]
    addressee = Addressee(new_id(), Side.CLIENT, UUID(int=7))
    url = UnsubscribeLinks(secret, ORIGIN).url(Subscription(addressee, Template.QUOTE_SENT))
    async with running_house(guarded_servers, ("notify",)) as house:
        answer = await house.gateway.post(url.removeprefix(ORIGIN), data=ONE_CLICK)
        assert answer.status_code == 200, answer.text
        assert "You get no more mails" in answer.text
        again = await house.gateway.get(url.removeprefix(ORIGIN))
        assert again.status_code == 200


async def test_an_unknown_style_sheet_is_not_served_and_ours_is(office: Office) -> None:
    answer = await office.house.gateway.get("/unsubscribe/style.css")
    assert answer.headers["content-type"].startswith("text/css")
    assert (await office.house.gateway.get("/unsubscribe/other.css")).status_code == 404
