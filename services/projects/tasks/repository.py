"""All SQL about tasks, and about what they add to their project's counters."""

from dataclasses import asdict
from uuid import UUID

from sqlalchemy import func, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from chassis.database import Reader
from services.projects import shapes
from services.projects.audience import Audience
from services.projects.tasks.models import Tally, Task, TaskStatus

_PAGE = """
  AND ($3::text IS NULL OR t.status = $3)
  AND ($4::text IS NULL OR strpos(lower(t.title), lower($4)) > 0 OR strpos(lower(t.description), lower($4)) > 0)
  AND ($5::uuid IS NULL OR t.id < $5)
ORDER BY t.id DESC LIMIT $6
"""

_LIST = f"""
SELECT t.id, {shapes.TASK} AS body FROM tasks t
WHERE t.agency_id = $1 AND t.project_id = $2 AND t.deleted_at IS NULL {_PAGE}
"""  # noqa: S608 (constants)

# Places are counted among what the client sees: a gap would tell of a task that it does not.
_LIST_FOR_CLIENT = f"""
SELECT t.id, {shapes.TASK_FOR_CLIENT} AS body FROM (
    SELECT s.*, row_number() OVER (PARTITION BY s.status ORDER BY s.position) - 1 AS place FROM tasks s
    WHERE s.agency_id = $1 AND s.project_id = $2 AND s.deleted_at IS NULL AND s.visible_to_client) t
WHERE t.client_id = ANY ($7::uuid[]) {_PAGE}
"""  # noqa: S608 (constants)

# The table of a sibling feature, whose class is not to be imported here.
_PROJECT_IS_LIVE = text(
    "EXISTS (SELECT FROM projects WHERE projects.agency_id = tasks.agency_id"
    " AND projects.id = tasks.project_id AND projects.deleted_at IS NULL)"
)

_LOCK_PROJECT = text(
    "SELECT true FROM projects WHERE agency_id = :agency_id AND id = :project_id AND deleted_at IS NULL"
    " FOR NO KEY UPDATE"
)

# Not a change of the project's version: whoever edits the project has not edited its tasks.
_COUNT = text("""
UPDATE projects SET
    task_count = task_count + :tasks, complete_count = complete_count + :complete,
    shown_task_count = shown_task_count + :shown_tasks, shown_complete_count = shown_complete_count + :shown_complete
WHERE agency_id = :agency_id AND id = :project_id
""")

# Not a change of the neighbours' versions either: they stay behind whom they stood.
_SHIFT = text("""
UPDATE tasks SET position = position + :by
WHERE agency_id = :agency_id AND project_id = :project_id AND status = :status AND position >= :first
  AND id <> :id AND deleted_at IS NULL
""")


async def lock_project(session: AsyncSession, agency_id: UUID, project_id: UUID) -> bool:
    """Keep others from the project's tasks until the transaction ends; False when the project is gone."""
    held = await session.execute(_LOCK_PROJECT, {"agency_id": agency_id, "project_id": project_id})
    return held.scalar_one_or_none() is not None


async def add(session: AsyncSession, task: Task) -> None:
    """Save a new task."""
    session.add(task)
    await session.flush()


async def get(session: AsyncSession, audience: Audience, task_id: UUID) -> Task | None:
    """The task that this audience may see, as it is in the database now."""
    query = _live(audience).where(col(Task.id) == task_id).execution_options(populate_existing=True)
    return (await session.scalars(query)).one_or_none()


async def page(
    reader: Reader,
    audience: Audience,
    *,
    project_id: UUID,
    status: TaskStatus | None,
    q: str | None,
    after: UUID | None,
    limit: int,
) -> list[tuple[UUID, str]]:
    """Ids and public JSON of a project's tasks, newest first."""
    arguments = (audience.agency_id, project_id, status, q or None, after, limit)
    if audience.is_client:
        rows = await reader.fetch(_LIST_FOR_CLIENT, *arguments, audience.client_ids)
    else:
        rows = await reader.fetch(_LIST, *arguments)
    return [(row["id"], row["body"]) for row in rows]


async def length(session: AsyncSession, agency_id: UUID, project_id: UUID, status: TaskStatus) -> int:
    """How many tasks stand in a column."""
    return int(await session.scalar(_column(agency_id, project_id, status)) or 0)


async def place_for_client(session: AsyncSession, task: Task) -> int:
    """How many tasks that the client sees stand before it in its column."""
    query = _column(task.agency_id, task.project_id, task.status).where(
        col(Task.visible_to_client).is_(True), col(Task.position) < task.position
    )
    return int(await session.scalar(query) or 0)


async def close_gap(session: AsyncSession, task: Task) -> None:
    """Let those behind the task move up by one: it leaves its place."""
    await _shift(session, task, status=task.status, first=task.position + 1, by=-1)


async def make_room(session: AsyncSession, task: Task, status: TaskStatus, position: int) -> None:
    """Let those from a place on move back by one: the task comes there."""
    await _shift(session, task, status=status, first=position, by=1)


async def count(session: AsyncSession, task: Task, change: Tally) -> None:
    """Add to the counters of the task's project, whose row the transaction holds."""
    if change != Tally():
        await session.execute(_COUNT, {"agency_id": task.agency_id, "project_id": task.project_id} | asdict(change))


async def _shift(session: AsyncSession, task: Task, *, status: TaskStatus, first: int, by: int) -> None:
    place = {"project_id": task.project_id, "status": str(status), "first": first, "by": by}
    await session.execute(_SHIFT, {"agency_id": task.agency_id, "id": task.id} | place)


def _column(agency_id: UUID, project_id: UUID, status: TaskStatus) -> SelectOfScalar[int]:
    return select(func.count()).where(
        col(Task.agency_id) == agency_id,
        col(Task.project_id) == project_id,
        col(Task.status) == status,
        col(Task.deleted_at).is_(None),
    )


def _live(audience: Audience) -> SelectOfScalar[Task]:
    query = select(Task).where(
        col(Task.agency_id) == audience.agency_id, col(Task.deleted_at).is_(None), _PROJECT_IS_LIVE
    )
    if audience.client_ids is not None:
        query = query.where(col(Task.client_id).in_(audience.client_ids), col(Task.visible_to_client).is_(True))
    return query
