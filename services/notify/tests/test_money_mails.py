"""Mails about refunds and disputes: the client's part to the client, the rest to owners and admins alone."""

from typing import Any

import pytest

from chassis.ids import new_id
from services.notify.tests.office import Office
from services.notify.tests.wishes import joined
from tests.fakes.smtp_server import Taken
from tests.house import Agency, Client

ABOUT = {"kind": "refund", "amount": "499.5", "currency": "EUR", "number": "INV-0042", "client": "Ada Lovelace"}


def payment_of(client: Client) -> dict[str, Any]:
    return {"id": str(new_id()), "clientId": client.id, "amount": 1499.5, "currency": "EUR", "refunded": 499.5}


def dispute_of(client: Client, **more: Any) -> dict[str, Any]:
    return {
        "id": str(new_id()),
        "clientId": client.id,
        "amount": 1499.5,
        "currency": "EUR",
        "status": "needs_response",
        "reason": "product_not_received",
        "respondBy": "2026-12-01T17:00:00.000Z",
        **more,
    }


async def team(office: Office, agency: Agency) -> tuple[str, str]:
    """The addresses of an admin and of a member who joined the agency's owner."""
    admin, member = await joined(office, agency, "Ann Admin"), await joined(office, agency)
    promoted = await agency.http.patch(f"/api/members/{admin.id}", json={"role": "admin"})
    assert promoted.status_code == 200, promoted.text
    return admin.email, member.email


async def only_managers_hear(office: Office, agency: Agency, team: tuple[str, str], about: str) -> Taken:
    """The mail about something, which came to owner and admin and not to the member."""
    admin, member = team
    mail = await office.mail_to(agency.email, about=about)
    await office.mail_to(admin, about=about)
    assert [one for one in office.smtp.to(member) if about in str(one.message["Subject"])] == []
    return mail


async def test_a_client_hears_what_went_back_and_once(office: Office) -> None:
    agency = await office.house.agency()
    client = await agency.client()

    event = await office.tell("billing.payment.refunded", agency, payment_of(client), internal=ABOUT)
    await office.publish(event, deduplicate=False)

    mail = await office.mail_to(client.email, about="Refund for invoice INV-0042")
    assert "€499.50" in mail.part("plain")
    assert f"/client-portal/{client.token}" in mail.part("plain")
    await office.settled()
    assert len(await office.mails_about("payment_refunded", agency)) == 1


async def test_what_a_dispute_took_or_gave_back_is_told_by_the_dispute_alone(office: Office) -> None:
    agency = await office.house.agency()
    client = await agency.client()
    failed = {"id": str(new_id()), "amount": 499.5, "currency": "EUR", "failure": "dispute_won"}
    for type, data in (("billing.payment.refunded", payment_of(client)), ("billing.refund.failed", failed)):
        await office.tell(type, agency, data, internal={**ABOUT, "kind": "dispute"})
    await office.settled()
    for template in ("payment_refunded", "refund_failed"):
        assert await office.mails_about(template, agency) == []


async def test_owners_and_admins_hear_that_a_refund_failed_and_why(office: Office) -> None:
    agency = await office.house.agency()
    managers, client = await team(office, agency), await agency.client()
    failed = {"id": str(new_id()), "amount": 499.5, "currency": "EUR", "failure": "charge_already_refunded"}
    await office.tell("billing.refund.failed", agency, failed, internal=ABOUT)
    mail = await only_managers_hear(office, agency, managers, "The refund for invoice INV-0042 failed")
    assert "charge already refunded" in mail.part("plain")
    assert "€499.50" in mail.part("plain")
    assert [one for one in office.smtp.to(client.email) if "refund" in str(one.message["Subject"]).lower()] == []


async def test_owners_and_admins_hear_of_a_dispute_and_until_when_to_answer(office: Office) -> None:
    agency = await office.house.agency()
    managers, client = await team(office, agency), await agency.client()
    await office.tell("billing.dispute.opened", agency, dispute_of(client), internal=ABOUT)
    mail = await only_managers_hear(office, agency, managers, "A payment for invoice INV-0042 is disputed")
    for words in ("€1,499.50", "product not received", "1 December 2026", "Ada Lovelace"):
        assert words in mail.part("plain")


@pytest.mark.parametrize(
    ("status", "words"), [("won", "You have won"), ("lost", "is due again"), ("closed", "does not ask")]
)
async def test_owners_and_admins_hear_how_a_dispute_ended(office: Office, status: str, words: str) -> None:
    agency = await office.house.agency()
    managers, client = await team(office, agency), await agency.client()
    ended = dispute_of(client, status=status, respondBy=None)
    await office.tell("billing.dispute.closed", agency, ended, internal=ABOUT)
    mail = await only_managers_hear(office, agency, managers, "The dispute about invoice INV-0042 has ended")
    assert words in mail.part("plain")
