"""TRUST 13 for Paystack, whose signatures hold no time: what is sent again, however late, changes nothing."""

import asyncio
import json
import random
from typing import Any
from uuid import UUID, uuid4

import pytest

from services.billing.tests.conftest import PaystackTill
from tests.fakes.paystack_server import SECRET_KEY, Mode

OWN_KEY = "sk_test_of_the_agency_9xQ2"


async def paid_event(counter: PaystackTill, invoice: dict[str, Any]) -> dict[str, Any]:
    """The event of a client's payment."""
    return counter.paystack.pay((await counter.transaction(invoice))["reference"])


async def test_a_signed_webhook_marks_the_invoice_paid(counter: PaystackTill) -> None:
    invoice = await counter.naira(149.5)
    event = await paid_event(counter, invoice)
    assert await counter.tell(*counter.paystack.signed(event)) == 200
    paid = await counter.reload(invoice)
    assert (paid["status"], paid["amountPaid"], paid["amountDue"]) == ("paid", 149.5, 0)
    (payment,) = await counter.payments(invoice)
    assert (payment["provider"], payment["providerId"]) == ("paystack", str(event["data"]["id"]))
    assert await counter.announced("billing.invoice.paid") == await counter.announced("billing.payment.received") == 1


FORGERIES: dict[str, Any] = {
    "no signature": lambda raw, mac: (raw, ""),
    "another body": lambda raw, mac: (raw.replace(b"abandoned", b"success") + b" ", mac),
    "the body serialised anew": lambda raw, mac: (json.dumps(json.loads(raw), indent=1).encode(), mac),
    "the body truncated": lambda raw, mac: (raw[:-1], mac),
    "an empty body": lambda raw, mac: (b"", mac),
    "a flipped bit": lambda raw, mac: (raw[:50] + bytes([raw[50] ^ 1]) + raw[51:], mac),
    "not UTF-8": lambda raw, mac: (b"\xff\xfe" + raw, mac),
    "a truncated signature": lambda raw, mac: (raw, mac[:-1]),
    "half a signature": lambda raw, mac: (raw, mac[:64]),
    "a signature twice": lambda raw, mac: (raw, f"{mac},{mac}"),
    "a named signature": lambda raw, mac: (raw, f"sha512={mac}"),
    "letters beyond ASCII": lambda raw, mac: (raw, "\xe9" * 128),
    "zeroes": lambda raw, mac: (raw, "0" * 128),
}


@pytest.mark.parametrize("forgery", FORGERIES)
async def test_a_forged_webhook_is_refused_and_changes_nothing(counter: PaystackTill, forgery: str) -> None:
    invoice = await counter.naira()
    raw, mac = counter.paystack.signed(await paid_event(counter, invoice))
    forged, forged_mac = FORGERIES[forgery](raw, mac)
    assert await counter.tell(forged, forged_mac.encode("latin-1")) == 400
    assert (await counter.reload(invoice))["status"] == "sent"
    assert await counter.verdicts() == []
    # The same event, untouched, is still taken.
    assert await counter.tell(raw, mac) == 200
    assert (await counter.reload(invoice))["status"] == "paid"


async def test_a_webhook_without_the_header_is_refused(counter: PaystackTill) -> None:
    answer = await counter.house.gateway.post("/api/webhooks/paystack", content=b"{}")
    assert answer.status_code == 400


@pytest.mark.parametrize("secret", ["sk_test_of_somebody_else", "sk_live_portico_paystack"])
async def test_a_webhook_signed_with_another_key_is_refused(counter: PaystackTill, secret: str) -> None:
    event = await paid_event(counter, await counter.naira())
    assert await counter.tell(*counter.paystack.signed(event, secret=secret)) == 400


async def test_stripes_door_takes_nothing_of_paystacks(counter: PaystackTill) -> None:
    raw, mac = counter.paystack.signed(await paid_event(counter, await counter.naira()))
    for path in ("/api/webhooks/stripe", f"/api/webhooks/stripe/{counter.agency.id}"):
        assert await counter.tell(raw, mac, path) == 400
        assert await counter.deliver(raw, mac, path) == 400


def _in_data(**changes: Any) -> Any:
    return lambda event: event["data"].update(changes)


def _in_metadata(**changes: Any) -> Any:
    return lambda event: event["data"]["metadata"].update(changes)


MISMATCHES: dict[str, Any] = {
    "another amount": (_in_data(amount=9999), "wrong_amount"),
    "more than was asked for": (_in_data(amount=10001), "wrong_amount"),
    "no amount": (_in_data(amount=None), "wrong_amount"),
    "an amount that is no integer": (_in_data(amount=10000.0), "wrong_amount"),
    "an amount in letters": (_in_data(amount="10000"), "wrong_amount"),
    "another currency": (_in_data(currency="GHS"), "wrong_currency"),
    "no currency": (_in_data(currency=None), "wrong_currency"),
    "another agency": (_in_metadata(agency_id=str(uuid4())), "wrong_account"),
    "another invoice": (_in_metadata(invoice_id=str(uuid4())), "wrong_id"),
    "real money where play money is expected": (_in_data(domain="live"), "wrong_account"),
    "a transaction that is not paid": (_in_data(status="failed"), "unchanged"),
    "an event about something else": (lambda event: event.update(event="transfer.success"), None),
    "a reference that is not ours": (_in_data(reference="T563902343_aaa", metadata=""), None),
    "our reference written otherwise": (
        lambda event: event["data"].update(reference=event["data"]["reference"].replace("-", "")),
        "not_ours",
    ),
    "a payload without a transaction": (lambda event: event.update(data=[]), None),
}


@pytest.mark.parametrize("mismatch", MISMATCHES)
async def test_a_rightly_signed_event_that_does_not_match_is_taken_logged_and_changes_nothing(
    counter: PaystackTill, mismatch: str
) -> None:
    change, verdict = MISMATCHES[mismatch]
    invoice = await counter.naira(100)
    event = await paid_event(counter, invoice)
    change(event)
    assert await counter.tell(*counter.paystack.signed(event)) == 200
    assert (await counter.reload(invoice))["status"] == "sent"
    assert await counter.payments(invoice) == []
    if verdict:
        assert await counter.verdicts() == [verdict]


ODDITIES: dict[str, tuple[Any, int]] = {
    "an empty object": ({}, 400),
    "a list": ([], 400),
    "an event without data": ({"event": "charge.success"}, 200),
    "an event that is no name": ({"event": ["x"], "data": {"reference": 7}}, 200),
    "a name with NUL": ({"event": "charge\x00", "data": {}}, 400),
    "a transaction of oddities": (
        {
            "event": "charge.success",
            "data": {
                "id": ["x"],
                "reference": "x" * 5000,
                "status": {},
                "amount": 2**62,
                "currency": 5,
                "metadata": "{",
                "channel": {},
                "domain": [],
            },
        },
        200,
    ),
}


@pytest.mark.parametrize("oddity", ODDITIES)
async def test_whatever_is_rightly_signed_is_answered_without_an_error_of_ours(
    counter: PaystackTill, oddity: str
) -> None:
    event, status = ODDITIES[oddity]
    assert await counter.tell(*counter.paystack.signed(event)) == status


@pytest.mark.parametrize("written", ["text", "nothing"])
async def test_metadata_may_come_back_as_text_or_not_at_all(counter: PaystackTill, written: str) -> None:
    invoice = await counter.naira()
    event = await paid_event(counter, invoice)
    event["data"]["metadata"] = json.dumps(event["data"]["metadata"]) if written == "text" else ""
    assert await counter.tell(*counter.paystack.signed(event)) == 200
    assert (await counter.reload(invoice))["status"] == "paid"


async def test_metadata_in_text_is_compared_as_well(counter: PaystackTill) -> None:
    invoice = await counter.naira()
    event = await paid_event(counter, invoice)
    event["data"]["metadata"] = json.dumps({"agency_id": str(uuid4())})
    assert await counter.tell(*counter.paystack.signed(event)) == 200
    assert await counter.verdicts() == ["wrong_account"]


async def test_a_webhook_sent_again_after_a_year_changes_nothing(counter: PaystackTill) -> None:
    invoice = await counter.naira()
    captured = counter.paystack.signed(await paid_event(counter, invoice))
    assert await counter.tell(*captured) == 200
    counter.house.clock.advance(days=365)
    assert await counter.tell(*captured) == 200
    counter.house.clock.reset()
    assert len(await counter.payments(invoice)) == 1
    async with counter.house.database("billing").reader(counter.agency.id) as reader:
        (row,) = await reader.fetch("SELECT verdict, deliveries FROM provider_events")
    assert (row["verdict"], row["deliveries"]) == ("paid", 2)


async def test_a_captured_webhook_pays_no_other_invoice(counter: PaystackTill) -> None:
    paid, other = await counter.naira(), await counter.naira()
    captured = counter.paystack.signed(await paid_event(counter, paid))
    await counter.transaction(other)
    for _ in range(3):
        assert await counter.tell(*captured) == 200
    assert (await counter.reload(other))["status"] == "sent"


async def test_a_webhook_delivered_many_times_at_once_pays_once(counter: PaystackTill) -> None:
    invoice = await counter.naira()
    event = await paid_event(counter, invoice)
    again = {**event, "data": {**event["data"], "id": event["data"]["id"] + 1}}
    deliveries = [counter.paystack.signed(event)] * 15 + [counter.paystack.signed(again)] * 15
    random.Random(13).shuffle(deliveries)
    statuses = await asyncio.gather(*(counter.tell(*delivery) for delivery in deliveries))
    assert set(statuses) == {200}
    assert len(await counter.payments(invoice)) == 1
    assert await counter.announced("billing.invoice.paid") == 1


async def test_reconciliation_and_webhook_at_once_pay_once(counter: PaystackTill) -> None:
    invoice = await counter.naira()
    signed = counter.paystack.signed(await paid_event(counter, invoice))
    await asyncio.gather(counter.reconcile(), *(counter.tell(*signed) for _ in range(5)))
    assert len(await counter.payments(invoice)) == 1


@pytest.mark.parametrize("order", [("paid", "disputed"), ("disputed", "paid")])
async def test_reordered_events_end_in_the_same_truth(counter: PaystackTill, order: tuple[str, str]) -> None:
    invoice = await counter.naira()
    paid = await paid_event(counter, invoice)
    events = {"paid": paid, "disputed": {**paid, "event": "charge.dispute.create"}}
    for name in order:
        assert await counter.tell(*counter.paystack.signed(events[name])) == 200
    assert (await counter.reload(invoice))["status"] == "paid"
    assert len(await counter.payments(invoice)) == 1


async def test_a_webhook_about_a_transaction_we_were_never_told_of_is_believed(counter: PaystackTill) -> None:
    invoice = await counter.naira()
    counter.paystack.next(Mode.DROP)
    await counter.press(invoice)
    (transaction,) = counter.paystack.transactions_of(invoice["id"])
    assert await counter.tell(*counter.paystack.signed(counter.paystack.pay(transaction["reference"]))) == 200
    assert await counter.statuses(invoice) == ["paid"]


async def test_clients_pay_through_the_agencys_own_account_and_only_its_key_is_believed(counter: PaystackTill) -> None:
    await counter.set_account(provider="paystack", secretKey=OWN_KEY)
    counter.paystack.secret_key = OWN_KEY
    invoice = await counter.naira()
    event = await paid_event(counter, invoice)
    path = f"/api/webhooks/paystack/{counter.agency.id}"
    # Signed by the deployment's key it is of another account, wherever it is sent.
    assert await counter.tell(*counter.paystack.signed(event, secret=SECRET_KEY)) == 200
    assert await counter.tell(*counter.paystack.signed(event, secret=SECRET_KEY), path) == 400
    assert await counter.tell(*counter.paystack.signed(event, secret=OWN_KEY)) == 400
    assert (await counter.reload(invoice))["status"] == "sent"
    assert await counter.tell(*counter.paystack.signed(event, secret=OWN_KEY), path) == 200
    assert (await counter.reload(invoice))["status"] == "paid"
    assert await counter.verdicts() == ["wrong_account", "paid"]


async def test_an_agency_cannot_pay_anothers_invoice_with_events_of_its_own(counter: PaystackTill) -> None:
    victims_invoice = await counter.naira()
    event = await paid_event(counter, victims_invoice)
    agency = await counter.house.agency()
    attacker = PaystackTill(counter.house, counter.stripe, agency, counter.client, counter.paystack)
    await attacker.set_account(provider="paystack", secretKey=OWN_KEY)
    path = f"/api/webhooks/paystack/{agency.id}"
    for owner in (counter.agency.id, agency.id):
        event["data"]["metadata"]["agency_id"] = owner
        assert await counter.tell(*counter.paystack.signed(event, secret=OWN_KEY), path) == 200
    assert (await counter.reload(victims_invoice))["status"] == "sent"
    assert set(await attacker.verdicts()) == {"not_ours"}
    assert await counter.verdicts() == []


async def test_an_agencys_path_takes_the_deployments_events_about_that_agency_only(counter: PaystackTill) -> None:
    invoice = await counter.naira()
    signed = counter.paystack.signed(await paid_event(counter, invoice))
    other = await counter.house.agency()
    for stranger in (other.id, str(UUID(int=7))):
        assert await counter.tell(*signed, f"/api/webhooks/paystack/{stranger}") == 200
        assert (await counter.reload(invoice))["status"] == "sent"
    assert await counter.tell(*signed, f"/api/webhooks/paystack/{counter.agency.id}") == 200
    assert (await counter.reload(invoice))["status"] == "paid"
