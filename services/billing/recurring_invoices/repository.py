"""The SQL of recurring invoices within a unit of work."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm.attributes import flag_modified
from sqlmodel import col, select

from services.billing.due import Due
from services.billing.recurring_invoices.models import RecurringInvoice, RecurringInvoicePeriod

# In the order in which they come due. Whoever goes on behind a row gets past one that fails.
_DUE = text(
    "SELECT agency_id, id, due_at FROM recurring_invoices"
    " WHERE due_at <= :now AND (due_at, id) > (:at, :id) ORDER BY due_at, id LIMIT :limit"
)
_LOOK_AGAIN = text("UPDATE recurring_invoices SET due_at = :now WHERE agency_id = :agency_id AND due_at IS NOT NULL")


async def due(session: AsyncSession, *, after: Due, now: datetime, limit: int) -> Sequence[Due]:
    """Recurring invoices whose day may have begun, in order, behind one; needs a session across agencies."""
    found = await session.execute(_DUE, {"now": now, "at": after.at, "id": after.id, "limit": limit})
    return [Due(row[0], row[1], row[2]) for row in found.all()]


async def look_again(session: AsyncSession, agency_id: UUID, now: datetime) -> None:
    """Have it looked at now when the days of the agency's recurring invoices begin; no version grows by that."""
    await session.execute(_LOOK_AGAIN, {"agency_id": agency_id, "now": now})


async def find(
    session: AsyncSession, agency_id: UUID, recurring_id: UUID, *, lock: bool = False
) -> RecurringInvoice | None:
    """The recurring invoice; with `lock`, nobody else changes it until the transaction ends."""
    found = select(RecurringInvoice).where(RecurringInvoice.agency_id == agency_id, RecurringInvoice.id == recurring_id)
    if lock:
        found = found.with_for_update().execution_options(populate_existing=True)
    return (await session.execute(found)).scalar_one_or_none()


async def periods(
    session: AsyncSession, agency_id: UUID, recurring_id: UUID, *, after: UUID | None, limit: int
) -> Sequence[RecurringInvoicePeriod]:
    """The periods that have their invoice, newest first."""
    found = (
        select(RecurringInvoicePeriod)
        .where(
            RecurringInvoicePeriod.agency_id == agency_id,
            RecurringInvoicePeriod.recurring_invoice_id == recurring_id,
        )
        .order_by(col(RecurringInvoicePeriod.id).desc())
        .limit(limit)
    )
    if after:
        found = found.where(col(RecurringInvoicePeriod.id) < after)
    return (await session.execute(found)).scalars().all()


def touch(recurring: RecurringInvoice, now: datetime) -> None:
    """Have the row written even where nothing else changes, so that its version grows."""
    recurring.updated_at = now
    flag_modified(recurring, "updated_at")
