"""All SQL about projects."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from chassis.database import Reader
from services.projects import shapes
from services.projects.audience import Audience
from services.projects.projects.models import Project

_LIST = """
SELECT p.id, {shape} AS body FROM projects p
WHERE p.agency_id = $1 AND p.deleted_at IS NULL
  AND ($2::uuid[] IS NULL OR p.client_id = ANY ($2))
  AND ($3::uuid IS NULL OR p.client_id = $3)
  AND ($4::text IS NULL OR p.status = $4)
  AND ($5::text IS NULL OR strpos(lower(p.name), lower($5)) > 0 OR strpos(lower(p.description), lower($5)) > 0)
  AND ($6::uuid IS NULL OR p.id < $6)
ORDER BY p.id DESC LIMIT $7
"""
_TAKE_TURN = text("SELECT pg_advisory_xact_lock(hashtextextended(:name, 0))")
# The tables of sibling features, whose classes are not to be imported here. One message may be a greeting.
_OF_PROJECT = "agency_id = :agency_id AND project_id = :project_id"
_HAS_BEGUN = text(
    f"""
SELECT EXISTS (SELECT FROM tasks WHERE {_OF_PROJECT} AND deleted_at IS NULL)
  OR EXISTS (SELECT FROM files WHERE {_OF_PROJECT} AND deleted_at IS NULL)
  OR EXISTS (SELECT FROM messages WHERE {_OF_PROJECT} OFFSET 1)
  OR EXISTS (SELECT FROM time_entries WHERE {_OF_PROJECT})
  OR EXISTS (SELECT FROM timers WHERE {_OF_PROJECT})
  OR EXISTS (SELECT FROM updates WHERE {_OF_PROJECT})
  OR EXISTS (SELECT FROM contracts WHERE {_OF_PROJECT})
"""  # noqa: S608 (constants)
)
_LIST_FOR_STAFF = _LIST.format(shape=shapes.PROJECT)
_LIST_FOR_CLIENT = _LIST.format(shape=shapes.PROJECT_FOR_CLIENT)


async def add(session: AsyncSession, project: Project) -> None:
    """Save a new project."""
    session.add(project)
    await session.flush()


async def is_known(session: AsyncSession, agency_id: UUID, project_id: UUID) -> bool:
    """Whether the agency has or had that project."""
    found = select(Project.id).where(Project.agency_id == agency_id, Project.id == project_id)
    return (await session.scalars(found)).one_or_none() is not None


async def take_turn(session: AsyncSession, agency_id: UUID, project_id: UUID) -> None:
    """Wait for whoever else makes a project of that id, and have others wait until the transaction ends."""
    await session.execute(_TAKE_TURN, {"name": f"project/{agency_id}/{project_id}"})


async def get(session: AsyncSession, audience: Audience, project_id: UUID, *, lock: bool = False) -> Project | None:
    """The project that this audience may see; `lock` keeps others from changing it until the transaction ends."""
    query = select(Project).where(
        Project.agency_id == audience.agency_id, Project.id == project_id, col(Project.deleted_at).is_(None)
    )
    if audience.client_ids is not None:
        query = query.where(col(Project.client_id).in_(audience.client_ids))
    if lock:
        query = query.with_for_update(key_share=True)
    return (await session.scalars(query)).one_or_none()


async def hold(session: AsyncSession, agency_id: UUID, project_id: UUID) -> Project | None:
    """The project, also one that is out of sight; until the transaction ends nobody adds anything to it."""
    query = select(Project).where(Project.agency_id == agency_id, Project.id == project_id)
    # Not `key_share`: what is added to a project refers to its row.
    query = query.with_for_update().execution_options(populate_existing=True)
    return (await session.scalars(query)).one_or_none()


async def has_begun(session: AsyncSession, agency_id: UUID, project_id: UUID) -> bool:
    """Whether something was done in the project that would be lost with it."""
    return bool(await session.scalar(_HAS_BEGUN, {"agency_id": agency_id, "project_id": project_id}))


async def withdrawn_before(session: AsyncSession, moment: datetime, limit: int) -> list[tuple[UUID, UUID]]:
    """Agency and id of projects that were withdrawn until a moment, in any agency."""
    query = (
        select(col(Project.agency_id), col(Project.id))
        .where(col(Project.withdrawn_until) <= moment)
        .order_by(col(Project.withdrawn_until))
        .limit(limit)
    )
    return [(agency_id, project_id) for agency_id, project_id in await session.execute(query)]


async def page(
    reader: Reader,
    audience: Audience,
    *,
    client_id: UUID | None,
    status: str | None,
    q: str | None,
    after: UUID | None,
    limit: int,
) -> list[tuple[UUID, str]]:
    """Ids and public JSON of projects, newest first."""
    query = _LIST_FOR_CLIENT if audience.is_client else _LIST_FOR_STAFF
    rows = await reader.fetch(
        query, audience.agency_id, audience.client_ids, client_id, status, q or None, after, limit
    )
    return [(row["id"], row["body"]) for row in rows]


async def exists(reader: Reader, audience: Audience, project_id: UUID) -> bool:
    """Whether this audience may see the project."""
    found = await reader.fetchval(
        "SELECT true FROM projects p WHERE p.agency_id = $1 AND p.id = $2 AND p.deleted_at IS NULL"
        " AND ($3::uuid[] IS NULL OR p.client_id = ANY ($3))",
        audience.agency_id,
        project_id,
        audience.client_ids,
    )
    return bool(found)
