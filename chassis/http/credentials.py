"""Where a request carries its credential, and who it turns out to be."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeVar, cast
from urllib.parse import urlsplit

import orjson
from fastapi import Request
from fastapi.dependencies.models import Dependant

from chassis.credentials import Authenticator
from chassis.errors import Forbidden, Unauthenticated
from chassis.principals import Principal
from chassis.settings import Settings

STAFF = ("bearer", "cookie")
CLIENTS = ("portalToken", "portalTokenHeader", "bearer")
ANYBODY = ("bearer", "cookie", "portalToken", "portalTokenHeader")
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
PORTAL_HEADER = "x-portal-token"
TOKEN_FIRST = "portico.token_first"  # noqa: S105 (a key of the scope)
_PRINCIPAL = "portico.principal"
_MARK = "__credentials__"

D = TypeVar("D", bound=Callable[..., object])


class CrossSiteWrite(Forbidden):
    """A write with a cookie came from another site."""

    default = "This request came from another site, so the session cookie is not taken."


def cookie_name(settings: Settings) -> str:
    """The staff session cookie: bound to the host on HTTPS."""
    return "__Host-portico" if settings.https else "portico"


def client_cookie_name(settings: Settings) -> str:
    """The client session cookie."""
    return "__Host-portico-client" if settings.https else "portico-client"


def takes(*credentials: str) -> Callable[[D], D]:
    """Mark a dependency with the credentials that it takes; the route and the OpenAPI document read the mark."""

    def mark(dependency: D) -> D:
        setattr(dependency, _MARK, credentials)
        return dependency

    return mark


def credentials_of(dependant: Dependant) -> tuple[str, ...]:
    """The credentials that the narrowest dependency of a route takes; none when anyone may call."""
    found = [marked for call in _calls(dependant) if (marked := getattr(call, _MARK, ()))]
    return min(found, key=len) if found else ()


def _calls(dependant: Dependant) -> Iterator[object]:
    yield dependant.call
    for inner in dependant.dependencies:
        yield from _calls(inner)


@dataclass(frozen=True, slots=True)
class Doorman:
    """Finds the credential of a request and asks the authenticator whose it is."""

    settings: Settings
    authenticator: Authenticator

    async def identify(self, request: Request) -> Principal | None:
        """The holder of the request's credential, None without one; remembered for the request."""
        if _PRINCIPAL not in request.scope:
            request.scope[_PRINCIPAL] = await self._identify(request)
        return cast(Principal | None, request.scope[_PRINCIPAL])

    async def _identify(self, request: Request) -> Principal | None:
        token = await portal_token_of(request)
        # Where clients may come in, a portal token that is sent on purpose wins over a cookie that the browser
        # adds by itself. Where they may not, `token` is no more than a field of the body.
        if token and request.scope.get(TOKEN_FIRST, True):
            return await self.authenticator.portal(token)
        if authorization := request.headers.get("authorization"):
            scheme, _, value = authorization.partition(" ")
            if scheme.lower() != "bearer" or not value.strip():
                raise Unauthenticated("Send the credential as `Authorization: Bearer ...`.")
            return await self.authenticator.bearer(value.strip())
        for name in (cookie_name(self.settings), client_cookie_name(self.settings)):
            if cookie := request.cookies.get(name):
                self._refuse_cross_site(request)
                return await self.authenticator.bearer(cookie)
        return await self.authenticator.portal(token) if token else None

    def _refuse_cross_site(self, request: Request) -> None:
        if request.method in SAFE_METHODS:
            return
        site = request.headers.get("sec-fetch-site", "same-origin")
        origin = urlsplit(self.settings.origin)
        if site != "same-origin" or request.headers.get("origin") != f"{origin.scheme}://{origin.netloc}":
            raise CrossSiteWrite


async def portal_token_of(request: Request) -> str | None:
    """The portal token in `?token=`, in X-Portal-Token or in the JSON body's `token`."""
    if token := request.query_params.get("token") or request.headers.get(PORTAL_HEADER):
        return token
    if request.method in SAFE_METHODS or "json" not in request.headers.get("content-type", "json"):
        return None
    return await _token_in_body(request)


async def _token_in_body(request: Request) -> str | None:
    if not hasattr(request, "_body") or not request._body:
        return None
    try:
        body = orjson.loads(request._body)
    except orjson.JSONDecodeError:
        return None
    token = body.get("token") if isinstance(body, dict) else None
    return token if isinstance(token, str) else None
