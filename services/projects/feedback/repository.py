"""All SQL about feedback."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from chassis.database import Reader
from services.projects import shapes
from services.projects.audience import Audience
from services.projects.feedback.models import Feedback

_LIST = f"""
SELECT b.id, {shapes.FEEDBACK} AS body FROM feedback b
WHERE b.agency_id = $1 AND b.project_id = $2
  AND ($3::uuid[] IS NULL OR b.client_id = ANY ($3))
  AND ($4::uuid IS NULL OR b.id < $4)
ORDER BY b.id DESC LIMIT $5
"""  # noqa: S608 (constants)


async def add(session: AsyncSession, feedback: Feedback) -> None:
    """Save new feedback."""
    session.add(feedback)
    await session.flush()


async def is_given(session: AsyncSession, feedback: Feedback) -> bool:
    """Whether its client has given feedback on its project before."""
    query = select(Feedback.id).where(
        col(Feedback.agency_id) == feedback.agency_id,
        col(Feedback.project_id) == feedback.project_id,
        col(Feedback.client_id) == feedback.client_id,
    )
    return (await session.scalars(query)).one_or_none() is not None


async def page(
    reader: Reader, audience: Audience, *, project_id: UUID, after: UUID | None, limit: int
) -> list[tuple[UUID, str]]:
    """Ids and public JSON of the feedback on a project, newest first."""
    rows = await reader.fetch(_LIST, audience.agency_id, project_id, audience.client_ids, after, limit)
    return [(row["id"], row["body"]) for row in rows]
