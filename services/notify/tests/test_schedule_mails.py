"""Mails that schedules ask for: reminders of invoices, and recurring invoices that could not be issued."""

from typing import Any

import pytest

from chassis.ids import new_id
from services.notify.tests.office import Office
from tests.house import Client


def invoice_of(client: Client) -> dict[str, Any]:
    return {
        "id": str(new_id()),
        "number": "INV-0042",
        "clientId": client.id,
        "client": {"id": client.id, "name": client.body["name"], "email": client.email},
        "currency": "EUR",
        "amount": 1499.5,
        "amountPaid": 1000,
        "amountDue": 499.5,
        "dueDate": "2027-03-03",
        "paymentUrl": "http://localhost:8080/pay/abc?k=def",
        "paidAt": None,
    }


@pytest.mark.parametrize(
    ("days", "subject"),
    [
        (-3, "Reminder: invoice INV-0042 is due on 3 March 2027"),
        (0, "Reminder: invoice INV-0042 is due on 3 March 2027"),
        (1, "Invoice INV-0042 was due on 3 March 2027"),
    ],
)
async def test_a_reminder_tells_what_is_left_and_where_to_pay_it(office: Office, days: int, subject: str) -> None:
    agency = await office.house.agency()
    client = await agency.client()

    event = await office.tell("billing.invoice.reminded", agency, invoice_of(client), internal={"daysFromDue": days})
    await office.publish(event, deduplicate=False)

    mail = await office.mail_to(client.email, about=subject)
    assert "€499.50" in mail.part("plain")
    assert "http://localhost:8080/pay/abc?k=def" in mail.part("plain")
    await office.settled()
    assert len(await office.mails_about("invoice_overdue" if days > 0 else "invoice_reminder", agency)) == 1


async def test_a_reminder_is_no_event_for_webhooks(office: Office) -> None:
    agency = await office.house.agency()
    names = [one["type"] for one in (await agency.http.get("/api/zapier/events")).json()]
    assert "invoice.overdue" in names
    assert "invoice.reminded" not in names


async def test_members_hear_of_a_recurring_invoice_that_could_not_be_issued(office: Office) -> None:
    agency = await office.house.agency()
    client = await agency.client("Grace Hopper")
    failed = {
        "id": str(new_id()),
        "client": {"id": client.id, "name": "Grace Hopper", "email": client.email},
        "currency": "EUR",
        "amount": 250,
        "nextOn": "2027-01-31",
        "error": "The client was deleted.",
    }

    await office.tell("billing.recurring_invoice.failed", agency, failed)

    mail = await office.mail_to(agency.email, about="A recurring invoice for Grace Hopper could not be issued")
    assert "The client was deleted." in mail.part("plain")
    assert "31 January 2027" in mail.part("plain")
