"""The SQL of disputes within a unit of work."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from services.billing.disputes.models import OPEN, Dispute
from services.billing.payments.models import Payment


async def find(session: AsyncSession, agency_id: UUID, dispute_id: UUID) -> Dispute | None:
    """The dispute."""
    found = select(Dispute).where(Dispute.agency_id == agency_id, Dispute.id == dispute_id)
    return (await session.execute(found)).scalar_one_or_none()


async def find_at_provider(session: AsyncSession, payment: Payment, provider_id: str) -> Dispute | None:
    """The dispute of a payment by the provider's id."""
    found = select(Dispute).where(
        Dispute.agency_id == payment.agency_id,
        Dispute.payment_id == payment.id,
        Dispute.provider_id == provider_id,
    )
    return (await session.execute(found)).scalar_one_or_none()


async def any_open(session: AsyncSession, payment: Payment) -> bool:
    """Whether a dispute of the payment is undecided."""
    found = select(col(Dispute.id)).where(
        Dispute.agency_id == payment.agency_id, Dispute.payment_id == payment.id, col(Dispute.status).in_(OPEN)
    )
    return (await session.execute(found)).first() is not None
