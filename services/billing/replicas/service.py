"""Looking up agencies, clients and projects: remembered ones at once, new ones by asking or by waiting a moment."""

import asyncio
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.clock import system_clock
from chassis.database import Database, Reader
from chassis.errors import Invalid, NotFound, Unavailable
from chassis.ids import made_at
from chassis.telemetry import log
from services.billing.clients import Directory
from services.billing.days import Days, days_in
from services.billing.replicas import repository
from services.billing.replicas.models import Agency, Client, Project

# Events take milliseconds, but seconds on a machine that is busy or just recovering.
PROJECT_WAIT_S = 5
# An id tells when it was made: an older one that was not heard of is nobody's, and needs no waiting.
PROJECT_IS_NEW = timedelta(minutes=1)
_POLL_S = 0.05


async def keep_agency(session: AsyncSession, agency: Agency) -> bool:
    """Remember what was heard of an agency; True when its days begin at other times than was known."""
    before = await repository.time_zone_of(session, agency.agency_id)
    await repository.keep_agency(session, agency)
    return await repository.time_zone_of(session, agency.agency_id) != before


async def days_of(session: AsyncSession, agency_id: UUID, *, directory: Directory) -> Days:
    """The agency's days; auth is asked where nothing was heard of it yet, and Unavailable when it does not answer."""
    zone = await repository.time_zone_of(session, agency_id)
    if zone is None:
        zone = (await directory.agency(agency_id)).time_zone
        await repository.keep_agency(session, Agency(agency_id=agency_id, id=agency_id, time_zone=zone))
    return await asyncio.to_thread(days_in, zone)


async def days_at_hand(session: AsyncSession, agency_id: UUID, *, directory: Directory) -> Days:
    """The same for work that goes on without: UTC's days while nobody can tell where the agency is."""
    try:
        return await days_of(session, agency_id, directory=directory)
    except (NotFound, Unavailable) as error:
        log.warning("agency_days_unknown", agency_id=str(agency_id), error=error.code)
        return Days(UTC)


async def today_of(session: AsyncSession, agency_id: UUID, *, directory: Directory, now: datetime) -> date:
    """The date of a moment where the agency is; UTC's while nobody can tell where that is."""
    return (await days_at_hand(session, agency_id, directory=directory)).today(now)


async def read_today(reader: Reader, agency_id: UUID, *, directory: Directory, now: datetime) -> date:
    """The same for what only reads."""
    zone = await repository.read_time_zone(reader, agency_id)
    if zone is None:
        card = await directory.agency_at_hand(agency_id)
        zone = card.time_zone if card else "UTC"
    return (await asyncio.to_thread(days_in, zone)).today(now)


async def keep_client(session: AsyncSession, client: Client) -> None:
    """Remember what was heard of a client."""
    await repository.keep_client(session, client)


async def keep_project(session: AsyncSession, project: Project) -> None:
    """Remember what was heard of a project."""
    await repository.keep_project(session, project)


async def known_client(session: AsyncSession, agency_id: UUID, *, client_id: UUID, directory: Directory) -> Client:
    """The client, asked for at auth when its event has not arrived yet; Invalid when there is none."""
    client = await repository.find_client(session, agency_id, client_id)
    if client is None and (found := await directory.client(agency_id, client_id)):
        news = Client(agency_id=agency_id, id=client_id, name=found.name, email=found.email, company=found.company)
        await repository.keep_client(session, news)
        client = await repository.find_client(session, agency_id, client_id)
    if client is None or client.deleted_at:
        raise Invalid.field("clientId", "is not a client of this agency")
    return client


async def remembered_client(session: AsyncSession, agency_id: UUID, client_id: UUID) -> Client | None:
    """The client, also when auth has deleted it; None when its event has not arrived, or it is none of the agency."""
    return await repository.find_client(session, agency_id, client_id)


async def client_of(session: AsyncSession, agency_id: UUID, client_id: UUID) -> Client:
    """The client of an invoice that exists: its row is there, also when auth has deleted it."""
    client = await repository.find_client(session, agency_id, client_id)
    assert client, "an invoice's foreign key names its client"
    return client


async def require_project(database: Database, agency_id: UUID, *, project_id: UUID, client_id: UUID) -> None:
    """Raise Invalid unless the project is the client's; waits for one whose id was made just now.

    It looks in short transactions of its own, so that waiting holds no connection.
    """
    deadline = asyncio.get_running_loop().time() + (PROJECT_WAIT_S if _is_new(project_id) else 0)
    while (project := await _look(database, agency_id, project_id)) is None:
        if asyncio.get_running_loop().time() >= deadline:
            raise Invalid.field("projectId", "is not a project of this agency")
        await asyncio.sleep(_POLL_S)
    project.require_client(client_id)


async def has_project(session: AsyncSession, agency_id: UUID, project_id: UUID) -> bool:
    """Whether a project that was there once still is."""
    return await repository.find_project(session, agency_id, project_id) is not None


def _is_new(id: UUID) -> bool:
    made = made_at(id)
    # The real time, not the service's: ids are made by it.
    return made is not None and abs(system_clock() - made) < PROJECT_IS_NEW


async def _look(database: Database, agency_id: UUID, project_id: UUID) -> Project | None:
    async with database.unit(agency_id) as session:
        return await repository.find_project(session, agency_id, project_id)
