"""Sign-in links by mail: to clients alone, with the time they have left, and not at all once they have ended."""

from typing import Any

import pytest
from sqlalchemy import text

from services.notify.tests.office import Office
from tests.fakes.smtp_server import Mode, Taken
from tests.house import ORIGIN
from tests.people import Agency, Client

ASK = "/api/v1/portal/auth/request-magic-link"
VALIDATE = "/api/v1/portal/auth/validate"
CONFIG = "/api/v1/client-portal/config"
SUBJECT = "Your sign-in link"
LINKS = "SELECT * FROM mails WHERE agency_id = :id AND template = 'magic_link' ORDER BY id"


async def ask(office: Office, agency: Agency, email: str) -> None:
    answer = await office.house.gateway.post(ASK, json={"email": email, "tenantCode": agency.slug})
    assert answer.status_code == 204, answer.text


async def client_of(office: Office, agency: Agency) -> Client:
    """A client whose welcome has gone out, so that the mail server may be made strict."""
    client = await agency.client("Ada Lovelace")
    await office.mail_to(client.email, about="Welcome")
    return client


def token_in(mail: Taken, agency: Agency) -> str:
    start = f"{ORIGIN}/portal/{agency.slug}#magic="
    (link,) = {word for word in mail.part("plain").split() if word.startswith(start)}
    assert f'href="{link}"' in mail.part("html")
    return link.removeprefix(start)


async def put_off(office: Office, agency: Agency) -> None:
    await office.until(LINKS, lambda rows: bool(rows) and rows[0].status == "retrying", id=agency.id)


async def test_a_client_gets_a_link_that_signs_in_once(office: Office) -> None:
    agency = await office.house.agency("Studio North")
    client = await client_of(office, agency)

    await ask(office, agency, client.email)

    mail = await office.mail_to(client.email, about=SUBJECT)
    assert mail.recipients == [client.email]
    assert str(mail.message["Subject"]) == "Your sign-in link for Studio North"
    assert "It works once, and only for the next 60 minutes." in mail.part("plain")
    assert "Nobody else should get it" in mail.part("plain")
    assert client.token not in mail.raw.decode()
    token = token_in(mail, agency)
    first = await office.house.gateway.post(VALIDATE, json={"token": token})
    again = await office.house.gateway.post(VALIDATE, json={"token": token})
    assert (first.status_code, again.status_code) == (200, 401)
    assert first.json()["id"] == client.id


async def test_the_mail_says_how_long_the_agency_lets_links_live(office: Office) -> None:
    agency = await office.house.agency()
    client = await client_of(office, agency)
    assert (await agency.http.patch(CONFIG, json={"magic_link_minutes": 10})).status_code == 200
    heard = text("SELECT magic_link_minutes FROM agencies WHERE id = :id")

    async def auth_knows() -> bool:
        async with office.house.database("auth").across_agencies() as session:
            return (await session.execute(heard, {"id": agency.id})).scalar_one() == 10

    await office.house.eventually(auth_knows)
    await ask(office, agency, client.email)

    mail = await office.mail_to(client.email, about=SUBJECT)
    assert "only for the next 10 minutes." in mail.part("plain")
    assert "It works once, for the next <bdi>10 minutes</bdi>." in mail.part("html")


async def test_a_mail_that_was_put_off_says_what_is_left(office: Office) -> None:
    agency = await office.house.agency()
    client = await client_of(office, agency)
    office.smtp.mode = Mode.DEFER
    await ask(office, agency, client.email)
    await put_off(office, agency)

    office.smtp.mode = Mode.OK
    office.house.clock.advance(minutes=58, seconds=30)

    mail = await office.mail_to(client.email, about=SUBJECT)
    assert "only for the next 2 minutes." in mail.part("plain")
    assert (await office.house.gateway.post(VALIDATE, json={"token": token_in(mail, agency)})).status_code == 200


async def test_a_mail_whose_link_has_run_out_is_dropped(office: Office) -> None:
    agency = await office.house.agency()
    client = await client_of(office, agency)
    office.smtp.mode = Mode.DEFER
    await ask(office, agency, client.email)
    await put_off(office, agency)

    office.smtp.mode = Mode.OK
    office.house.clock.advance(minutes=60)

    (row,) = await office.until(LINKS, lambda rows: rows[0].status == "failed", id=agency.id)
    assert row.last_error == "The link that the mail is about has ended."
    assert [mail for mail in office.smtp.to(client.email) if SUBJECT in str(mail.message["Subject"])] == []


@pytest.mark.parametrize("whose", ["nobody", "another_agency", "a_member"])
async def test_whoever_is_no_client_of_the_agency_gets_nothing(office: Office, whose: str) -> None:
    agency, other = await office.house.agency(), await office.house.agency()
    emails = {
        "nobody": "nobody@client.test",
        "another_agency": (await client_of(office, other)).email,
        "a_member": agency.email,
    }
    await ask(office, agency, emails[whose])
    await office.settled()
    assert await office.rows(LINKS, id=agency.id) == []
    assert await office.rows(LINKS, id=other.id) == []


async def test_each_request_brings_a_link_of_its_own(office: Office) -> None:
    agency = await office.house.agency()
    client = await client_of(office, agency)
    for _ in range(3):
        await ask(office, agency, client.email)
    mails = await office.mails_to(client.email, 3, about=SUBJECT)
    assert len({token_in(mail, agency) for mail in mails}) == 3


async def test_names_with_line_breaks_stay_in_the_subject(office: Office) -> None:
    agency = await office.house.agency()
    name = "North\r\nBcc: spy@evil.test\r\n\r\nBoo"
    assert (await agency.http.patch(CONFIG, json={"portal_name": name})).status_code == 200
    client = await client_of(office, agency)

    await ask(office, agency, client.email)

    mail = await office.mail_to(client.email, about=SUBJECT)
    assert str(mail.message["Subject"]) == "Your sign-in link for North Bcc: spy@evil.test Boo"
    assert mail.message["Bcc"] is None
    assert mail.recipients == [client.email]


async def test_neither_link_nor_token_stands_in_notifys_tables(office: Office) -> None:
    agency = await office.house.agency()
    client = await client_of(office, agency)
    await ask(office, agency, client.email)
    token = token_in(await office.mail_to(client.email, about=SUBJECT), agency)
    office.smtp.mode = Mode.DEFER
    await ask(office, agency, client.email)
    await office.until(LINKS, lambda rows: any(row.status == "retrying" for row in rows), id=agency.id)

    tables = await office.rows("SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND rowsecurity")
    kept: list[Any] = []
    for table in tables:
        kept += await office.rows(f'SELECT t::text FROM "{table.tablename}" t')
    assert client.id in repr(kept)
    assert "#magic=" not in repr(kept)
    assert token.rpartition(".")[2] not in repr(kept)
