"""REST of projects."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Response

from chassis.errors import PreconditionFailed
from chassis.http.dependencies import CurrentPrincipal, CurrentStaff, Now, PathId, Reading, Session, needs_module
from chassis.http.etags import IfMatch, set_etag
from chassis.http.pages import Paging
from chassis.http.problems import problems
from chassis.http.unit import Router
from chassis.principals import Client
from services.projects.dependencies import Ctx, Search
from services.projects.projects import service
from services.projects.projects.models import Project, ProjectAlreadyCompleted, ProjectStatus, ProjectStatusNotReachable
from services.projects.projects.schemas import (
    Deleted,
    ProjectComplete,
    ProjectCreate,
    ProjectPublic,
    ProjectUpdate,
    for_client,
)

router = Router(prefix="/api/projects", tags=["Projects"])
if_enabled = needs_module("projects")

ClientFilter = Annotated[UUID | None, Query(alias="clientId", description="Only this client's projects.")]
StatusFilter = Annotated[ProjectStatus | None, Query(description="Only projects in this status.")]


@router.get("", response_model=list[ProjectPublic], dependencies=[if_enabled])
async def list_projects(
    principal: CurrentPrincipal,
    reader: Reading,
    page: Paging,
    client_id: ClientFilter = None,
    status: StatusFilter = None,
    q: Search = None,
) -> Response:
    """List projects, newest first. A client sees its own."""
    found = await service.list_projects(
        reader, principal, client_id=client_id, status=status, q=q, after=page.after, limit=page.limit
    )
    return page.respond_json(found.body, found.next_after)


@router.post("", status_code=201, response_model=ProjectPublic)
async def create_project(
    body: ProjectCreate, session: Session, staff: CurrentStaff, ctx: Ctx, now: Now, response: Response
) -> Project:
    """Create a project for a client. It starts with a message thread named General."""
    project = await service.create_project(session, staff, wanted=body, directory=ctx.directory, now=now)
    set_etag(response, project.version)
    return project


@router.get("/{project_id}", response_model=ProjectPublic, dependencies=[if_enabled])
async def get_project(
    project_id: PathId, session: Session, principal: CurrentPrincipal, response: Response
) -> ProjectPublic:
    """Get one project. Its ETag does not change with its progress."""
    project = await service.visible_project(session, principal, project_id)
    set_etag(response, project.version)
    return for_client(project) if isinstance(principal, Client) else ProjectPublic.model_validate(project)


@router.patch(
    "/{project_id}",
    response_model=ProjectPublic,
    responses=problems(ProjectAlreadyCompleted, ProjectStatusNotReachable, PreconditionFailed),
)
async def update_project(
    project_id: PathId,
    body: ProjectUpdate,
    session: Session,
    staff: CurrentStaff,
    now: Now,
    match: IfMatch,
    response: Response,
) -> Project:
    """Change name, description, status or due date; what is not named stays. `completed` tells the client."""
    project = await service.visible_project(session, staff, project_id, lock=True)
    match.check(project.version)
    await service.update_project(session, staff, project=project, changes=body.changes(), now=now)
    set_etag(response, project.version)
    return project


@router.put(
    "/{project_id}",
    response_model=ProjectPublic,
    responses=problems(ProjectAlreadyCompleted, ProjectStatusNotReachable, PreconditionFailed),
)
async def put_project(
    project_id: PathId,
    body: ProjectUpdate,
    session: Session,
    staff: CurrentStaff,
    now: Now,
    match: IfMatch,
    response: Response,
) -> Project:
    """Change a project; the same as PATCH, for clients that send PUT."""
    return await update_project(project_id, body, session, staff, now, match, response)


@router.delete("/{project_id}", response_model=Deleted, responses=problems(PreconditionFailed))
async def delete_project(
    project_id: PathId, session: Session, staff: CurrentStaff, now: Now, match: IfMatch
) -> Deleted:
    """Delete a project with its files, threads and messages. The bytes of its files are kept for 30 days."""
    project = await service.visible_project(session, staff, project_id, lock=True)
    match.check(project.version)
    await service.delete_project(session, staff, project=project, now=now)
    return Deleted(id=project.id)


@router.post(
    "/{project_id}/complete",
    response_model=ProjectPublic,
    responses=problems(ProjectAlreadyCompleted, ProjectStatusNotReachable),
)
async def complete_project(
    project_id: PathId,
    session: Session,
    staff: CurrentStaff,
    now: Now,
    response: Response,
    body: ProjectComplete | None = None,
) -> Project:
    """Complete a project and mail its client, with the message if there is one. It can be completed once."""
    message = body.message if body else None
    project = await service.complete_project(session, staff, project_id=project_id, message=message, now=now)
    set_etag(response, project.version)
    return project
