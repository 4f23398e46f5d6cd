"""All SQL about updates."""

from datetime import datetime, tzinfo
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from chassis.database import Reader
from services.projects import shapes
from services.projects.audience import Audience
from services.projects.updates.facts import Facts
from services.projects.updates.models import Update

NAMES_READ = 50

UPDATE = f"""json_build_object(
    'id', u.id, 'projectId', u.project_id, 'clientId', u.client_id, 'content', u.content,
    'aiGenerated', u.ai_generated, 'publishedAt', {shapes.moment("u.published_at")},
    'createdAt', {shapes.moment("u.created_at")})"""

_LIVING = (
    "EXISTS (SELECT FROM projects p WHERE p.agency_id = u.agency_id AND p.id = u.project_id AND p.deleted_at IS NULL)"
)

_LIST = f"""
SELECT u.id, {UPDATE} AS body FROM updates u
WHERE u.agency_id = $1 AND {_LIVING}
  AND ($2::uuid[] IS NULL OR u.client_id = ANY ($2) AND u.published_at IS NOT NULL)
  AND ($3::uuid IS NULL OR u.project_id = $3)
  AND ($4::uuid IS NULL OR u.id < $4)
ORDER BY u.id DESC LIMIT $5
"""  # noqa: S608 (constants)

# Only what the client may see: an update must not tell of an internal task, file or thread.
_FACTS = f"""
WITH since AS (
    SELECT coalesce(
        (SELECT max(u.published_at) FROM updates u WHERE u.agency_id = $1 AND u.project_id = $2),
        greatest(p.created_at, $3::timestamptz)) AS at
    FROM projects p WHERE p.agency_id = $1 AND p.id = $2 AND p.deleted_at IS NULL
),
shown AS (
    SELECT f.* FROM files f
    WHERE f.agency_id = $1 AND f.project_id = $2 AND f.deleted_at IS NULL AND f.visible_to_client AND NOT f.sealed
),
said AS (
    SELECT m.author_kind FROM messages m JOIN threads t ON t.agency_id = m.agency_id AND t.id = m.thread_id, since
    WHERE m.agency_id = $1 AND m.project_id = $2 AND t.visibility = 'client' AND m.created_at >= since.at
)
SELECT p.name, p.status, p.due_on, {shapes.PROGRESS_FOR_CLIENT} AS progress, since.at AS since,
    (SELECT array_agg(t.title ORDER BY t.completed_at DESC, t.id DESC) FROM tasks t
        WHERE t.agency_id = $1 AND t.project_id = $2 AND t.deleted_at IS NULL AND t.visible_to_client
        AND t.completed_at >= since.at) AS tasks_done,
    (SELECT array_agg(name ORDER BY id DESC) FROM shown WHERE updated_at >= since.at AND status = 'uploaded'
        AND created_at >= since.at AND uploaded_by ->> 'kind' <> 'client') AS new_files,
    (SELECT array_agg(name ORDER BY id DESC) FROM shown WHERE updated_at >= since.at AND status = 'approved'
        AND approval ->> 'kind' = 'client') AS approved,
    (SELECT array_agg(name ORDER BY id DESC) FROM shown WHERE updated_at >= since.at AND status = 'changes_requested')
        AS changes_requested,
    (SELECT array_agg(name ORDER BY id DESC) FROM shown WHERE updated_at >= since.at AND status = 'signed') AS signed,
    (SELECT array_agg(name ORDER BY id DESC) FROM shown WHERE status = 'uploaded'
        AND uploaded_by ->> 'kind' <> 'client') AS waiting,
    (SELECT count(*) FROM said WHERE author_kind = 'client') AS from_client,
    (SELECT count(*) FROM said WHERE author_kind = 'member') AS from_agency
FROM projects p, since WHERE p.agency_id = $1 AND p.id = $2
"""  # noqa: S608 (constants)


async def add(session: AsyncSession, update: Update) -> None:
    """Save a new update."""
    session.add(update)
    await session.flush()


async def get(session: AsyncSession, audience: Audience, update_id: UUID, *, lock: bool = False) -> Update | None:
    """The update that this audience may see: a client sees published ones of its own projects."""
    query = select(Update).where(Update.agency_id == audience.agency_id, Update.id == update_id)
    if audience.client_ids is not None:
        query = query.where(col(Update.client_id).in_(audience.client_ids), col(Update.published_at).is_not(None))
    if lock:
        query = query.with_for_update()
    return (await session.scalars(query)).one_or_none()


async def remove(session: AsyncSession, update: Update) -> None:
    """Delete a draft."""
    await session.delete(update)
    await session.flush()


async def page(
    reader: Reader, audience: Audience, *, project_id: UUID | None, after: UUID | None, limit: int
) -> list[tuple[UUID, str]]:
    """Ids and public JSON of updates, newest first."""
    rows = await reader.fetch(_LIST, audience.agency_id, audience.client_ids, project_id, after, limit)
    return [(row["id"], row["body"]) for row in rows]


async def facts(
    reader: Reader, agency_id: UUID, project_id: UUID, *, earliest: datetime, now: datetime, zone: tzinfo
) -> Facts | None:
    """What its client may know of a project since its last update, else since `earliest`; None without a project.

    Days are those of the zone.
    """
    row = await reader.fetchrow(_FACTS, agency_id, project_id, earliest)
    if row is None:
        return None
    names = {
        key: tuple((row[key] or ())[:NAMES_READ])
        for key in ("tasks_done", "new_files", "approved", "changes_requested", "signed", "waiting")
    }
    return Facts(
        project=row["name"],
        status=row["status"],
        progress=row["progress"],
        since=row["since"].astimezone(zone).date(),
        today=now.astimezone(zone).date(),
        due_on=row["due_on"],
        messages_from_client=row["from_client"],
        messages_from_agency=row["from_agency"],
        **names,
    )
