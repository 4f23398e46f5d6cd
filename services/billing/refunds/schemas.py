"""The shapes of refunds outside."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import ConfigDict, Field, StringConstraints

from chassis.money import Amount, to_major
from chassis.schemas import Clean, Input, Output, Timestamp
from services.billing.invoices.fields import Positive
from services.billing.refunds.models import Refund, RefundKind, RefundStatus

Reason = Annotated[str, StringConstraints(max_length=500), Clean]


class RefundCreate(Input):
    """What of a payment is to go back; without an amount, all that is left of it.

    `recordOnly` notes money that went back by other means: nothing is asked of the provider.
    """

    model_config = ConfigDict(json_schema_extra={"examples": [{"amount": 250, "reason": "One page less than agreed"}]})

    amount: Positive | None = None
    reason: Reason = ""
    record_only: bool = False


class RefundedBy(Output):
    """The member who asked for a refund."""

    id: UUID
    name: str


class RefundPublic(Output):
    """A refund as the agency sees it; the amount is in the currency's major unit."""

    id: UUID
    payment_id: UUID
    invoice_id: UUID
    client_id: UUID
    kind: RefundKind
    status: RefundStatus
    amount: Amount
    currency: str = Field(examples=["EUR"])
    reason: str
    provider: str = Field(examples=["stripe"])
    provider_id: str | None
    dispute_id: UUID | None
    requested_by: RefundedBy | None
    failure: str | None = Field(description="The provider's word for why it failed.")
    refunded_on: date | None
    created_at: Timestamp
    updated_at: Timestamp


class RefundOfPayment(Output):
    """What went back of a payment, as both sides see it."""

    id: UUID
    kind: RefundKind
    amount: Amount
    refunded_on: date


def refund_public(refund: Refund) -> RefundPublic:
    """A refund as REST and events show it to the agency."""
    by = RefundedBy(id=refund.member_id, name=refund.member_name or "") if refund.member_id else None
    return RefundPublic(
        id=refund.id,
        payment_id=refund.payment_id,
        invoice_id=refund.invoice_id,
        client_id=refund.client_id,
        kind=refund.kind,
        status=refund.status,
        amount=to_major(refund.amount_minor, refund.currency),
        currency=refund.currency,
        reason=refund.reason,
        provider=refund.provider,
        provider_id=refund.provider_id,
        dispute_id=refund.dispute_id,
        requested_by=by,
        failure=refund.failure,
        refunded_on=refund.refunded_on,
        created_at=refund.created_at,
        updated_at=refund.updated_at,
    )


def refunds_of_payment(refunds: Sequence[Refund]) -> list[RefundOfPayment]:
    """What went back of one payment, oldest first."""
    return [
        RefundOfPayment(
            id=refund.id,
            kind=refund.kind,
            amount=to_major(refund.amount_minor, refund.currency),
            refunded_on=refund.refunded_on,
        )
        for refund in refunds
        if refund.refunded_on
    ]
