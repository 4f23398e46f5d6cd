"""The unit of work of one request: one transaction, committed before the answer is sent."""

import asyncio
import hashlib
import hmac
from collections.abc import Callable, Coroutine
from contextlib import AsyncExitStack
from typing import Any, cast
from uuid import UUID

import orjson
from asyncpg.exceptions import LockNotAvailableError
from fastapi import APIRouter, Request, Response
from fastapi.routing import APIRoute
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.types import ASGIApp, Receive, Scope, Send

from chassis.database import Database, Reader, assume, assume_across, assume_across_now
from chassis.errors import Invalid, KeyReused, PorticoError, TooLarge, UnsupportedMedia
from chassis.failures import failure_of
from chassis.http.credentials import TAKEN, credentials_of, module_of, refresh_cookie_name
from chassis.http.turns import IN_FLIGHT_WAIT_S, KeptAnswer, KeyLocks, RequestInFlight, Turn
from chassis.principals import Client, Principal
from chassis.secrets import Vault, derive

MAX_JSON_BYTES = 1_000_000
MAX_KEY_LENGTH = 255
KEPT_HEADERS = ("content-type", "etag", "location")
NOBODY = UUID(int=0)

_LOCK = text("SELECT pg_advisory_xact_lock(hashtextextended(:name, 0))")
_LOCK_WAIT = text(f"SELECT set_config('lock_timeout', '{IN_FLIGHT_WAIT_S}s', true)")
_FIND = text(
    "SELECT fingerprint, status, headers, body FROM idempotency_keys"
    " WHERE agency_id = :agency_id AND holder = :holder AND key = :key AND created_at > now() - interval '7 days'"
)
_KEEP = text(
    "INSERT INTO idempotency_keys (agency_id, holder, key, fingerprint, status, headers, body)"
    " VALUES (:agency_id, :holder, :key, :fingerprint, :status, CAST(:headers AS jsonb), :body)"
    " ON CONFLICT (agency_id, holder, key) DO UPDATE SET fingerprint = excluded.fingerprint,"
    " status = excluded.status, headers = excluded.headers, body = excluded.body, created_at = now()"
)


class JsonRequest(Request):
    """A request whose body is bounded and parsed strictly (no NaN, no duplicate work)."""

    async def body(self) -> bytes:
        """The whole body; raises TooLarge past MAX_JSON_BYTES."""
        if not hasattr(self, "_body"):
            if int(self.headers.get("content-length") or 0) > MAX_JSON_BYTES:
                raise TooLarge(f"A body may have {MAX_JSON_BYTES:,} bytes at the most.")
            chunks, size = [], 0
            async for chunk in self.stream():
                size += len(chunk)
                if size > MAX_JSON_BYTES:
                    raise TooLarge(f"A body may have {MAX_JSON_BYTES:,} bytes at the most.")
                chunks.append(chunk)
            self._body = b"".join(chunks)
        return self._body

    async def json(self) -> Any:
        """The parsed body; raises json.JSONDecodeError."""
        if not hasattr(self, "_json"):
            self._json = orjson.loads(await self.body())
        return self._json


class Unit:
    """The request's session, its reader and, where an Idempotency-Key came with it, the kept answer.

    Session and reader are made when they are first asked for: most requests need one of the two.
    """

    def __init__(self, database: Database, vault: Vault, locks: KeyLocks) -> None:
        self._database, self._vault, self._locks = database, vault, locks
        self._session: AsyncSession | None = None
        self._reader: Reader | None = None
        self._agency_id: UUID | None = None
        self._claim: dict[str, Any] | None = None
        self._turn: Turn | None = None
        self._turns: list[Callable[[], object]] = []

    @property
    def session(self) -> AsyncSession:
        """The one session of the request."""
        if self._session is None:
            self._session = self._database.session()
            if self._agency_id is not None:
                assume(self._session, self._agency_id)
        return self._session

    def reader(self, agency_id: UUID) -> Reader:
        """The one reader of the request."""
        if self._reader is None:
            self._reader = self._database.open_reader(agency_id)
        return self._reader

    def assume(self, agency_id: UUID) -> None:
        """Make the session one agency's."""
        self._agency_id = agency_id
        if self._session is not None:
            assume(self._session, agency_id)

    async def assume_across(self) -> None:
        """Make the session see every agency's rows."""
        await assume_across_now(self.session)

    async def claim(self, key: str, fingerprint: bytes, principal: Principal | None) -> Response | None:
        """Claim an Idempotency-Key in this transaction; returns the first answer when there is one already.

        Raises KeyReused for another body, RequestInFlight when the first request does not end in time.
        """
        if not 1 <= len(key) <= MAX_KEY_LENGTH or not key.isprintable():
            raise Invalid.field("Idempotency-Key", f"must be 1 to {MAX_KEY_LENGTH} printable characters")
        agency_id = principal.agency_id if principal else NOBODY
        holder = f"{type(principal).__name__.lower()}:{principal.id}" if principal else "anyone"
        claim = {"agency_id": agency_id, "holder": holder, "key": key, "fingerprint": fingerprint}
        name = f"{agency_id}/{holder}/{key}"
        turn = self._locks.get(name)
        await self.take_turn(name)
        if turn.answer is not None:
            return _replayed(turn.answer, fingerprint)
        if principal:
            self.assume(agency_id)
        else:
            assume_across(self.session)
        try:
            await self.session.execute(_LOCK_WAIT)
            await self.session.execute(_LOCK, {"name": name})
        except DBAPIError as error:
            # The lock was not to be had in time; anything else is told for what it is.
            if isinstance(error.orig.__cause__ if error.orig else None, LockNotAvailableError):
                raise RequestInFlight from error
            raise
        kept = (await self.session.execute(_FIND, claim)).one_or_none()
        if kept is None:
            self._claim, self._turn = claim, turn
            return None
        turn.answer = KeptAnswer(kept.fingerprint, kept.status, kept.headers, self._vault.open(kept.body, name))
        return _replayed(turn.answer, fingerprint)

    async def finish(self, response: Response) -> None:
        """Keep the answer if a key was claimed, and commit everything."""
        claim, answer = self._claim, None
        if claim and response.status_code < 400:
            context = f"{claim['agency_id']}/{claim['holder']}/{claim['key']}"
            headers = {name: response.headers[name] for name in KEPT_HEADERS if name in response.headers}
            await self.session.execute(
                _KEEP,
                claim
                | {
                    "status": response.status_code,
                    "headers": orjson.dumps(headers).decode(),
                    "body": self._vault.seal(bytes(response.body), context),
                },
            )
            answer = KeptAnswer(claim["fingerprint"], response.status_code, headers, bytes(response.body))
        if self._session is not None:
            await self._session.commit()
        if self._turn is not None:
            self._turn.answer = answer

    async def close(self) -> None:
        """Roll back what was not committed and hand connections back."""
        try:
            if self._reader is not None:
                await self._reader.close()
        finally:
            try:
                if self._session is not None:
                    # Shielded: a request cancelled here must still give its connection back.
                    await asyncio.shield(self._session.close())
            finally:
                while self._turns:
                    self._turns.pop()()

    async def take_turn(
        self,
        name: str,
        *,
        linger_s: float = 0,
        wait_s: float = IN_FLIGHT_WAIT_S,
        refusal: type[PorticoError] = RequestInFlight,
    ) -> bool:
        """Wait for the other requests of this process that are busy with `name`; True when there were any.

        The turn lasts until the request's transaction has ended. Waiting here instead of for a row's lock, a
        thousand repeats hold one database connection, not all. Raises `refusal` when it takes too long.
        Whoever met another is there `linger_s` longer, so that what was sent at once is seen to be even when it
        arrives drop by drop.
        """
        turn = self._locks.get(name)
        contested = turn.is_busy
        if contested and linger_s:
            loop, leave_late = asyncio.get_running_loop(), turn.attend()
            self._turns.append(lambda: loop.call_later(linger_s, leave_late))
        # Whoever holds a connection already must not wait here for somebody who may have none yet.
        holds_connection = self._session is not None and self._session.in_transaction()
        self._turns.append(turn.attend() if holds_connection else await turn.enter(wait_s=wait_s, refusal=refusal))
        return contested


def _replayed(answer: KeptAnswer, fingerprint: bytes) -> Response:
    if answer.fingerprint != fingerprint:
        raise KeyReused
    return Response(answer.body, answer.status, {**answer.headers, "Idempotency-Replayed": "true"})


class UnitRoute(APIRoute):
    """A route whose handler runs in a unit of work."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.app = _answering(self.get_route_handler())

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """FastAPI's handler, inside a transaction that ends before the answer is sent."""
        inner = super().get_route_handler()
        takes_json = self.body_field is not None
        credentials, module = credentials_of(self.dependant), module_of(self.dependant)
        streams = bool(self.openapi_extra and self.openapi_extra.get("x-streams-body"))

        async def handle(request: Request) -> Response:
            chassis = request.app.state.chassis
            if not streams:
                request = JsonRequest(request.scope, request.receive)
                body = await request.body()
                if body and takes_json:
                    _require_json(request)
                    _refuse_null(body)
            unit = Unit(chassis.database, chassis.vault, chassis.key_locks)
            request.scope["portico.unit"] = unit
            request.scope[TAKEN] = credentials
            try:
                if not streams and (replay := await _replay(request, unit, anyone=not credentials, module=module)):
                    return replay
                response = await inner(request)
                await unit.finish(response)
                return response
            except Exception as error:
                if meant := failure_of(error):
                    raise meant from error
                raise
            finally:
                await unit.close()

        return handle


def _answering(handle: Callable[[Request], Coroutine[Any, Any, Response]]) -> ASGIApp:
    """What FastAPI wraps a handler in, without the second net for exceptions: the application has one around all."""

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        async with AsyncExitStack() as stack:
            scope["fastapi_inner_astack"] = scope["fastapi_function_astack"] = stack
            response = await handle(Request(scope, receive, send))
        await response(scope, receive, send)

    return app


async def _replay(request: Request, unit: Unit, *, anyone: bool, module: str | None) -> Response | None:
    key = request.headers.get("idempotency-key")
    if key is None or request.method != "POST":
        return None
    chassis = request.app.state.chassis
    principal = None if anyone else await chassis.identify(request)
    if module and isinstance(principal, Client):
        # A kept answer is what the route would show: it is as switched off as the route.
        principal.require_module(module)
    asked = f"{request.method} {request.url.path}?{request.url.query}\n"
    if anyone:
        # Strangers share one space of keys. What such a route answers depends on what the body carries, and on the
        # one cookie that such a route reads: whoever does not send the same is shown nothing of it.
        asked += request.cookies.get(refresh_cookie_name(chassis.settings), "") + "\n"
    # With a key: a body may carry a password, which must not be guessed from a dump of fingerprints.
    secret = derive(chassis.settings.secret, "idempotency-fingerprint")
    return await unit.claim(key, hmac.digest(secret, asked.encode() + await request.body(), hashlib.sha256), principal)


def _require_json(request: Request) -> None:
    content_type = request.headers.get("content-type", "application/json").partition(";")[0].strip().lower()
    if content_type != "application/json" and not content_type.endswith("+json"):
        raise UnsupportedMedia(f"Send JSON with the header Content-Type: application/json, not {content_type[:80]}.")


def _refuse_null(body: bytes) -> None:
    """A body that may be missing is an object where there is one; FastAPI would take null for a missing one."""
    if body.strip() == b"null":
        raise Invalid("The body must be a JSON object.")


class Router(APIRouter):
    """A router whose routes are units of work; a missing Content-Type is taken for JSON."""

    def __init__(self, **options: Any) -> None:
        super().__init__(route_class=UnitRoute, strict_content_type=False, redirect_slashes=False, **options)


def unit_of(request: Request) -> Unit:
    """The unit of a request under way."""
    return cast(Unit, request.scope["portico.unit"])


STREAMS_BODY = {"x-streams-body": True}
