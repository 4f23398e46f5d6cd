"""HTML answers: each document with the policy that it lives under."""

import html

from fastapi import Request
from fastapi.responses import HTMLResponse

from services.portal.pages.assets import Assets

# `data:` pictures are what Swagger UI's style sheet draws its arrows with.
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:{pictures}; font-src 'self';"
    " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
POLICY = _POLICY.format(pictures="") + "; require-trusted-types-for 'script'; trusted-types dompurify"
REFERENCE_POLICY = _POLICY.format(pictures=" data:")
_SIGN_IN = '<p><a class="button button-primary" href="{}">Sign in with your e-mail address</a></p>'


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


def message(assets: Assets, status: int, title: str, text: str, *, sign_in: str | None = None) -> HTMLResponse:
    """A page that says one thing, and offers the sign-in page at the address `sign_in` where that helps."""
    rows = _SIGN_IN.format(html.escape(sign_in)) if sign_in else ""
    return page(assets.document("message", title=title, text=text, rows=rows), status)


def wants_page(request: Request) -> bool:
    """Whether a person's browser is asking, rather than a program."""
    return "text/html" in request.headers.get("accept", "") and not request.url.path.startswith(("/api/", "/assets/"))
