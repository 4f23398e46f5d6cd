"""Stripe's refunds and disputes in our words.

https://docs.stripe.com/api/refunds/object and https://docs.stripe.com/api/disputes/object.
"""

from datetime import UTC, datetime
from typing import Any

from services.billing.providers.reversals import (
    Bell,
    DisputeReport,
    DisputeState,
    RefundOrder,
    RefundReport,
    RefundState,
)
from services.billing.providers.signatures import uuid_or_none
from services.billing.providers.stripe_units import amount_of, to_stripe

_BELLS = ("refund.", "charge.refund", "charge.dispute.")
_REFUND_STATES = {
    "succeeded": RefundState.SUCCEEDED,
    "failed": RefundState.FAILED,
    "canceled": RefundState.FAILED,
}
# An inquiry has the same steps as a dispute, but no money is held back while it goes on. An appeal follows upon a loss.
_DISPUTE_STATES = {
    "warning_needs_response": DisputeState.NEEDS_RESPONSE,
    "needs_response": DisputeState.NEEDS_RESPONSE,
    "appeal_needs_response": DisputeState.NEEDS_RESPONSE,
    "won": DisputeState.WON,
    "lost": DisputeState.LOST,
    "warning_closed": DisputeState.CLOSED,
    "prevented": DisputeState.CLOSED,
}


def bell_of(event: dict[str, Any]) -> Bell | None:
    """What an event about a refund or a dispute rings for; None for other events."""
    if not str(event["type"]).startswith(_BELLS):
        return None
    data = event.get("data")
    about = data.get("object") if isinstance(data, dict) else None
    about = about if isinstance(about, dict) else {}
    intent = about.get("payment_intent")
    intent = intent.get("id") if isinstance(intent, dict) else intent
    metadata = about.get("metadata")
    metadata = metadata if isinstance(metadata, dict) else {}
    return Bell(
        payment_id=intent if isinstance(intent, str) and intent else None,
        # A charge carries what its payment was opened with.
        checkout_id=uuid_or_none(metadata.get("checkout_id")),
    )


def refund_params(order: RefundOrder) -> dict[str, Any]:
    """What makes a refund; the ids of ours come back in lists and events."""
    return {
        "payment_intent": order.charge.payment_id,
        "amount": to_stripe(order.amount_minor, order.charge.currency),
        "metadata": {
            "refund_id": str(order.refund_id),
            "checkout_id": str(order.charge.checkout_id),
            "invoice_id": str(order.invoice_id),
            "agency_id": str(order.agency_id),
        },
    }


def refund_report(refund: dict[str, Any]) -> RefundReport:
    """A refund of Stripe's."""
    currency = str(refund.get("currency") or "").upper()
    metadata = refund.get("metadata")
    state = _REFUND_STATES.get(str(refund.get("status")), RefundState.PENDING)
    failed = state is RefundState.FAILED
    return RefundReport(
        provider_id=str(refund["id"])[:255],
        state=state,
        amount_minor=amount_of(refund.get("amount"), currency),
        currency=currency,
        refund_id=uuid_or_none(metadata.get("refund_id") if isinstance(metadata, dict) else None),
        failure=str(refund.get("failure_reason") or refund.get("status"))[:200] if failed else "",
    )


def dispute_report(dispute: dict[str, Any]) -> DisputeReport:
    """A dispute of Stripe's."""
    currency = str(dispute.get("currency") or "").upper()
    details = dispute.get("evidence_details")
    due = details.get("due_by") if isinstance(details, dict) else None
    return DisputeReport(
        provider_id=str(dispute["id"])[:255],
        state=_DISPUTE_STATES.get(str(dispute.get("status")), DisputeState.UNDER_REVIEW),
        amount_minor=amount_of(dispute.get("amount"), currency),
        currency=currency,
        reason=str(dispute.get("reason") or "")[:200],
        respond_by=datetime.fromtimestamp(due, UTC) if isinstance(due, int) and due > 0 else None,
    )
