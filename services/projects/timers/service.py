"""Use cases of timers: a member's own, and nobody else's."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.errors import NotFound
from chassis.principals import Staff
from services.projects.clients import Directory
from services.projects.projects.models import Project
from services.projects.projects.service import visible_project
from services.projects.time_entries.models import TimeEntry
from services.projects.time_entries.service import save_entry
from services.projects.timers import repository
from services.projects.timers.models import (
    Timer,
    TimerNotRunning,
    TimerProjectDeleted,
    TimerRunning,
    require_person,
)


async def running_timer(session: AsyncSession, staff: Staff) -> Timer | None:
    """The member's timer, if one runs."""
    require_person(staff)
    return await repository.get(session, staff.agency_id, staff.id)


async def start_timer(
    session: AsyncSession, staff: Staff, *, project_id: UUID, description: str | None, now: datetime
) -> Timer:
    """Start the clock; TimerRunning while another one runs."""
    require_person(staff)
    project = await visible_project(session, staff, project_id)
    timer = Timer(
        agency_id=staff.agency_id,
        member_id=staff.id,
        project_id=project.id,
        description=description or project.name,
        started_at=now,
        created_at=now,
        updated_at=now,
    )
    if not await repository.add(session, timer):
        raise TimerRunning
    return timer


async def stop_timer(
    session: AsyncSession, staff: Staff, *, billable: bool, note: str, directory: Directory, now: datetime
) -> tuple[TimeEntry, bool]:
    """Make the timer a time entry, and tell whether it was cut short at 24 hours."""
    timer = await _own_timer(session, staff)
    project = await _project_of(session, staff, timer)
    measured = timer.measure(now)
    entry = TimeEntry(
        agency_id=timer.agency_id,
        project_id=project.id,
        client_id=project.client_id,
        member_id=timer.member_id,
        description=timer.description,
        minutes=measured.minutes,
        billable=billable,
        note=note,
        worked_on=await directory.day_at(staff.agency_id, timer.started_at),
        created_at=now,
        updated_at=now,
    )
    await repository.remove(session, timer)
    await save_entry(session, entry)
    return entry, measured.cut_short


async def discard_timer(session: AsyncSession, staff: Staff) -> UUID:
    """Forget the timer; nothing was worked."""
    timer = await _own_timer(session, staff)
    await repository.remove(session, timer)
    return timer.id


async def _own_timer(session: AsyncSession, staff: Staff) -> Timer:
    require_person(staff)
    timer = await repository.get(session, staff.agency_id, staff.id, lock=True)
    if timer is None:
        raise TimerNotRunning
    return timer


async def _project_of(session: AsyncSession, staff: Staff, timer: Timer) -> Project:
    try:
        return await visible_project(session, staff, timer.project_id)
    except NotFound as error:
        raise TimerProjectDeleted from error
