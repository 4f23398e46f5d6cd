"""TRUST 13: an invoice is paid only when signature, account, amount, currency and id all match, and exactly once."""

import asyncio
import json
import random
import time
from typing import Any
from uuid import uuid4

import pytest
import stripe as sdk

from services.billing.tests.conftest import Till

MINUTE = 60


async def test_a_signed_webhook_marks_the_invoice_paid(till: Till) -> None:
    invoice = await till.invoice(149.5)
    session = await till.checkout(invoice)
    status = await till.deliver(*till.stripe.signed(till.stripe.pay(session["id"])))
    paid = await till.reload(invoice)
    assert (status, paid["status"], paid["amountPaid"], paid["amountDue"]) == (200, "paid", 149.5, 0)
    (payment,) = await till.payments(invoice)
    assert (payment["amount"], payment["provider"], payment["providerId"]) == (
        149.5,
        "stripe",
        session["payment_intent"],
    )
    assert await till.announced("billing.invoice.paid") == await till.announced("billing.payment.received") == 1


async def test_the_browsers_return_marks_nothing_paid(till: Till) -> None:
    invoice = await till.invoice()
    session = await till.checkout(invoice)
    page = await till.house.gateway.get(session["success_url"])
    assert page.status_code == 200
    assert (await till.reload(invoice))["status"] == "sent"


async def test_stripes_own_library_makes_signatures_that_are_taken(till: Till) -> None:
    raw = json.dumps(till.stripe.pay((await till.checkout(await till.invoice()))["id"]))
    header = sdk.WebhookSignature.generate_signature_header(raw, till.stripe.webhook_secret)
    assert await till.deliver(raw.encode(), header) == 200
    assert await till.verdicts() == ["paid"]


FORGERIES: dict[str, Any] = {
    "no header": lambda raw, header: (raw, ""),
    "another body": lambda raw, header: (raw.replace(b"unpaid", b"paid") + b" ", header),
    "the body serialised anew": lambda raw, header: (json.dumps(json.loads(raw)).encode(), header),
    "the body truncated": lambda raw, header: (raw[:-1], header),
    "an empty body": lambda raw, header: (b"", header),
    "a flipped bit": lambda raw, header: (raw[:50] + bytes([raw[50] ^ 1]) + raw[51:], header),
    "not UTF-8": lambda raw, header: (b"\xff\xfe" + raw, header),
    "no timestamp": lambda raw, header: (raw, header.partition(",")[2]),
    "two timestamps": lambda raw, header: (raw, f"t={int(time.time())},{header}"),
    "another timestamp": lambda raw, header: (raw, f"t={int(time.time()) - 1},{header.partition(',')[2]}"),
    "an endless timestamp": lambda raw, header: (raw, f"t={'9' * 3000},{header.partition(',')[2]}"),
    "a negative timestamp": lambda raw, header: (raw, f"t=-1,{header.partition(',')[2]}"),
    "another scheme": lambda raw, header: (raw, header.replace("v1=", "v0=")),
    "an empty signature": lambda raw, header: (raw, f"{header.partition(',')[0]},v1="),
    "a signature of letters beyond ASCII": lambda raw, header: (raw, f"{header.partition(',')[0]},v1=\xe9"),
}


@pytest.mark.parametrize("forgery", FORGERIES)
async def test_a_forged_webhook_is_refused_and_changes_nothing(till: Till, forgery: str) -> None:
    invoice = await till.invoice()
    raw, header = till.stripe.signed(till.stripe.pay((await till.checkout(invoice))["id"]))
    forged, forged_header = FORGERIES[forgery](raw, header)
    assert await till.deliver(forged, forged_header.encode("latin-1")) == 400
    assert (await till.reload(invoice))["status"] == "sent"
    assert await till.verdicts() == []
    # The same event, untouched, is still taken.
    assert await till.deliver(raw, header) == 200
    assert (await till.reload(invoice))["status"] == "paid"


async def test_a_webhook_signed_with_another_secret_is_refused(till: Till) -> None:
    event = till.stripe.pay((await till.checkout(await till.invoice()))["id"])
    assert await till.deliver(*till.stripe.signed(event, secret="whsec_of_somebody_else")) == 400


@pytest.mark.parametrize("minutes", [-6, -60, 2, 6, 60 * 24])
async def test_a_stale_or_future_dated_webhook_is_refused(till: Till, minutes: int) -> None:
    invoice = await till.invoice()
    event = till.stripe.pay((await till.checkout(invoice))["id"])
    assert await till.deliver(*till.stripe.signed(event, at=time.time() + minutes * MINUTE)) == 400
    assert (await till.reload(invoice))["status"] == "sent"


@pytest.mark.parametrize("minutes", [-4, 0.5])
async def test_clocks_may_differ_a_little(till: Till, minutes: float) -> None:
    event = till.stripe.pay((await till.checkout(await till.invoice()))["id"])
    assert await till.deliver(*till.stripe.signed(event, at=time.time() + minutes * MINUTE)) == 200


def _in_session(**changes: Any) -> Any:
    return lambda event: event["data"]["object"].update(changes)


def _in_metadata(**changes: Any) -> Any:
    return lambda event: event["data"]["object"]["metadata"].update(changes)


MISMATCHES: dict[str, Any] = {
    "another amount": (_in_session(amount_total=9999), "wrong_amount"),
    "no amount": (_in_session(amount_total=None), "wrong_amount"),
    "an amount that is no integer": (_in_session(amount_total=10000.0), "wrong_amount"),
    "another currency": (_in_session(currency="usd"), "wrong_currency"),
    "no currency": (_in_session(currency=None), "wrong_currency"),
    "another agency": (_in_metadata(agency_id=str(uuid4())), "wrong_account"),
    "another invoice": (_in_metadata(invoice_id=str(uuid4())), "wrong_id"),
    "another session of the same reference": (_in_session(id="cs_test_other"), "wrong_id"),
    "a connected account": (lambda event: event.update(account="acct_1"), "wrong_account"),
    "real money where play money is expected": (lambda event: event.update(livemode=True), "wrong_account"),
    "a session that is complete but not paid": (_in_session(payment_status="unpaid"), "unchanged"),
    "an event about something else": (lambda event: event.update(type="charge.succeeded"), None),
    "a session that is not ours": (_in_session(id="cs_test_x", client_reference_id=None, metadata={}), None),
    "a payload without a session": (lambda event: event.update(data={"object": []}), None),
}


@pytest.mark.parametrize("mismatch", MISMATCHES)
async def test_a_rightly_signed_event_that_does_not_match_is_taken_and_changes_nothing(
    till: Till, mismatch: str
) -> None:
    change, verdict = MISMATCHES[mismatch]
    invoice = await till.invoice(100)
    event = till.stripe.pay((await till.checkout(invoice))["id"])
    change(event)
    assert await till.deliver(*till.stripe.signed(event)) == 200
    assert (await till.reload(invoice))["status"] == "sent"
    assert await till.payments(invoice) == []
    if verdict:
        assert await till.verdicts() == [verdict]


ODDITIES: dict[str, tuple[Any, int]] = {
    "an empty object": ({}, 400),
    "a list": ([], 400),
    "an event without data": ({"id": "evt_1", "type": "checkout.session.completed"}, 200),
    "an event of the other API": ({"id": "evt_2", "type": "v1.billing.meter", "object": "v2.core.event"}, 200),
    "ids of another kind": ({"id": {"a": 1}, "type": ["x"], "data": {"object": {"id": 7}}}, 200),
    "an id with NUL": ({"id": "evt\x00", "type": "charge.succeeded"}, 400),
    "a session of oddities": (
        {
            "id": "evt_3",
            "type": "checkout.session.completed",
            "livemode": False,
            "data": {
                "object": {
                    "id": ["cs"],
                    "currency": {},
                    "amount_total": 2**62,
                    "payment_status": "paid",
                    "payment_intent": {"id": None},
                    "client_reference_id": 5,
                    "metadata": "none",
                    "payment_method_types": {},
                }
            },
        },
        200,
    ),
}


@pytest.mark.parametrize("oddity", ODDITIES)
async def test_whatever_is_rightly_signed_is_answered_without_an_error_of_ours(till: Till, oddity: str) -> None:
    event, status = ODDITIES[oddity]
    assert await till.deliver(*till.stripe.signed(event)) == status


async def test_every_rightly_signed_event_is_logged(till: Till) -> None:
    session = await till.checkout(await till.invoice())
    event = till.stripe.pay(session["id"])
    event["data"]["object"]["amount_total"] = 1
    await till.deliver(*till.stripe.signed(event))
    await till.deliver(*till.stripe.signed(till.stripe.event("checkout.session.completed", session)))
    assert await till.verdicts() == ["wrong_amount", "paid"]


async def test_a_webhook_delivered_many_times_at_once_pays_once(till: Till) -> None:
    invoice = await till.invoice()
    session = await till.checkout(invoice)
    event = till.stripe.pay(session["id"])
    deliveries = [till.stripe.signed(event) for _ in range(15)]
    deliveries += [till.stripe.signed(till.stripe.event("checkout.session.completed", session)) for _ in range(15)]
    random.Random(13).shuffle(deliveries)
    statuses = await asyncio.gather(*(till.deliver(*delivery) for delivery in deliveries))
    assert set(statuses) == {200}
    assert len(await till.payments(invoice)) == 1
    assert await till.announced("billing.invoice.paid") == 1


async def test_a_checkout_is_paid_once_even_under_another_payment_id(till: Till) -> None:
    invoice = await till.invoice()
    session = await till.checkout(invoice)
    for _ in range(2):
        assert await till.deliver(*till.stripe.signed(till.stripe.pay(session["id"]))) == 200
    assert len(await till.payments(invoice)) == 1
    assert await till.verdicts() == ["paid", "duplicate"]


@pytest.mark.parametrize("order", [("paid", "expired"), ("expired", "paid")])
async def test_reordered_events_end_in_the_same_truth(till: Till, order: tuple[str, str]) -> None:
    invoice = await till.invoice()
    session = await till.checkout(invoice)
    expired = till.stripe.event("checkout.session.expired", {**session, "status": "expired"})
    events = {"paid": till.stripe.pay(session["id"]), "expired": expired}
    for name in order:
        assert await till.deliver(*till.stripe.signed(events[name])) == 200
    assert (await till.reload(invoice))["status"] == "paid"


async def test_a_bank_debit_is_paid_when_its_money_arrives_and_not_when_it_is_ordered(till: Till) -> None:
    invoice = await till.invoice()
    session = await till.checkout(invoice)
    ordered = till.stripe.event("checkout.session.completed", {**session, "status": "complete"})
    assert await till.deliver(*till.stripe.signed(ordered)) == 200
    assert (await till.reload(invoice))["status"] == "sent"
    arrived = till.stripe.pay(session["id"]) | {"type": "checkout.session.async_payment_succeeded"}
    assert await till.deliver(*till.stripe.signed(arrived)) == 200
    assert (await till.reload(invoice))["status"] == "paid"


async def test_a_second_checkout_paid_after_all_is_recorded_as_a_surplus(till: Till) -> None:
    invoice = await till.invoice(100)
    sessions = [await till.checkout(invoice), await till.checkout(invoice)]
    for session in sessions:
        assert await till.deliver(*till.stripe.signed(till.stripe.pay(session["id"]))) == 200
    paid = await till.reload(invoice)
    assert (paid["status"], paid["amountPaid"], paid["amountDue"]) == ("paid", 200, 0)
    assert [bool(payment["note"]) for payment in await till.payments(invoice)] == [True, False]
    assert await till.announced("billing.invoice.paid") == 1


async def test_the_deployments_webhook_is_refused_where_no_stripe_is_set_up(house: Any) -> None:
    answer = await house.gateway.post("/api/webhooks/stripe", content=b"{}", headers={"Stripe-Signature": "t=1,v1=00"})
    assert answer.status_code == 400


@pytest.mark.parametrize(
    ("amount", "currency", "units"), [(5000, "JPY", 5000), (12.34, "KWD", 12340), (500, "ISK", 50000)]
)
async def test_every_currency_is_counted_as_stripe_counts_it(
    till: Till, amount: float, currency: str, units: int
) -> None:
    invoice = await till.invoice(amount, currency)
    session = await till.checkout(invoice)
    assert (session["amount_total"], session["currency"]) == (units, currency.lower())
    await till.deliver(*till.stripe.signed(till.stripe.pay(session["id"])))
    assert (await till.reload(invoice))["amountPaid"] == amount
