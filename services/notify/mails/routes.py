"""The development mailbox: what would have been mailed, for people and for programs; production has no such routes."""

from functools import cache

from fastapi import Response
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from chassis.errors import NotFound
from chassis.http.dependencies import PathId, Wide
from chassis.http.unit import Router
from services.notify.dependencies import Ctx
from services.notify.mails import service
from services.notify.mails.letters import TEMPLATES
from services.notify.mails.mailbox import AttachmentPart, KeptMail, attachment, kept_mail

_PAGE_POLICY = (
    "default-src 'none'; style-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none';"
    " frame-ancestors 'none'"
)
# The mail itself: its own inline styles, no script, no form, in a frame of ours only.
_MAIL_POLICY = (
    "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline';"
    " img-src https:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)

router = Router(include_in_schema=False)


@router.get("/dev/mailbox")
async def show_mailbox(session: Wide, context: Ctx) -> Response:
    """The newest mails as a page."""
    mails = [kept_mail(mail, context.vault) for mail in await service.mailbox(session)]
    return _page("mailbox.html.j2", mails=mails)


@router.get("/dev/mailbox.json", response_model=list[KeptMail])
async def read_mailbox(session: Wide, context: Ctx) -> list[KeptMail]:
    """The newest mails for programs, newest first."""
    return [kept_mail(mail, context.vault) for mail in await service.mailbox(session)]


@router.get("/dev/mailbox/style.css")
async def style() -> Response:
    """The page's style sheet."""
    return Response((TEMPLATES / "mailbox.css").read_text("utf-8"), media_type="text/css")


@router.get("/dev/mailbox/{id}")
async def show_mail(id: PathId, session: Wide, context: Ctx) -> Response:
    """One mail with its preview."""
    mail = kept_mail(await service.mail_in_mailbox(session, id), context.vault)
    return _page("mailbox_mail.html.j2", mail=mail)


@router.get("/dev/mailbox/{id}/html")
async def preview(id: PathId, session: Wide, context: Ctx) -> Response:
    """The HTML part as a mail program would show it."""
    mail = kept_mail(await service.mail_in_mailbox(session, id), context.vault)
    return HTMLResponse(mail.html, headers={"Content-Security-Policy": _MAIL_POLICY})


@router.get("/dev/mailbox/{id}/attachments/{number}")
async def download(id: PathId, number: int, session: Wide, context: Ctx) -> Response:
    """One attachment, counted from 1."""
    part: AttachmentPart | None = attachment(await service.mail_in_mailbox(session, id), context.vault, number)
    if part is None:
        raise NotFound
    return Response(part.content, media_type=part.content_type, headers={"Content-Disposition": part.disposition})


def _page(template: str, **values: object) -> Response:
    page = _pages().get_template(template).render(**values)
    return HTMLResponse(page, headers={"Content-Security-Policy": _PAGE_POLICY})


@cache
def _pages() -> Environment:
    return Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined)
