"""Use cases of feedback."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.database import Reader
from chassis.principals import Client, Principal
from services.projects import events
from services.projects.audience import Audience
from services.projects.feedback import repository
from services.projects.feedback.models import Feedback, FeedbackGiven
from services.projects.listing import Listing, listing
from services.projects.projects.service import require_visible_project, visible_project


async def give_feedback(
    session: AsyncSession, client: Client, *, project_id: UUID, rating: int, comment: str | None, now: datetime
) -> Feedback:
    """Keep how a client found its project, and tell the agency.

    Raises ProjectNotCompleted while there is work to be done, and FeedbackGiven the second time.
    """
    # Who else gives feedback on it, or takes it up again, waits.
    project = await visible_project(session, client, project_id, lock=True)
    feedback = Feedback.on(project, rating=rating, comment=comment, now=now)
    if await repository.is_given(session, feedback):
        raise FeedbackGiven
    await repository.add(session, feedback)
    await events.feedback_received(session, feedback, actor=client.actor, now=now, project_name=project.name)
    return feedback


async def list_feedback(
    reader: Reader, principal: Principal, *, project_id: UUID, after: UUID | None, limit: int
) -> Listing:
    """A page of the feedback on a project, newest first; a client reads its own."""
    await require_visible_project(reader, principal, project_id)
    rows = await repository.page(reader, Audience.of(principal), project_id=project_id, after=after, limit=limit + 1)
    return listing(rows, limit)
