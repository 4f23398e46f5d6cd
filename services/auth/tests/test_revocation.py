"""What has ended is refused by every service within a second."""

import httpx

from services.auth.tests.doors import statuses
from tests.house import House


async def refused_within_a_second(house: House, http: httpx.AsyncClient) -> None:
    async def refused() -> bool:
        return await statuses(house, http) == {401}

    await house.eventually(refused, timeout=1)


async def test_a_session_that_was_signed_out_is_refused_everywhere(house: House) -> None:
    agency = await house.agency()
    assert await statuses(house, agency.http) == {200}, "every service has it in its memory now"
    assert (await agency.http.post("/api/auth/logout")).status_code == 200
    await refused_within_a_second(house, agency.http)


async def test_a_deleted_api_key_is_refused_everywhere(house: House) -> None:
    agency = await house.agency()
    made = (await agency.http.post("/api/api-keys", json={"name": "n", "scopes": ["read"]})).json()
    machine = house.http_with({"Authorization": f"Bearer {made['key']}"})
    assert await statuses(house, machine) == {200}
    assert (await agency.http.delete(f"/api/api-keys/{made['id']}")).status_code == 200
    await refused_within_a_second(house, machine)


async def test_a_deleted_clients_portal_token_is_refused(house: House) -> None:
    agency = await house.agency()
    client = await agency.client()

    async def status() -> int:
        return (await client.http.get("/api/auth/me")).status_code

    assert await status() == 403, "known, but not for staff routes"
    assert (await agency.http.delete(f"/api/clients/{client.id}")).status_code == 200

    async def refused() -> bool:
        return await status() == 401

    await house.eventually(refused, timeout=1)


async def test_a_session_that_ended_cannot_be_signed_out_again(house: House) -> None:
    agency = await house.agency()
    assert (await agency.http.post("/api/auth/logout")).status_code == 200
    await refused_within_a_second(house, agency.http)
    assert (await agency.http.post("/api/auth/logout")).status_code == 401
