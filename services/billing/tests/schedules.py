"""Time as the tests of schedules have it pass: jobs run when a test says so, in the zone that it says."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import text

from tests.house import Agency, House

FAR = datetime(2200, 1, 1, tzinfo=UTC)
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


@asynccontextmanager
async def held(house: House, *jobs: str) -> AsyncIterator[None]:
    """The house's own loop leaves these jobs alone."""
    for job in jobs:
        await set_turn(house, job, FAR)
    yield
    for job in jobs:
        await set_turn(house, job, LONG_AGO)


async def set_turn(house: House, job: str, at: datetime) -> None:
    """Have the job's last turn begun at this time."""
    async with house.database("billing").across_agencies() as session:
        await session.execute(
            text(
                "INSERT INTO job_turns (name, last_began_at) VALUES (:job, :at)"
                " ON CONFLICT (name) DO UPDATE SET last_began_at = :at"
            ),
            {"job": job, "at": at},
        )


def go_to(house: House, moment: datetime) -> None:
    """Set the house's clock."""
    house.clock.advance(seconds=(moment - house.clock()).total_seconds())


def local(zone: str, year: int, month: int, day: int, *clock: int) -> datetime:
    """A moment by the clocks of a zone: hour, minute, second."""
    return datetime(year, month, day, *clock, tzinfo=ZoneInfo(zone))


async def meanwhile(house: House, agency: Agency, change: str, doing: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Somebody's change of a row commits while `doing`, which has found the row before, waits for its lock."""
    database = house.database("billing")
    async with database.unit(UUID(agency.id)) as session:
        await session.execute(text(change))
        at_work = asyncio.create_task(doing())

        async def waits() -> bool:
            async with database.reader(UUID(agency.id)) as reader:
                return bool(await reader.fetchval("SELECT count(*) FROM pg_locks WHERE NOT granted"))

        await house.eventually(waits)
    await at_work


async def move(house: House, agency: Agency, zone: str) -> None:
    """Have the agency in another time zone, and billing know it."""
    answer = await agency.http.patch("/api/auth/agency", json={"timeZone": zone})
    assert answer.status_code == 200, answer.text

    async def heard() -> bool:
        async with house.database("billing").reader(UUID(agency.id)) as reader:
            return bool(await reader.fetchval("SELECT time_zone FROM agencies WHERE id = $1", agency.id) == zone)

    await house.eventually(heard)
