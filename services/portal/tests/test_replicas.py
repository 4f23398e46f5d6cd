"""Replicas: events may come late, twice and in any order."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from chassis.events import Event
from chassis.ids import new_id
from chassis.principals import SYSTEM
from services.portal.consumers import consumers
from services.portal.snapshots.repository import Known, read_known
from tests.house import House

NOW = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)


def told(type: str, agency_id: UUID, client_id: UUID, version: int, **data: Any) -> Event:
    aggregate = type.split(".")[1]
    return Event(new_id(), type, agency_id, aggregate, client_id, version, SYSTEM, NOW, data)


async def hear(house: House, *events: Event) -> None:
    for event in events:
        async with house.database("portal").unit(event.agency_id) as session:
            await consumers.handlers[event.type](event, session, None)


async def known(house: House, agency_id: UUID, client_id: UUID) -> Known:
    return await read_known(house.database("portal"), agency_id, client_id)


async def test_an_earlier_fact_that_comes_late_changes_nothing(house: House) -> None:
    agency_id, client_id = new_id(), new_id()
    created = told("auth.client.created", agency_id, client_id, 1, number=1, name="Ada", email=None, company=None)
    updated = told("auth.client.updated", agency_id, client_id, 2, number=1, name="Ada Byron", email="a@b.test")
    await hear(house, updated, created, created)
    found = await known(house, agency_id, client_id)
    assert found.client is not None
    assert '"Ada Byron"' in found.client


async def test_a_deleted_client_does_not_come_back(house: House) -> None:
    agency_id, client_id = new_id(), new_id()
    created = told("auth.client.created", agency_id, client_id, 1, number=1, name="Ada")
    deleted = told("auth.client.deleted", agency_id, client_id, 2, number=1, name="Ada")
    await hear(house, deleted, created)
    assert (await known(house, agency_id, client_id)).client is None


async def test_a_deleted_clients_data_is_forgotten(house: House) -> None:
    agency_id, client_id = new_id(), new_id()
    created = told("auth.client.created", agency_id, client_id, 1, number=1, name="Ada Byron", email="a@b.test")
    await hear(house, created, told("auth.client.deleted", agency_id, client_id, 2, number=1, name="Ada Byron"))
    async with house.database("portal").reader(agency_id) as reader:
        row = await reader.fetchrow("SELECT name, email FROM clients WHERE id = $1", client_id)
    assert row is not None
    assert (row["name"], row["email"]) == ("", None)


async def test_an_agency_does_not_see_anothers_replica(house: House) -> None:
    one, other, client_id = new_id(), new_id(), new_id()
    await hear(house, told("auth.client.created", one, client_id, 1, number=1, name="Ada"))
    assert (await known(house, other, client_id)).client is None
