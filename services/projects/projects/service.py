"""Use cases of projects."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.database import Reader
from chassis.errors import NotFound
from chassis.principals import Actor, Principal, Staff
from services.projects import events
from services.projects.audience import Audience
from services.projects.clients import Directory
from services.projects.listing import Listing, listing
from services.projects.projects import repository
from services.projects.projects.models import Project, ProjectStatus
from services.projects.projects.schemas import ProjectCreate
from services.projects.replicas.service import require_client
from services.projects.threads.service import open_general


async def create_project(
    session: AsyncSession, staff: Staff, *, wanted: ProjectCreate, directory: Directory, now: datetime
) -> Project:
    """Begin a project for a client, with its thread "General". Raises Invalid for an unknown client."""
    await require_client(session, staff.agency_id, client_id=wanted.client_id, directory=directory, now=now)
    project = Project(
        agency_id=staff.agency_id,
        client_id=wanted.client_id,
        name=wanted.name,
        description=wanted.description,
        due_on=wanted.due_date,
        created_at=now,
        updated_at=now,
    )
    await begin(session, project, actor=staff.actor, now=now)
    return project


async def begin(session: AsyncSession, project: Project, *, actor: Actor, now: datetime) -> None:
    """Save a new project with its thread "General", and tell of it."""
    await repository.add(session, project)
    await open_general(
        session, agency_id=project.agency_id, project_id=project.id, client_id=project.client_id, now=now
    )
    await events.project_created(session, project, actor=actor, now=now)


async def visible_project(
    session: AsyncSession, principal: Principal, project_id: UUID, *, lock: bool = False
) -> Project:
    """The project; NotFound for one that the principal may not see."""
    project = await repository.get(session, Audience.of(principal), project_id, lock=lock)
    if project is None:
        raise NotFound
    return project


async def require_visible_project(reader: Reader, principal: Principal, project_id: UUID) -> None:
    """Raise NotFound for a project that the principal may not see."""
    if not await repository.exists(reader, Audience.of(principal), project_id):
        raise NotFound


async def list_projects(
    reader: Reader,
    principal: Principal,
    *,
    client_id: UUID | None,
    status: ProjectStatus | None,
    q: str | None,
    after: UUID | None,
    limit: int,
) -> Listing:
    """A page of the projects that the principal may see, newest first."""
    rows = await repository.page(
        reader, Audience.of(principal), client_id=client_id, status=status, q=q, after=after, limit=limit + 1
    )
    return listing(rows, limit)


async def update_project(
    session: AsyncSession, staff: Staff, *, project: Project, changes: dict[str, Any], now: datetime
) -> Project:
    """Change what the caller named; a status of `completed` completes it as `complete_project` does."""
    was_completed = project.status is ProjectStatus.COMPLETED
    project.describe(
        name=changes.get("name", project.name),
        description=changes.get("description", project.description),
        due_on=changes.get("due_date", project.due_on),
        now=now,
    )
    if status := changes.get("status"):
        project.move_to(status, now)
    await events.project_updated(session, project, actor=staff.actor, now=now)
    if project.status is ProjectStatus.COMPLETED and not was_completed:
        await events.project_completed(session, project, actor=staff.actor, now=now, message=None)
    return project


async def complete_project(
    session: AsyncSession, staff: Staff, *, project_id: UUID, message: str | None, now: datetime
) -> Project:
    """Finish a project and have its client told. Raises ProjectAlreadyCompleted the second time."""
    project = await visible_project(session, staff, project_id, lock=True)
    project.complete(now)
    await events.project_completed(session, project, actor=staff.actor, now=now, message=message)
    return project


async def delete_project(session: AsyncSession, staff: Staff, *, project: Project, now: datetime) -> None:
    """Take a project away; its files, threads and messages are out of reach with it."""
    project.delete(now)
    await events.project_deleted(session, project, actor=staff.actor, now=now)
