"""All SQL about companies and their numbers."""

from uuid import UUID

from asyncpg import Record
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import select

from chassis.database import Reader
from services.auth.companies.models import Company

# Gapless and in turn: the counter's row is locked until the transaction that took the number ends.
_NEXT_NUMBER = text(
    "INSERT INTO number_series (agency_id, series, last) VALUES (:agency_id, 'company', 1)"
    " ON CONFLICT (agency_id, series) DO UPDATE SET last = number_series.last + 1 RETURNING last"
)
_COUNT = text("SELECT count(*) FROM clients WHERE agency_id = :agency_id AND company_id = :id")

_SHOWN = """
    SELECT c.id, c.version, c.number, c.name, c.created_at, c.updated_at,
           (SELECT count(*) FROM clients WHERE agency_id = c.agency_id AND company_id = c.id) AS clients
    FROM ({page}) c
    ORDER BY c.id DESC
"""
_ONE = _SHOWN.format(page="SELECT * FROM companies WHERE agency_id = $1 AND id = $2")
_PAGE = _SHOWN.format(
    page="SELECT * FROM companies WHERE agency_id = $1 AND ($2::uuid IS NULL OR id < $2)"
    " AND ($3::text IS NULL OR name ILIKE $3) ORDER BY id DESC LIMIT $4"
)


async def next_number(session: AsyncSession, agency_id: UUID) -> int:
    """The number of the next company."""
    return int((await session.execute(_NEXT_NUMBER, {"agency_id": agency_id})).scalar_one())


async def save(session: AsyncSession, company: Company) -> None:
    """Save a new or changed company."""
    session.add(company)
    await session.flush()


async def lock(
    session: AsyncSession, agency_id: UUID, reference: UUID | int, *, others_may_read: bool = False
) -> Company | None:
    """The company with that id or number, as it is now and will stay until this transaction ends."""
    named = Company.id == reference if isinstance(reference, UUID) else Company.number == reference
    query = (
        select(Company)
        .where(Company.agency_id == agency_id, named)
        .with_for_update(read=others_may_read)
        .execution_options(populate_existing=True)
    )
    return (await session.scalars(query)).first()


async def delete(session: AsyncSession, company: Company) -> None:
    """Remove a company."""
    await session.delete(company)
    await session.flush()


async def count_clients(session: AsyncSession, company: Company) -> int:
    """How many clients belong to it."""
    found = await session.execute(_COUNT, {"agency_id": company.agency_id, "id": company.id})
    return int(found.scalar_one())


async def shown(reader: Reader, agency_id: UUID, *, company_id: UUID) -> Record | None:
    """One company with the number of its clients, or None."""
    return await reader.fetchrow(_ONE, agency_id, company_id)


async def page(reader: Reader, agency_id: UUID, *, after: UUID | None, search: str | None, limit: int) -> list[Record]:
    """Companies with the number of their clients, newest first, older than `after`."""
    pattern = f"%{_escaped(search)}%" if search else None
    return await reader.fetch(_PAGE, agency_id, after, pattern, limit)


def _escaped(search: str) -> str:
    return search.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")
