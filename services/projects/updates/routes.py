"""REST of updates."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Response

from chassis.errors import NotFound, PreconditionFailed
from chassis.http.dependencies import CurrentPrincipal, CurrentStaff, Now, PathId, Reading, Session, needs_module
from chassis.http.etags import IfMatch, set_etag
from chassis.http.pages import Paging
from chassis.http.problems import problems
from chassis.http.unit import Router
from services.projects.dependencies import Ctx
from services.projects.updates import service
from services.projects.updates.models import Update, UpdateAlreadyPublished
from services.projects.updates.schemas import UpdateCreate, UpdateDeleted, UpdateEdit, UpdatePublic

router = Router(prefix="/api/ai", tags=["Updates"])
if_enabled = needs_module("projects")

ProjectFilter = Annotated[UUID | None, Query(alias="projectId", description="Only this project's updates.")]


@router.get("", response_model=list[UpdatePublic], dependencies=[if_enabled])
async def list_updates(
    principal: CurrentPrincipal, reader: Reading, page: Paging, project_id: ProjectFilter = None
) -> Response:
    """List updates, newest first. A client sees the published ones of its own projects."""
    found = await service.list_updates(reader, principal, project_id=project_id, after=page.after, limit=page.limit)
    return page.respond_json(found.body, found.next_after)


@router.post("", status_code=201, response_model=UpdatePublic, responses=problems(NotFound))
async def draft_update(
    body: UpdateCreate, session: Session, staff: CurrentStaff, ctx: Ctx, now: Now, response: Response
) -> Update:
    """Draft an update for the client from the project's facts.

    `aiGenerated` tells whether a model wrote it: without a key, or when the model does not answer well in time, it
    is put together from the same facts. It stays a draft until it is published.
    """
    update = await service.draft_update(session, staff, context=ctx, project_id=body.project_id, now=now)
    set_etag(response, update.version)
    return update


@router.get("/{update_id}", response_model=UpdatePublic, responses=problems(NotFound), dependencies=[if_enabled])
async def get_update(update_id: PathId, session: Session, principal: CurrentPrincipal, response: Response) -> Update:
    """Get one update."""
    update = await service.visible_update(session, principal, update_id)
    set_etag(response, update.version)
    return update


@router.patch(
    "/{update_id}",
    response_model=UpdatePublic,
    responses=problems(NotFound, UpdateAlreadyPublished, PreconditionFailed),
)
async def edit_update(
    update_id: PathId,
    body: UpdateEdit,
    session: Session,
    staff: CurrentStaff,
    now: Now,
    match: IfMatch,
    response: Response,
) -> Update:
    """Change the words of a draft."""
    update = await service.visible_update(session, staff, update_id, lock=True)
    match.check(update.version)
    await service.edit_update(session, update=update, content=body.content, now=now)
    set_etag(response, update.version)
    return update


@router.delete(
    "/{update_id}",
    response_model=UpdateDeleted,
    responses=problems(NotFound, UpdateAlreadyPublished, PreconditionFailed),
)
async def delete_update(update_id: PathId, session: Session, staff: CurrentStaff, match: IfMatch) -> UpdateDeleted:
    """Throw a draft away."""
    update = await service.visible_update(session, staff, update_id, lock=True)
    match.check(update.version)
    await service.delete_update(session, update=update)
    return UpdateDeleted(id=update_id)


@router.post("/{update_id}/publish", response_model=UpdatePublic, responses=problems(NotFound, UpdateAlreadyPublished))
async def publish_update(
    update_id: PathId, session: Session, staff: CurrentStaff, now: Now, response: Response
) -> Update:
    """Show an update to the client. It can be published once and is fixed from then on."""
    update = await service.publish_update(session, staff, update_id=update_id, now=now)
    set_etag(response, update.version)
    return update
