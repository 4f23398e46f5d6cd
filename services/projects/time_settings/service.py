"""Use cases of time settings."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.money import to_minor
from chassis.principals import Staff
from services.projects.clients import Directory
from services.projects.projects.service import visible_project
from services.projects.time_entries.models import Rate
from services.projects.time_settings import repository
from services.projects.time_settings.models import TimeSettings, default_rate, default_rounding
from services.projects.time_settings.schemas import TimeSettingsSet


@dataclass(frozen=True, slots=True)
class Defaults:
    """What counts for a project's time where nothing nearer says otherwise."""

    rate: Rate | None
    rounding_minutes: int


async def agency_settings(session: AsyncSession, staff: Staff) -> TimeSettings:
    """The agency's; unset and of version 0 where it has set none."""
    return await repository.get(session, staff.agency_id, None) or _unset(staff.agency_id, None)


async def project_settings(session: AsyncSession, staff: Staff, project_id: UUID) -> TimeSettings:
    """A project's own; NotFound for a project that there is not."""
    project = await visible_project(session, staff, project_id)
    return await repository.get(session, staff.agency_id, project.id) or _unset(staff.agency_id, project.id)


async def read_rate(staff: Staff, *, wanted: TimeSettingsSet, directory: Directory) -> Rate | None:
    """The rate that was asked for; Unavailable for one without a currency while auth, which knows it, is away."""
    if wanted.rate is None:
        return None
    currency = wanted.currency or (await directory.get_agency(staff.agency_id)).currency
    return Rate(to_minor(wanted.rate, currency, field="rate"), currency)


async def lock_settings(session: AsyncSession, staff: Staff) -> None:
    """Have others who change settings wait; before the present ones are read."""
    await repository.lock(session, staff.agency_id)


async def change_settings(
    session: AsyncSession, *, settings: TimeSettings, rate: Rate | None, rounding_minutes: int | None, now: datetime
) -> TimeSettings:
    """Replace what was set. Entries that have a rate keep it, and so do invoices."""
    if settings.version == 0:
        settings = TimeSettings(
            agency_id=settings.agency_id, project_id=settings.project_id, created_at=now, updated_at=now
        )
    settings.choose(rate, rounding_minutes=rounding_minutes, now=now)
    await repository.save(session, settings)
    return settings


async def defaults_of(session: AsyncSession, agency_id: UUID, project_id: UUID) -> Defaults:
    """What counts for a project's time: its own settings, else the agency's."""
    found = await repository.both(session, agency_id, project_id)
    own, agency = found.get(project_id), found.get(None)
    return Defaults(default_rate(own, agency), default_rounding(own, agency))


def _unset(agency_id: UUID, project_id: UUID | None) -> TimeSettings:
    return TimeSettings(agency_id=agency_id, project_id=project_id, version=0)
