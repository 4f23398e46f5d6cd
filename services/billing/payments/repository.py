"""The SQL of payments."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from chassis.database import Reader
from services.billing.invoices.listing import LABEL
from services.billing.payments.models import Payment
from services.billing.refunds.models import Refund
from services.billing.shapes import major, moment, object_of, page_of

_REFUNDS = "FROM refunds r WHERE r.agency_id = $1 AND r.payment_id = p.id AND r.status = 'succeeded'"
_REFUNDED = f"(SELECT coalesce(sum(r.amount_minor), 0) {_REFUNDS})"
_REFUND_LIST = (
    "coalesce((SELECT json_agg(one ORDER BY one.id) FROM (SELECT r.id, r.kind,"  # noqa: S608 (constants)
    f" {major('r.amount_minor', 'r.decimals')} AS amount, r.refunded_on AS \"refundedOn\" {_REFUNDS}) one), '[]')"
)
_FOR_CLIENT = {
    "id": "p.id",
    "invoiceId": "p.invoice_id",
    "invoiceNumber": f"(SELECT {LABEL} FROM invoices i WHERE i.agency_id = $1 AND i.id = p.invoice_id)",  # noqa: S608 (constants)
    "clientId": "p.client_id",
    "amount": major("p.amount_minor", "p.decimals"),
    "currency": "p.currency",
    "refunded": major(_REFUNDED, "p.decimals"),
    "refunds": _REFUND_LIST,
    "method": "p.method",
    "receivedOn": "p.received_on",
    "createdAt": moment("p.created_at"),
}
_FOR_STAFF = {**_FOR_CLIENT, "provider": "p.provider", "providerId": "p.provider_id", "note": "p.note"}


async def exists_at_provider(session: AsyncSession, agency_id: UUID, *, provider: str, provider_id: str) -> bool:
    """Whether the provider's payment is recorded already."""
    found = select(col(Payment.id)).where(
        Payment.agency_id == agency_id, Payment.provider == provider, Payment.provider_id == provider_id
    )
    return (await session.execute(found)).first() is not None


async def find(session: AsyncSession, agency_id: UUID, payment_id: UUID) -> Payment | None:
    """The payment."""
    found = select(Payment).where(Payment.agency_id == agency_id, Payment.id == payment_id)
    return (await session.execute(found)).scalar_one_or_none()


async def find_of_checkout(session: AsyncSession, agency_id: UUID, checkout_id: UUID) -> Payment | None:
    """The payment that a checkout led to."""
    found = select(Payment).where(Payment.agency_id == agency_id, Payment.checkout_id == checkout_id)
    return (await session.execute(found)).scalar_one_or_none()


async def refunds_of(session: AsyncSession, payment: Payment) -> Sequence[Refund]:
    """All refunds of a payment, oldest first, whatever became of them."""
    found = select(Refund).where(Refund.agency_id == payment.agency_id, Refund.payment_id == payment.id)
    return (await session.execute(found.order_by(col(Refund.id)))).scalars().all()


async def page(
    reader: Reader,
    agency_id: UUID,
    *,
    invoice_id: UUID | None,
    client_id: UUID | None,
    is_client: bool,
    after: UUID | None,
    limit: int,
) -> tuple[bytes, UUID | None]:
    """Payments, newest first, as a JSON array, and the last row's id when more rows follow."""
    filters: Sequence[tuple[str, Any]] = [
        ("p.invoice_id = {}", invoice_id),
        ("p.client_id = {}", client_id),
        ("p.id < {}", after),
    ]
    shape = object_of(_FOR_CLIENT if is_client else _FOR_STAFF)
    return await page_of(
        reader,
        f"SELECT p.id, {shape}::text AS body FROM payments p",  # noqa: S608 (constants of this module)
        "p",
        args=[agency_id],
        filters=filters,
        limit=limit,
    )
