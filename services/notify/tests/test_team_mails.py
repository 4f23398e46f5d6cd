"""Mails about joining and about passwords: the right person, a link that works, and no mail once it has ended."""

from typing import Any

import pytest

from services.notify.tests.office import Office, written_lines
from tests.fakes.smtp_server import Mode, Taken
from tests.house import ORIGIN, PASSWORD
from tests.people import Agency

ANOTHER = "another horse battery staple"
MAILS = "SELECT * FROM mails WHERE agency_id = :id AND template = :template ORDER BY id"


def token_in(mail: Taken, page: str) -> str:
    start = f"{ORIGIN}/app/{page}#token="
    (link,) = {word for word in mail.part("plain").split() if word.startswith(start)}
    assert f'href="{link}"' in mail.part("html")
    return link.removeprefix(start)


async def invite(agency: Agency, email: str) -> dict[str, Any]:
    return await agency.made("/api/invitations", {"email": email, "role": "admin"})


async def forget(office: Office, email: str) -> None:
    assert (await office.house.gateway.post("/api/auth/forgot-password", json={"email": email})).status_code == 204


async def with_status(office: Office, agency: Agency, template: str, status: str) -> Any:
    (row,) = await office.until(
        MAILS, lambda rows: len(rows) == 1 and rows[0].status == status, id=agency.id, template=template
    )
    return row


async def test_an_invitee_gets_a_link_that_makes_them_a_member(office: Office) -> None:
    agency = await office.house.agency("Studio North")
    email = f"max-{agency.slug}@person.test"

    await invite(agency, email)

    mail = await office.mail_to(email)
    assert mail.recipients == [email]
    assert str(mail.message["Subject"]) == "Olivia Owner invites you to join Studio North"
    assert "Hello,\r\n" in mail.part("plain") or "Hello,\n" in mail.part("plain")
    assert "because Olivia Owner invited you to Studio North" in mail.part("plain")
    assert "The link works once and until" in mail.part("plain")
    assert mail.message["Reply-To"] is None
    accepted = {"token": token_in(mail, "invitation"), "name": "Max Member", "password": PASSWORD}
    answer = await office.house.gateway.post("/api/invitations/accept", json=accepted)
    assert answer.status_code == 201, answer.text
    assert answer.json()["user"]["email"] == email


async def test_an_invitation_sent_again_is_mailed_again(office: Office) -> None:
    agency = await office.house.agency()
    email = f"again-{agency.slug}@person.test"
    made = await invite(agency, email)
    first = await office.mail_to(email)

    assert (await agency.http.post(f"/api/invitations/{made['id']}/resend")).status_code == 200

    mails = await office.mails_to(email, 2)
    old, new = token_in(first, "invitation"), token_in(mails[1], "invitation")
    assert old != new
    answers = [await office.house.gateway.post("/api/invitations/lookup", json={"token": one}) for one in (old, new)]
    assert [answer.status_code for answer in answers] == [401, 200]


async def test_an_invitation_that_was_taken_back_is_not_mailed_any_more(office: Office) -> None:
    agency = await office.house.agency()
    email = f"back-{agency.slug}@person.test"
    office.smtp.mode = Mode.DEFER
    made = await invite(agency, email)
    await with_status(office, agency, "member_invitation", "retrying")
    assert (await agency.http.delete(f"/api/invitations/{made['id']}")).status_code == 200

    office.smtp.mode = Mode.OK
    office.house.clock.advance(seconds=11)

    row = await with_status(office, agency, "member_invitation", "failed")
    assert row.last_error == "The link that the mail is about has ended."
    assert office.smtp.to(email) == []


async def test_a_member_who_forgot_the_password_gets_a_link_that_sets_another(office: Office) -> None:
    agency = await office.house.agency()

    await forget(office, agency.email)

    mail = await office.mail_to(agency.email, about="Set a new password")
    assert mail.recipients == [agency.email]
    assert "only for the next 60 minutes." in mail.part("plain")
    assert "Nobody else should get it." in mail.part("plain")
    body = {"token": token_in(mail, "reset-password"), "password": ANOTHER}
    assert (await office.house.gateway.post("/api/auth/reset-password", json=body)).status_code == 200
    login = await office.house.gateway.post("/api/auth/login", json={"email": agency.email, "password": ANOTHER})
    assert login.status_code == 200
    changed = await office.mail_to(agency.email, about="Your password was changed")
    assert changed.recipients == [agency.email]
    assert "#token=" not in changed.part("plain") + changed.part("html")


async def test_a_change_of_password_is_told_to_its_owner_with_the_moment(office: Office) -> None:
    agency = await office.house.agency("Studio North")
    body = {"currentPassword": PASSWORD, "newPassword": ANOTHER}
    now = office.house.clock()

    assert (await agency.http.post("/api/auth/password", json=body)).status_code == 200

    mail = await office.mail_to(agency.email, about="Your password was changed")
    assert f"The password of {agency.email} was changed on {now.day} {now:%B %Y}, {now:%H:}" in mail.part("plain")
    assert " UTC, and whoever was signed in elsewhere has been signed out." in mail.part("plain")
    assert "tell the owner of Studio North" in mail.part("plain")
    assert PASSWORD not in mail.raw.decode()
    assert ANOTHER not in mail.raw.decode()


async def test_a_member_who_has_just_joined_can_be_written_to_at_once(office: Office) -> None:
    agency = await office.house.agency()
    email = f"new-{agency.slug}@person.test"
    # Whoever is asked for before is what a memory of the members would hold.
    await forget(office, agency.email)
    await office.mail_to(agency.email, about="Set a new password")
    await invite(agency, email)
    accepted = {"token": token_in(await office.mail_to(email), "invitation"), "name": "Max", "password": PASSWORD}
    assert (await office.house.gateway.post("/api/invitations/accept", json=accepted)).status_code == 201

    await forget(office, email)

    assert (await office.mail_to(email, about="Set a new password")).recipients == [email]


async def test_a_member_who_has_just_left_is_not_written_to_any_more(office: Office) -> None:
    agency = await office.house.agency()
    email = f"gone-{agency.slug}@person.test"
    await invite(agency, email)
    accepted = {"token": token_in(await office.mail_to(email), "invitation"), "name": "Max", "password": PASSWORD}
    joined = await office.house.gateway.post("/api/invitations/accept", json=accepted)
    client = await agency.client("Grace Hopper")
    words = {"clientId": client.id, "content": "First", "author": {"kind": "client", "name": "Grace Hopper"}}
    await office.tell("projects.message.created", agency, words, by=client)
    await office.mail_to(email, about="New message")

    assert (await agency.http.delete(f"/api/members/{joined.json()['user']['id']}")).status_code in (200, 204)
    await office.tell("projects.message.created", agency, words | {"content": "Second"}, by=client)

    await office.mails_to(agency.email, 2, about="New message")
    await office.settled()
    assert len(await office.mails_to(email, 1, about="New message")) == 1


@pytest.mark.parametrize("email", ["nobody@agency.test", "client"])
async def test_whoever_is_no_member_gets_no_link_for_a_password(office: Office, email: str) -> None:
    agency = await office.house.agency()
    client = await agency.client()
    await forget(office, client.email if email == "client" else email)
    await office.settled()
    assert (
        await office.rows("SELECT 1 FROM mails WHERE template = 'password_reset' AND agency_id = :id", id=agency.id)
        == []
    )
    assert [mail for mail in office.smtp.to(client.email) if "password" in str(mail.message["Subject"])] == []


async def test_a_reset_that_has_run_out_is_not_mailed_any_more(office: Office) -> None:
    agency = await office.house.agency()
    office.smtp.mode = Mode.DEFER
    await forget(office, agency.email)
    await with_status(office, agency, "password_reset", "retrying")

    office.smtp.mode = Mode.OK
    office.house.clock.advance(minutes=60)

    await with_status(office, agency, "password_reset", "failed")
    assert office.smtp.to(agency.email) == []


async def test_neither_link_nor_token_stands_in_a_row_or_a_log(office: Office) -> None:
    agency = await office.house.agency()
    email = f"secret-{agency.slug}@person.test"
    with written_lines() as logs:
        await invite(agency, email)
        await forget(office, agency.email)
        secrets = [
            token_in(await office.mail_to(email), "invitation"),
            token_in(await office.mail_to(agency.email, about="Set a new password"), "reset-password"),
        ]
        for template in ("member_invitation", "password_reset"):
            await with_status(office, agency, template, "sent")
    tables = await office.rows("SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND rowsecurity")
    kept = [row for table in tables for row in await office.rows(f'SELECT t::text FROM "{table.tablename}" t')]
    assert agency.id in repr(kept)
    assert any("mail_sent" in line for line in logs)
    for secret in secrets:
        assert secret.rpartition(".")[2] not in repr(kept)
        assert secret.rpartition(".")[2] not in repr(logs)
