"""The SQL of invoices within a unit of work."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm.attributes import flag_modified
from sqlmodel import select

from services.billing.invoices.models import Invoice

# The row stays locked until the issuing transaction ends, and rolls back with it: no number is lost or given twice.
_NEXT_NUMBER = text(
    "INSERT INTO invoice_numbers (agency_id, last) VALUES (:agency_id, 1)"
    " ON CONFLICT (agency_id) DO UPDATE SET last = invoice_numbers.last + 1 RETURNING last"
)


_HOLD = text("SELECT pg_advisory_xact_lock(hashtextextended(:name, 0))")
_TRY_HOLD = text("SELECT pg_try_advisory_xact_lock(hashtextextended(:name, 0))")


async def hold(session: AsyncSession, invoice_id: UUID) -> None:
    """Keep the id of an invoice that is about to be saved, until the transaction ends."""
    await session.execute(_HOLD, {"name": f"invoices/{invoice_id}"})


async def try_hold(session: AsyncSession, invoice_id: UUID) -> bool:
    """The same for who does not wait; False while somebody else holds it."""
    held: bool = (await session.execute(_TRY_HOLD, {"name": f"invoices/{invoice_id}"})).scalar_one()
    return held


async def find(session: AsyncSession, agency_id: UUID, invoice_id: UUID, *, lock: bool = False) -> Invoice | None:
    """The invoice; with `lock`, nobody else changes it until the transaction ends."""
    found = select(Invoice).where(Invoice.agency_id == agency_id, Invoice.id == invoice_id)
    if lock:
        found = found.with_for_update().execution_options(populate_existing=True)
    return (await session.execute(found)).scalar_one_or_none()


async def find_across_agencies(session: AsyncSession, invoice_id: UUID) -> Invoice | None:
    """The invoice by its id alone, for its public payment page; needs a session across agencies."""
    return (await session.execute(select(Invoice).where(Invoice.id == invoice_id))).scalar_one_or_none()


async def next_number(session: AsyncSession, agency_id: UUID) -> int:
    """The agency's next invoice number, without gaps: 1, 2, 3."""
    number: int = (await session.execute(_NEXT_NUMBER, {"agency_id": agency_id})).scalar_one()
    return number


def touch(invoice: Invoice, now: datetime) -> None:
    """Have the row written even where nothing else changes, so that its version grows."""
    invoice.updated_at = now
    flag_modified(invoice, "updated_at")
