"""All SQL about threads."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, case, func, true, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from chassis.database import Reader
from services.projects import shapes
from services.projects.audience import Audience
from services.projects.threads.models import Thread, Visibility

_LIST = f"""
SELECT t.id, {shapes.THREAD} AS body FROM threads t
WHERE t.agency_id = $1 AND t.project_id = $2
  AND ($3::uuid[] IS NULL OR (t.client_id = ANY ($3) AND t.visibility = 'client'))
  AND ($4::uuid IS NULL OR t.id < $4)
ORDER BY t.id DESC LIMIT $5
"""  # noqa: S608 (constants)

_EXISTS = """
SELECT true FROM threads t JOIN projects p ON p.agency_id = t.agency_id AND p.id = t.project_id
WHERE t.agency_id = $1 AND t.id = $2 AND p.deleted_at IS NULL
  AND ($3::uuid[] IS NULL OR (t.client_id = ANY ($3) AND t.visibility = 'client'))
"""


async def add(session: AsyncSession, thread: Thread) -> None:
    """Save a new thread."""
    session.add(thread)
    await session.flush()


async def get(session: AsyncSession, audience: Audience, thread_id: UUID) -> Thread | None:
    """The thread that this audience may see, in whatever project."""
    query = select(Thread).where(col(Thread.agency_id) == audience.agency_id, col(Thread.id) == thread_id)
    return (await session.scalars(_for(audience, query))).one_or_none()


async def first_for_client(session: AsyncSession, audience: Audience, project_id: UUID) -> Thread | None:
    """The oldest thread of a project that its client may see: General."""
    query = (
        select(Thread)
        .where(
            col(Thread.agency_id) == audience.agency_id,
            col(Thread.project_id) == project_id,
            col(Thread.visibility) == Visibility.CLIENT,
        )
        .order_by(col(Thread.id))
        .limit(1)
    )
    return (await session.scalars(_for(audience, query))).one_or_none()


async def touch(session: AsyncSession, thread: Thread, *, message_id: UUID, author_kind: str, now: datetime) -> None:
    """Note a new message. Not a change of the row's version: many may write in one thread at once.

    The last message is the one that stands last in the list, whoever of those many comes through first.
    """
    is_last = func.coalesce(col(Thread.last_message_id) < message_id, true())
    await session.execute(
        update(Thread)
        .where(col(Thread.agency_id) == thread.agency_id, col(Thread.id) == thread.id)
        .values(
            last_message_at=func.greatest(col(Thread.last_message_at), now),
            last_message_id=func.greatest(col(Thread.last_message_id), message_id),
            last_author_kind=case((is_last, author_kind), else_=col(Thread.last_author_kind)),
            message_count=col(Thread.message_count) + 1,
        )
        .execution_options(synchronize_session=False)
    )


async def page(
    reader: Reader, audience: Audience, *, project_id: UUID, after: UUID | None, limit: int
) -> list[tuple[UUID, str]]:
    """Ids and public JSON of a project's threads, newest first."""
    rows = await reader.fetch(_LIST, audience.agency_id, project_id, audience.client_ids, after, limit)
    return [(row["id"], row["body"]) for row in rows]


async def exists(reader: Reader, audience: Audience, thread_id: UUID) -> bool:
    """Whether this audience may see the thread."""
    return bool(await reader.fetchval(_EXISTS, audience.agency_id, thread_id, audience.client_ids))


def _for(audience: Audience, query: Select[Any]) -> Select[Any]:
    if audience.client_ids is None:
        return query
    return query.where(col(Thread.client_id).in_(audience.client_ids), col(Thread.visibility) == Visibility.CLIENT)
