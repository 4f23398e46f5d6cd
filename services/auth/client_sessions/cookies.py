"""The cookies of a client's browser: access and refresh token, out of reach of scripts, bound to the host on HTTPS."""

from datetime import datetime

from fastapi import Request, Response

from chassis.http.credentials import CrossSiteWrite, client_cookie_name, refresh_cookie_name
from chassis.settings import Settings
from services.auth.client_sessions.models import IDLE
from services.auth.client_sessions.schemas import ClientSignedIn

_FROM_HERE = frozenset({"same-origin", "none"})


def refuse_another_site(request: Request) -> None:
    """Raise CrossSiteWrite for a sign-in that another site makes a browser do: it would be that site's client.

    Only browsers name a site; programs that are no browsers have no cookies to be set.
    """
    if request.headers.get("sec-fetch-site", "none") not in _FROM_HERE:
        raise CrossSiteWrite("This request came from another site, so nobody is signed in by it.")


def set_cookies(response: Response, settings: Settings, signed_in: ClientSignedIn, now: datetime) -> None:
    """Sign the browser in: the access token for as long as it lives, the refresh token until it is due."""
    access_seconds = max(0, signed_in.access_expires_unix - int(now.timestamp()))
    _set(response, settings, client_cookie_name(settings), signed_in.access_token, max_age=access_seconds)
    refresh_seconds = int(IDLE.total_seconds())
    _set(response, settings, refresh_cookie_name(settings), signed_in.refresh_token, max_age=refresh_seconds)


def clear_cookies(response: Response, settings: Settings) -> None:
    """Sign the browser out."""
    for name in (client_cookie_name(settings), refresh_cookie_name(settings)):
        response.delete_cookie(name, path="/", secure=settings.https, httponly=True, samesite="lax")


def _set(response: Response, settings: Settings, name: str, token: str, *, max_age: int) -> None:
    response.set_cookie(name, token, max_age=max_age, path="/", secure=settings.https, httponly=True, samesite="lax")
