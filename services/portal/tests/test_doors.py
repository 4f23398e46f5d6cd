"""Doors: remembered between openings, and forgotten as soon as anything about them may have changed."""

from typing import Any
from uuid import UUID

import orjson
import pytest
from sqlalchemy import text

from chassis.ids import new_id
from chassis.principals import Client as Holder
from services.portal.clients import Directory
from services.portal.snapshots.doors import DOUBT_S, KEPT_S, Doors
from tests.house import Agency, Client, House

CONFIG = "/api/v1/client-portal/config"


class Timer:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def timer() -> Timer:
    return Timer()


@pytest.fixture
async def doors(house: House, timer: Timer) -> Doors:
    """Another process's doors: the same database and wire, another memory."""
    chassis = house.chassis("portal")
    doors = Doors(chassis.database, Directory(chassis.peers), chassis.bus, timer=timer)
    await doors.start()
    return doors


async def opened(doors: Doors, agency: Agency, client: Client) -> dict[str, Any]:
    id = UUID(client.id)
    holder = Holder(UUID(agency.id), id, "Ada", client.email, (id,), new_id(), "portal_token")
    return dict(orjson.loads((await doors.find(holder)).head + b"}"))


async def remembered(house: House, doors: Doors, timer: Timer) -> tuple[Agency, Client]:
    """An agency's client whose door is in memory, while the database tells another name."""
    agency = await house.agency(name="North")
    client = await agency.client(name="Ada")

    async def heard() -> bool:
        row = await known_name(house, agency)
        return row == "Ada" and UUID(agency.id) in doors._doubtful_until

    await house.eventually(heard)
    timer.now += DOUBT_S
    assert (await opened(doors, agency, client))["client"]["name"] == "Ada"
    async with house.database("portal").unit(UUID(agency.id)) as session:
        await session.execute(text("UPDATE clients SET name = 'Grace'"))
    return agency, client


async def known_name(house: House, agency: Agency) -> str | None:
    async with house.database("portal").reader(UUID(agency.id)) as reader:
        name = await reader.fetchval("SELECT name FROM clients")
    return name if name is None else str(name)


async def test_a_door_is_remembered_between_openings(house: House, doors: Doors, timer: Timer) -> None:
    agency, client = await remembered(house, doors, timer)
    timer.now += KEPT_S - 1
    assert (await opened(doors, agency, client))["client"]["name"] == "Ada"
    timer.now += 1
    assert (await opened(doors, agency, client))["client"]["name"] == "Grace"


async def test_a_change_of_settings_is_heard_by_every_process(house: House, doors: Doors, timer: Timer) -> None:
    agency, client = await remembered(house, doors, timer)
    await agency.http.patch(CONFIG, json={"portal_name": "South"})

    async def told() -> bool:
        return bool((await opened(doors, agency, client))["settings"]["portal_name"] == "South")

    await house.eventually(told)


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("PATCH", "/api/auth/agency"),
        ("PATCH", "/api/clients/{client}"),
        ("DELETE", "/api/clients/{client}"),
        ("PATCH", "/api/companies/{company}"),
        ("DELETE", "/api/companies/{company}"),
    ],
)
async def test_a_change_of_who_is_who_is_heard_by_every_process(
    house: House, doors: Doors, timer: Timer, method: str, path: str
) -> None:
    agency = await house.agency()
    company, other, client = await agency.company(), await agency.client(), await agency.client(name="Ada")

    async def all_known() -> bool:
        async with house.database("portal").reader(UUID(agency.id)) as reader:
            known = await reader.fetchval("SELECT (SELECT count(*) FROM clients) + (SELECT count(*) FROM companies)")
        return bool(known == 3 and UUID(agency.id) in doors._doubtful_until)

    await house.eventually(all_known)
    timer.now += DOUBT_S
    assert (await opened(doors, agency, client))["client"]["name"] == "Ada"
    async with house.database("portal").unit(UUID(agency.id)) as session:
        await session.execute(text("UPDATE clients SET name = 'Grace' WHERE name = 'Ada'"))
    assert (await opened(doors, agency, client))["client"]["name"] == "Ada"
    changed = path.format(client=other.id, company=company.id)
    answer = await agency.http.request(method, changed, json={"name": "Another"} if method == "PATCH" else None)
    assert answer.status_code == 200, answer.text

    async def read_again() -> bool:
        return bool((await opened(doors, agency, client))["client"]["name"] == "Grace")

    await house.eventually(read_again)


async def test_nothing_is_remembered_while_a_change_may_still_be_under_way(
    house: House, doors: Doors, timer: Timer
) -> None:
    agency, client = await remembered(house, doors, timer)
    doors.doubt(UUID(agency.id))
    assert (await opened(doors, agency, client))["client"]["name"] == "Grace"
    async with house.database("portal").unit(UUID(agency.id)) as session:
        await session.execute(text("UPDATE clients SET name = 'Mary'"))
    assert (await opened(doors, agency, client))["client"]["name"] == "Mary"


async def test_what_may_have_changed_while_the_wire_was_down_is_read_again(
    house: House, doors: Doors, timer: Timer
) -> None:
    agency, client = await remembered(house, doors, timer)
    await doors._forget_all()
    assert (await opened(doors, agency, client))["client"]["name"] == "Grace"


async def test_an_unreadable_event_is_reason_enough_to_forget(house: House, doors: Doors, timer: Timer) -> None:
    agency, client = await remembered(house, doors, timer)
    await house.chassis("portal").bus.client.publish("events.portal.settings.updated", b"\xff\xff nonsense")

    async def read_again() -> bool:
        return bool((await opened(doors, agency, client))["client"]["name"] == "Grace")

    await house.eventually(read_again)


async def test_settings_changed_through_rest_are_shown_at_once(house: House) -> None:
    agency = await house.agency(name="North")
    client = await agency.client()
    for name in ("South", "West"):
        await agency.http.patch(CONFIG, json={"portal_name": name})
        assert (await client.http.get("/api/portal")).json()["settings"]["portal_name"] == name
