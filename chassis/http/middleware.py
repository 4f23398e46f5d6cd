"""What surrounds every request: its id, its budget, its headers, and the answer to what nobody foresaw."""

import hashlib
import ipaddress
import time
from collections.abc import Callable
from typing import Any

from prometheus_client import Counter, Histogram
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from chassis.errors import RateLimited
from chassis.http.problems import from_error, unexpected
from chassis.ids import new_id
from chassis.limits import Budget, Limiter
from chassis.settings import Settings
from chassis.telemetry import request_id

# Where a route leaves the budget of its own that it has counted against.
NAMED_BUDGET = "portico.named_budget"
UNLIMITED_PATHS = frozenset({"/healthz", "/readyz"})
# A first visit loads dozens of these, the same for everybody: counted, they would shut out an office at one address.
PUBLIC_FILES = "/assets/"

_REQUESTS = Counter("portico_http_requests", "Requests answered.", ["method", "route", "status"])
_SECONDS = Histogram("portico_http_request_seconds", "Time to the first byte of the answer.", ["method", "route"])

_DEFAULT_HEADERS = {
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"no-referrer",
    b"cache-control": b"no-store",
    b"content-security-policy": b"default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    b"cross-origin-resource-policy": b"same-origin",
}
_HSTS = (b"strict-transport-security", b"max-age=31536000; includeSubDomains")


class Envelope:
    """Pure ASGI, one per process, outermost."""

    def __init__(self, app: ASGIApp, *, settings: Settings, limiter: Limiter, known: Callable[[str], bool]) -> None:
        self._app, self._limiter, self._known = app, limiter, known
        self._rate = settings.rate_limit
        self._https = settings.https
        self._proxies = [
            ipaddress.ip_network(net.strip()) for net in settings.trusted_proxies.split(",") if net.strip()
        ]
        self._trusted: dict[str, bool] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = {name: value for name, value in scope["headers"] if name in _READ}
        id = _request_id(headers)
        request_id.set(id)
        scope["portico.address"] = address = self._address(scope, headers)
        budget = None if scope["path"] in UNLIMITED_PATHS else await self._take(scope, headers, address)
        started = time.perf_counter()
        answered = False

        async def send_with_headers(message: Message) -> None:
            nonlocal answered
            if message["type"] == "http.response.start":
                answered = True
                message["headers"] = self._headers(message["headers"], scope.get(NAMED_BUDGET, budget), id)
                _measure(scope, message["status"], started)
            await send(message)

        try:
            if budget is not None:
                budget.require()
            await self._app(scope, receive, send_with_headers)
        except RateLimited as error:
            await from_error(error)(scope, receive, send_with_headers)
        except Exception as error:
            answer = unexpected(error)
            if answered:
                raise
            await answer(scope, receive, send_with_headers)

    def _headers(self, given: list[Any], budget: Budget | None, id: str) -> list[Any]:
        headers = list(given)
        present = {name.lower() for name, _ in headers}
        headers += [(name, value) for name, value in _DEFAULT_HEADERS.items() if name not in present]
        headers.append((b"x-request-id", id.encode()))
        if self._https:
            headers.append(_HSTS)
        if budget is not None:
            headers += budget.headers
        return headers

    async def _take(self, scope: Scope, headers: dict[bytes, bytes], address: str) -> Budget:
        """Count against the credential once it is known to be live, else against the address."""
        if scope["path"].startswith(PUBLIC_FILES):
            return self._limiter.untouched(self._rate)
        credential = headers.get(b"authorization", b"")[7:] or headers.get(b"x-portal-token", b"")
        if not credential and b"token=" in scope["query_string"]:
            credential = _token_in(scope["query_string"])
        token = credential.decode("latin-1").strip()
        if token and self._known(token):
            return await self._limiter.take("credential", hashlib.sha256(credential).hexdigest()[:32], self._rate)
        return await self._limiter.take("address", address, self._rate)

    def _address(self, scope: Scope, headers: dict[bytes, bytes]) -> str:
        """The caller's address: the last hop that our own proxy added, never what the caller claims."""
        peer: str = scope["client"][0] if scope.get("client") else "127.0.0.1"
        forwarded = headers.get(b"x-forwarded-for")
        if not forwarded or not self._is_proxy(peer):
            return peer
        last = forwarded.rpartition(b",")[2].strip().decode("latin-1")
        try:
            return str(ipaddress.ip_address(last))
        except ValueError:
            return peer

    def _is_proxy(self, peer: str) -> bool:
        if peer not in self._trusted:
            try:
                address = ipaddress.ip_address(peer)
                self._trusted[peer] = any(address in network for network in self._proxies)
            except ValueError:
                self._trusted[peer] = False
        return self._trusted[peer]


_READ = frozenset({b"authorization", b"x-portal-token", b"x-forwarded-for", b"x-request-id"})


def _token_in(query: bytes) -> bytes:
    """The parameter `token`, by its whole name; of several the last, which is the one that routes read."""
    return next((part[6:] for part in reversed(query.split(b"&")) if part.startswith(b"token=")), b"")


def _request_id(headers: dict[bytes, bytes]) -> str:
    given = headers.get(b"x-request-id", b"").decode("latin-1")
    return given if 8 <= len(given) <= 64 and given.replace("-", "").isalnum() else new_id().hex


def _measure(scope: Scope, status: int, started: float) -> None:
    route = getattr(scope.get("route"), "path", "unmatched")
    _REQUESTS.labels(scope["method"], route, status).inc()
    _SECONDS.labels(scope["method"], route).observe(time.perf_counter() - started)
