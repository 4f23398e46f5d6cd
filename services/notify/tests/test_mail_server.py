"""A mail server that is slow, strict or away: what is put off arrives later, what is refused is not tried for ever."""

import asyncio
from email.message import EmailMessage

import pytest

from services.notify.config import Settings
from services.notify.mails.smtp import MailDeferred, MailRefused, MailServer
from services.notify.tests.office import Office
from tests.fakes.smtp_server import Mode, taking_mail

WELCOME = "SELECT * FROM mails WHERE agency_id = :id AND template = 'welcome'"


def a_message(to: str = "ada@client.test") -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "post@portico.test", to, "Hello"
    message.set_content("Hello")
    return message


async def test_a_mail_that_is_put_off_is_sent_later(office: Office) -> None:
    office.smtp.mode = Mode.DEFER
    agency = await office.house.agency()
    client = await agency.client()
    (row,) = await office.until(WELCOME, lambda rows: rows and rows[0].status == "retrying", id=agency.id)
    assert row.last_error.startswith("451")
    assert office.smtp.to(client.email) == []

    office.smtp.mode = Mode.OK
    office.house.clock.advance(seconds=11)

    mail = await office.mail_to(client.email)
    assert client.token in mail.part("plain")
    await office.until(WELCOME, lambda rows: rows[0].status == "sent", id=agency.id)
    assert len(office.smtp.to(client.email)) == 1


@pytest.mark.parametrize("mode", [Mode.REFUSE_RECIPIENT, Mode.REFUSE_CONTENT])
async def test_a_mail_that_is_refused_for_good_is_not_tried_again(office: Office, mode: Mode) -> None:
    office.smtp.mode = mode
    agency = await office.house.agency()
    client = await agency.client()

    (row,) = await office.until(WELCOME, lambda rows: rows and rows[0].status == "failed", id=agency.id)

    assert row.last_error[:3] in ("550", "554")
    assert row.facts is None
    office.smtp.mode = Mode.OK
    office.house.clock.advance(days=3)
    other = await agency.client()
    await office.mail_to(other.email)
    assert office.smtp.to(client.email) == []


async def test_mails_wait_for_a_mail_server_that_is_away(office: Office) -> None:
    office.smtp.close()
    agency = await office.house.agency()
    client = await agency.client()
    await office.until(WELCOME, lambda rows: rows and rows[0].status == "retrying", id=agency.id)

    await office.smtp.open()
    office.house.clock.advance(seconds=11)

    await office.mail_to(client.email)


async def test_a_mail_to_a_client_who_is_gone_fails_with_the_reason(office: Office) -> None:
    agency = await office.house.agency()
    gone = {"name": "Website", "clientId": "0198f7a1-88d0-7c10-8a55-91c7d2e4f603"}

    await office.tell("projects.project.completed", agency, gone)

    (row,) = await office.until(
        "SELECT * FROM mails WHERE agency_id = :id AND template = 'project_completed'",
        lambda rows: rows and rows[0].status == "failed",
        id=agency.id,
    )
    assert "gone" in row.last_error


async def test_a_server_that_hangs_is_left_at_the_deadline() -> None:
    async with taking_mail() as server:
        server.mode = Mode.HANG
        post = MailServer("127.0.0.1", server.port, None, None, False, None, "portico.test", deadline_s=0.3)
        with pytest.raises(MailDeferred):
            await asyncio.wait_for(post.send(a_message()), 5)


async def test_a_server_that_hangs_up_after_taking_a_mail_has_taken_it() -> None:
    async with taking_mail() as server:
        server.hang_up_on_quit = True
        await MailServer.parse(server.url, hello="portico.test").send(a_message())
        assert len(server.taken) == 1


async def test_a_password_with_odd_characters_logs_in() -> None:
    async with taking_mail(with_login=True) as server:
        url = f"smtp://mailer:p%40ss%2Fword@127.0.0.1:{server.port}"
        await MailServer.parse(url, hello="portico.test").send(a_message())
        assert [mail.username for mail in server.taken] == ["mailer"]


async def test_a_wrong_password_puts_mails_off_rather_than_losing_them() -> None:
    async with taking_mail(with_login=True) as server:
        post = MailServer.parse(f"smtp://mailer:wrong@127.0.0.1:{server.port}", hello="portico.test")
        with pytest.raises(MailDeferred):
            await post.send(a_message())


async def test_starttls_that_is_asked_for_is_never_done_without() -> None:
    async with taking_mail() as server:
        post = MailServer.parse(f"{server.url}?starttls=true", hello="portico.test")
        with pytest.raises(MailDeferred):
            await post.send(a_message())
        assert server.taken == []


async def test_an_address_with_letters_beyond_ascii_is_refused_where_the_server_cannot_take_it() -> None:
    async with taking_mail() as server:
        server.smtputf8 = False
        with pytest.raises(MailRefused):
            await MailServer.parse(server.url, hello="portico.test").send(a_message("zoë@client.test"))


@pytest.mark.parametrize(
    ("url", "port", "tls", "start_tls"),
    [
        ("smtp://mail.test", 25, False, None),
        ("smtp://mail.test:2525?starttls=false", 2525, False, False),
        ("smtp://mail.test?starttls=true", 587, False, True),
        ("smtps://user:p%3Aw@mail.test", 465, True, False),
    ],
)
def test_a_mail_servers_address_tells_port_and_encryption(
    url: str, port: int, tls: bool, start_tls: bool | None
) -> None:
    server = MailServer.parse(url, hello="portico.test")

    assert (server.host, server.port, server.tls, server.start_tls) == ("mail.test", port, tls, start_tls)


@pytest.mark.parametrize("url", ["mail.test:25", "http://mail.test", "smtp://", "smtp://mail.test?starttls=perhaps"])
def test_an_address_that_is_none_is_told_at_the_start(url: str) -> None:
    with pytest.raises(ValueError, match="PORTICO_SMTP_URL"):
        MailServer.parse(url, hello="portico.test")


def test_production_does_not_start_without_a_mail_server(office_servers: dict[str, str]) -> None:
    variables = {key.removeprefix("PORTICO_").lower(): value for key, value in office_servers.items()}
    variables["env"] = "production"

    with pytest.raises(ValueError, match="PORTICO_SMTP_URL is required in production"):
        Settings(**variables)
    assert Settings(**variables, smtp_url="smtp://mail.test").mail_server is not None
