"""All SQL of the replicas."""

from datetime import datetime
from uuid import UUID

from asyncpg import Record
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.database import Reader
from chassis.principals import Client as Holder
from services.portal.replicas.models import Agency, Client, Company

# Events may arrive in any order: a row only ever moves to a later version of its source.
_SAVE_AGENCY = text(
    "INSERT INTO agencies (agency_id, id, version, created_at, updated_at, name, slug, source_version)"
    " VALUES (:agency_id, :agency_id, 1, :now, :now, :name, :slug, :source_version)"
    " ON CONFLICT (agency_id, id) DO UPDATE SET name = excluded.name, slug = excluded.slug,"
    " source_version = excluded.source_version, updated_at = excluded.updated_at, version = agencies.version + 1"
    " WHERE agencies.source_version < excluded.source_version"
)
_SAVE_CLIENT = text(
    "INSERT INTO clients (agency_id, id, version, created_at, updated_at, number, name, email, company, company_id,"
    " source_version)"
    " VALUES (:agency_id, :id, 1, :now, :now, :number, :name, :email, :company, :company_id, :source_version)"
    " ON CONFLICT (agency_id, id) DO UPDATE SET number = excluded.number, name = excluded.name,"
    " email = excluded.email, company = excluded.company, company_id = excluded.company_id,"
    " source_version = excluded.source_version, updated_at = excluded.updated_at, version = clients.version + 1"
    " WHERE clients.deleted_at IS NULL AND clients.source_version < excluded.source_version"
)
_DELETE_CLIENT = text(
    "INSERT INTO clients (agency_id, id, version, created_at, updated_at, number, name, source_version, deleted_at)"
    " VALUES (:agency_id, :id, 1, :now, :now, 0, '', :source_version, :now)"
    " ON CONFLICT (agency_id, id) DO UPDATE SET name = '', email = NULL, company = NULL, company_id = NULL,"
    " deleted_at = excluded.deleted_at, source_version = excluded.source_version, version = clients.version + 1"
)
_SAVE_COMPANY = text(
    "INSERT INTO companies (agency_id, id, version, created_at, updated_at, number, name, source_version)"
    " VALUES (:agency_id, :id, 1, :now, :now, :number, :name, :source_version)"
    " ON CONFLICT (agency_id, id) DO UPDATE SET number = excluded.number, name = excluded.name,"
    " source_version = excluded.source_version, updated_at = excluded.updated_at, version = companies.version + 1"
    " WHERE companies.deleted_at IS NULL AND companies.source_version < excluded.source_version"
)
_DELETE_COMPANY = text(
    "INSERT INTO companies (agency_id, id, version, created_at, updated_at, number, name, source_version, deleted_at)"
    " VALUES (:agency_id, :id, 1, :now, :now, 0, '', :source_version, :now)"
    " ON CONFLICT (agency_id, id) DO UPDATE SET name = '', deleted_at = excluded.deleted_at,"
    " source_version = excluded.source_version, version = companies.version + 1"
)
_READ_CLIENT = (
    "SELECT number, name, email, company FROM clients WHERE agency_id = $1 AND id = $2 AND deleted_at IS NULL"
)
_READ_COMPANY = (
    "SELECT number, name, NULL::text AS email, name AS company"
    " FROM companies WHERE agency_id = $1 AND id = $2 AND deleted_at IS NULL"
)

_READ_SLUG = "SELECT slug FROM agencies WHERE agency_id = $1"


async def save_agency(session: AsyncSession, agency: Agency, *, now: datetime) -> None:
    """Take over an agency unless a later version is known."""
    values = {"agency_id": agency.agency_id, "name": agency.name, "slug": agency.slug}
    await session.execute(_SAVE_AGENCY, values | {"source_version": agency.source_version, "now": now})


async def save_client(session: AsyncSession, client: Client, *, now: datetime) -> None:
    """Take over a client unless a later version is known or it is gone."""
    values = client.model_dump(exclude={"version", "created_at", "updated_at", "deleted_at"})
    await session.execute(_SAVE_CLIENT, values | {"now": now})


async def delete_client(
    session: AsyncSession, agency_id: UUID, client_id: UUID, *, source_version: int, now: datetime
) -> None:
    """Forget a client's data and remember that it is gone."""
    await session.execute(
        _DELETE_CLIENT, {"agency_id": agency_id, "id": client_id, "source_version": source_version, "now": now}
    )


async def save_company(session: AsyncSession, company: Company, *, now: datetime) -> None:
    """Take over a company unless a later version is known or it is gone."""
    values = company.model_dump(exclude={"version", "created_at", "updated_at", "deleted_at"})
    await session.execute(_SAVE_COMPANY, values | {"now": now})


async def delete_company(
    session: AsyncSession, agency_id: UUID, company_id: UUID, *, source_version: int, now: datetime
) -> None:
    """Forget a company's data and remember that it is gone."""
    await session.execute(
        _DELETE_COMPANY, {"agency_id": agency_id, "id": company_id, "source_version": source_version, "now": now}
    )


async def read_holder(reader: Reader, holder: Holder) -> Record | None:
    """Number, name, email and company of a client, or of a company that has come by itself; None when unknown."""
    query = _READ_COMPANY if holder.is_company else _READ_CLIENT
    return await reader.fetchrow(query, holder.agency_id, holder.id)


async def read_slug(reader: Reader, agency_id: UUID) -> str | None:
    """An agency's short name; None when it is unknown."""
    slug: str | None = await reader.fetchval(_READ_SLUG, agency_id)
    return slug
