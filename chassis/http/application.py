"""Assembles one service: REST, gRPC, relay, consumers and loops in one event loop."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.middleware.asyncexitstack import AsyncExitStackMiddleware
from starlette.middleware.exceptions import ExceptionMiddleware
from starlette.types import ASGIApp

from chassis.bus import Bus
from chassis.clock import Clock, system_clock
from chassis.consuming import Consumers, Consuming
from chassis.credentials import Authenticator
from chassis.database import Database
from chassis.housekeeping import Housekeeping
from chassis.http import openapi, problems
from chassis.http.credentials import Doorman
from chassis.http.middleware import Envelope
from chassis.http.turns import KeyLocks
from chassis.limits import Limiter
from chassis.principals import Principal
from chassis.relay import Relay
from chassis.rpc import Peers, Registration, RpcServer
from chassis.secrets import Vault, derive
from chassis.settings import Settings
from chassis.telemetry import log

READY_TIMEOUT_S = 2
LOOP_RESTART_S = 1
CANCEL_AGAIN_S = 0.5

Loop = Callable[[], Awaitable[None]]


@dataclass
class Chassis:
    """What every service stands on; built once by its composition root."""

    settings: Settings
    service: str
    clock: Clock = system_clock
    database: Database = field(init=False)
    bus: Bus = field(init=False)
    peers: Peers = field(init=False)
    limiter: Limiter = field(init=False)
    vault: Vault = field(init=False)
    authenticator: Authenticator = field(init=False)
    key_locks: KeyLocks = field(default_factory=KeyLocks)

    def __post_init__(self) -> None:
        settings = self.settings
        self.database = Database(
            service=self.service,
            url=settings.database_url,
            secret_key=settings.secret,
            units=settings.unit_pool_size,
            readers=settings.reader_pool_size,
        )
        self.bus = Bus(settings.nats_url, self.service)
        self.peers = Peers(settings, self.service)
        self.limiter = Limiter(settings.rate_limit_url)
        self.vault = Vault(derive(settings.secret, f"vault/{self.service}"))
        self.authenticator = Authenticator(settings, self.peers, self.bus, self.clock)
        self._doorman = Doorman(settings, self.authenticator)

    async def identify(self, request: Request) -> Principal | None:
        """Who is asking; None without a credential."""
        return await self._doorman.identify(request)

    async def identify_anew(self, request: Request) -> Principal | None:
        """Who is asking, as things stand by now, and not as they stood when the request came."""
        return await self._doorman.identify_anew(request)


def application(
    chassis: Chassis,
    *,
    title: str,
    description: str,
    routers: Sequence[APIRouter],
    context: Any,
    rpc: Sequence[Registration] = (),
    consumers: Consumers | None = None,
    loops: Sequence[Loop] = (),
    on_start: Sequence[Loop] = (),
    on_stop: Sequence[Loop] = (),
    on_leaving: Sequence[Callable[[], None]] = (),
) -> FastAPI:
    """One service as an ASGI application; its lifespan starts and stops everything beside REST.

    `context` is handed to routes (`get_context`) and consumers. `loops` run for ever and are restarted when they
    fail. `on_start` runs after database and bus are open, `on_stop` before they close. `on_leaving` is called first of
    all when the process is told to stop: it ends answers that would go on for ever.
    """
    server = RpcServer(chassis.settings, chassis.service, rpc)
    running: list[Loop] = [Relay(chassis.database, chassis.bus).run, Housekeeping(chassis.database).run, *loops]
    if consumers and consumers.handlers:
        running.append(Consuming(chassis.service, consumers, chassis.database, chassis.bus, context).run)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        await chassis.database.open()
        await chassis.bus.open()
        await server.start()
        app.state.rpc_port = server.port
        await chassis.authenticator.start()
        for start in on_start:
            await start()
        tasks = [asyncio.create_task(_keep_running(loop)) for loop in running]
        try:
            yield
        finally:
            leave(app)
            await _end(tasks)
            for stop in on_stop:
                await stop()
            await server.stop()
            await chassis.peers.close()
            await chassis.bus.close()
            await chassis.database.close()

    app = Service(
        chassis,
        title=title,
        description=description,
        version="1",
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        redirect_slashes=False,
    )
    app.state.chassis, app.state.context, app.state.on_leaving = chassis, context, on_leaving
    for router in routers:
        # Routes carry their whole path, so they are taken as they are: including costs time at every match.
        app.router.routes.extend(router.routes)
    _add_internal_routes(app, chassis)
    problems.install(app)
    app.openapi = partial(openapi.document, app)  # type: ignore[method-assign]
    return app


def leave(app: FastAPI) -> None:
    """End the answers that would go on for ever; the server then waits for the others."""
    for end in app.state.on_leaving:
        end()


class Service(FastAPI):
    """FastAPI with our one wrapper where it has five: the envelope answers what nobody foresaw."""

    def __init__(self, chassis: Chassis, **options: Any) -> None:
        super().__init__(**options)
        self._chassis = chassis

    def build_middleware_stack(self) -> ASGIApp:
        """Envelope, then errors that have an answer, then the router."""
        chassis = self._chassis
        return Envelope(
            ExceptionMiddleware(AsyncExitStackMiddleware(self.router), handlers=self.exception_handlers),
            settings=chassis.settings,
            limiter=chassis.limiter,
            known=chassis.authenticator.knows,
        )


async def _end(tasks: Sequence["asyncio.Task[None]"]) -> None:
    """Cancel until all have ended: a library in between may swallow one cancellation (nats-py's fetch does)."""
    pending = set(tasks)
    while pending:
        for task in pending:
            task.cancel()
        _, pending = await asyncio.wait(pending, timeout=CANCEL_AGAIN_S)


async def _keep_running(loop: Loop) -> None:
    while True:
        try:
            await loop()
        except Exception as error:
            log.error("loop_failed", loop=getattr(loop, "__qualname__", repr(loop)), exc_info=error)
        await asyncio.sleep(LOOP_RESTART_S)


def _add_internal_routes(app: FastAPI, chassis: Chassis) -> None:
    """Health for supervisors and the service's own OpenAPI document; the gateway routes none of them."""

    async def alive() -> dict[str, str]:
        return {"status": "alive"}

    async def ready(response: Response) -> dict[str, str]:
        checks = {"database": await _answers(chassis.database.ping), "nats": chassis.bus.connected}
        response.status_code = 200 if all(checks.values()) else 503
        return {name: "ok" if ok else "away" for name, ok in checks.items()}

    async def own_document() -> dict[str, Any]:
        return app.openapi()

    app.add_api_route("/healthz", alive, include_in_schema=False)
    app.add_api_route("/readyz", ready, include_in_schema=False)
    app.add_api_route("/_openapi.json", own_document, include_in_schema=False)


async def _answers(ping: Callable[[], Awaitable[None]]) -> bool:
    try:
        await asyncio.wait_for(ping(), READY_TIMEOUT_S)
    except Exception:
        return False
    return True
