"""The pages and their files."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import PlainTextResponse
from starlette.exceptions import HTTPException

from services.portal.dependencies import Portal
from services.portal.pages import doors
from services.portal.pages.answers import REFERENCE_POLICY, document, page

FOR_EVER = "public, max-age=31536000, immutable"
ROBOTS = "User-agent: *\nDisallow: /app/\nDisallow: /client-portal\nDisallow: /pay\nDisallow: /portal/\n"

router = APIRouter(include_in_schema=False, redirect_slashes=False)
router.include_router(doors.router)


@router.api_route("/", methods=["GET", "HEAD"])
async def landing(request: Request, portal: Portal) -> Response:
    """What this is, and where to go."""
    return document(request, portal.assets, "landing")


@router.api_route("/docs", methods=["GET", "HEAD"])
async def reference(portal: Portal) -> Response:
    """The API reference."""
    return page(portal.assets.document("reference"), policy=REFERENCE_POLICY)


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
