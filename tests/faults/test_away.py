"""A database that hangs up is a 503 with the error body, never a 500, and heals by itself."""

import asyncio

import asyncpg
import pytest

from tests.house import House

READS = ("/api/clients", "/api/projects", "/api/invoices", "/api/zapier", "/api/v1/client-portal/config")


async def hang_up(postgres: str) -> None:
    """End every connection of the services, as a restart of the server does."""
    admin = await asyncpg.connect(postgres)
    try:
        await admin.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE usename LIKE 'portico_%_app' AND pid <> pg_backend_pid()"
        )
    finally:
        await admin.close()


async def settle(house: House) -> None:
    """Until every service has noticed, and works again without anybody's help."""

    async def works() -> bool:
        try:
            agency = await house.agency()
            await agency.project(await agency.client())
        except AssertionError:
            return False
        return all([(await agency.http.get(path)).status_code == 200 for path in READS])

    await house.eventually(works)


@pytest.mark.parametrize("path", READS)
async def test_a_read_while_the_database_hangs_up_is_answered_or_put_off(
    house: House, postgres: str, path: str
) -> None:
    agency = await house.agency()
    assert (await agency.http.get(path)).status_code == 200
    for _ in range(3):
        asking = [asyncio.create_task(agency.http.get(path)) for _ in range(15)]
        await hang_up(postgres)
        statuses = {answer.status_code for answer in await asyncio.gather(*asking)}
        assert statuses <= {200, 503}
    await settle(house)


async def test_a_write_while_the_database_hangs_up_happens_once_or_not_at_all(house: House, postgres: str) -> None:
    agency = await house.agency()
    client = await agency.client()
    made, unclear = 0, 0
    for round in range(3):
        bodies = [{"name": f"Project {round}-{number}", "clientId": client.id} for number in range(15)]
        asking = [asyncio.create_task(agency.http.post("/api/projects", json=body)) for body in bodies]
        await asyncio.sleep(0.01)
        await hang_up(postgres)
        answers = await asyncio.gather(*asking)
        assert {answer.status_code for answer in answers} <= {201, 503}
        made += sum(answer.status_code == 201 for answer in answers)
        unclear += sum(answer.status_code == 503 for answer in answers)

    await settle(house)
    names = [project["name"] for project in (await agency.http.get("/api/projects", params={"limit": 200})).json()]
    assert len(names) == len(set(names))
    assert made <= len(names) <= made + unclear
