"""The SQL of quotes within a unit of work."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm.attributes import flag_modified
from sqlmodel import col, select

from services.billing.quotes.models import OPEN, Quote

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


async def past(session: AsyncSession, today: date, limit: int) -> list[tuple[UUID, UUID]]:
    """Agency and id of open quotes whose last day has passed; needs a session across agencies."""
    found = (
        select(Quote.agency_id, Quote.id)
        .where(col(Quote.status).in_(sorted(OPEN)), col(Quote.expires_on) < today)
        .order_by(col(Quote.expires_on))
        .limit(limit)
    )
    return [(row[0], row[1]) for row in (await session.execute(found)).all()]


def touch(quote: Quote, now: datetime) -> None:
    """Have the row written even where nothing else changes, so that its version grows."""
    quote.updated_at = now
    flag_modified(quote, "updated_at")
