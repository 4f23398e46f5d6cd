"""REST of time settings."""

from fastapi import Response

from chassis.errors import NotFound, PreconditionFailed, Unavailable
from chassis.http.dependencies import CurrentManager, CurrentStaff, Now, PathId, Session
from chassis.http.etags import IfMatch, set_etag
from chassis.http.problems import problems
from chassis.http.unit import Router
from services.projects.dependencies import Ctx
from services.projects.time_settings import service
from services.projects.time_settings.models import TimeSettings
from services.projects.time_settings.schemas import TimeSettingsPublic, TimeSettingsSet

router = Router(prefix="/api", tags=["Time"])


@router.get("/time-settings", response_model=TimeSettingsPublic)
async def get_time_settings(session: Session, staff: CurrentStaff, response: Response) -> TimeSettings:
    """Show what an hour costs where neither entry nor project says, and how time is rounded on invoices."""
    settings = await service.agency_settings(session, staff)
    set_etag(response, settings.version)
    return settings


@router.put("/time-settings", response_model=TimeSettingsPublic, responses=problems(PreconditionFailed, Unavailable))
async def set_time_settings(
    body: TimeSettingsSet,
    session: Session,
    manager: CurrentManager,
    ctx: Ctx,
    now: Now,
    match: IfMatch,
    response: Response,
) -> TimeSettings:
    """Set what an hour costs by default, and the rounding. Owners and admins only; what is left out is unset."""
    rate = await service.read_rate(manager, wanted=body, directory=ctx.directory)
    await service.lock_settings(session, manager)
    settings = await service.agency_settings(session, manager)
    match.check(settings.version)
    settings = await service.change_settings(
        session, settings=settings, rate=rate, rounding_minutes=body.rounding_minutes, now=now
    )
    set_etag(response, settings.version)
    return settings


@router.get("/projects/{project_id}/time-settings", response_model=TimeSettingsPublic, responses=problems(NotFound))
async def get_project_time_settings(
    project_id: PathId, session: Session, staff: CurrentStaff, response: Response
) -> TimeSettings:
    """Show a project's own rate and rounding; null where the agency's count."""
    settings = await service.project_settings(session, staff, project_id)
    set_etag(response, settings.version)
    return settings


@router.put(
    "/projects/{project_id}/time-settings",
    response_model=TimeSettingsPublic,
    responses=problems(NotFound, PreconditionFailed, Unavailable),
)
async def set_project_time_settings(
    project_id: PathId,
    body: TimeSettingsSet,
    session: Session,
    staff: CurrentStaff,
    ctx: Ctx,
    now: Now,
    match: IfMatch,
    response: Response,
) -> TimeSettings:
    """Set what an hour of a project costs where an entry does not say; what is left out is the agency's again."""
    rate = await service.read_rate(staff, wanted=body, directory=ctx.directory)
    await service.lock_settings(session, staff)
    settings = await service.project_settings(session, staff, project_id)
    match.check(settings.version)
    settings = await service.change_settings(
        session, settings=settings, rate=rate, rounding_minutes=body.rounding_minutes, now=now
    )
    set_etag(response, settings.version)
    return settings
