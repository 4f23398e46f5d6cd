"""REST of the inbox."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Response

from chassis.http.dependencies import CurrentStaff, Reading
from chassis.http.pages import Paging
from chassis.http.unit import Router
from services.projects.inbox import service
from services.projects.inbox.schemas import InboxThread, Waiting, WaitingCounts
from services.projects.threads.models import Visibility

router = Router(prefix="/api/threads", tags=["Messages"])

WaitingFilter = Annotated[
    Waiting | None,
    Query(
        description="Only threads in which that side is to answer: the other one, who may read them too, wrote last."
    ),
]
VisibilityFilter = Annotated[Visibility | None, Query(description="Only threads for those eyes.")]
ProjectFilter = Annotated[UUID | None, Query(alias="projectId", description="Only this project's threads.")]
ClientFilter = Annotated[UUID | None, Query(alias="clientId", description="Only threads of this client's projects.")]


@router.get("", response_model=list[InboxThread])
async def list_inbox(
    staff: CurrentStaff,
    reader: Reading,
    page: Paging,
    waiting: WaitingFilter = None,
    visibility: VisibilityFilter = None,
    project_id: ProjectFilter = None,
    client_id: ClientFilter = None,
) -> Response:
    """List the threads of all projects in which somebody has written, the newest message first."""
    found = await service.list_inbox(
        reader,
        staff,
        waiting=waiting,
        visibility=visibility,
        project_id=project_id,
        client_id=client_id,
        after=page.after,
        limit=page.limit,
    )
    return page.respond_json(found.body, found.next_after)


@router.get("/waiting", response_model=WaitingCounts)
async def count_waiting(
    staff: CurrentStaff, reader: Reading, project_id: ProjectFilter = None, client_id: ClientFilter = None
) -> WaitingCounts:
    """Count the threads in which the agency is to answer, and those in which the client is."""
    return await service.count_waiting(reader, staff, project_id=project_id, client_id=client_id)
