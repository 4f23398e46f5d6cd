"""What the tests of custodian clients share: the agency's backend, its calls, and a client's doors."""

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import httpx

from services.auth.tests.doors import statuses
from tests.house import Agency, House

CLIENTS = "/api/v1/custodians/clients"
# What clients read in the services that have something for them.
PORTAL_ROUTES = ("/api/portal", "/api/projects", "/api/invoices")


@dataclass
class Backend:
    """The agency's own backend, with its API key."""

    agency: Agency
    http: httpx.AsyncClient

    async def create(self, **body: Any) -> dict[str, Any]:
        answer = await self.http.post(CLIENTS, json=body)
        assert answer.status_code == 201, answer.text
        return dict(answer.json())

    async def call(self, method: str, path: str) -> dict[str, Any]:
        answer = await self.http.request(method, CLIENTS + path)
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    async def one_time_password(self, client_id: str) -> str:
        return str((await self.call("GET", f"/{client_id}/web-otp"))["otp"])


async def backend(house: House, name: str = "Studio North") -> Backend:
    """A new agency with a backend."""
    agency = await house.agency(name)
    return Backend(agency, await agency.api_key("custodian"))


async def client_of(house: House, custodian: Backend) -> tuple[str, httpx.AsyncClient]:
    """A new client's id, and an HTTP client with their session token."""
    made = await custodian.create()
    return made["id"], house.bearer(made["clientSessionToken"])


def calls(client_id: str) -> list[tuple[str, str]]:
    """Every call of the custodian API."""
    one = f"{CLIENTS}/{client_id}"
    return [("POST", CLIENTS), ("GET", CLIENTS), *calls_about(one)]


def calls_about(one: str | None = None) -> list[tuple[str, str]]:
    """Every call about one client."""
    one = one or f"{CLIENTS}/{uuid4()}"
    return [
        ("GET", one),
        ("POST", f"{one}/session"),
        ("DELETE", f"{one}/sessions"),
        ("GET", f"{one}/web-otp"),
        ("POST", f"{one}/web-otp"),
        ("POST", f"{one}/rotate"),
    ]


async def is_refused_within_a_second(house: House, credential: str) -> None:
    http = house.bearer(credential)

    async def refused() -> bool:
        return await statuses(house, http) == {401}

    await house.eventually(refused, timeout=1)


async def is_known_everywhere(house: House, credential: str) -> None:
    """Every service knows it: it opens what is for clients, and is refused where only staff may come in."""
    assert await statuses(house, house.bearer(credential)) == {200, 403}
