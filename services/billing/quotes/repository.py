"""The SQL of quotes within a unit of work."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm.attributes import flag_modified
from sqlmodel import select

from services.billing.quotes.models import Quote

# The row stays locked until the sending transaction ends, and rolls back with it: no number is lost or given twice.
_NEXT_NUMBER = text(
    "INSERT INTO quote_numbers (agency_id, last) VALUES (:agency_id, 1)"
    " ON CONFLICT (agency_id) DO UPDATE SET last = quote_numbers.last + 1 RETURNING last"
)

# The tables of sibling features.
_IS_BILLED = text(
    "SELECT EXISTS (SELECT FROM invoices WHERE agency_id = :agency_id AND project_id = :project_id)"
    " OR EXISTS (SELECT FROM recurring_invoices WHERE agency_id = :agency_id AND project_id = :project_id)"
)

# The time zone as the replica of agencies has it, none where nothing was heard of one.
_ENDING = text(
    "SELECT q.agency_id, q.id, q.expires_on, a.time_zone FROM quotes q LEFT JOIN agencies a USING (agency_id)"
    " WHERE q.status IN ('sent', 'viewed', 'changes_requested') AND q.expires_on < :before"
    " AND (q.expires_on, q.id) > (:expires_on, :id) ORDER BY q.expires_on, q.id LIMIT :limit"
)


@dataclass(frozen=True, slots=True)
class Ending:
    """An open quote, its last day, and the time zone of its agency if that is known."""

    agency_id: UUID
    id: UUID
    expires_on: date
    time_zone: str | None


async def find(session: AsyncSession, agency_id: UUID, quote_id: UUID, *, lock: bool = False) -> Quote | None:
    """The quote; with `lock`, nobody else changes it until the transaction ends."""
    found = select(Quote).where(Quote.agency_id == agency_id, Quote.id == quote_id)
    if lock:
        found = found.with_for_update().execution_options(populate_existing=True)
    return (await session.execute(found)).scalar_one_or_none()


async def next_number(session: AsyncSession, agency_id: UUID) -> int:
    """The agency's next quote number, without gaps: 1, 2, 3."""
    number: int = (await session.execute(_NEXT_NUMBER, {"agency_id": agency_id})).scalar_one()
    return number


async def is_billed(session: AsyncSession, agency_id: UUID, project_id: UUID) -> bool:
    """Whether there are invoices for a project, or are going to be."""
    return bool(await session.scalar(_IS_BILLED, {"agency_id": agency_id, "project_id": project_id}))


async def ending(session: AsyncSession, *, before: date, after: Ending, limit: int) -> Sequence[Ending]:
    """Open quotes whose last day is before a day, in order, behind one; needs a session across agencies."""
    asked = {"before": before, "expires_on": after.expires_on, "id": after.id, "limit": limit}
    return [Ending(*row) for row in await session.execute(_ENDING, asked)]


def touch(quote: Quote, now: datetime) -> None:
    """Have the row written even where nothing else changes, so that its version grows."""
    quote.updated_at = now
    flag_modified(quote, "updated_at")
