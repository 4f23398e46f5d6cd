"""Disputes: recorded as the provider tells of them; only one that is lost moves money."""

from typing import Any

import pytest

from services.billing.tests.conftest import Till
from services.billing.tests.refunding import become, disputes, later, looked, paid, refund, refunds

DISPUTE_KEYS = {
    *("id", "paymentId", "invoiceId", "clientId", "status", "amount", "currency", "reason", "respondBy"),
    *("provider", "providerId", "closedAt", "createdAt", "updatedAt"),
}


async def tell(till: Till, dispute: dict[str, Any], type: str, **changes: Any) -> None:
    """The dispute changes at Stripe, and Stripe tells of it."""
    dispute.update(changes)
    assert await till.deliver(*till.stripe.signed(till.stripe.event(f"charge.dispute.{type}", dispute))) == 200


async def stands(till: Till, status: str) -> dict[str, Any]:
    """The agency's one dispute, once it stands so."""

    async def look() -> list[dict[str, Any]]:
        return [one for one in await disputes(till) if one["status"] == status]

    (found,) = await till.house.eventually(look)
    return dict(found)


async def disputed(till: Till, **more: Any) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
    """An invoice, its payment, and the dispute of it at Stripe that has been told of."""
    invoice, payment = await paid(till)
    dispute = till.stripe.dispute(payment["providerId"], **more)
    await tell(till, dispute, "created")
    await stands(till, "needs_response")
    return invoice, payment, dispute


async def test_a_dispute_is_recorded_and_moves_no_money(till: Till) -> None:
    invoice, payment, dispute = await disputed(till)
    (recorded,) = await disputes(till)
    assert set(recorded) == DISPUTE_KEYS
    assert (recorded["amount"], recorded["reason"], recorded["providerId"], recorded["paymentId"]) == (
        100,
        "product_not_received",
        dispute["id"],
        payment["id"],
    )
    assert (recorded["respondBy"], recorded["closedAt"]) == ("2024-08-14T23:59:59.000Z", None)
    assert (await till.agency.http.get(f"/api/disputes/{recorded['id']}")).json() == recorded
    assert (await till.reload(invoice))["status"] == "paid"
    assert await refunds(till, payment) == []
    assert await till.announced("billing.dispute.opened") == 1


async def test_disputes_are_found_by_what_they_are_about(till: Till) -> None:
    _, payment, _ = await disputed(till)
    for query, count in (
        ("status=needs_response", 1),
        ("status=lost", 0),
        (f"paymentId={payment['id']}", 1),
        (f"paymentId={payment['invoiceId']}", 0),
        (f"clientId={till.client.id}", 1),
        (f"clientId={payment['id']}", 0),
    ):
        assert len((await till.agency.http.get(f"/api/disputes?{query}")).json()) == count, query


async def test_a_dispute_that_is_lost_is_a_refund_of_its_payment_and_once(till: Till) -> None:
    invoice, payment, dispute = await disputed(till)
    await tell(till, dispute, "closed", status="lost")
    lost = await stands(till, "lost")
    await tell(till, dispute, "updated")
    await looked(till)
    (taken,) = await refunds(till, payment)
    assert (taken["kind"], taken["status"], taken["amount"], taken["disputeId"], taken["requestedBy"]) == (
        "dispute",
        "succeeded",
        100,
        lost["id"],
        None,
    )
    owed = await till.reload(invoice)
    assert (owed["status"], owed["amountPaid"], owed["amountDue"]) == ("sent", 0, 100)
    assert await till.announced("billing.payment.refunded") == await till.announced("billing.dispute.closed") == 1


@pytest.mark.parametrize("status", ["won", "warning_closed", "prevented"])
async def test_a_dispute_that_is_not_lost_takes_nothing(till: Till, status: str) -> None:
    invoice, payment, dispute = await disputed(till)
    await tell(till, dispute, "updated", status="under_review")
    await stands(till, "under_review")
    await tell(till, dispute, "closed", status=status)
    await stands(till, "won" if status == "won" else "closed")
    assert await refunds(till, payment) == []
    assert (await till.reload(invoice))["status"] == "paid"


async def test_what_is_won_on_appeal_is_there_again(till: Till) -> None:
    invoice, payment, dispute = await disputed(till)
    await tell(till, dispute, "closed", status="lost")
    await become(till, payment, "succeeded")
    await tell(till, dispute, "updated", status="appeal_under_review")
    assert (await stands(till, "under_review"))["closedAt"] is None
    assert (await till.reload(invoice))["amountPaid"] == 0
    await tell(till, dispute, "closed", status="won")
    await become(till, payment, "failed")
    again = await till.reload(invoice)
    assert (again["status"], again["amountPaid"]) == ("paid", 100)


async def test_a_lost_dispute_takes_no_more_than_was_left_of_the_payment(till: Till) -> None:
    invoice, payment = await paid(till)
    await refund(till, payment, amount=70)
    await become(till, payment, "succeeded")
    dispute = till.stripe.dispute(payment["providerId"], evidence_details={"due_by": None})
    await tell(till, dispute, "closed", status="lost")
    assert (await stands(till, "lost"))["amount"] == 100
    taken, _ = await become(till, payment, "succeeded", "succeeded")
    assert taken["amount"] == 30
    assert (await till.reload(invoice))["amountPaid"] == 0


async def test_an_undecided_dispute_is_followed_without_a_webhook(till: Till) -> None:
    _, payment, dispute = await disputed(till)
    await looked(till)
    dispute["status"] = "lost"
    await later(till)
    await stands(till, "lost")
    await become(till, payment, "succeeded")


async def test_another_agency_sees_nothing_of_a_dispute(till: Till) -> None:
    await disputed(till)
    (recorded,) = await disputes(till)
    other = await till.house.agency()
    assert (await other.http.get("/api/disputes")).json() == []
    assert (await other.http.get(f"/api/disputes/{recorded['id']}")).status_code == 404
