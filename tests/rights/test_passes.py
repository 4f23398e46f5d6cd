"""A pass that breaks off goes on where it stopped, and two processes do the work of one."""

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import text

from chassis import erasing
from chassis.erasing_loop import Erasing, Tools
from chassis.storage import ObjectStore
from services.projects.erasing import PLAN
from services.projects.tests.office import Office, open_office
from tests.house import House
from tests.rights.fakes import FailingStore

# The house's own loop must not be the one that does it: what is due is due for later clocks alone.
LATER = timedelta(hours=1)
_ROWS = text(
    "SELECT (SELECT count(*) FROM file_versions) AS versions,"
    " (SELECT count(*) FROM files WHERE deleted_at IS NULL) AS files, (SELECT passes FROM erasures) AS passes"
)


@dataclass
class Bench:
    """An office whose client is to be forgotten, later, by whom the test says."""

    office: Office
    url: str

    @property
    def house(self) -> House:
        return self.office.house

    def process(self, store: ObjectStore, *, hours: int) -> Erasing:
        """One whose clock is ahead."""
        chassis = self.house.chassis("projects")
        tools = Tools.of(chassis, store)
        clock = self.house.clock
        ahead = Tools(
            tools.database, tools.bus, tools.vault, tools.names, lambda: clock() + timedelta(hours=hours), store
        )
        return Erasing(PLAN, ahead)

    async def rows(self) -> tuple[int, int, int]:
        """How many versions and files there are, and how many passes there were."""
        async with self.house.database("projects").unit(UUID(self.office.agency.id)) as session:
            found = (await session.execute(_ROWS)).one()
            return found.versions, found.files, found.passes

    async def objects(self) -> int:
        """How many objects the agency has in the store."""
        store = ObjectStore(self.url)
        found = [one async for batch in store.list(f"projects/{self.office.agency.id}") for one in batch]
        store.close()
        return len(found)


@pytest.fixture
async def bench(house: House, variables: dict[str, str]) -> Bench:
    office = await open_office(house)
    for name in ("one.txt", "two.txt", "three.txt"):
        await office.file(name)
    agency_id, client_id = UUID(office.agency.id), UUID(office.client.id)
    async with house.database("projects").unit(agency_id) as session:
        await erasing.ask(
            session, agency_id=agency_id, client_id=client_id, sealed_names=None, now=house.clock() + LATER
        )
    return Bench(office, variables["PORTICO_STORAGE_URL"])


async def test_a_pass_that_breaks_off_begins_anew_and_loses_no_trace(bench: Bench) -> None:
    assert (await bench.rows(), await bench.objects()) == ((3, 3, 0), 3)
    await bench.process(FailingStore(bench.url, removes=2), hours=2).work_off()
    # By the rows the rest of the bytes is found again.
    assert (await bench.rows(), await bench.objects()) == ((3, 3, 0), 1)
    await bench.process(ObjectStore(bench.url), hours=3).work_off()
    assert (await bench.rows(), await bench.objects()) == ((0, 0, 1), 0)


async def test_two_processes_make_one_pass(bench: Bench) -> None:
    both = [bench.process(ObjectStore(bench.url), hours=2) for _ in range(2)]
    await asyncio.gather(*(process.work_off() for process in both))
    assert (await bench.rows(), await bench.objects()) == ((0, 0, 1), 0)


async def test_the_next_pass_waits_for_its_time(bench: Bench) -> None:
    first = bench.process(ObjectStore(bench.url), hours=2)
    await first.work_off()
    await first.work_off()
    assert (await bench.rows())[2] == 1
    for hours, passes in ((3, 2), (4, 3), (6, 4), (40, 5), (400, 5)):
        await bench.process(ObjectStore(bench.url), hours=hours).work_off()
        assert (await bench.rows())[2] == passes
