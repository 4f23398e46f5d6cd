"""Projects of quotes that are reopened: out of sight at once, deleted when that is heard, back when it never is."""

import asyncio
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.clock import Clock
from chassis.database import Database
from chassis.principals import Actor
from chassis.telemetry import log
from services.projects import events
from services.projects.clients import Directory
from services.projects.projects import repository
from services.projects.projects.models import ProjectStatus
from services.projects.projects.quoted import Quoted, begin_quoted_project

EVERY_S = 15
BATCH = 100


async def withdraw_project(
    session: AsyncSession, agency_id: UUID, *, quoted: Quoted, actor: Actor, directory: Directory, now: datetime
) -> bool:
    """Take the project of a quote out of sight; False when work on it has begun.

    One that was not made yet is made first: whoever hears of the acceptance later finds it known.
    """
    await begin_quoted_project(session, agency_id, quoted=quoted, actor=actor, directory=directory, now=now)
    project = await repository.hold(session, agency_id, quoted.project_id)
    if project is None:
        return True
    is_out_of_sight = project.deleted_at is not None
    if not is_out_of_sight and (
        project.status is not ProjectStatus.ACTIVE or await repository.has_begun(session, agency_id, project.id)
    ):
        return False
    project.withdraw(now)
    await session.flush()
    return True


async def delete_withdrawn(
    session: AsyncSession, agency_id: UUID, *, project_id: UUID, actor: Actor, now: datetime
) -> None:
    """Its quote was reopened: the project goes, unless somebody began to work on it at the last moment."""
    project = await repository.hold(session, agency_id, project_id)
    if project is None or (project.deleted_at is not None and project.withdrawn_until is None):
        return
    if project.status is not ProjectStatus.ACTIVE or await repository.has_begun(session, agency_id, project_id):
        project.restore(now)
        log.warning("withdrawn_project_has_begun", agency_id=str(agency_id), project_id=str(project_id))
        return
    project.delete(now)
    await events.project_deleted(session, project, actor=actor, now=now)


class Returning:
    """Brings projects back whose quote was never reopened, because something broke off. Several may run at once."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database, self._clock = database, clock

    async def run(self) -> None:
        """Look for ever."""
        while True:
            await asyncio.sleep(EVERY_S)
            try:
                await self.bring_back()
            except Exception as error:
                log.error("withdrawn_projects_not_returned", exc_info=error)

    async def bring_back(self) -> None:
        """One look."""
        now = self._clock()
        async with self._database.across_agencies() as session:
            found = await repository.withdrawn_before(session, now, BATCH)
        for agency_id, project_id in found:
            async with self._database.unit(agency_id) as session:
                project = await repository.hold(session, agency_id, project_id)
                # Its quote may have been heard of since.
                if project and project.is_withdrawn_too_long(now):
                    project.restore(now)
                    log.info("withdrawn_project_returned", project_id=str(project_id))
