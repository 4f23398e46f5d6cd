"""The shapes of disputes outside."""

from uuid import UUID

from pydantic import Field

from chassis.money import Amount, to_major
from chassis.schemas import Output, Timestamp
from services.billing.disputes.models import Dispute
from services.billing.providers.reversals import DisputeState


class DisputePublic(Output):
    """A dispute as the agency sees it; the amount is in the currency's major unit."""

    id: UUID
    payment_id: UUID
    invoice_id: UUID
    client_id: UUID
    status: DisputeState
    amount: Amount
    currency: str = Field(examples=["EUR"])
    reason: str = Field(description="What the payer's bank gave as its reason.", examples=["product_not_received"])
    respond_by: Timestamp | None = Field(description="Until when the provider takes the agency's evidence.")
    provider: str = Field(examples=["stripe"])
    provider_id: str
    closed_at: Timestamp | None
    created_at: Timestamp
    updated_at: Timestamp


def dispute_public(dispute: Dispute) -> DisputePublic:
    """A dispute as REST and events show it to the agency."""
    return DisputePublic(
        id=dispute.id,
        payment_id=dispute.payment_id,
        invoice_id=dispute.invoice_id,
        client_id=dispute.client_id,
        status=dispute.status,
        amount=to_major(dispute.amount_minor, dispute.currency),
        currency=dispute.currency,
        reason=dispute.reason,
        respond_by=dispute.respond_by,
        provider=dispute.provider,
        provider_id=dispute.provider_id,
        closed_at=dispute.closed_at,
        created_at=dispute.created_at,
        updated_at=dispute.updated_at,
    )
