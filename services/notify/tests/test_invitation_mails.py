"""Invitations to the portal by mail: whom they reach, what they say and carry, and when they are not sent any more."""

from datetime import datetime
from typing import Any

from services.notify.tests.office import Office, written_lines
from tests.fakes.smtp_server import Mode, Taken
from tests.house import ORIGIN
from tests.people import Agency, Client, Company

BASE = "/api/v1/client-portal"
SUBJECT = "invites you to your client portal"
INVITATIONS = "SELECT * FROM mails WHERE agency_id = :id AND template = 'portal_invitation' ORDER BY id"


async def invite(agency: Agency, path: str, message: str | None = None) -> str:
    answer = await agency.http.post(f"{BASE}/{path}/invite", json={"custom_message": message})
    assert answer.status_code == 200, answer.text
    return str(answer.json()["token"])


async def company_of(agency: Agency, *names: str) -> tuple[Company, list[Client]]:
    company = await agency.company("Analytical Engines")
    return company, [await company.client(name) for name in names]


def lines(mail: Taken) -> str:
    return mail.part("plain").replace("\r", "")


async def put_off(office: Office, agency: Agency, count: int = 1) -> list[Any]:
    """The agency's invitations, once the mail server has put them off."""
    return await office.until(
        INVITATIONS, lambda rows: len(rows) == count and all(row.status == "retrying" for row in rows), id=agency.id
    )


async def test_a_contact_gets_the_link_with_the_agencys_own_words(office: Office) -> None:
    agency = await office.house.agency("Studio North")
    client = await agency.client("Ada Lovelace")

    token = await invite(agency, f"contacts/{client.id}", "Dear Ada,\n\nwelcome aboard!\nOlivia")

    mail = await office.mail_to(client.email, about=SUBJECT)
    assert mail.recipients == [client.email]
    assert str(mail.message["Subject"]) == "Studio North invites you to your client portal"
    assert agency.email in str(mail.message["Reply-To"])
    assert "Hello Ada Lovelace," in lines(mail)
    assert f"Open your portal:\n{ORIGIN}/client-portal/{token}\n" in lines(mail)
    assert "Studio North adds:\n\n> Dear Ada,\n> \n> welcome aboard!\n> Olivia\n" in lines(mail)
    assert "Dear Ada,<br><br>welcome aboard!<br>Olivia</blockquote>" in mail.part("html")
    assert f'href="{ORIGIN}/client-portal/{token}"' in mail.part("html")


async def test_the_mail_says_until_when_the_link_works(office: Office) -> None:
    agency = await office.house.agency()
    await agency.http.patch(f"{BASE}/config", json={"token_expiration_days": 3})
    client = await agency.client()
    await agency.http.post(f"{BASE}/token/revoke", json={"type": "contact", "id": client.id})
    await invite(agency, f"contacts/{client.id}")
    issued = (await agency.http.post(f"{BASE}/token", json={"type": "contact", "id": client.id})).json()

    mail = await office.mail_to(client.email, about=SUBJECT)

    ends = datetime.fromisoformat(issued["expires_at"])
    assert f"works until {ends.day} {ends:%B %Y}:" in lines(mail)


async def test_without_own_words_there_is_no_quote(office: Office) -> None:
    agency = await office.house.agency()
    client = await agency.client()
    await invite(agency, f"contacts/{client.id}")
    mail = await office.mail_to(client.email, about=SUBJECT)
    assert "adds:" not in lines(mail)
    assert "blockquote" not in mail.part("html")


async def test_each_contact_of_a_company_gets_a_mail_of_their_own_with_the_companys_link(office: Office) -> None:
    agency = await office.house.agency("Studio North")
    company, (mary, grace) = await company_of(agency, "Mary", "Grace")
    elsewhere = await agency.client("Somebody else")

    token = await invite(agency, f"companies/{company.id}", "Welcome, all of you!")

    for client in (mary, grace):
        mail = await office.mail_to(client.email, about=SUBJECT)
        assert mail.recipients == [client.email]
        assert str(mail.message["To"]).endswith(f"<{client.email}>")
        assert f"{ORIGIN}/client-portal/{token}" in lines(mail)
        assert client.token not in mail.raw.decode()
        assert "invites Analytical Engines to its private page" in lines(mail)
        assert "> Welcome, all of you!" in lines(mail)
    await office.settled()
    assert len(await office.rows(INVITATIONS, id=agency.id)) == 2
    assert [m for m in office.smtp.to(elsewhere.email) if SUBJECT in str(m.message["Subject"])] == []


async def test_own_words_cannot_break_out_of_the_mail(office: Office) -> None:
    agency = await office.house.agency()
    await agency.http.patch(f"{BASE}/config", json={"sender_name": "North\r\nBcc: spy@evil.test"})
    client = await agency.client()
    hostile = (
        "</blockquote><script>alert(1)</script>\r\nBcc: spy@evil.test\r\n.\r\nQUIT\r\n{agency} {0} \u202eevil\x1b[2J"
    )

    await invite(agency, f"contacts/{client.id}", hostile)

    mail = await office.mail_to(client.email, about=SUBJECT)
    assert mail.recipients == [client.email]
    assert mail.message["Bcc"] is None
    assert "<script" not in mail.part("html")
    assert "&lt;/blockquote&gt;&lt;script&gt;alert(1)&lt;/script&gt;<br>Bcc: spy@evil.test<br>.<br>QUIT" in mail.part(
        "html"
    )
    assert "> .\n> QUIT\n> {agency} {0} evil[2J\n" in lines(mail)
    assert mail.part("html").count("<blockquote") == mail.part("html").count("</blockquote>") == 1


async def test_own_words_arrive_whole_however_long(office: Office) -> None:
    agency = await office.house.agency()
    client = await agency.client()
    words = "\n".join(f"Line {n} of what we want to say to you." for n in range(220))
    assert 8_000 < len(words) < 10_000

    await invite(agency, f"contacts/{client.id}", words)

    mail = await office.mail_to(client.email, about=SUBJECT)
    assert "> Line 219 of what we want to say to you.\n" in lines(mail)
    assert "Line 219 of what we want to say to you.</blockquote>" in mail.part("html")


async def test_every_invitation_is_mailed_and_each_once(office: Office) -> None:
    agency = await office.house.agency()
    client = await agency.client()
    for n in range(3):
        await invite(agency, f"contacts/{client.id}", f"Attempt {n}")
    mails = await office.mails_to(client.email, 3, about=SUBJECT)
    await office.settled()
    assert sorted(n for n in range(3) for mail in mails if f"> Attempt {n}" in lines(mail)) == [0, 1, 2]
    assert len(await office.mails_to(client.email, 3, about=SUBJECT)) == 3


async def test_a_mail_whose_link_has_ended_is_dropped(office: Office) -> None:
    agency = await office.house.agency()
    client = await agency.client()
    await office.mail_to(client.email, about="Welcome")
    office.smtp.mode = Mode.DEFER
    await invite(agency, f"contacts/{client.id}")
    await put_off(office, agency)
    await agency.http.post(f"{BASE}/token/revoke", json={"type": "contact", "id": client.id})

    office.smtp.mode = Mode.OK
    office.house.clock.advance(seconds=11)

    (row,) = await office.until(INVITATIONS, lambda rows: rows[0].status == "failed", id=agency.id)
    assert row.last_error == "The link that the mail is about has ended."
    assert row.facts is None
    assert [m for m in office.smtp.to(client.email) if SUBJECT in str(m.message["Subject"])] == []


async def test_a_mail_that_was_put_off_arrives_with_the_link(office: Office) -> None:
    agency = await office.house.agency()
    client = await agency.client()
    await office.mail_to(client.email, about="Welcome")
    office.smtp.mode = Mode.DEFER
    token = await invite(agency, f"contacts/{client.id}")
    await put_off(office, agency)

    office.smtp.mode = Mode.OK
    office.house.clock.advance(seconds=11)

    assert f"/client-portal/{token}" in lines(await office.mail_to(client.email, about=SUBJECT))


async def test_whoever_has_left_the_company_meanwhile_does_not_get_its_link(office: Office) -> None:
    agency = await office.house.agency()
    company, (stays, leaves, goes) = await company_of(agency, "Stays", "Leaves", "Goes")
    for client in (stays, leaves, goes):
        await office.mail_to(client.email, about="Welcome")
    office.smtp.mode = Mode.DEFER
    token = await invite(agency, f"companies/{company.id}")
    await put_off(office, agency, 3)
    assert (await agency.http.patch(f"/api/clients/{leaves.id}", json={"companyId": None})).status_code == 200
    assert (await agency.http.delete(f"/api/clients/{goes.id}")).status_code in (200, 204)

    office.smtp.mode = Mode.OK
    office.house.clock.advance(seconds=11)

    assert token in lines(await office.mail_to(stays.email, about=SUBJECT))
    rows = await office.until(INVITATIONS, lambda rows: not any(row.status == "retrying" for row in rows), id=agency.id)
    assert {str(row.recipient_id): row.status for row in rows} == {
        stays.id: "sent",
        leaves.id: "failed",
        goes.id: "failed",
    }
    for client in (leaves, goes):
        assert token not in repr([mail.raw for mail in office.smtp.to(client.email)])


async def test_neither_link_nor_token_stands_in_a_row_or_a_log(office: Office) -> None:
    agency = await office.house.agency()
    one, other, third = [await agency.client() for _ in range(3)]
    for client in (one, other, third):
        await office.mail_to(client.email, about="Welcome")
    with written_lines() as logs:
        await invite(agency, f"contacts/{one.id}", "Hello")
        await office.mail_to(one.email, about=SUBJECT)
        office.smtp.mode = Mode.REFUSE_LINK
        await invite(agency, f"contacts/{other.id}")
        refused = await office.until(
            INVITATIONS, lambda rows: len(rows) == 2 and rows[1].status == "failed", id=agency.id
        )
        office.smtp.mode = Mode.DEFER
        await invite(agency, f"contacts/{third.id}")
        await office.until(INVITATIONS, lambda rows: len(rows) == 3 and rows[2].status == "retrying", id=agency.id)

    assert refused[1].last_error == "554 5.7.1 listed: (link)"
    for event in ("mail_sent", "mail_failed", "mail_deferred"):
        assert any(event in line for line in logs)
    tables = await office.rows("SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND rowsecurity")
    assert {"mails", "deliveries", "inbox", "outbox"} <= {row.tablename for row in tables}
    kept = [row for table in tables for row in await office.rows(f'SELECT t::text FROM "{table.tablename}" t')]
    assert one.id in repr(kept)
    for client in (one, other, third):
        secret = client.token.partition(".")[2]
        assert secret not in repr(kept)
        assert secret not in repr(logs)
