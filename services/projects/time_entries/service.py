"""Use cases of time entries."""

from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.database import Reader
from chassis.errors import Invalid, NotFound
from chassis.money import to_minor
from chassis.principals import Principal, Staff
from services.projects.audience import Audience
from services.projects.clients import Directory
from services.projects.listing import Listing, listing
from services.projects.projects.service import require_visible_project, visible_project
from services.projects.time_entries import repository
from services.projects.time_entries.filters import TimeEntryFilter
from services.projects.time_entries.models import Rate, TimeEntry
from services.projects.time_entries.schemas import TimeEntryCreate


async def record_time(
    session: AsyncSession,
    staff: Staff,
    *,
    project_id: UUID,
    wanted: TimeEntryCreate,
    directory: Directory,
    now: datetime,
) -> TimeEntry:
    """Write down time that was worked; Unavailable for a rate while auth, which knows its currency, is away."""
    rate = await _rate(directory, staff.agency_id, wanted.rate)
    worked_on = wanted.date or await directory.day_at(staff.agency_id, now)
    project = await visible_project(session, staff, project_id)
    entry = TimeEntry(
        agency_id=staff.agency_id,
        project_id=project.id,
        client_id=project.client_id,
        member_id=staff.id if staff.via == "session" else None,
        description=wanted.description,
        minutes=wanted.minutes,
        billable=wanted.billable,
        note=wanted.note,
        worked_on=worked_on,
        created_at=now,
        updated_at=now,
    )
    entry.price(rate, now)
    await _put_to_task(session, entry, task_id=wanted.task_id, now=now)
    await save_entry(session, entry)
    return entry


async def save_entry(session: AsyncSession, entry: TimeEntry) -> None:
    """Keep an entry that was just made, of a form's words or of a timer."""
    await repository.add(session, entry)


async def visible_entry(
    session: AsyncSession, principal: Principal, entry_id: UUID, *, lock: bool = False
) -> TimeEntry:
    """The time entry; NotFound for one that the principal may not see."""
    entry = await repository.get(session, Audience.of(principal), entry_id, lock=lock)
    if entry is None:
        raise NotFound
    return entry


async def list_entries(
    reader: Reader, principal: Principal, *, wanted: TimeEntryFilter, after: UUID | None, limit: int
) -> Listing:
    """A page of the time entries that the principal may see, newest first."""
    rows = await repository.page(reader, Audience.of(principal), wanted=wanted, after=after, limit=limit + 1)
    return listing(rows, limit)


async def list_entries_of_project(
    reader: Reader, principal: Principal, *, project_id: UUID, q: str | None, after: UUID | None, limit: int
) -> Listing:
    """The same of one project; NotFound for one that the principal may not see."""
    await require_visible_project(reader, principal, project_id)
    return await list_entries(
        reader, principal, wanted=TimeEntryFilter(project_id=project_id, q=q), after=after, limit=limit
    )


async def change_entry(
    session: AsyncSession, *, entry: TimeEntry, changes: dict[str, Any], directory: Directory, now: datetime
) -> None:
    """Change what the caller named; TimeEntryLocked once it is on an invoice."""
    entry.describe(
        description=changes.get("description", entry.description),
        note=changes.get("note", entry.note),
        worked_on=changes.get("date", entry.worked_on),
        now=now,
    )
    entry.measure(
        minutes=changes.get("minutes", entry.minutes), billable=changes.get("billable", entry.billable), now=now
    )
    if "rate" in changes:
        entry.price(await _rate(directory, entry.agency_id, changes["rate"]), now)
    if "task_id" in changes:
        await _put_to_task(session, entry, task_id=changes["task_id"], now=now)
    await session.flush()


async def delete_entry(session: AsyncSession, *, entry: TimeEntry) -> None:
    """Take a time entry away; TimeEntryLocked once it is on an invoice."""
    entry.require_open()
    await repository.remove(session, entry)


async def _put_to_task(session: AsyncSession, entry: TimeEntry, *, task_id: UUID | None, now: datetime) -> None:
    entry.belong_to(task_id, now)
    with session.no_autoflush:
        if task_id is not None and not await repository.has_task(session, entry, task_id):
            raise Invalid.field("taskId", "must be a task of the same project")


async def _rate(directory: Directory, agency_id: UUID, amount: Decimal | None) -> Rate | None:
    if amount is None:
        return None
    currency = (await directory.get_agency(agency_id)).currency
    return Rate(to_minor(amount, currency, field="rate"), currency)
