"""Openings of the portal: told once per visit, only by the page, and never with the token."""

import asyncio
from typing import Any
from uuid import UUID

from sqlalchemy import text

from chassis.events import Event
from tests.house import Agency, Client, House


async def announced(house: House, agency: Agency) -> list[Event]:
    async with house.database("portal").unit(UUID(agency.id)) as session:
        rows = await session.execute(
            text("SELECT envelope FROM outbox WHERE subject = 'events.portal.token.accessed' ORDER BY id")
        )
        return [Event.decode(row.envelope) for row in rows]


async def opened(client: Client) -> int:
    return (await client.http.post("/api/portal/opened", json={})).status_code


async def test_a_person_opening_the_portal_is_announced_without_the_token(house: House) -> None:
    agency = await house.agency()
    client = await agency.client(name="Ada Byron")
    assert await opened(client) == 204
    (event,) = await announced(house, agency)
    assert event.type == "portal.token.accessed"
    assert event.actor.id == UUID(client.id)
    assert set(event.data) == {"id", "clientId", "client", "companyId", "company", "visits", "accessedAt"}
    assert event.data["clientId"] == client.id
    assert event.data["client"]["name"] == "Ada Byron"
    assert event.data["companyId"] is event.data["company"] is None
    assert client.token not in str(event)


async def test_a_company_s_portal_is_told_as_the_company_s(house: House) -> None:
    agency = await house.agency()
    company = await agency.company("Analytical Engines")
    assert (await company.http.post("/api/portal/opened", json={})).status_code == 204
    (event,) = await announced(house, agency)
    assert event.data["clientId"] is event.data["client"] is None
    assert event.data["companyId"] == company.id
    assert event.data["company"] == {"id": company.id, "name": "Analytical Engines"}
    assert company.token not in str(event)


async def test_reading_the_snapshot_is_not_a_visit(house: House) -> None:
    agency = await house.agency()
    client = await agency.client()
    assert (await client.http.get("/api/portal")).status_code == 200
    assert (await house.gateway.get(f"/client-portal/{client.token}")).status_code == 200
    assert (await house.gateway.head(f"/client-portal/{client.token}")).status_code == 200
    assert await announced(house, agency) == []


async def test_reloading_the_page_is_the_same_visit(house: House) -> None:
    agency = await house.agency()
    client = await agency.client()
    await opened(client)
    await opened(client)
    assert len(await announced(house, agency)) == 1
    house.clock.advance(minutes=2)
    await opened(client)
    assert [event.data["visits"] for event in await announced(house, agency)] == [1, 2]


async def test_opening_in_ten_tabs_at_once_is_one_visit(house: House) -> None:
    agency = await house.agency()
    client = await agency.client()
    statuses = await asyncio.gather(*(opened(client) for _ in range(10)))
    assert set(statuses) == {204}
    assert len(await announced(house, agency)) == 1


async def test_the_token_may_come_in_the_body(house: House) -> None:
    agency = await house.agency()
    client = await agency.client()
    answer = await house.gateway.post("/api/portal/opened", json={"token": client.token})
    assert answer.status_code == 204
    assert answer.content == b""


async def test_staff_and_strangers_open_no_portal(house: House) -> None:
    agency = await house.agency()
    body: dict[str, Any] = {}
    assert (await agency.http.post("/api/portal/opened", json=body)).status_code == 403
    assert (await house.gateway.post("/api/portal/opened", json=body)).status_code == 401
