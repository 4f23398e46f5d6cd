"""REST of profiles: the client's own view of themselves."""

import hashlib

from fastapi import APIRouter, Request, Response

from chassis.errors import Conflict, Invalid, KeyReused, PreconditionFailed, TooLarge, UnsupportedMedia
from chassis.http.dependencies import Budgets, CurrentClient, Now, Session
from chassis.http.etags import IfMatch, set_etag
from chassis.http.problems import problems
from chassis.http.unit import Router, unit_of
from services.portal.blobs.gallery import Owner
from services.portal.blobs.models import Blob
from services.portal.blobs.pictures import Order
from services.portal.blobs.receiving import FIELD, form_of
from services.portal.dependencies import Portal
from services.portal.profiles import service
from services.portal.profiles.models import AvatarIds
from services.portal.profiles.schemas import ClientProfile, Me, ProfileUpdate
from services.portal.profiles.showing import client_profile, me

MAX_AVATAR_BYTES = 10 * 1024**2
# Each costs up to a second of computing.
PICTURE_RATE = "20/10minutes"
AVATAR = Order(formats=("PNG", "JPEG", "WEBP"), sizes=(512, 96))

router: APIRouter = Router(tags=["Portal profile"])


@router.get("/api/v1/portal/me")
async def get_me(client: CurrentClient, session: Session, portal: Portal) -> Me:
    """Get who is signed in

    No field is ever null: what is not known is an empty text or 0.
    """
    return me(client, await portal.identities.find(client), await service.read_profile(session, client))


@router.get("/api/v1/portal/client")
async def get_client_profile(
    client: CurrentClient, session: Session, portal: Portal, response: Response
) -> ClientProfile:
    """Get the client's profile

    No field is ever null: what is not known is an empty text or 0.
    """
    facts = await portal.identities.find(client)
    told = await service.read_profile(session, client)
    set_etag(response, told.profile.version)
    return client_profile(client, facts, told)


@router.patch("/api/v1/portal/client", responses=problems(Invalid, PreconditionFailed))
async def change_client_profile(
    body: ProfileUpdate,
    client: CurrentClient,
    session: Session,
    now: Now,
    match: IfMatch,
    budgets: Budgets,
    response: Response,
    portal: Portal,
) -> ClientProfile:
    """Change the client's profile

    Fields that are left out stay as they are, those within `billingAddress` too. A picture may be sent as a data
    URL, the whole body having 1 MB at most; a larger one goes to `POST /api/v1/portal/client/avatar`.
    """
    changes = body.changes()
    if changes.get("avatar") is not None:
        await budgets.hit("pictures", str(client.id), PICTURE_RATE)
        owner = Owner(client.agency_id, client.id)
        drawn = await portal.gallery.draw(changes["avatar"], AVATAR, owner=owner, field="avatar", now=now)
        changes["avatar"] = _ids(drawn)
    facts = await portal.identities.find(client)
    told = await service.change_profile(session, client, changes=changes, check_version=match.check, now=now)
    set_etag(response, told.profile.version)
    return client_profile(client, facts, told)


@router.post(
    "/api/v1/portal/client/avatar",
    response_model=ClientProfile,
    openapi_extra=form_of("PNG, JPEG or WebP, 10 MiB at most; of what moves, the first frame is taken."),
    responses=problems(Invalid, PreconditionFailed, TooLarge, UnsupportedMedia, KeyReused, Conflict),
)
async def upload_avatar(
    request: Request,
    client: CurrentClient,
    session: Session,
    now: Now,
    match: IfMatch,
    budgets: Budgets,
    response: Response,
    portal: Portal,
) -> ClientProfile | Response:
    """Upload a picture of the client

    It is drawn anew: upright, 512 pixels at most, with a thumbnail of 96, and without date, place or anything else
    that was in the file beside it.
    """
    await budgets.hit("pictures", str(client.id), PICTURE_RATE)
    async with portal.receiving.picture(request, limit=MAX_AVATAR_BYTES) as source:
        owner = Owner(client.agency_id, client.id)
        drawn = await portal.gallery.draw(source, AVATAR, owner=owner, field=FIELD, now=now)
        fingerprint = hashlib.sha256(b"avatar" + source).digest()
    facts = await portal.identities.find(client)
    if key := request.headers.get("idempotency-key"):
        replay = await unit_of(request).claim(key, fingerprint, client)
        if replay is not None:
            return replay
    changes = {"avatar": _ids(drawn)}
    told = await service.change_profile(session, client, changes=changes, check_version=match.check, now=now)
    set_etag(response, told.profile.version)
    return client_profile(client, facts, told)


def _ids(drawn: list[Blob]) -> AvatarIds:
    picture, thumbnail = drawn
    return AvatarIds(picture.id, thumbnail.id)
