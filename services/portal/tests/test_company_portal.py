"""A company's portal token: the door of all its clients, with a face of its own."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import text

from chassis.events import Event
from chassis.ids import new_id
from chassis.principals import SYSTEM
from chassis.principals import Client as Holder
from chassis.rpc import Peers
from services.portal.clients import Directory
from services.portal.consumers import consumers
from services.portal.snapshots.doors import Doors
from services.portal.snapshots.repository import Known, read_known
from services.portal.tests.drawing import encoded, plain
from tests.house import House
from tests.people import Agency, Client, Company

NOW = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
PAGE = {"Accept": "text/html"}


async def snapshot(company: Company) -> dict[str, Any]:
    answer = await company.http.get("/api/portal")
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def with_work(agency: Agency, client: Client, name: str) -> None:
    await agency.project(client, name)
    body = {"amount": 10, "currency": "EUR", "dueDate": "2099-01-31", "clientId": client.id}
    await agency.made("/api/invoices", body)


async def test_a_company_without_clients_has_a_portal(house: House) -> None:
    agency = await house.agency()
    company = await agency.company("Analytical Engines")
    seen = await snapshot(company)
    assert seen["client"] == {
        "id": company.id,
        "number": company.body["number"],
        "name": "Analytical Engines",
        "email": None,
        "company": "Analytical Engines",
    }
    assert seen["agency"]["id"] == agency.id
    assert seen["unavailable"] == []
    assert seen["projects"] == seen["invoices"] == seen["files"] == []


async def test_a_company_sees_the_work_of_all_its_clients_and_of_nobody_else(house: House) -> None:
    agency = await house.agency()
    company = await agency.company()
    ada, mary = await company.client("Ada"), await company.client("Mary")
    stranger = await house.agency()
    await with_work(agency, ada, "Ada's")
    await with_work(agency, mary, "Mary's")
    await with_work(agency, await agency.client(), "CANARY neighbour's")
    await with_work(agency, await (await agency.company("Others")).client(), "CANARY other company's")
    await with_work(stranger, await stranger.client(), "CANARY stranger's")

    async def both() -> bool:
        return len((await snapshot(company))["projects"]) == 2

    await house.eventually(both)
    answer = await company.http.get("/api/portal")
    assert "CANARY" not in answer.text
    seen = answer.json()
    assert [project["name"] for project in seen["projects"]] == ["Mary's", "Ada's"]
    assert {invoice["clientId"] for invoice in seen["invoices"]} == {ada.id, mary.id}


async def test_a_client_of_a_company_sees_its_own_only(house: House) -> None:
    agency = await house.agency()
    company = await agency.company("Analytical Engines")
    ada, mary = await company.client("Ada"), await company.client("Mary")
    await with_work(agency, mary, "Mary's")
    seen = (await ada.http.get("/api/portal")).json()
    assert (seen["projects"], seen["client"]["name"], seen["client"]["company"]) == ([], "Ada", "Analytical Engines")


async def test_the_page_of_the_link_is_there(house: House) -> None:
    company = await (await house.agency()).company()
    answer = await house.gateway.get(f"/client-portal/{company.token}", headers=PAGE)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/html")
    assert answer.headers["cache-control"] == "no-store"
    other = await house.gateway.get(f"/client-portal/{company.token[:-2]}AA", headers=PAGE)
    assert other.status_code == 404
    assert other.text != answer.text


async def test_a_company_made_a_moment_ago_has_a_portal(house: House) -> None:
    agency = await house.agency()
    company = await agency.company("Analytical Engines")
    async with house.database("portal").unit(UUID(agency.id)) as session:
        for table in ("companies", "agencies"):
            await session.execute(text(f"DELETE FROM {table}"))
    seen = await snapshot(company)
    assert (seen["client"]["id"], seen["client"]["email"], seen["agency"]["slug"]) == (company.id, None, agency.slug)
    assert set(seen["client"]) == {"id", "number", "name", "email", "company"}


async def test_a_known_company_is_found_without_asking_anybody(house: House) -> None:
    agency = await house.agency()
    company = await agency.company("Analytical Engines")

    async def heard() -> bool:
        found = await known(house, UUID(agency.id), UUID(company.id))
        return bool(found.client and found.agency)

    await house.eventually(heard)
    chassis = house.chassis("portal")
    peers = Peers(chassis.settings.model_copy(update={"auth_rpc": "127.0.0.1:1"}), "portal")
    doors = Doors(chassis.database, Directory(peers), chassis.bus)
    holder = Holder(UUID(agency.id), UUID(company.id), "Engines", "", (), new_id(), "portal_token", is_company=True)
    door = orjson.loads((await doors.find(holder)).head + b"}")
    assert (door["client"]["name"], door["client"]["company"]) == ("Analytical Engines", "Analytical Engines")
    await peers.close()


async def test_a_new_name_is_shown_soon(house: House) -> None:
    agency = await house.agency(name="North")
    company = await agency.company("Analytical Engines")
    assert (await snapshot(company))["client"]["name"] == "Analytical Engines"
    await agency.http.patch(f"/api/companies/{company.id}", json={"name": "Difference Engines"})
    await agency.http.patch("/api/auth/agency", json={"name": "South"})

    async def renamed() -> bool:
        seen = await snapshot(company)
        return seen["client"]["name"] == seen["client"]["company"] == "Difference Engines" and (
            seen["agency"]["name"] == seen["settings"]["portal_name"] == "South"
        )

    await house.eventually(renamed)


async def test_a_deleted_company_has_none(house: House) -> None:
    agency = await house.agency()
    company = await agency.company()
    await snapshot(company)
    assert (await agency.http.delete(f"/api/companies/{company.id}")).status_code == 200

    async def refused() -> bool:
        return (await company.http.get("/api/portal")).status_code == 401

    await house.eventually(refused)


async def test_a_company_has_a_profile_of_its_own(house: House) -> None:
    agency = await house.agency()
    company = await agency.company("Analytical Engines")
    ada = await company.client("Ada")
    me = (await company.http.get("/api/v1/portal/me")).json()
    assert {name: me[name] for name in ("clientId", "clientName", "email", "firstName", "id", "lastName")} == {
        "clientId": company.id,
        "clientName": "Analytical Engines",
        "email": "",
        "firstName": "",
        "id": company.id,
        "lastName": "",
    }
    changed = await company.http.patch("/api/v1/portal/client", json={"phone": "+1 company"})
    assert (changed.status_code, changed.json()["phone"]) == (200, "+1 company")
    assert (changed.json()["name"], changed.json()["email"]) == ("Analytical Engines", "")
    sent = await company.http.post("/api/v1/portal/client/avatar", files={"file": ("a.png", encoded(plain()))})
    blob_id = sent.json()["avatar"]["blobId"]
    assert (await company.http.get(f"/api/v1/portal/blobs/{blob_id}")).status_code == 200
    assert (await ada.http.get(f"/api/v1/portal/blobs/{blob_id}")).status_code == 404
    assert (await ada.http.get("/api/v1/portal/client")).json()["phone"] == ""


async def test_a_deleted_company_s_profile_goes_with_it(house: House) -> None:
    agency = await house.agency()
    company = await agency.company()
    await company.http.post("/api/v1/portal/client/avatar", files={"file": ("a.png", encoded(plain()))})
    assert (await agency.http.delete(f"/api/companies/{company.id}")).status_code == 200

    async def forgotten() -> bool:
        async with house.database("portal").reader(UUID(agency.id)) as reader:
            profiles = await reader.fetchval("SELECT count(*) FROM profiles")
            shown = await reader.fetchval("SELECT count(*) FROM blobs WHERE expires_at IS NULL")
        return bool(profiles == shown == 0)

    await house.eventually(forgotten)


def told(type: str, agency_id: UUID, company_id: UUID, version: int, **data: Any) -> Event:
    return Event(new_id(), type, agency_id, "company", company_id, version, SYSTEM, NOW, data)


async def hear(house: House, *events: Event) -> None:
    for event in events:
        async with house.database("portal").unit(event.agency_id) as session:
            await consumers.handlers[event.type](event, session, None)


async def known(house: House, agency_id: UUID, company_id: UUID) -> Known:
    return await read_known(house.database("portal"), agency_id, company_id, is_company=True)


async def test_an_earlier_fact_that_comes_late_changes_nothing(house: House) -> None:
    agency_id, company_id = new_id(), new_id()
    created = told("auth.company.created", agency_id, company_id, 1, number=1, name="Old")
    updated = told("auth.company.updated", agency_id, company_id, 2, number=1, name="New", clients=3)
    await hear(house, updated, created, created)
    assert '"New"' in str((await known(house, agency_id, company_id)).client)


async def test_a_deleted_company_does_not_come_back_and_is_forgotten(house: House) -> None:
    agency_id, company_id = new_id(), new_id()
    created = told("auth.company.created", agency_id, company_id, 1, number=1, name="Engines")
    deleted = told("auth.company.deleted", agency_id, company_id, 2, number=1, name="Engines")
    stray = told("auth.company.updated", agency_id, company_id, 3, number=1, name="Engines")
    await hear(house, created, deleted, created, stray)
    assert (await known(house, agency_id, company_id)).client is None
    async with house.database("portal").reader(agency_id) as reader:
        assert await reader.fetchval("SELECT name FROM companies WHERE id = $1", company_id) == ""


async def test_a_company_and_a_client_are_not_taken_for_each_other(house: House) -> None:
    agency_id, id = new_id(), new_id()
    await hear(house, told("auth.company.created", agency_id, id, 1, number=1, name="Engines"))
    assert (await read_known(house.database("portal"), agency_id, id)).client is None
    assert (await known(house, new_id(), id)).client is None
