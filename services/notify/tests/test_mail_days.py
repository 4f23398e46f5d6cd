"""A mail that names the day of a moment names the one that it was where the agency is."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from chassis.ids import new_id
from chassis.storage import ObjectStore
from services.notify.tests.office import Office
from services.notify.tests.wishes import go_to
from tests.house import Agency, Client

# A zone, a moment, and its date there, which is another one in UTC.
BEHIND = ("America/Los_Angeles", "2027-03-01T04:00:00.000Z", "28 February 2027")
AHEAD = ("Pacific/Auckland", "2027-02-28T19:00:00.000Z", "1 March 2027")
EDGES = pytest.mark.parametrize(("zone", "moment", "day"), [BEHIND, AHEAD], ids=["behind UTC", "ahead of UTC"])


async def somewhere(office: Office, zone: str) -> tuple[Agency, Client]:
    """An agency there, with a client."""
    agency = await office.house.agency()
    answer = await agency.http.patch("/api/auth/agency", json={"timeZone": zone})
    assert answer.status_code == 200, answer.text
    return agency, await agency.client()


async def sealed(office: Office) -> dict[str, Any]:
    """What an event tells besides of a document that was sealed."""
    store = ObjectStore(office.house.environment["PORTICO_STORAGE_URL"])
    await store.put("sealed/day.pdf", b"%PDF-1.7 sealed")
    return {"storageKey": "sealed/day.pdf", "sealedName": "Terms (signed).pdf"}


@EDGES
async def test_both_sides_hear_on_which_day_an_invoice_was_paid(
    office: Office, zone: str, moment: str, day: str
) -> None:
    agency, client = await somewhere(office, zone)
    invoice = {
        "id": str(new_id()),
        "number": "INV-0042",
        "clientId": client.id,
        "client": {"id": client.id, "name": "Ada", "email": client.email},
        "currency": "EUR",
        **{"amount": 100, "amountPaid": 100, "amountDue": 0},
        **{"dueDate": "2027-03-03", "paymentUrl": None, "paidAt": moment},
    }
    await office.tell("billing.invoice.paid", agency, invoice)
    for address in (client.email, agency.email):
        assert f"Paid on: {day}" in (await office.mail_to(address, about="INV-0042")).part("plain")


@EDGES
async def test_both_sides_hear_on_which_day_a_file_and_a_contract_were_signed(
    office: Office, zone: str, moment: str, day: str
) -> None:
    agency, client = await somewhere(office, zone)
    internal = await sealed(office)
    signature = {"name": "Grace Hopper", "signedAt": moment}
    file = {"id": str(new_id()), "name": "Terms.pdf", "clientId": client.id, "version": 1, "signature": signature}
    contract = {"id": str(new_id()), "title": "Care", "clientId": client.id, "declineReason": None}
    await office.tell("projects.file.signed", agency, file, by=client, internal=internal)
    contract["signatures"] = [signature]
    await office.tell("projects.contract.signed", agency, contract, by=client, internal=internal)
    for about in ("Terms.pdf", "Care"):
        for address in (client.email, agency.email):
            assert f"on {day}" in (await office.mail_to(address, about=about)).part("plain")


@EDGES
async def test_the_agency_hears_by_which_day_to_answer_a_dispute(
    office: Office, zone: str, moment: str, day: str
) -> None:
    agency, client = await somewhere(office, zone)
    dispute = {
        "id": str(new_id()),
        "clientId": client.id,
        **{"amount": 100, "currency": "EUR", "status": "needs_response", "reason": "fraudulent"},
        "respondBy": moment,
    }
    about = {"number": "INV-0042", "client": "Ada"}
    await office.tell("billing.dispute.opened", agency, dispute, internal=about)
    assert f"Answer by: {day}" in (await office.mail_to(agency.email, about="is disputed")).part("plain")


@pytest.mark.parametrize(("zone", "hour"), [(BEHIND[0], 20), (AHEAD[0], 8)], ids=["behind UTC", "ahead of UTC"])
async def test_an_invitation_says_through_which_day_its_link_works(office: Office, zone: str, hour: int) -> None:
    agency, _ = await somewhere(office, zone)
    tomorrow = office.house.clock().astimezone(ZoneInfo(zone)) + timedelta(days=1)
    go_to(office, tomorrow.replace(hour=hour))
    email = f"max-{agency.slug}@person.test"
    made = await agency.made("/api/invitations", {"email": email, "role": "member"})
    ends = datetime.fromisoformat(made["expiresAt"])
    day = ends.astimezone(ZoneInfo(zone)).date()
    assert ends.date() != day
    assert f"until {day.day} {day:%B %Y}" in (await office.mail_to(email)).part("plain")
