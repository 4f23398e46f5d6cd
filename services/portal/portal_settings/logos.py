"""REST of the logo: part of the portal's configuration, sent as a file."""

import hashlib

from fastapi import APIRouter, Request, Response

from chassis.errors import Conflict, Invalid, KeyReused, PreconditionFailed, TooLarge, UnsupportedMedia
from chassis.http.dependencies import CurrentManager, Now, Session
from chassis.http.etags import IfMatch
from chassis.http.problems import problems
from chassis.http.unit import Router, unit_of
from services.portal.blobs.gallery import Owner
from services.portal.blobs.pictures import Order
from services.portal.blobs.receiving import FIELD, form_of
from services.portal.dependencies import WITHIN_BUDGET, Portal
from services.portal.portal_settings import service
from services.portal.portal_settings.routes import answer
from services.portal.portal_settings.schemas import PortalSettingsAnswer

MAX_LOGO_BYTES = 5 * 1024**2
LOGO = Order(formats=("PNG", "JPEG", "WEBP", "GIF"), sizes=(800,), as_png=True)

router: APIRouter = Router(tags=["Client portal"], dependencies=[WITHIN_BUDGET])


@router.post(
    "/api/v1/client-portal/config/logo",
    response_model=PortalSettingsAnswer,
    openapi_extra=form_of("PNG, JPEG, WebP or GIF, 5 MiB at most; of what moves, the first frame is taken."),
    responses=problems(Invalid, PreconditionFailed, TooLarge, UnsupportedMedia, KeyReused, Conflict),
)
async def upload_logo(
    request: Request,
    staff: CurrentManager,
    session: Session,
    now: Now,
    match: IfMatch,
    response: Response,
    portal: Portal,
) -> PortalSettingsAnswer | Response:
    """Upload the portal's logo

    Owners and admins only. It is drawn anew as a PNG of 800 pixels at most; `portal_logo` is its address below the
    deployment's own, which anyone may fetch and nobody can guess. The portal's page and mails show it.
    """
    async with portal.receiving.picture(request, limit=MAX_LOGO_BYTES) as source:
        [logo] = await portal.gallery.draw(source, LOGO, owner=Owner(staff.agency_id), field=FIELD, now=now)
        fingerprint = hashlib.sha256(b"logo" + source).digest()
    if key := request.headers.get("idempotency-key"):
        replay = await unit_of(request).claim(key, fingerprint, staff)
        if replay is not None:
            return replay
    settings = await service.change_logo(session, staff, logo=logo, check_version=match.check, now=now)
    portal.doors.doubt(staff.agency_id)
    return answer(settings, response)


@router.delete("/api/v1/client-portal/config/logo", responses=problems(PreconditionFailed))
async def delete_logo(
    staff: CurrentManager, session: Session, now: Now, match: IfMatch, response: Response, portal: Portal
) -> PortalSettingsAnswer:
    """Remove the portal's logo

    Owners and admins only. Mails that are out lose it too, and those that it had replaced. Without a logo nothing
    changes.
    """
    settings = await service.change_logo(session, staff, logo=None, check_version=match.check, now=now)
    portal.doors.doubt(staff.agency_id)
    return answer(settings, response)
