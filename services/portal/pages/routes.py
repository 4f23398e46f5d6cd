"""The pages and their files."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import PlainTextResponse
from starlette.exceptions import HTTPException

from chassis.errors import PorticoError, Unauthenticated
from chassis.principals import Client
from services.portal.dependencies import Portal
from services.portal.pages.answers import REFERENCE_POLICY, message, page

FOR_EVER = "public, max-age=31536000, immutable"
ROBOTS = "User-agent: *\nDisallow: /client-portal\nDisallow: /pay\n"

router = APIRouter(include_in_schema=False, redirect_slashes=False)


@router.api_route("/", methods=["GET", "HEAD"])
async def landing(portal: Portal) -> Response:
    """What this is, and where to go."""
    return page(portal.assets.document("landing"))


@router.api_route("/docs", methods=["GET", "HEAD"])
async def reference(portal: Portal) -> Response:
    """The API reference."""
    return page(portal.assets.document("reference"), policy=REFERENCE_POLICY)


@router.api_route("/client-portal", methods=["GET", "HEAD"])
@router.api_route("/client-portal/", methods=["GET", "HEAD"])
async def opened_portal(portal: Portal) -> Response:
    """The portal's page after it has taken the token out of its address: a reload lands here."""
    return page(portal.assets.document("portal"))


@router.api_route("/client-portal/{token}", methods=["GET", "HEAD"])
async def client_portal(token: str, portal: Portal) -> Response:
    """The portal's page; an unknown, expired or revoked link is told so. Changes nothing: scanners follow links."""
    try:
        holder = await portal.authenticator.portal(token)
    except Unauthenticated:
        holder = None
    except PorticoError:
        # Nobody can tell at the moment: the page itself will try again and say so.
        return page(portal.assets.document("portal"))
    if not isinstance(holder, Client):
        return message(
            portal.assets,
            404,
            "This link does not open a portal",
            "It may have ended or been replaced by a newer one. Use the link in the latest mail you got from your"
            " agency, or ask them to send you a new one.",
        )
    return page(portal.assets.document("portal"))


@router.api_route("/assets/{build}/{name:path}", methods=["GET", "HEAD"])
async def asset(build: str, name: str, request: Request, portal: Portal) -> Response:
    """A file of the front end. One of another build is answered with ours, but not to be kept."""
    found = portal.assets.find(name)
    if found is None:
        raise HTTPException(404)
    packed = "gzip" in request.headers.get("accept-encoding", "")
    headers = {
        "Cache-Control": FOR_EVER if build == portal.assets.build else "no-cache",
        "Content-Type": found.media_type,
        "Vary": "Accept-Encoding",
        **({"Content-Encoding": "gzip"} if packed else {}),
    }
    return Response(await found.packed() if packed else found.body, headers=headers)


@router.api_route("/favicon.ico", methods=["GET", "HEAD"])
async def icon(request: Request, portal: Portal) -> Response:
    """The icon, for pages that name none."""
    return await asset("", "icon.svg", request, portal)


@router.api_route("/robots.txt", methods=["GET", "HEAD"])
async def robots() -> Response:
    """Keeps search engines out of private rooms."""
    return PlainTextResponse(ROBOTS)
