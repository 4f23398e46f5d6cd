"""The replica of clients: events in any order and number leave it at the newest."""

import itertools
from datetime import UTC, datetime
from uuid import UUID

import pytest
from sqlalchemy import text

from chassis.consuming import Consuming
from chassis.events import Event
from chassis.ids import new_id
from chassis.principals import SYSTEM
from services.projects.consumers import consumers
from services.projects.tests.office import Office
from tests.house import Agency, House


def heard(agency: Agency, client_id: UUID, verb: str, version: int, name: str) -> Event:
    now = datetime.now(UTC)
    data = {"id": str(client_id), "name": name, "email": None, "company": None, "number": 7, "_count": {}}
    type = f"auth.client.{verb}"
    return Event(new_id(), type, UUID(agency.id), "client", client_id, version, SYSTEM, now, data)


async def replica(house: House, agency: Agency, client_id: UUID) -> tuple[str, bool]:
    async with house.database("projects").unit(UUID(agency.id)) as session:
        row = await session.execute(
            text("SELECT name, deleted_at IS NOT NULL FROM clients WHERE id = :id"), {"id": client_id}
        )
        name, deleted = row.one()
        return name, deleted


async def hear(house: House, *events: Event) -> None:
    chassis = house.chassis("projects")
    consuming = Consuming("projects", consumers, chassis.database, chassis.bus, house.apps["projects"].state.context)
    for event in events:
        await consuming.handle(event.encode())


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
async def test_the_newest_wins_in_whatever_order_events_come(house: House, order: tuple[int, ...]) -> None:
    agency, client_id = await house.agency(), new_id()
    events = [
        heard(agency, client_id, "created", 1, "First"),
        heard(agency, client_id, "updated", 2, "Second"),
        heard(agency, client_id, "deleted", 3, "Second"),
    ]
    await hear(house, *(events[place] for place in order), *events)
    assert await replica(house, agency, client_id) == ("Second", True)


async def test_a_client_that_was_asked_for_is_overtaken_by_its_first_event(office: Office) -> None:
    client_id = UUID(office.client.id)
    await hear(office.house, heard(office.agency, client_id, "updated", 100, "Renamed"))
    assert await replica(office.house, office.agency, client_id) == ("Renamed", False)
    await hear(office.house, heard(office.agency, client_id, "updated", 99, "Late"))
    assert await replica(office.house, office.agency, client_id) == ("Renamed", False)
