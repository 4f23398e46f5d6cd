"""Unsubscribing: a page with a button for people, a POST for mail programs (RFC 8058); a GET changes nothing."""

from functools import cache
from pathlib import Path
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query, Request, Response
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from chassis.errors import NotFound, Unavailable
from chassis.http.dependencies import Session
from chassis.http.unit import Router, unit_of
from services.notify.context import Context
from services.notify.dependencies import Ctx
from services.notify.mails.models import Template
from services.notify.preferences import service as preferences
from services.notify.unsubscriptions.tokens import Subscription

_TEMPLATES = Path(__file__).parent / "templates"
_POLICY = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'",
    "X-Robots-Tag": "noindex",
}

router = Router(include_in_schema=False)


async def _subscription(request: Request, context: Ctx, t: Annotated[str, Query()] = "") -> Subscription | None:
    """What the token is about, and the request's session for that agency: there is no other credential."""
    if subscription := context.unsubscribe_links.read(t):
        unit_of(request).assume(subscription.addressee.agency_id)
    return subscription


Asked = Annotated[Subscription | None, Depends(_subscription)]


@router.get("/unsubscribe/style.css")
async def style() -> Response:
    """The page's style sheet."""
    style_sheet = (_TEMPLATES / "unsubscribe.css").read_text("utf-8")
    return Response(style_sheet, media_type="text/css", headers={"Cache-Control": "public, max-age=3600"})


@router.get("/unsubscribe")
async def ask(asked: Asked, context: Ctx) -> Response:
    """Show a button that turns mails of one kind off; programs that follow the links of mails change nothing."""
    return await _page(context, asked, "ask")


@router.post("/unsubscribe")
async def unsubscribe(asked: Asked, session: Session, context: Ctx) -> Response:
    """Turn mails of one kind off: all that a mail program sends is the token and `List-Unsubscribe=One-Click`."""
    if asked:
        await preferences.turn_off(session, asked.addressee, asked.kind)
    return await _page(context, asked, "off")


@router.post("/unsubscribe/all")
async def unsubscribe_from_all(asked: Asked, session: Session, context: Ctx) -> Response:
    """Turn off every mail that can be turned off."""
    if asked:
        await preferences.turn_off_all(session, asked.addressee)
    return await _page(context, asked, "all_off")


@router.post("/unsubscribe/undo")
async def undo(asked: Asked, session: Session, context: Ctx) -> Response:
    """Send mails of one kind again, for whoever hit the button by mistake; of a digest there is no way back."""
    if asked and asked.kind == Template.DIGEST:
        raise NotFound
    if asked:
        await preferences.turn_on(session, asked.addressee, asked.kind)
    return await _page(context, asked, "on")


async def _page(context: Context, subscription: Subscription | None, state: str) -> Response:
    if subscription is None:
        page = _pages().get_template("gone.html").render()
        return HTMLResponse(page, 404, headers=_POLICY)
    query = context.unsubscribe_links.url(subscription).partition("?")[2]
    values = {
        "state": state,
        "agency": await _name(context, subscription.addressee.agency_id),
        "about": context.catalogue.about(subscription.kind),
        "is_digest": subscription.kind == Template.DIGEST,
        "query": query,
    }
    page = _pages().get_template("unsubscribe.html").render(values)
    return HTMLResponse(page, headers=_POLICY)


async def _name(context: Context, agency_id: UUID) -> str:
    """The agency's name; none while nobody can tell it, since turning mails off is to work all the same."""
    try:
        return (await context.directory.agency(agency_id)).name
    except (Unavailable, NotFound):
        return ""


@cache
def _pages() -> Environment:
    return Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
