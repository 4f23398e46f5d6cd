"""Paystack's refunds and disputes in our words.

https://paystack.com/docs/api/refund and https://paystack.com/docs/api/dispute. A refund has no key of ours: what names
it is the note that it was asked for with.
"""

import re
from datetime import UTC, datetime
from typing import Any

from services.billing.providers.paystack_units import from_paystack
from services.billing.providers.reversals import (
    Bell,
    DisputeReport,
    DisputeState,
    RefundOrder,
    RefundReport,
    RefundState,
)
from services.billing.providers.signatures import uuid_or_none

_BELLS = ("refund.", "charge.dispute.")
_NOTE = re.compile(r"portico-refund-([0-9a-f-]{36})")
_REFUND_STATES = {"processed": RefundState.SUCCEEDED, "failed": RefundState.FAILED}
_DISPUTE_STATES = {
    "awaiting-merchant-feedback": DisputeState.NEEDS_RESPONSE,
    "awaiting-bank-feedback": DisputeState.UNDER_REVIEW,
    "pending": DisputeState.UNDER_REVIEW,
    "archived": DisputeState.CLOSED,
}


def bell_of(name: str, data: dict[str, Any]) -> Bell | None:
    """What an event about a refund or a dispute rings for; None for other events."""
    if not name.startswith(_BELLS):
        return None
    transaction = data.get("transaction")
    transaction = transaction if isinstance(transaction, dict) else {}
    reference = data.get("transaction_reference") or transaction.get("reference")
    checkout_id = uuid_or_none(reference)
    # Only the reference as it was sent: an id may be written in other ways.
    return Bell(transaction_of(data), checkout_id if str(checkout_id) == reference else None)


def transaction_of(found: dict[str, Any]) -> str | None:
    """The id of the transaction that a refund or dispute is about."""
    transaction = found.get("transaction")
    id = transaction.get("id") if isinstance(transaction, dict) else transaction
    return str(id)[:255] if isinstance(id, int | str) and not isinstance(id, bool) and id else None


def note_of(order: RefundOrder) -> str:
    """What our refund is known by."""
    return order.idempotency_key


def refund_report(refund: dict[str, Any]) -> RefundReport | None:
    """A refund of Paystack's; None for what is none, and for what a dispute gave back, which the dispute tells."""
    if not refund.get("id") or refund.get("dispute"):
        return None
    currency = str(refund.get("currency") or "").upper()
    noted = _NOTE.search(str(refund.get("merchant_note") or ""))
    state = _REFUND_STATES.get(str(refund.get("status")), RefundState.PENDING)
    return RefundReport(
        provider_id=str(refund["id"])[:255],
        state=state,
        amount_minor=from_paystack(_whole(refund.get("amount")), currency),
        currency=currency,
        refund_id=uuid_or_none(noted[1]) if noted else None,
        failure="failed" if state is RefundState.FAILED else "",
    )


def dispute_report(dispute: dict[str, Any]) -> DisputeReport | None:
    """A dispute of Paystack's; None for what is none."""
    if not dispute.get("id"):
        return None
    transaction = dispute.get("transaction")
    transaction = transaction if isinstance(transaction, dict) else {}
    currency = str(dispute.get("currency") or transaction.get("currency") or "").upper()
    # What is asked back; where that is not said, all of it.
    hundredths = _whole(dispute.get("refund_amount")) or _whole(transaction.get("amount"))
    return DisputeReport(
        provider_id=str(dispute["id"])[:255],
        state=_dispute_state(dispute),
        amount_minor=from_paystack(hundredths, currency),
        currency=currency,
        reason=str(dispute.get("category") or "")[:200],
        respond_by=_moment(dispute.get("dueAt") or dispute.get("due_at")),
    )


def _dispute_state(dispute: dict[str, Any]) -> DisputeState:
    if dispute.get("status") == "resolved":
        # `declined` is the agency's answer to the claim; everything else gives the money back.
        return DisputeState.WON if dispute.get("resolution") == "declined" else DisputeState.LOST
    return _DISPUTE_STATES.get(str(dispute.get("status")), DisputeState.UNDER_REVIEW)


def _whole(found: object) -> int | None:
    """An amount that stands there as a number or as its digits."""
    if isinstance(found, str) and found.isascii() and found.isdigit() and len(found) < 19:
        return int(found)
    return found if isinstance(found, int) and not isinstance(found, bool) else None


def _moment(found: object) -> datetime | None:
    try:
        moment = datetime.fromisoformat(found) if isinstance(found, str) else None
    except ValueError:
        return None
    return moment.replace(tzinfo=moment.tzinfo or UTC) if moment else None
