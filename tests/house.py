"""The house: all five services in one process and one event loop, on a real Postgres and a real NATS."""

import asyncio
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

import httpx
from fastapi import FastAPI

from chassis.database import Database
from chassis.http.application import Chassis
from chassis.telemetry import configure_logging
from tests.people import ORIGIN, PASSWORD, Agency, Client, ClientSession, Company
from tests.ports import free_ports
from tests.routing import service_of

__all__ = ["ORIGIN", "PASSWORD", "SERVICES", "Agency", "Client", "ClientSession", "Company", "House"]

SERVICES = ("auth", "projects", "billing", "portal", "notify")
PAUSE_S = 0.05


class SettableClock:
    """Real time, plus what a test has advanced it by."""

    def __init__(self) -> None:
        self._ahead = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self._ahead

    def advance(self, **by: float) -> None:
        """Jump ahead, for example `advance(days=30)`."""
        self._ahead += timedelta(**by)

    def reset(self) -> None:
        """Back to real time."""
        self._ahead = timedelta()


@dataclass
class House:
    """The running services, and doors to them."""

    clock: SettableClock
    environment: dict[str, str]
    apps: dict[str, FastAPI] = field(default_factory=dict)
    databases: dict[str, Database] = field(default_factory=dict)
    _clients: list[httpx.AsyncClient] = field(default_factory=list)

    @property
    def gateway(self) -> httpx.AsyncClient:
        """An HTTP client without credential that routes by prefix as Traefik does."""
        return self.http_with({})

    def http_with(self, headers: dict[str, str]) -> httpx.AsyncClient:
        """The same with headers on every request."""
        client = httpx.AsyncClient(transport=_Gateway(self.apps), base_url=ORIGIN, headers=headers, timeout=60)
        self._clients.append(client)
        return client

    def http(self, service: str) -> httpx.AsyncClient:
        """An HTTP client to one service."""
        client = httpx.AsyncClient(
            transport=httpx.ASGITransport(self.apps[service], raise_app_exceptions=False),
            base_url=ORIGIN,
            timeout=60,
        )
        self._clients.append(client)
        return client

    def chassis(self, service: str) -> Chassis:
        """What a service stands on: its database, bus, clock."""
        chassis: Chassis = self.apps[service].state.chassis
        return chassis

    def database(self, service: str) -> Database:
        """A service's database, as its application role."""
        return self.chassis(service).database

    async def agency(self, name: str = "Studio North") -> Agency:
        """A new agency, registered through REST."""
        email = f"owner-{secrets.token_hex(6)}@agency.test"
        answer = await self.gateway.post(
            "/api/auth/register",
            json={"name": "Olivia Owner", "email": email, "password": PASSWORD, "agencyName": name},
        )
        assert answer.status_code == 201, answer.text
        body = answer.json()
        http = self.http_with({"Authorization": f"Bearer {body['token']}"})
        return Agency(body["agency"]["id"], body["agency"]["slug"], email, PASSWORD, body["token"], http, self)

    def bearer(self, credential: str) -> httpx.AsyncClient:
        """An HTTP client that sends a credential as Bearer."""
        return self.http_with({"Authorization": f"Bearer {credential}"})

    async def signed_in(self, path: str, body: dict[str, str]) -> ClientSession:
        """The session that one of the doors for clients opens for what a mail or the agency's backend gave out."""
        answer = await self.gateway.post(path, json=body)
        assert answer.status_code == 200, answer.text
        browser = self.http_with({})
        browser.cookies.update(answer.cookies)
        return ClientSession(answer.json(), self.bearer(answer.json()["accessToken"]), browser)

    async def mails(self, to: str | None = None) -> list[dict[str, Any]]:
        """The development mailbox, newest first."""
        answer = await self.http("notify").get("/dev/mailbox.json")
        assert answer.status_code == 200, answer.text
        return [mail for mail in answer.json() if to is None or to in str(mail["to"])]

    async def eventually(self, check: Callable[[], Awaitable[Any]], timeout: float = 15) -> Any:
        """Wait until `check` returns something true, and return it.

        On a machine so busy that a single look takes long, `timeout` seconds are as many looks as fit into them
        otherwise.
        """
        deadline = asyncio.get_running_loop().time() + timeout
        looks = 0
        while looks < timeout / PAUSE_S or asyncio.get_running_loop().time() < deadline:
            if outcome := await check():
                return outcome
            looks += 1
            await asyncio.sleep(PAUSE_S)
        raise AssertionError(f"still not true after {timeout} s: {check}")

    async def close(self) -> None:
        """Close every HTTP client."""
        for client in self._clients:
            await client.aclose()


class _Gateway(httpx.AsyncBaseTransport):
    """Routes by the prefixes of deploy/traefik/dynamic.yml."""

    def __init__(self, apps: dict[str, FastAPI]) -> None:
        self._doors = {
            name: httpx.ASGITransport(app, raise_app_exceptions=False, client=("127.0.0.1", 1))
            for name, app in apps.items()
        }

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        return await self._doors[service_of(request.url.path)].handle_async_request(request)


def environment(database_url: str, nats_url: str, storage: Path) -> dict[str, str]:
    """The variables that every service of a test house reads."""
    return {
        "PORTICO_ENV": "development",
        "PORTICO_PUBLIC_URL": ORIGIN,
        "PORTICO_SECRET_KEY": secrets.token_hex(32),
        "PORTICO_DATABASE_URL": database_url,
        "PORTICO_NATS_URL": nats_url,
        "PORTICO_STORAGE_URL": storage.as_uri(),
        "PORTICO_RATE_LIMIT": "1000000/minute",
        "PORTICO_ALLOW_PRIVATE_WEBHOOKS": "true",
    }


@asynccontextmanager
async def running_house(
    variables: dict[str, str],
    services: tuple[str, ...] = SERVICES,
    *,
    overrides: dict[str, dict[str, Any]] | None = None,
) -> AsyncIterator[House]:
    """Start services in this event loop; `overrides` are handed to a service's `build_app`."""
    configure_logging("house", development=True)
    clock = SettableClock()
    house = House(clock, variables)

    async def fetch_document(service: str) -> dict[str, Any]:
        return house.apps[service].openapi()

    overrides = {"portal": {"fetch_document": fetch_document}} | (overrides or {})
    ports = dict(zip(SERVICES, free_ports(len(SERVICES)), strict=True))
    peers = {f"{name}_rpc": f"127.0.0.1:{port}" for name, port in ports.items()}
    async with AsyncExitStack() as stack:
        for name in services:
            module = import_module(f"services.{name}.main")
            settings = import_module(f"services.{name}.config").Settings(
                **{
                    key.removeprefix("PORTICO_").lower(): value
                    for key, value in variables.items()
                    if key.startswith("PORTICO_")
                },
                **peers,
                rpc_port=ports[name],
                http_port=0,
            )
            app = module.build_app(settings, clock=clock, **overrides.get(name, {}))
            house.apps[name] = app
            await stack.enter_async_context(app.router.lifespan_context(app))
        yield house
        await house.close()
