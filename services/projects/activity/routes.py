"""REST of activity."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Response

from chassis.errors import NotFound
from chassis.http.dependencies import CurrentPrincipal, PathId, Reading, needs_module
from chassis.http.pages import Paging
from chassis.http.problems import problems
from chassis.http.unit import Router
from services.projects.activity import service
from services.projects.activity.models import ActivityFeedOff
from services.projects.activity.schemas import ActivityPublic

router = Router(tags=["Activity"], dependencies=[needs_module("projects")])

ProjectFilter = Annotated[UUID | None, Query(alias="projectId", description="Only what happened in this project.")]
ClientFilter = Annotated[UUID | None, Query(alias="clientId", description="Only what concerns this client.")]
TypeFilter = Annotated[
    str | None, Query(alias="type", pattern=r"^[a-z_]+\.[a-z_]+$", max_length=100, description="As `file.uploaded`.")
]


@router.get("/api/activity", response_model=list[ActivityPublic], responses=problems(ActivityFeedOff))
async def list_activity(
    principal: CurrentPrincipal,
    reader: Reading,
    page: Paging,
    project_id: ProjectFilter = None,
    client_id: ClientFilter = None,
    type: TypeFilter = None,
) -> Response:
    """List what happened, newest first. A client sees what it may see of its own, where the agency shows that."""
    found = await service.list_activity(
        reader,
        principal,
        project_id=project_id,
        client_id=client_id,
        type=type,
        after=page.after,
        limit=page.limit,
    )
    return page.respond_json(found.body, found.next_after)


@router.get(
    "/api/projects/{project_id}/activity",
    response_model=list[ActivityPublic],
    responses=problems(NotFound, ActivityFeedOff),
)
async def list_project_activity(
    project_id: PathId, principal: CurrentPrincipal, reader: Reading, page: Paging, type: TypeFilter = None
) -> Response:
    """List what happened in a project, newest first. The agency still reads that of a deleted project."""
    found = await service.list_project_activity(
        reader, principal, project_id=project_id, type=type, after=page.after, limit=page.limit
    )
    return page.respond_json(found.body, found.next_after)
