"""The SQL of the replicas."""

from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from chassis.database import Reader
from services.billing.replicas.models import Agency, Client, Project

_KEEP_AGENCY = text(
    "INSERT INTO agencies (agency_id, id, time_zone, source_version)"
    " VALUES (:agency_id, :id, :time_zone, :source_version)"
    " ON CONFLICT (agency_id, id) DO UPDATE SET time_zone = excluded.time_zone,"
    " source_version = excluded.source_version, version = agencies.version + 1, updated_at = now()"
    " WHERE agencies.source_version < excluded.source_version"
)
_TIME_ZONE = text("SELECT time_zone FROM agencies WHERE agency_id = :agency_id")
_KEEP_CLIENT = text(
    "INSERT INTO clients (agency_id, id, name, email, company, source_version, deleted_at)"
    " VALUES (:agency_id, :id, :name, :email, :company, :source_version, :deleted_at)"
    " ON CONFLICT (agency_id, id) DO UPDATE SET name = excluded.name, email = excluded.email,"
    " company = excluded.company, source_version = excluded.source_version, deleted_at = excluded.deleted_at,"
    " version = clients.version + 1, updated_at = now()"
    " WHERE clients.source_version < excluded.source_version"
)
_KEEP_PROJECT = text(
    "INSERT INTO projects (agency_id, id, client_id, source_version, deleted_at)"
    " VALUES (:agency_id, :id, :client_id, :source_version, :deleted_at)"
    " ON CONFLICT (agency_id, id) DO UPDATE SET client_id = excluded.client_id,"
    " source_version = excluded.source_version, deleted_at = excluded.deleted_at,"
    " version = projects.version + 1, updated_at = now()"
    " WHERE projects.source_version < excluded.source_version"
)


async def keep_agency(session: AsyncSession, agency: Agency) -> None:
    """Remember an agency unless something newer is known."""
    fields = {"id", "agency_id", "time_zone", "source_version"}
    await session.execute(_KEEP_AGENCY, agency.model_dump(include=fields))


async def time_zone_of(session: AsyncSession, agency_id: UUID) -> str | None:
    """The agency's time zone as it is remembered."""
    zone: str | None = (await session.execute(_TIME_ZONE, {"agency_id": agency_id})).scalar_one_or_none()
    return zone


async def read_time_zone(reader: Reader, agency_id: UUID) -> str | None:
    """The same for what only reads."""
    zone: str | None = await reader.fetchval("SELECT time_zone FROM agencies WHERE agency_id = $1", agency_id)
    return zone


async def keep_client(session: AsyncSession, client: Client) -> None:
    """Remember a client unless something newer is known."""
    fields = {"id", "agency_id", "name", "email", "company", "source_version", "deleted_at"}
    await session.execute(_KEEP_CLIENT, client.model_dump(include=fields))


async def keep_project(session: AsyncSession, project: Project) -> None:
    """Remember a project unless something newer is known."""
    fields = {"id", "agency_id", "client_id", "source_version", "deleted_at"}
    await session.execute(_KEEP_PROJECT, project.model_dump(include=fields))


async def find_client(session: AsyncSession, agency_id: UUID, client_id: UUID) -> Client | None:
    """The client as it is remembered."""
    found = select(Client).where(Client.agency_id == agency_id, Client.id == client_id)
    return (await session.execute(found)).scalar_one_or_none()


async def find_project(session: AsyncSession, agency_id: UUID, project_id: UUID) -> Project | None:
    """The project as it is remembered; None when it was deleted."""
    found = select(Project).where(
        Project.agency_id == agency_id, Project.id == project_id, col(Project.deleted_at).is_(None)
    )
    return (await session.execute(found)).scalar_one_or_none()
