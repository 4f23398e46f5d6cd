"""All SQL about messages."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.database import Reader
from services.projects import shapes
from services.projects.audience import Audience
from services.projects.messages.models import Message

_OF_THREAD = """
SELECT m.id, {shape} AS body FROM messages m
WHERE m.agency_id = $1 AND m.thread_id = $2 AND ($3::uuid IS NULL OR m.id < $3)
ORDER BY m.id DESC LIMIT $4
"""

_OF_THREAD_FOR_STAFF = _OF_THREAD.format(shape=shapes.MESSAGE)
_OF_THREAD_FOR_CLIENT = _OF_THREAD.format(shape=shapes.MESSAGE_FOR_CLIENT)

_OF_PROJECT_FOR_CLIENT = f"""
SELECT m.id, {shapes.MESSAGE_FOR_CLIENT} AS body FROM messages m
WHERE m.agency_id = $1 AND m.project_id = $2 AND ($3::uuid IS NULL OR m.id < $3)
  AND m.client_id = ANY ($4)
  AND EXISTS (SELECT FROM threads t WHERE t.agency_id = m.agency_id AND t.id = m.thread_id AND t.visibility = 'client')
ORDER BY m.id DESC LIMIT $5
"""  # noqa: S608 (constants)


async def add(session: AsyncSession, message: Message) -> None:
    """Save a new message."""
    session.add(message)
    await session.flush()


async def page_of_thread(
    reader: Reader, audience: Audience, *, thread_id: UUID, after: UUID | None, limit: int
) -> list[tuple[UUID, str]]:
    """Ids and public JSON of the messages of a thread that the audience has been shown to see, newest first."""
    sql = _OF_THREAD_FOR_CLIENT if audience.is_client else _OF_THREAD_FOR_STAFF
    rows = await reader.fetch(sql, audience.agency_id, thread_id, after, limit)
    return [(row["id"], row["body"]) for row in rows]


async def page_of_project(
    reader: Reader, audience: Audience, *, project_id: UUID, after: UUID | None, limit: int
) -> list[tuple[UUID, str]]:
    """Ids and public JSON of the messages that a project's client may read, newest first."""
    rows = await reader.fetch(_OF_PROJECT_FOR_CLIENT, audience.agency_id, project_id, after, audience.client_ids, limit)
    return [(row["id"], row["body"]) for row in rows]
