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
from chassis.principals import Client, Principal, Staff
from chassis.settings import Settings

STAFF = ("bearer", "cookie")
CLIENTS = ("portalToken", "portalTokenHeader", "bearer", "clientCookie")
ANYBODY = ("bearer", "cookie", "clientCookie", "portalToken", "portalTokenHeader")
CUSTODIANS = ("bearer",)
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
PORTAL_HEADER = "x-portal-token"
TAKEN = "portico.credentials"
_PRINCIPAL = "portico.principal"
_MARK = "__credentials__"
_MODULE = "__portal_module__"

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


def refresh_cookie_name(settings: Settings) -> str:
    """The cookie of a client session's refresh token."""
    return "__Host-portico-refresh" if settings.https else "portico-refresh"


def takes(*credentials: str) -> Callable[[D], D]:
    """Mark a dependency with the credentials that it takes; the route and the OpenAPI document read the mark."""

    def mark(dependency: D) -> D:
        setattr(dependency, _MARK, credentials)
        return dependency

    return mark


def of_module(module: str) -> Callable[[D], D]:
    """Mark a dependency with the portal module that it asks for; the OpenAPI document reads the mark."""

    def mark(dependency: D) -> D:
        setattr(dependency, _MODULE, module)
        return dependency

    return mark


def module_of(dependant: Dependant) -> str | None:
    """The portal module that a route belongs to; None when it belongs to none."""
    return next((module for call in _calls(dependant) if (module := getattr(call, _MODULE, None))), None)


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

    async def identify_anew(self, request: Request) -> Principal | None:
        """The holder as it is now, for answers that go on for long; remembers nothing for the request."""
        return await self._identify(request)

    async def _identify(self, request: Request) -> Principal | None:
        token = await portal_token_of(request)
        taken = request.scope.get(TAKEN, ANYBODY)
        # Where clients may come in, a portal token that is sent on purpose wins over a cookie that the browser
        # adds by itself. Where they may not, `token` is no more than a field of the body.
        if token and "portalToken" in taken:
            return await self.authenticator.portal(token)
        if authorization := request.headers.get("authorization"):
            scheme, _, value = authorization.partition(" ")
            if scheme.lower() != "bearer" or not value.strip():
                raise Unauthenticated("Send the credential as `Authorization: Bearer ...`.")
            return await self.authenticator.bearer(value.strip())
        cookies = [cookie_name(self.settings), client_cookie_name(self.settings)]
        # A browser may hold both: on the client's own routes the client's counts.
        for name in cookies if "cookie" in taken else reversed(cookies):
            if cookie := request.cookies.get(name):
                refuse_cross_site(request, self.settings)
                return await self._signed_in(cookie, Staff if name == cookies[0] else Client)
        return await self.authenticator.portal(token) if token else None

    async def _signed_in(self, cookie: str, kind: type[Principal]) -> Principal:
        """Whose session a cookie holds. It holds nothing else: a key in it, or the other side's token, is refused."""
        holder = await self.authenticator.bearer(cookie)
        if not isinstance(holder, kind) or holder.via != "session":
            raise Unauthenticated
        return holder


def refuse_cross_site(request: Request, settings: Settings) -> None:
    """Raise CrossSiteWrite for a write with a cookie that another site, even a sibling, has caused."""
    if request.method in SAFE_METHODS:
        return
    site = request.headers.get("sec-fetch-site", "same-origin")
    origin = urlsplit(settings.origin)
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
