"""Refunds and disputes through Paystack, which has no idempotency keys and tells of a transaction, not of a refund."""

from typing import Any

import pytest

from services.billing.tests.conftest import PaystackTill
from services.billing.tests.refunding import ask, become, disputes, later, looked, paid_in_naira, refund, refunds
from tests.fakes.paystack_server import REFUNDS, Mode


async def processed(counter: PaystackTill, reference: str, at_paystack: dict[str, Any]) -> None:
    """Paystack has paid a refund out, and tells of it."""
    at_paystack["status"] = "processed"
    event = counter.paystack.refund_event("refund.processed", reference, at_paystack)
    assert await counter.tell(*counter.paystack.signed(event)) == 200


async def test_a_refund_is_queued_at_paystack_and_counts_once_it_is_processed(counter: PaystackTill) -> None:
    invoice, payment, reference = await paid_in_naira(counter, 149.5)
    asked = await refund(counter, payment, amount=49.5)
    await looked(counter)
    (at_paystack,) = counter.paystack.refunds_of(reference)
    assert (at_paystack["amount"], at_paystack["merchant_note"]) == (4950, f"portico-refund-{asked['id']}")
    (queued,) = await refunds(counter, payment)
    assert (queued["status"], queued["providerId"]) == ("pending", str(at_paystack["id"]))
    assert (await counter.reload(invoice))["amountPaid"] == 149.5
    await processed(counter, reference, at_paystack)
    await become(counter, payment, "succeeded")
    partly = await counter.reload(invoice)
    assert (partly["status"], partly["amountPaid"], partly["amountDue"]) == ("partially_paid", 100, 49.5)
    assert await counter.announced("billing.payment.refunded") == 1


@pytest.mark.parametrize("mode", [Mode.DROP, Mode.BREAK, Mode.GARBAGE])
async def test_a_refund_whose_answer_was_lost_is_found_by_its_note_and_made_once(
    counter: PaystackTill, mode: Mode
) -> None:
    _, payment, reference = await paid_in_naira(counter)
    await looked(counter)
    counter.paystack.next(Mode.OK, Mode.OK, mode)
    await refund(counter, payment, amount=30)
    await looked(counter)
    (at_paystack,) = counter.paystack.refunds_of(reference)
    assert (await refunds(counter, payment))[0]["providerId"] is None
    await later(counter)
    assert (await refunds(counter, payment))[0]["providerId"] == str(at_paystack["id"])
    await processed(counter, reference, at_paystack)
    await become(counter, payment, "succeeded")
    assert len(counter.paystack.refunds_of(reference)) == 1


async def test_a_refund_that_never_reached_paystack_is_asked_for_again(counter: PaystackTill) -> None:
    _, payment, reference = await paid_in_naira(counter)
    await looked(counter)
    counter.paystack.next(Mode.OK, Mode.OK, Mode.LOSE)
    await refund(counter, payment)
    await looked(counter)
    assert counter.paystack.refunds_of(reference) == []
    await later(counter)
    assert len(counter.paystack.refunds_of(reference)) == 1


async def test_a_refund_that_paystack_refuses_fails_with_its_word(counter: PaystackTill) -> None:
    invoice, payment, _ = await paid_in_naira(counter)
    await looked(counter)
    counter.paystack.next(Mode.OK, Mode.OK, Mode.REFUSE)
    await refund(counter, payment)
    (failed,) = await become(counter, payment, "failed")
    assert failed["failure"] == "invalid_amount"
    assert (await counter.reload(invoice))["status"] == "paid"


async def test_a_refund_that_paystack_fails_is_failed(counter: PaystackTill) -> None:
    invoice, payment, reference = await paid_in_naira(counter)
    await refund(counter, payment)
    await looked(counter)
    (at_paystack,) = counter.paystack.refunds_of(reference)
    at_paystack["status"] = "failed"
    event = counter.paystack.refund_event("refund.failed", reference, at_paystack)
    assert await counter.tell(*counter.paystack.signed(event)) == 200
    await become(counter, payment, "failed")
    assert (await counter.reload(invoice))["status"] == "paid"


async def test_a_webhook_that_is_sent_again_for_ever_changes_nothing(counter: PaystackTill) -> None:
    invoice, payment, reference = await paid_in_naira(counter)
    await refund(counter, payment, amount=10)
    await looked(counter)
    (at_paystack,) = counter.paystack.refunds_of(reference)
    await processed(counter, reference, at_paystack)
    await become(counter, payment, "succeeded")
    counter.house.clock.advance(days=400)
    await processed(counter, reference, at_paystack)
    await looked(counter)
    counter.house.clock.reset()
    assert len(await refunds(counter, payment)) == 1
    assert (await counter.reload(invoice))["amountPaid"] == 90


async def test_a_refund_made_at_paystack_is_found_by_its_webhook(counter: PaystackTill) -> None:
    invoice, payment, reference = await paid_in_naira(counter)
    at_paystack = counter.paystack.refund(reference, 2500)
    queued = counter.paystack.refund_event("refund.pending", reference, at_paystack)
    assert await counter.tell(*counter.paystack.signed(queued)) == 200
    await become(counter, payment, "pending")
    await processed(counter, reference, at_paystack)
    (found,) = await become(counter, payment, "succeeded")
    assert (found["amount"], found["requestedBy"]) == (25, None)
    assert (await counter.reload(invoice))["amountPaid"] == 75


async def test_another_transactions_refunds_are_not_this_ones(counter: PaystackTill) -> None:
    """Should a filter of the API ever be ignored, what it lists is looked through again."""
    _, payment, reference = await paid_in_naira(counter)
    _, other, others_reference = await paid_in_naira(counter)
    at_paystack = counter.paystack.refund(others_reference, 2500, status="processed")
    event = counter.paystack.refund_event("refund.processed", others_reference, at_paystack)
    assert await counter.tell(*counter.paystack.signed(event)) == 200
    await become(counter, other, "succeeded")
    assert await refunds(counter, payment) == []
    assert counter.paystack.refunds_of(reference) == []


async def test_a_forged_webhook_is_refused_and_nothing_is_asked(counter: PaystackTill) -> None:
    _, payment, reference = await paid_in_naira(counter)
    await looked(counter)
    at_paystack = counter.paystack.refund(reference, 2500, status="processed")
    raw, mac = counter.paystack.signed(counter.paystack.refund_event("refund.processed", reference, at_paystack))
    before = len(counter.paystack.requests)
    for forged in ((raw + b" ", mac), (raw, mac[:-1] + "x"), (raw, "")):
        assert await counter.tell(*forged) == 400
    assert len(counter.paystack.requests) == before
    assert await refunds(counter, payment) == []


@pytest.mark.parametrize(
    ("changes", "status", "is_lost"),
    [
        ({"status": "resolved", "resolution": "merchant-accepted"}, "lost", True),
        ({"status": "resolved", "resolution": "auto-accepted"}, "lost", True),
        ({"status": "resolved", "resolution": "declined"}, "won", False),
        ({"status": "archived"}, "closed", False),
    ],
)
async def test_a_dispute_is_recorded_and_takes_money_when_it_is_lost(
    counter: PaystackTill, changes: dict[str, Any], status: str, is_lost: bool
) -> None:
    invoice, payment, reference = await paid_in_naira(counter)
    dispute = counter.paystack.dispute(reference, refund_amount=8000)
    opened = counter.paystack.event("charge.dispute.create", dispute)
    assert await counter.tell(*counter.paystack.signed(opened)) == 200
    (recorded,) = await counter.house.eventually(lambda: disputes(counter))
    assert (recorded["status"], recorded["amount"], recorded["respondBy"]) == (
        "needs_response",
        80,
        "2026-04-01T18:00:00.000Z",
    )
    dispute.update(changes)
    # What a lost dispute gives back stands among Paystack's refunds as well, and is still the same money.
    if is_lost:
        counter.paystack.refund(reference, 8000, status="processed", dispute=dispute["id"])
    closed = counter.paystack.event("charge.dispute.resolve", dispute)
    assert await counter.tell(*counter.paystack.signed(closed)) == 200

    async def is_decided() -> bool:
        (decided,) = await disputes(counter)
        return bool(decided["status"] == status)

    await counter.house.eventually(is_decided)
    await looked(counter)
    taken = [(one["kind"], one["amount"]) for one in await refunds(counter, payment)]
    assert taken == ([("dispute", 80)] if is_lost else [])
    assert (await counter.reload(invoice))["amountPaid"] == (20 if is_lost else 100)


async def test_several_processes_ask_for_a_refund_once(counter: PaystackTill) -> None:
    _, payment, _ = await paid_in_naira(counter)
    for amount in (10, 20):
        assert (await ask(counter, payment, amount=amount)).status_code == 201
    await looked(counter)
    await later(counter)
    posts = [one for one in counter.paystack.requests if (one.method, one.path) == ("POST", REFUNDS)]
    assert sorted(one.body["amount"] for one in posts if one.body["transaction"] == payment["providerId"]) == [
        1000,
        2000,
    ]
