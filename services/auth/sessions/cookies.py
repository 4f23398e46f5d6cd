"""The session cookie of the browser: out of reach of scripts, bound to the host on HTTPS."""

from fastapi import Response

from chassis.http.credentials import cookie_name
from chassis.settings import Settings
from services.auth.sessions.models import LIFETIME


def set_cookie(response: Response, settings: Settings, token: str) -> None:
    """Sign the browser in."""
    response.set_cookie(
        cookie_name(settings),
        token,
        max_age=int(LIFETIME.total_seconds()),
        path="/",
        secure=settings.https,
        httponly=True,
        samesite="lax",
    )


def clear_cookie(response: Response, settings: Settings) -> None:
    """Sign the browser out."""
    response.delete_cookie(cookie_name(settings), path="/", secure=settings.https, httponly=True, samesite="lax")
