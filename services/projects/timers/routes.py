"""REST of timers."""

from fastapi import Response

from chassis.errors import NotFound
from chassis.http.dependencies import CurrentStaff, Now, Session
from chassis.http.etags import set_etag
from chassis.http.problems import problems
from chassis.http.unit import Router
from services.projects.dependencies import Ctx
from services.projects.time_entries.schemas import TimeEntryPublic
from services.projects.timers import service
from services.projects.timers.models import PeopleOnly, Timer, TimerNotRunning, TimerProjectDeleted, TimerRunning
from services.projects.timers.schemas import TimerDiscarded, TimerEntry, TimerPublic, TimerStart, TimerStop

router = Router(prefix="/api/timer", tags=["Time"])


@router.get("", response_model=TimerPublic | None, responses=problems(PeopleOnly))
async def get_timer(session: Session, staff: CurrentStaff) -> Timer | None:
    """Show the timer that runs for the member who asks; null when none does."""
    return await service.running_timer(session, staff)


@router.post(
    "/start", status_code=201, response_model=TimerPublic, responses=problems(PeopleOnly, NotFound, TimerRunning)
)
async def start_timer(body: TimerStart, session: Session, staff: CurrentStaff, now: Now) -> Timer:
    """Start a timer on a project. A member has one at a time."""
    return await service.start_timer(session, staff, project_id=body.project_id, description=body.description, now=now)


@router.post(
    "/stop",
    status_code=201,
    response_model=TimerEntry,
    responses=problems(PeopleOnly, TimerNotRunning, TimerProjectDeleted),
)
async def stop_timer(
    session: Session, staff: CurrentStaff, ctx: Ctx, now: Now, response: Response, body: TimerStop | None = None
) -> TimerEntry:
    """Stop the timer and make it a time entry.

    Its minutes are rounded up to the next whole one. Of a timer that ran for more than 24 hours 24 are counted, and
    `cutShort` says so. The entry is of the day on which the timer was started, where the agency is.
    """
    said = body or TimerStop()
    entry, cut_short = await service.stop_timer(
        session, staff, billable=said.billable, note=said.note, directory=ctx.directory, now=now
    )
    set_etag(response, entry.version)
    shown = TimeEntryPublic.model_validate(entry).model_dump()
    return TimerEntry.model_validate(shown | {"cut_short": cut_short})


@router.delete("", response_model=TimerDiscarded, responses=problems(PeopleOnly, TimerNotRunning))
async def discard_timer(session: Session, staff: CurrentStaff) -> TimerDiscarded:
    """Discard the timer; no time entry is made of it."""
    return TimerDiscarded(id=await service.discard_timer(session, staff))
