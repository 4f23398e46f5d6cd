"""A staff route of each service, to knock at with a credential."""

import os

import httpx

from tests.house import SERVICES, House

_DOORS = {
    "auth": "/api/auth/me",
    "projects": "/api/projects",
    "billing": "/api/invoices",
    "portal": "/api/v1/client-portal/config",
    "notify": "/api/zapier",
}


def doors(house: House) -> list[str]:
    """One path of every service that runs; all five unless the run is restricted."""
    if "PORTICO_TEST_SERVICES" not in os.environ:
        assert set(house.apps) == set(SERVICES)
    return [_DOORS[service] for service in house.apps]


async def statuses(house: House, http: httpx.AsyncClient) -> set[int]:
    """What all services answer to this credential."""
    return {(await http.get(path)).status_code for path in doors(house)}
