"""Use cases of companies that only read."""

from uuid import UUID

from asyncpg import Record

from chassis.database import Reader
from chassis.errors import NotFound
from services.auth.companies import repository
from services.auth.companies.schemas import CompanyPublic


async def list_companies(
    reader: Reader, agency_id: UUID, *, after: UUID | None, search: str | None, limit: int
) -> list[CompanyPublic]:
    """Companies of the agency, newest first."""
    rows = await repository.page(reader, agency_id, after=after, search=search, limit=limit)
    return [_shown(row) for row in rows]


async def get_company(reader: Reader, agency_id: UUID, *, company_id: UUID) -> tuple[CompanyPublic, int]:
    """A company and its version; NotFound when the agency has none with that id."""
    row = await repository.shown(reader, agency_id, company_id=company_id)
    if row is None:
        raise NotFound
    return _shown(row), int(row["version"])


def _shown(row: Record) -> CompanyPublic:
    return CompanyPublic(**{name: row[name] for name in CompanyPublic.model_fields})
