"""REST of feedback."""

from fastapi import Response

from chassis.errors import NotFound
from chassis.http.dependencies import CurrentClient, CurrentPrincipal, Now, PathId, Reading, Session, needs_module
from chassis.http.pages import Paging
from chassis.http.problems import problems
from chassis.http.unit import Router
from services.projects.feedback import service
from services.projects.feedback.models import Feedback, FeedbackGiven, ProjectNotCompleted
from services.projects.feedback.schemas import FeedbackCreate, FeedbackPublic

router = Router(
    prefix="/api/projects/{project_id}/feedback", tags=["Feedback"], dependencies=[needs_module("feedback")]
)


@router.get("", response_model=list[FeedbackPublic], responses=problems(NotFound))
async def list_feedback(project_id: PathId, principal: CurrentPrincipal, reader: Reading, page: Paging) -> Response:
    """List the feedback on a project, newest first. A client reads its own."""
    found = await service.list_feedback(reader, principal, project_id=project_id, after=page.after, limit=page.limit)
    return page.respond_json(found.body, found.next_after)


@router.post(
    "",
    status_code=201,
    response_model=FeedbackPublic,
    responses=problems(NotFound, ProjectNotCompleted, FeedbackGiven),
)
async def give_feedback(
    project_id: PathId, body: FeedbackCreate, session: Session, client: CurrentClient, now: Now
) -> Feedback:
    """Rate a completed project as its client, once. The agency is notified by e-mail."""
    return await service.give_feedback(
        session, client, project_id=project_id, rating=body.rating, comment=body.comment, now=now
    )
