"""The SQL of reminders, and of which invoices are to be looked at."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from services.billing.due import Due
from services.billing.reminders.models import Reminder, ReminderSettings

# In the order in which they come due. Whoever goes on behind a row gets past one that fails.
_DUE = text(
    "SELECT agency_id, id, follow_up_at FROM invoices"
    " WHERE status IN ('sent', 'viewed', 'partially_paid') AND follow_up_at <= :now"
    " AND (follow_up_at, id) > (:at, :id) ORDER BY follow_up_at, id LIMIT :limit"
)
# Not by the invoice's class, whose version grows with each change: nothing that anybody sees of it is changed.
_NOTE = text(
    "UPDATE invoices SET follow_up_at = :again_at, overdue_from = :overdue_from"
    " WHERE agency_id = :agency_id AND id = :id"
)
_LOOK_AGAIN = text(
    "UPDATE invoices SET follow_up_at = :now"
    " WHERE agency_id = :agency_id AND status IN ('sent', 'viewed', 'partially_paid')"
)
_ENSURE_SETTINGS = text(
    "INSERT INTO reminder_settings (agency_id, id, version, days_before_due, days_after_due, active, effective_at)"
    " VALUES (:agency_id, :id, 0, CAST(:before AS jsonb), CAST(:after AS jsonb), false, :now)"
    " ON CONFLICT (agency_id) DO NOTHING"
)


async def due(session: AsyncSession, *, after: Due, now: datetime, limit: int) -> Sequence[Due]:
    """Open invoices to be looked at, in order, behind one; needs a session across agencies."""
    found = await session.execute(_DUE, {"now": now, "at": after.at, "id": after.id, "limit": limit})
    return [Due(row[0], row[1], row[2]) for row in found.all()]


async def note_looked_at(
    session: AsyncSession, agency_id: UUID, *, invoice_id: UUID, overdue_from: datetime, again_at: datetime | None
) -> None:
    """Have the invoice looked at again then, or never."""
    values = {"agency_id": agency_id, "id": invoice_id, "overdue_from": overdue_from, "again_at": again_at}
    await session.execute(_NOTE, values)


async def look_again(session: AsyncSession, agency_id: UUID, now: datetime) -> None:
    """Have all open invoices of the agency looked at now."""
    await session.execute(_LOOK_AGAIN, {"agency_id": agency_id, "now": now})


async def find_settings(session: AsyncSession, agency_id: UUID, *, lock: bool = False) -> ReminderSettings | None:
    """The agency's settings, None where it has made none; with `lock`, nobody else changes them."""
    found = select(ReminderSettings).where(ReminderSettings.agency_id == agency_id)
    if lock:
        found = found.with_for_update().execution_options(populate_existing=True)
    return (await session.execute(found)).scalar_one_or_none()


async def ensure_settings(session: AsyncSession, defaults: ReminderSettings) -> None:
    """Have a row of the agency's, which several who come at once then take turns at."""
    values = {
        "agency_id": defaults.agency_id,
        "id": defaults.id,
        "before": str(defaults.days_before_due),
        "after": str(defaults.days_after_due),
        "now": defaults.effective_at,
    }
    await session.execute(_ENSURE_SETTINGS, values)


async def reminders_of(session: AsyncSession, agency_id: UUID, invoice_id: UUID) -> Sequence[Reminder]:
    """The reminders that were sent about an invoice, newest first."""
    found = (
        select(Reminder)
        .where(Reminder.agency_id == agency_id, Reminder.invoice_id == invoice_id)
        .order_by(col(Reminder.id).desc())
    )
    return (await session.execute(found)).scalars().all()
