"""TRUST 13 for refunds: a webhook rings, the provider tells; whatever comes, in whatever order, has one effect."""

import asyncio
import json
import random
import time
from typing import Any

import pytest

from services.billing.tests.conftest import Till
from services.billing.tests.refunding import become, later, looked, paid, refund, refunds

EVENTS = ["refund.created", "refund.updated", "charge.refund.updated", "charge.refunded"]


def event_of(till: Till, type: str, made: dict[str, Any]) -> dict[str, Any]:
    """The event of one type about a refund."""
    if type == "charge.refunded":
        return till.stripe.charge_refunded(made["payment_intent"])
    return till.stripe.event(type, made)


@pytest.mark.parametrize("type", EVENTS)
async def test_a_refund_made_at_the_provider_is_found_by_its_webhook(till: Till, type: str) -> None:
    invoice, payment = await paid(till)
    made = till.stripe.refund(payment["providerId"], 4000)
    assert await till.deliver(*till.stripe.signed(event_of(till, type, made))) == 200
    (found,) = await become(till, payment, "succeeded")
    assert (found["amount"], found["providerId"], found["requestedBy"]) == (40, made["id"], None)
    partly = await till.reload(invoice)
    assert (partly["status"], partly["amountPaid"]) == ("partially_paid", 60)
    assert await till.verdicts() == ["paid", "rung"]


async def test_every_event_of_a_refund_many_times_at_once_counts_it_once(till: Till) -> None:
    invoice, payment = await paid(till)
    made = till.stripe.refund(payment["providerId"], 4000)
    deliveries = [till.stripe.signed(event_of(till, type, made)) for type in EVENTS for _ in range(8)]
    random.Random(13).shuffle(deliveries)
    statuses = await asyncio.gather(*(till.deliver(*delivery) for delivery in deliveries))
    assert set(statuses) == {200}
    await become(till, payment, "succeeded")
    await looked(till)
    assert len(await refunds(till, payment)) == 1
    assert (await till.reload(invoice))["amountPaid"] == 60
    assert await till.announced("billing.payment.refunded") == 1


async def test_our_own_refunds_webhook_changes_nothing_more(till: Till) -> None:
    _, payment = await paid(till)
    await refund(till, payment, amount=10)
    await become(till, payment, "succeeded")
    (made,) = till.stripe.refunds_of(payment["providerId"])
    for type in EVENTS:
        assert await till.deliver(*till.stripe.signed(event_of(till, type, made))) == 200
    await looked(till)
    assert len(await refunds(till, payment)) == 1
    assert await till.announced("billing.payment.refunded") == 1


async def test_a_refund_that_is_told_of_before_its_payment_counts_once_that_is_there(till: Till) -> None:
    invoice = await till.invoice()
    session = await till.checkout(invoice)
    paying = till.stripe.pay(session["id"])
    till.stripe.refund(session["payment_intent"], 10000)
    assert await till.deliver(*till.stripe.signed(till.stripe.charge_refunded(session["payment_intent"]))) == 200
    await looked(till)
    assert await till.deliver(*till.stripe.signed(paying)) == 200
    assert (await till.reload(invoice))["status"] == "paid"
    await later(till)
    (payment,) = await till.payments(invoice)
    await become(till, payment, "succeeded")
    assert (await till.reload(invoice))["amountPaid"] == 0


FORGERIES: dict[str, Any] = {
    "no header": lambda raw, header: (raw, ""),
    "another body": lambda raw, header: (raw.replace(b"4000", b"9000"), header),
    "the body serialised anew": lambda raw, header: (json.dumps(json.loads(raw)).encode(), header),
    "the body truncated": lambda raw, header: (raw[:-1], header),
    "another timestamp": lambda raw, header: (raw, f"t={int(time.time()) - 1},{header.partition(',')[2]}"),
}


@pytest.mark.parametrize("forgery", FORGERIES)
async def test_a_forged_webhook_is_refused_and_nothing_is_asked(till: Till, forgery: str) -> None:
    _, payment = await paid(till)
    await looked(till)
    made = till.stripe.refund(payment["providerId"], 4000)
    raw, header = FORGERIES[forgery](*till.stripe.signed(till.stripe.event("refund.created", made)))
    before = len(till.stripe.requests)
    assert await till.deliver(raw, header) == 400
    assert await rung(till) == 0
    assert len(till.stripe.requests) == before
    assert await till.verdicts() == ["paid"]


async def rung(till: Till) -> int:
    """How many of the agency's payments were ever rung for."""
    async with till.house.database("billing").reader(till.agency.id) as reader:
        return int(await reader.fetchval("SELECT count(*) FROM lookouts"))


def _in_refund(**changes: Any) -> Any:
    return lambda event: event["data"]["object"].update(changes)


NOT_FOR_US: dict[str, tuple[Any, list[str]]] = {
    "a payment that is not ours": (_in_refund(payment_intent="pi_of_somebody", metadata={}), ["paid"]),
    "a refund of no payment": (_in_refund(payment_intent=None, metadata={}), ["paid"]),
    "a payload without a refund": (lambda event: event.update(data={"object": []}), ["paid"]),
    "odd ids": (_in_refund(payment_intent={"id": 7}, metadata={"checkout_id": ["x"]}), ["paid"]),
    "a connected account": (lambda event: event.update(account="acct_1"), ["paid", "wrong_account"]),
    "real money where play money is expected": (
        lambda event: event.update(livemode=True),
        ["paid", "wrong_account"],
    ),
}


@pytest.mark.parametrize("case", NOT_FOR_US)
async def test_a_rightly_signed_event_that_is_not_for_us_is_taken_and_rings_for_nothing(till: Till, case: str) -> None:
    change, verdicts = NOT_FOR_US[case]
    _, payment = await paid(till)
    event = till.stripe.event("refund.created", till.stripe.refund(payment["providerId"], 4000))
    change(event)
    assert await till.deliver(*till.stripe.signed(event)) == 200
    assert await rung(till) == 0
    assert await till.verdicts() == verdicts


@pytest.mark.parametrize(
    "lie", [{"amount": 1}, {"amount": 10**12}, {"currency": "usd"}, {"status": "failed"}, {"id": "re_made_up"}]
)
async def test_what_a_webhook_says_of_a_refund_is_not_what_is_believed(till: Till, lie: dict[str, Any]) -> None:
    _, payment = await paid(till)
    made = till.stripe.refund(payment["providerId"], 4000)
    assert await till.deliver(*till.stripe.signed(till.stripe.event("refund.created", {**made, **lie}))) == 200
    (found,) = await become(till, payment, "succeeded")
    assert (found["amount"], found["currency"], found["providerId"]) == (40, "EUR", made["id"])


@pytest.mark.parametrize("odd", [{"currency": "usd"}, {"amount": 10001}, {"amount": 0}, {"amount": None}])
async def test_a_refund_that_cannot_be_of_its_payment_is_not_counted(till: Till, odd: dict[str, Any]) -> None:
    invoice, payment = await paid(till)
    made = till.stripe.refund(payment["providerId"], 4000)
    made.update(odd)
    assert await till.deliver(*till.stripe.signed(till.stripe.event("refund.created", made))) == 200
    await looked(till)
    assert await refunds(till, payment) == []
    assert (await till.reload(invoice))["status"] == "paid"


async def test_an_agencys_own_account_rings_for_its_own_payments_only(till: Till) -> None:
    _, payment = await paid(till)
    made = till.stripe.refund(payment["providerId"], 4000)
    attacker = await till.house.agency()
    account = {"secretKey": "sk_test_of_the_attacker", "webhookSecret": "whsec_of_the_attacker"}
    assert (await attacker.http.put("/api/payment-account", json=account)).status_code == 200
    signed = till.stripe.signed(till.stripe.event("refund.created", made), secret="whsec_of_the_attacker")
    assert await till.deliver(*signed, f"/api/webhooks/stripe/{attacker.id}") == 200
    assert await rung(till) == 0
    # The deployment's account tells it of every agency that is paid through it.
    assert await till.deliver(*till.stripe.signed(till.stripe.event("refund.created", made))) == 200
    await become(till, payment, "succeeded")
