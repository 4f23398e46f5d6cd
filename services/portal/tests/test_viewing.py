"""Staff see a client's portal as its holder sees it, and leave no trace there."""

from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from services.portal.tests.test_company_portal import with_work
from services.portal.tests.test_snapshot import CONFIG, invoice, upload
from tests.house import Agency, Client, House

VIEW = "/api/portal/as-client"


async def seen(door: httpx.AsyncClient, **whose: str) -> dict[str, Any]:
    answer = await door.get(VIEW, params=whose)
    assert answer.status_code == 200, answer.text
    assert answer.headers["cache-control"] == "no-store"
    return dict(answer.json())


async def offered(agency: Agency, client: Client) -> dict[str, Any]:
    """A quote that waits for its client."""
    lines = [{"description": "Design", "quantity": 1, "unitPrice": 100}]
    quote = await agency.made(
        "/api/quotes", {"clientId": client.id, "title": "Website", "currency": "EUR", "lines": lines}
    )
    sent = await agency.http.post(f"/api/quotes/{quote['id']}/send", json={"sendEmail": False})
    assert sent.status_code == 200, sent.text
    return quote


async def test_staff_see_what_the_client_sees_and_nothing_more(house: House) -> None:
    agency = await house.agency()
    client, other = await agency.client(), await agency.client()
    project = await agency.project(client)
    await upload(agency, project, "shown.txt", visible=True)
    await upload(agency, project, "CANARY.txt", visible=False)
    await invoice(agency, client, 100)
    await invoice(agency, client, 200, draft=True)
    await with_work(agency, other, "CANARY of another")
    await offered(agency, client)
    as_client = (await client.http.get("/api/portal")).json()
    machine = await agency.api_key("read")
    assert await seen(agency.http, clientId=client.id) == await seen(machine, clientId=client.id) == as_client
    assert len(as_client["files"]) == len(as_client["invoices"]) == len(as_client["quotes"]) == 1
    assert "CANARY" not in str(as_client)


async def test_staff_see_what_a_company_sees(house: House) -> None:
    agency = await house.agency()
    company = await agency.company("Analytical Engines")
    ada, mary = await company.client("Ada"), await company.client("Mary")
    await with_work(agency, ada, "Ada's")
    await with_work(agency, mary, "Mary's")
    await with_work(agency, await agency.client(), "CANARY neighbour's")

    async def the_same() -> bool:
        as_company = (await company.http.get("/api/portal")).json()
        return len(as_company["projects"]) == 2 and await seen(agency.http, companyId=company.id) == as_company

    await house.eventually(the_same)


async def test_looking_is_no_visit_and_makes_nothing_seen(house: House) -> None:
    agency = await house.agency()
    client = await agency.client()
    quote, bill = await offered(agency, client), await invoice(agency, client, 100)

    async def tokens() -> int:
        async with house.database("auth").reader(UUID(agency.id)) as reader:
            return int(await reader.fetchval("SELECT count(*) FROM portal_tokens"))

    before = await tokens()
    await seen(agency.http, clientId=client.id)
    await seen(agency.http, companyId=(await agency.company()).id)
    async with house.database("portal").reader(UUID(agency.id)) as reader:
        assert await reader.fetchval("SELECT count(*) FROM accesses") == 0
    looked_at = (await agency.http.get(f"/api/quotes/{quote['id']}")).json()
    assert (looked_at["viewCount"], looked_at["firstViewedAt"], looked_at["status"]) == (0, None, "sent")
    assert (await agency.http.get(f"/api/invoices/{bill['id']}")).json()["viewedAt"] is None
    # The company's own, which the test itself has made.
    assert await tokens() == before + 1


async def test_staff_look_into_a_portal_that_is_shut(house: House) -> None:
    agency = await house.agency()
    client = await agency.client()
    await with_work(agency, client, "Website")
    await agency.http.patch(CONFIG, json={"is_active": False})

    async def shut() -> bool:
        return not (await seen(agency.http, clientId=client.id))["settings"]["is_active"]

    await house.eventually(shut)
    assert [one["name"] for one in (await seen(agency.http, clientId=client.id))["projects"]] == ["Website"]


async def test_what_is_switched_off_is_off_for_them_too(house: House) -> None:
    agency = await house.agency()
    client = await agency.client()
    await with_work(agency, client, "Website")
    await agency.http.patch(CONFIG, json={"enabled_modules": ["projects"]})

    async def only_projects() -> bool:
        shown = await seen(agency.http, clientId=client.id)
        return len(shown["projects"]) == 1 and shown["invoices"] == []

    await house.eventually(only_projects)


async def test_whom_the_agency_does_not_have_is_not_there(house: House) -> None:
    agency, stranger = await house.agency(), await house.agency()
    client, company, gone = await stranger.client(), await stranger.company(), await agency.client()
    assert (await agency.http.delete(f"/api/clients/{gone.id}")).status_code == 200
    for name, id in (("clientId", client.id), ("companyId", company.id), ("companyId", (await agency.client()).id)):
        real, invented = [await agency.http.get(VIEW, params={name: one}) for one in (id, str(uuid4()))]
        assert real.status_code == invented.status_code == 404
        assert {**real.json(), "time": ""} == {**invented.json(), "time": ""}

    async def deleted() -> bool:
        return (await agency.http.get(VIEW, params={"clientId": gone.id})).status_code == 404

    await house.eventually(deleted)


@pytest.mark.parametrize("query", [{}, {"clientId": "x"}, {"clientId": str(uuid4()), "companyId": str(uuid4())}])
async def test_exactly_one_is_named(house: House, query: dict[str, str]) -> None:
    answer = await (await house.agency()).http.get(VIEW, params=query)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, "clientId")


async def test_clients_do_not_look_into_portals_by_it(house: House) -> None:
    client = await (await house.agency()).client()
    answer = await client.http.get(VIEW, params={"clientId": client.id})
    assert (answer.status_code, answer.json()["code"]) == (403, "staff_only")
