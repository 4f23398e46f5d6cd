"""The SQL of disputes."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from chassis.database import Reader
from services.billing.disputes.models import OPEN, Dispute
from services.billing.payments.models import Payment
from services.billing.providers.reversals import DisputeState
from services.billing.shapes import major, moment, object_of, page_of

_SHAPE = object_of(
    {
        "id": "d.id",
        "paymentId": "d.payment_id",
        "invoiceId": "d.invoice_id",
        "clientId": "d.client_id",
        "status": "d.status",
        "amount": major("d.amount_minor", "d.decimals"),
        "currency": "d.currency",
        "reason": "d.reason",
        "respondBy": moment("d.respond_by"),
        "provider": "d.provider",
        "providerId": "d.provider_id",
        "closedAt": moment("d.closed_at"),
        "createdAt": moment("d.created_at"),
        "updatedAt": moment("d.updated_at"),
    }
)


@dataclass(frozen=True, slots=True)
class DisputeFilter:
    """Which disputes are asked for."""

    status: DisputeState | None = None
    payment_id: UUID | None = None
    client_id: UUID | None = None


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


async def page(
    reader: Reader, agency_id: UUID, *, wanted: DisputeFilter, after: UUID | None, limit: int
) -> tuple[bytes, UUID | None]:
    """Disputes, newest first, as a JSON array, and the last row's id when more rows follow."""
    return await page_of(
        reader,
        f"SELECT d.id, {_SHAPE}::text AS body FROM disputes d",  # noqa: S608 (constants of this module)
        "d",
        args=[agency_id],
        filters=[
            ("d.status = {}", wanted.status),
            ("d.payment_id = {}", wanted.payment_id),
            ("d.client_id = {}", wanted.client_id),
            ("d.id < {}", after),
        ],
        limit=limit,
    )
