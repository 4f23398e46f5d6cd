"""HTML answers: each document with the policy that it lives under."""

import html

from fastapi import Request
from fastapi.responses import HTMLResponse

from chassis.http.languages import language_for
from services.portal.pages.assets import Assets

# `data:` pictures are what Swagger UI's style sheet draws its arrows with.
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:{pictures}; font-src 'self';"
    " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
POLICY = _POLICY.format(pictures="") + "; require-trusted-types-for 'script'; trusted-types dompurify"
REFERENCE_POLICY = _POLICY.format(pictures=" data:")
# What pages are made of beside their address: who asks for them, and what was chosen on this device.
VARY = "Accept, Accept-Language, Cookie"
SCHEMES = ("light", "dark")

_SIGN_IN = '<p><a class="button button-primary" href="{}">{}</a></p>'


def page(
    body: str, status: int = 200, *, policy: str = POLICY, cache: str = "no-store", vary: str = "Accept"
) -> HTMLResponse:
    """An HTML page that loads nothing from elsewhere and tells nobody where it is."""
    headers = {
        "Content-Security-Policy": policy,
        "Cache-Control": cache,
        "Cross-Origin-Opener-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
        "Referrer-Policy": "no-referrer",
        "Vary": vary,
    }
    return HTMLResponse(body, status, headers)


def document(request: Request, assets: Assets, name: str, status: int = 200, /, **filled: str) -> HTMLResponse:
    """A document in its reader's language and, where one was chosen on this device, colour scheme."""
    body = assets.document(name, language=language_for(request, assets.languages), **filled)
    scheme = request.cookies.get("portico-theme", "")
    if scheme in SCHEMES:
        body = body.replace("<html ", f'<html data-theme="{scheme}" ', 1)
    return page(body, status, vary=VARY)


def message(request: Request, assets: Assets, status: int, what: str, *, sign_in: str | None = None) -> HTMLResponse:
    """A page that says one thing (see `html/en.json`), and offers the sign-in page at the address `sign_in`."""
    language = language_for(request, assets.languages)
    words = assets.words(language, "message")
    rows = _SIGN_IN.format(html.escape(sign_in), html.escape(words["sign_in"])) if sign_in else ""
    return document(request, assets, "message", status, rows=rows, **assets.said(language, what))


def wants_page(request: Request) -> bool:
    """Whether a person's browser is asking, rather than a program."""
    return "text/html" in request.headers.get("accept", "") and not request.url.path.startswith(("/api/", "/assets/"))
