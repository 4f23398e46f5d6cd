"""All SQL about activity."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.database import Reader
from services.projects import shapes
from services.projects.audience import Audience

# Ready-made text: every change notes one, and building the statement took longer than running it.
_ADD = text(
    "INSERT INTO activity (agency_id, id, version, created_at, updated_at, type, actor_kind, actor_id, actor_name,"
    " subject_kind, subject_id, subject_name, project_id, client_id, visibility, happened_at)"
    " VALUES (:agency_id, :id, 1, :happened_at, :happened_at, :type, :actor_kind, :actor_id, :actor_name,"
    " :subject_kind, :subject_id, :subject_name, :project_id, :client_id, :visibility, :happened_at)"
    " ON CONFLICT DO NOTHING"
)
# Invoices and contracts outlive the project they are for; files and tasks may have been hidden or deleted since.
_STILL_SHOWN = """(a.subject_kind IN ('invoice', 'contract') OR EXISTS (SELECT FROM projects p
    WHERE p.agency_id = a.agency_id AND p.id = a.project_id AND p.deleted_at IS NULL))
  AND (a.subject_kind <> 'file' OR EXISTS (SELECT FROM files f
    WHERE f.agency_id = a.agency_id AND f.id = a.subject_id AND f.visible_to_client AND f.deleted_at IS NULL))
  AND (a.subject_kind <> 'task' OR EXISTS (SELECT FROM tasks t
    WHERE t.agency_id = a.agency_id AND t.id = a.subject_id AND t.visible_to_client AND t.deleted_at IS NULL))"""

_LIST = f"""
SELECT a.id, {shapes.ACTIVITY} AS body FROM activity a
WHERE a.agency_id = $1
  AND ($2::uuid[] IS NULL OR (a.client_id = ANY ($2) AND a.visibility = 'client' AND a.subject_kind = ANY ($3)
    AND {_STILL_SHOWN}))
  AND ($4::uuid IS NULL OR a.project_id = $4)
  AND ($5::uuid IS NULL OR a.client_id = $5)
  AND ($6::text IS NULL OR a.type = $6)
  AND ($7::uuid IS NULL OR a.id < $7)
ORDER BY a.id DESC LIMIT $8
"""  # noqa: S608 (constants)

# What was done in a project stays for the agency when the project is gone.
_PROJECT_KNOWN = """
SELECT true FROM projects p WHERE p.agency_id = $1 AND p.id = $2
  AND ($3::uuid[] IS NULL OR (p.client_id = ANY ($3) AND p.deleted_at IS NULL))
"""

# The tables of sibling features, whose classes are not to be imported here.
_THREAD_NAME = text("SELECT name FROM threads WHERE agency_id = :agency_id AND id = :id")
_FILE_NAME = text("SELECT name FROM files WHERE agency_id = :agency_id AND id = :id")
_PROJECT_NAME = text("SELECT name FROM projects WHERE agency_id = :agency_id AND id = :id")


@dataclass(frozen=True, slots=True)
class Filter:
    """Which activity is asked for; `kinds` of subjects are what a client may see of, None for staff."""

    kinds: list[str] | None
    project_id: UUID | None = None
    client_id: UUID | None = None
    type: str | None = None


async def add(session: AsyncSession, activity: dict[str, Any]) -> None:
    """Note it, unless it is noted already."""
    await session.execute(_ADD, activity)


async def thread_name(session: AsyncSession, agency_id: UUID, thread_id: UUID) -> str:
    """What the thread of a message is called."""
    name = await session.scalar(_THREAD_NAME, {"agency_id": agency_id, "id": thread_id})
    return str(name or "")


async def file_name(session: AsyncSession, agency_id: UUID, file_id: UUID) -> str:
    """What the file of a comment is called."""
    name = await session.scalar(_FILE_NAME, {"agency_id": agency_id, "id": file_id})
    return str(name or "")


async def project_name(session: AsyncSession, agency_id: UUID, project_id: UUID) -> str:
    """What a project is called."""
    name = await session.scalar(_PROJECT_NAME, {"agency_id": agency_id, "id": project_id})
    return str(name or "")


async def page(
    reader: Reader, audience: Audience, wanted: Filter, *, after: UUID | None, limit: int
) -> list[tuple[UUID, str]]:
    """Ids and public JSON of what happened, newest first."""
    rows = await reader.fetch(
        _LIST,
        audience.agency_id,
        audience.client_ids,
        wanted.kinds,
        wanted.project_id,
        wanted.client_id,
        wanted.type,
        after,
        limit,
    )
    return [(row["id"], row["body"]) for row in rows]


async def project_known(reader: Reader, audience: Audience, project_id: UUID) -> bool:
    """Whether this audience may ask what happened in the project."""
    return bool(await reader.fetchval(_PROJECT_KNOWN, audience.agency_id, project_id, audience.client_ids))
