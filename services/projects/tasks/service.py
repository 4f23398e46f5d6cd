"""Use cases of tasks; whoever changes one holds its project's row, so that columns and counters stay right."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.database import Reader
from chassis.errors import Invalid, NotFound
from chassis.principals import Client, Principal, Staff
from services.projects import events
from services.projects.audience import Audience
from services.projects.clients import Directory
from services.projects.listing import Listing, listing
from services.projects.projects.service import require_visible_project, visible_project
from services.projects.tasks import repository
from services.projects.tasks.models import Tally, Task, TaskStatus
from services.projects.tasks.schemas import TaskCreate, TaskForClient, TaskPublic, for_client


async def create_task(
    session: AsyncSession, staff: Staff, *, project_id: UUID, wanted: TaskCreate, directory: Directory, now: datetime
) -> Task:
    """Put a task at the end of its column. Raises Invalid for an assignee who is no member."""
    project = await visible_project(session, staff, project_id)
    await _require_member(directory, staff.agency_id, wanted.assignee_id)
    await _hold_project(session, staff.agency_id, project_id)
    task = Task(
        agency_id=staff.agency_id,
        project_id=project.id,
        client_id=project.client_id,
        title=wanted.title,
        description=wanted.description,
        status=wanted.status,
        position=await repository.length(session, staff.agency_id, project_id, wanted.status),
        due_on=wanted.due_date,
        assignee_id=wanted.assignee_id,
        visible_to_client=wanted.visible_to_client,
        completed_at=now if wanted.status is TaskStatus.COMPLETE else None,
        created_at=now,
        updated_at=now,
    )
    await repository.add(session, task)
    await repository.count(session, task, task.tally)
    await events.task_created(session, task, actor=staff.actor, now=now)
    if task.status is TaskStatus.COMPLETE:
        await events.task_completed(session, task, actor=staff.actor, now=now)
    return task


async def visible_task(session: AsyncSession, principal: Principal, task_id: UUID) -> Task:
    """The task; NotFound for one that the principal may not see."""
    task = await repository.get(session, Audience.of(principal), task_id)
    if task is None:
        raise NotFound
    return task


async def shown_to(session: AsyncSession, principal: Principal, task: Task) -> TaskPublic | TaskForClient:
    """The task as that side sees it."""
    if isinstance(principal, Client):
        return for_client(task, await repository.place_for_client(session, task))
    return TaskPublic.model_validate(task)


async def task_to_change(session: AsyncSession, staff: Staff, task_id: UUID) -> Task:
    """The task with its project's row held, so that nobody else moves a task of it meanwhile."""
    task = await visible_task(session, staff, task_id)
    await _hold_project(session, staff.agency_id, task.project_id)
    return await visible_task(session, staff, task_id)


async def require_assignable(
    session: AsyncSession, staff: Staff, task_id: UUID, *, changes: dict[str, Any], directory: Directory
) -> None:
    """Raise Invalid where the changes give the task to somebody who is no member of the agency.

    To be asked before the project is held: auth may take its time.
    """
    task = await visible_task(session, staff, task_id)
    wanted = changes.get("assignee_id")
    if wanted != task.assignee_id:
        await _require_member(directory, staff.agency_id, wanted)


async def list_tasks(
    reader: Reader,
    principal: Principal,
    *,
    project_id: UUID,
    status: TaskStatus | None,
    q: str | None,
    after: UUID | None,
    limit: int,
) -> Listing:
    """A page of the project's tasks that the principal may see, newest first."""
    await require_visible_project(reader, principal, project_id)
    rows = await repository.page(
        reader, Audience.of(principal), project_id=project_id, status=status, q=q, after=after, limit=limit + 1
    )
    return listing(rows, limit)


async def update_task(
    session: AsyncSession, staff: Staff, *, task: Task, changes: dict[str, Any], now: datetime
) -> None:
    """Change what the caller named of a task whose project is held; a status or position moves it."""
    before = task.tally
    # First, while nothing else has changed: what it asks the database would flush the rest half done.
    completed = await _move(
        session, task, status=changes.get("status", task.status), position=changes.get("position"), now=now
    )
    task.describe(
        title=changes.get("title", task.title),
        description=changes.get("description", task.description),
        due_on=changes.get("due_date", task.due_on),
        now=now,
    )
    task.assign(changes.get("assignee_id", task.assignee_id), now)
    task.show(changes.get("visible_to_client", task.visible_to_client), now)
    await _count_since(session, task, before)
    await events.task_updated(session, task, actor=staff.actor, now=now)
    if completed:
        await events.task_completed(session, task, actor=staff.actor, now=now)


async def delete_task(session: AsyncSession, *, task: Task, now: datetime) -> None:
    """Take away a task whose project is held."""
    before = task.tally
    await repository.close_gap(session, task)
    task.delete(now)
    await _count_since(session, task, before)
    await session.flush()


async def _move(session: AsyncSession, task: Task, *, status: TaskStatus, position: int | None, now: datetime) -> bool:
    """Move it; a position behind the last is the last. True when it has become complete by it."""
    if status is task.status and position in (None, task.position):
        return False
    last = await repository.length(session, task.agency_id, task.project_id, status)
    if status is task.status:
        last -= 1
    place = last if position is None else min(position, last)
    await repository.close_gap(session, task)
    await repository.make_room(session, task, status, place)
    return task.move_to(status, place, now)


async def _count_since(session: AsyncSession, task: Task, before: Tally) -> None:
    await repository.count(session, task, task.tally - before)


async def _hold_project(session: AsyncSession, agency_id: UUID, project_id: UUID) -> None:
    if not await repository.lock_project(session, agency_id, project_id):
        raise NotFound


async def _require_member(directory: Directory, agency_id: UUID, member_id: UUID | None) -> None:
    if member_id is not None and not await directory.is_member(agency_id, member_id):
        raise Invalid.field("assigneeId", "is not a member of this agency")
