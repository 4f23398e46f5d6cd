"""Which mails refunds and disputes ask for."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from chassis.events import Event
from services.notify.mails.facts import Door, Facts, Money, Order
from services.notify.mails.models import Template
from services.notify.mails.occasions.heard import Heard, to_client, to_members

# A dispute that ended otherwise was an inquiry, and nothing came of it.
_DECIDED = ("won", "lost")


class _Payment(Heard):
    client_id: UUID


class _Refund(Heard):
    amount: Decimal
    currency: str
    failure: str | None


class _Dispute(Heard):
    amount: Decimal
    currency: str
    status: str
    reason: str
    respond_by: datetime | None


def _payment_refunded(event: Event) -> list[Order]:
    if event.internal["kind"] != "refund":
        return []
    facts = Facts(
        texts={"number": event.internal["number"]},
        money={"amount": Money(amount=event.internal["amount"], currency=event.internal["currency"])},
        door=Door.PORTAL,
    )
    return [to_client(Template.PAYMENT_REFUNDED, _Payment.model_validate(event.data).client_id, facts)]


def _refund_failed(event: Event) -> list[Order]:
    # What a dispute took and an appeal gave back is told by the dispute.
    if event.internal["kind"] != "refund":
        return []
    refund = _Refund.model_validate(event.data)
    facts = _facts(event.internal, refund.amount, refund.currency)
    facts.texts["failure"] = _words(refund.failure or "")
    return [to_members(Template.REFUND_FAILED, facts)]


def _dispute_opened(event: Event) -> list[Order]:
    return [to_members(Template.DISPUTE_OPENED, _dispute_facts(event))]


def _dispute_closed(event: Event) -> list[Order]:
    return [to_members(Template.DISPUTE_CLOSED, _dispute_facts(event))]


def _dispute_facts(event: Event) -> Facts:
    dispute = _Dispute.model_validate(event.data)
    facts = _facts(event.internal, dispute.amount, dispute.currency)
    facts.texts["reason"] = _words(dispute.reason)
    facts.days["respond_by"] = dispute.respond_by
    facts.variant = dispute.status if dispute.status in _DECIDED else ""
    return facts


def _facts(about: dict[str, Any], amount: Decimal, currency: str) -> Facts:
    return Facts(
        texts={"number": about["number"], "client": about["client"]},
        money={"amount": Money(amount=amount, currency=currency)},
    )


def _words(code: str) -> str:
    """A provider's word for something, as people write it."""
    return code.replace("_", " ") or "not told"


MONEY: dict[str, Callable[[Event], list[Order]]] = {
    "billing.payment.refunded": _payment_refunded,
    "billing.refund.failed": _refund_failed,
    "billing.dispute.opened": _dispute_opened,
    "billing.dispute.closed": _dispute_closed,
}
