"""Projects that come of accepted quotes: each is made once, under the id that billing gave it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.errors import Invalid
from chassis.principals import Actor
from chassis.telemetry import log
from services.projects.clients import Directory
from services.projects.projects import repository
from services.projects.projects.models import Project
from services.projects.projects.service import begin
from services.projects.replicas.service import require_client


@dataclass(frozen=True, slots=True)
class Quoted:
    """What is read of an accepted quote."""

    project_id: UUID
    client_id: UUID
    title: str
    number: str


async def begin_quoted_project(
    session: AsyncSession, agency_id: UUID, *, quoted: Quoted, actor: Actor, directory: Directory, now: datetime
) -> None:
    """Begin the project of an accepted quote, unless it was begun before, whatever has become of it since."""
    await repository.take_turn(session, agency_id, quoted.project_id)
    if await repository.is_known(session, agency_id, quoted.project_id):
        return
    try:
        await require_client(session, agency_id, client_id=quoted.client_id, directory=directory, now=now)
    except Invalid:
        log.warning("quoted_project_without_client", agency_id=str(agency_id), project_id=str(quoted.project_id))
        return
    project = Project(
        agency_id=agency_id,
        id=quoted.project_id,
        client_id=quoted.client_id,
        name=quoted.title,
        description=f"Quote {quoted.number}",
        created_at=now,
        updated_at=now,
    )
    await begin(session, project, actor=actor, now=now)
