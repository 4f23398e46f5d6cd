"""REST of portal settings: the configuration part of the client-portal API."""

from fastapi import APIRouter, Response

from chassis.errors import Invalid, PreconditionFailed
from chassis.http.dependencies import CurrentManager, CurrentStaff, Now, Session
from chassis.http.etags import IfMatch, set_etag
from chassis.http.problems import problems
from chassis.http.unit import Router
from services.portal.dependencies import WITHIN_BUDGET, Portal
from services.portal.portal_settings import service
from services.portal.portal_settings.models import PortalSettings
from services.portal.portal_settings.schemas import PortalSettingsAnswer, PortalSettingsPublic, PortalSettingsUpdate

router: APIRouter = Router(tags=["Client portal"], dependencies=[WITHIN_BUDGET])


@router.get("/api/v1/client-portal/config")
async def get_portal_settings(staff: CurrentStaff, session: Session, response: Response) -> PortalSettingsAnswer:
    """Get the portal's configuration

    How the agency's portal looks and what is switched on. At most 60 requests a minute per credential.
    """
    return answer(await service.read_settings(session, staff.agency_id), response)


@router.patch("/api/v1/client-portal/config", responses=problems(Invalid, PreconditionFailed))
async def change_portal_settings(
    body: PortalSettingsUpdate,
    staff: CurrentManager,
    session: Session,
    now: Now,
    match: IfMatch,
    response: Response,
    portal: Portal,
) -> PortalSettingsAnswer:
    """Change the portal's configuration

    Owners and admins only. Fields that are left out stay as they are; the portal follows at once.
    """
    settings = await service.change_settings(session, staff, changes=body.changes(), check_version=match.check, now=now)
    # The event tells every process; this one knows already.
    portal.doors.doubt(staff.agency_id)
    return answer(settings, response)


def answer(settings: PortalSettings, response: Response) -> PortalSettingsAnswer:
    """The settings as every route of the configuration answers with them."""
    set_etag(response, settings.version)
    return PortalSettingsAnswer(data=PortalSettingsPublic.model_validate(settings))
