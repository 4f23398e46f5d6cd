"""REST of tasks."""

from typing import Annotated

from fastapi import Query, Response

from chassis.errors import NotFound, PreconditionFailed, Unavailable
from chassis.http.dependencies import (
    CurrentPrincipal,
    CurrentStaff,
    Now,
    PathId,
    Reading,
    Session,
    in_turn,
    needs_module,
)
from chassis.http.etags import IfMatch, set_etag
from chassis.http.pages import Paging
from chassis.http.problems import problems
from chassis.http.turns import Crowded
from chassis.http.unit import Router
from services.projects.dependencies import Ctx, Search
from services.projects.tasks import service
from services.projects.tasks.models import Task, TaskStatus
from services.projects.tasks.schemas import TaskCreate, TaskDeleted, TaskForClient, TaskPublic, TaskUpdate

router = Router(prefix="/api", tags=["Tasks"])
if_enabled = needs_module("tasks")
# Every change of a task locks its project.
one_at_a_time = in_turn("tasks")

Anyones = TaskPublic | TaskForClient
StatusFilter = Annotated[TaskStatus | None, Query(description="Only tasks in this status.")]


@router.get(
    "/projects/{project_id}/tasks",
    response_model=list[Anyones],
    responses=problems(NotFound),
    dependencies=[if_enabled],
)
async def list_tasks(
    project_id: PathId,
    principal: CurrentPrincipal,
    reader: Reading,
    page: Paging,
    status: StatusFilter = None,
    q: Search = None,
) -> Response:
    """List a project's tasks, newest first. A client sees those that are visible to it."""
    found = await service.list_tasks(
        reader, principal, project_id=project_id, status=status, q=q, after=page.after, limit=page.limit
    )
    return page.respond_json(found.body, found.next_after)


@router.post(
    "/projects/{project_id}/tasks",
    status_code=201,
    response_model=TaskPublic,
    responses=problems(NotFound, Unavailable, Crowded),
    dependencies=[one_at_a_time],
)
async def create_task(
    project_id: PathId,
    body: TaskCreate,
    session: Session,
    staff: CurrentStaff,
    ctx: Ctx,
    now: Now,
    response: Response,
) -> Task:
    """Create a task in a project, at the end of its column."""
    task = await service.create_task(
        session, staff, project_id=project_id, wanted=body, directory=ctx.directory, now=now
    )
    set_etag(response, task.version)
    return task


@router.get("/tasks/{task_id}", response_model=Anyones, responses=problems(NotFound), dependencies=[if_enabled])
async def get_task(task_id: PathId, session: Session, principal: CurrentPrincipal, response: Response) -> Anyones:
    """Get one task."""
    task = await service.visible_task(session, principal, task_id)
    set_etag(response, task.version)
    return await service.shown_to(session, principal, task)


@router.patch(
    "/tasks/{task_id}",
    response_model=TaskPublic,
    responses=problems(NotFound, PreconditionFailed, Unavailable, Crowded),
    dependencies=[one_at_a_time],
)
async def update_task(
    task_id: PathId,
    body: TaskUpdate,
    session: Session,
    staff: CurrentStaff,
    ctx: Ctx,
    now: Now,
    match: IfMatch,
    response: Response,
) -> Task:
    """Change a task; what is not named stays. `status` and `position` move it, and its neighbours make room.

    The neighbours' own ETags stay as they are.
    """
    changes = body.changes()
    await service.require_assignable(session, staff, task_id, changes=changes, directory=ctx.directory)
    task = await service.task_to_change(session, staff, task_id)
    match.check(task.version)
    await service.update_task(session, staff, task=task, changes=changes, now=now)
    set_etag(response, task.version)
    return task


@router.delete(
    "/tasks/{task_id}",
    response_model=TaskDeleted,
    responses=problems(NotFound, PreconditionFailed, Crowded),
    dependencies=[one_at_a_time],
)
async def delete_task(task_id: PathId, session: Session, staff: CurrentStaff, now: Now, match: IfMatch) -> TaskDeleted:
    """Delete a task; those behind it move up."""
    task = await service.task_to_change(session, staff, task_id)
    match.check(task.version)
    await service.delete_task(session, task=task, now=now)
    return TaskDeleted(id=task.id)
