"""The pages by which people come in: a client's portal, its sign-in page, an agency's intake forms and dashboard.

Each face is one document that changes nothing when it is read: mail scanners follow links.
"""

from collections.abc import Awaitable
from typing import TypeVar
from uuid import UUID

from fastapi import APIRouter, Request, Response

from chassis.credentials import looks_like_portal_token
from chassis.errors import NotFound, PorticoError, Unauthenticated, Unavailable
from chassis.failures import failure_of
from chassis.http.credentials import refresh_cookie_name
from chassis.principals import Client
from services.portal.dependencies import Context, Portal
from services.portal.intake_forms.service import open_form
from services.portal.pages.answers import document, message
from services.portal.welcomes.service import slug_of_ended, welcome_to

T = TypeVar("T")

router = APIRouter(include_in_schema=False, redirect_slashes=False)


@router.api_route("/client-portal", methods=["GET", "HEAD"])
@router.api_route("/client-portal/", methods=["GET", "HEAD"])
async def opened_portal(request: Request, portal: Portal) -> Response:
    """The portal's page after it has taken the token out of its address: a reload lands here."""
    return _document(request, portal)


@router.api_route("/client-portal/{token}", methods=["GET", "HEAD"])
async def client_portal(token: str, request: Request, portal: Portal) -> Response:
    """The portal's page; an unknown, expired or revoked link is told so."""
    try:
        holder = await portal.authenticator.portal(token)
    except Unauthenticated:
        return await _ended(token, request, portal)
    except PorticoError:
        # Nobody can tell at the moment: the page itself will try again and say so.
        return _document(request, portal)
    return _document(request, portal) if isinstance(holder, Client) else await _ended(token, request, portal)


@router.api_route("/portal/{slug}", methods=["GET", "HEAD"])
@router.api_route("/portal/{slug}/", methods=["GET", "HEAD"])
async def sign_in(slug: str, request: Request, portal: Portal) -> Response:
    """An agency's portal for those who sign in, and its sign-in page."""
    try:
        name = await _unless_away(_portal_name(portal, slug))
    except NotFound:
        return message(request, portal.assets, 404, "no_portal")
    # The cookie is out of the page's own reach; it only tells whether asking for a session is worth a request.
    known = refresh_cookie_name(request.app.state.chassis.settings) in request.cookies
    return _document(request, portal, name, session="maybe" if known else "none")


@router.api_route("/intake/{slug}/{form}", methods=["GET", "HEAD"])
@router.api_route("/intake/{slug}/{form}/", methods=["GET", "HEAD"])
async def intake(slug: str, form: str, request: Request, portal: Portal) -> Response:
    """An agency's intake form, for whoever is no client yet."""
    try:
        found = await _unless_away(open_form(portal.database, portal.directory, slug=slug, form=form))
    except NotFound:
        return message(request, portal.assets, 404, "no_form")
    return _document(request, portal, found.name if found else None)


@router.api_route("/app/view-as", methods=["GET", "HEAD"])
async def view_as(request: Request, portal: Portal) -> Response:
    """A client's portal for the agency's own people, who see what the client sees."""
    return _document(request, portal)


@router.api_route("/app", methods=["GET", "HEAD"])
@router.api_route("/app/{place:path}", methods=["GET", "HEAD"])
async def dashboard(request: Request, portal: Portal, place: str = "") -> Response:
    """The agency's dashboard with all its pages, and those where one becomes a member or signs in."""
    return _document(request, portal, "Portico", face="app")


def _document(
    request: Request, portal: Context, title: str | None = None, *, face: str = "portal", session: str = "none"
) -> Response:
    filled = {"title": title} if title else {}
    return document(request, portal.assets, "face", face=face, session=session, **filled)


async def _ended(token: str, request: Request, portal: Context) -> Response:
    """Says that the link has ended; one that was opened before also offers its agency's sign-in page."""
    slug = await _unless_away(_slug_of(portal, token)) if looks_like_portal_token(token) else None
    return message(request, portal.assets, 404, "ended_link", sign_in=f"/portal/{slug}" if slug else None)


async def _portal_name(portal: Context, slug: str) -> str:
    return (await welcome_to(portal.database, portal.directory, slug)).portal_name


async def _slug_of(portal: Context, token: str) -> str | None:
    return await slug_of_ended(portal.database, UUID(token.partition(".")[0]))


async def _unless_away(question: Awaitable[T]) -> T | None:
    """The answer, None while nobody has one: the page asks again by itself and says so."""
    try:
        return await question
    except Exception as error:
        if not isinstance(failure_of(error) or error, Unavailable):
            raise
        return None
