"""Projects that another service asks for: each is made once, under the id that the asker chose."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.errors import NotFound
from chassis.principals import Actor
from services.projects.audience import Audience
from services.projects.clients import Directory
from services.projects.projects import repository
from services.projects.projects.models import Project, ProjectDeleted
from services.projects.projects.service import begin
from services.projects.replicas.service import require_client


@dataclass(frozen=True, slots=True)
class Commission:
    """The project to be, of one agency."""

    agency_id: UUID
    project_id: UUID
    client_id: UUID
    name: str


async def begin_commissioned(
    session: AsyncSession, commission: Commission, *, actor: Actor, directory: Directory, now: datetime
) -> Project:
    """The project of that id as it is now, begun if it was not before.

    Raises Invalid for an unknown client, ProjectDeleted where it was deleted since.
    """
    agency_id, project_id = commission.agency_id, commission.project_id
    await repository.take_turn(session, agency_id, project_id)
    if await repository.is_known(session, agency_id, project_id):
        project = await repository.get(session, Audience(agency_id, None), project_id)
        if project is None:
            raise ProjectDeleted
        return project
    await require_client(session, agency_id, client_id=commission.client_id, directory=directory, now=now)
    project = Project(
        agency_id=agency_id,
        id=project_id,
        client_id=commission.client_id,
        name=commission.name,
        created_at=now,
        updated_at=now,
    )
    await begin(session, project, actor=actor, now=now)
    return project


async def project_of(session: AsyncSession, agency_id: UUID, project_id: UUID) -> Project:
    """A project of the agency; NotFound where there is none, or none any longer."""
    project = await repository.get(session, Audience(agency_id, None), project_id)
    if project is None:
        raise NotFound
    return project
