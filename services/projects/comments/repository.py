"""All SQL about comments on files."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from chassis.database import Reader
from services.projects import shapes
from services.projects.audience import Audience
from services.projects.comments.models import FileComment
from services.projects.threads.models import Visibility

_LIST = f"""
SELECT c.id, {shapes.FILE_COMMENT} AS body FROM file_comments c
WHERE c.agency_id = $1 AND c.file_id = $2
  AND ($3::uuid[] IS NULL OR (c.client_id = ANY ($3) AND c.visibility = 'client'))
  AND ($4::uuid IS NULL OR c.id < $4)
ORDER BY c.id DESC LIMIT $5
"""  # noqa: S608 (constants)


async def add(session: AsyncSession, comment: FileComment) -> None:
    """Save a new comment."""
    session.add(comment)
    await session.flush()


async def get(session: AsyncSession, audience: Audience, file_id: UUID, comment_id: UUID) -> FileComment | None:
    """The comment on that file that this audience may see."""
    query = select(FileComment).where(
        col(FileComment.agency_id) == audience.agency_id,
        col(FileComment.id) == comment_id,
        col(FileComment.file_id) == file_id,
    )
    if audience.client_ids is not None:
        query = query.where(
            col(FileComment.client_id).in_(audience.client_ids), col(FileComment.visibility) == Visibility.CLIENT
        )
    return (await session.scalars(query.with_for_update())).one_or_none()


async def remove(session: AsyncSession, comment: FileComment) -> None:
    """Delete a comment."""
    await session.delete(comment)
    await session.flush()


async def page(
    reader: Reader, audience: Audience, *, file_id: UUID, after: UUID | None, limit: int
) -> list[tuple[UUID, str]]:
    """Ids and public JSON of the comments on a file, newest first."""
    rows = await reader.fetch(_LIST, audience.agency_id, file_id, audience.client_ids, after, limit)
    return [(row["id"], row["body"]) for row in rows]
