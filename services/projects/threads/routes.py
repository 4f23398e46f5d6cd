"""REST of threads."""

from fastapi import Response

from chassis.http.dependencies import CurrentPrincipal, Now, PathId, Reading, Session, needs_module
from chassis.http.pages import Paging
from chassis.http.unit import Router
from services.projects.projects.service import require_visible_project, visible_project
from services.projects.threads import service
from services.projects.threads.models import Thread
from services.projects.threads.schemas import ThreadCreate, ThreadPublic

router = Router(prefix="/api/projects/{project_id}/threads", tags=["Messages"], dependencies=[needs_module("messages")])


@router.get("", response_model=list[ThreadPublic])
async def list_threads(project_id: PathId, principal: CurrentPrincipal, reader: Reading, page: Paging) -> Response:
    """List a project's threads, newest first. A client sees those meant for it."""
    await require_visible_project(reader, principal, project_id)
    found = await service.list_threads(reader, principal, project_id=project_id, after=page.after, limit=page.limit)
    return page.respond_json(found.body, found.next_after)


@router.post("", status_code=201, response_model=ThreadPublic)
async def open_thread(
    project_id: PathId, body: ThreadCreate, session: Session, principal: CurrentPrincipal, now: Now
) -> Thread:
    """Open a thread in a project. Its visibility stays as it is made; a client opens client threads only."""
    project = await visible_project(session, principal, project_id)
    return await service.open_thread(
        session,
        principal,
        project_id=project.id,
        client_id=project.client_id,
        name=body.name,
        visibility=body.visibility,
        now=now,
    )
