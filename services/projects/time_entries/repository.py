"""All SQL about time entries."""

from uuid import UUID

from sqlalchemy import and_, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from chassis.database import Reader
from services.projects import shapes
from services.projects.audience import Audience
from services.projects.projects.models import Project
from services.projects.time_entries.filters import TimeEntryFilter
from services.projects.time_entries.models import TimeEntry

_LIVING = (
    "EXISTS (SELECT FROM projects p WHERE p.agency_id = e.agency_id AND p.id = e.project_id AND p.deleted_at IS NULL)"
)

_LIST = f"""
SELECT e.id, {{shape}} AS body FROM time_entries e
WHERE e.agency_id = $1 AND {{seen}} AND {_LIVING}
  AND ($3::uuid IS NULL OR e.project_id = $3)
  AND ($4::uuid IS NULL OR e.member_id = $4)
  AND ($5::boolean IS NULL OR e.billable = $5)
  AND ($6::date IS NULL OR e.worked_on >= $6)
  AND ($7::date IS NULL OR e.worked_on <= $7)
  AND ($8::text IS NULL OR strpos(lower(e.description), lower($8)) > 0)
  AND ($9::uuid IS NULL OR e.id < $9)
  AND ($11::boolean IS NULL OR (e.invoice_id IS NOT NULL) = $11)
  AND ($12::uuid IS NULL OR e.invoice_id = $12)
ORDER BY e.id DESC LIMIT $10
"""  # noqa: S608 (constants)
_FOR_STAFF = _LIST.format(shape=shapes.TIME_ENTRY, seen="$2::uuid[] IS NULL")
_FOR_CLIENT = _LIST.format(shape=shapes.TIME_ENTRY_FOR_CLIENT, seen="e.client_id = ANY ($2::uuid[]) AND e.billable")


_TASK = text(
    "SELECT true FROM tasks"
    " WHERE agency_id = :agency_id AND id = :task_id AND project_id = :project_id AND deleted_at IS NULL"
)


async def add(session: AsyncSession, entry: TimeEntry) -> None:
    """Save a new time entry."""
    session.add(entry)
    await session.flush()


async def get(session: AsyncSession, audience: Audience, entry_id: UUID, *, lock: bool = False) -> TimeEntry | None:
    """The time entry that this audience may see: a client sees billable ones of its own projects."""
    living = and_(
        col(Project.agency_id) == col(TimeEntry.agency_id),
        col(Project.id) == col(TimeEntry.project_id),
        col(Project.deleted_at).is_(None),
    )
    query = (
        select(TimeEntry)
        .join(Project, living)
        .where(TimeEntry.agency_id == audience.agency_id, TimeEntry.id == entry_id)
    )
    if audience.client_ids is not None:
        query = query.where(col(TimeEntry.client_id).in_(audience.client_ids), col(TimeEntry.billable))
    if lock:
        query = query.with_for_update(of=TimeEntry)
    return (await session.scalars(query)).one_or_none()


async def has_task(session: AsyncSession, entry: TimeEntry, task_id: UUID) -> bool:
    """Whether the entry's project has that task."""
    asked = {"agency_id": entry.agency_id, "project_id": entry.project_id, "task_id": task_id}
    return (await session.execute(_TASK, asked)).one_or_none() is not None


async def remove(session: AsyncSession, entry: TimeEntry) -> None:
    """Delete a time entry."""
    await session.delete(entry)
    await session.flush()


async def page(
    reader: Reader, audience: Audience, *, wanted: TimeEntryFilter, after: UUID | None, limit: int
) -> list[tuple[UUID, str]]:
    """Ids and public JSON of time entries, newest first."""
    rows = await reader.fetch(
        _FOR_CLIENT if audience.is_client else _FOR_STAFF,
        audience.agency_id,
        audience.client_ids,
        wanted.project_id,
        wanted.member_id,
        wanted.billable,
        wanted.first_on,
        wanted.last_on,
        wanted.q or None,
        after,
        limit,
        wanted.invoiced,
        wanted.invoice_id,
    )
    return [(row["id"], row["body"]) for row in rows]
