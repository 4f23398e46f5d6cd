"""A large agency is exported over a real socket in flat memory, however slowly or briefly somebody reads."""

import asyncio
import json
import zipfile
from pathlib import Path

import pytest

from services.notify.exports.models import MANIFEST
from services.projects.tests.office import Office, open_office
from tests.house import House
from tests.rights.catalogue import superuser
from tests.rights.process import Process, door, fill, notify_process

MIB = 1024 * 1024
ROWS = 200_000
FILE = bytes(range(256)) * 4096 * 96
MAY_GROW = 48 * MIB


@pytest.fixture
async def office(house: House, postgres: str) -> Office:
    """A large one."""
    made = await open_office(house)
    await fill(postgres, made, ROWS)
    await made.file("large.bin", FILE)
    return made


async def highest(process: Process, until: asyncio.Event) -> int:
    """The most memory that the process had meanwhile."""
    most = 0
    while not until.is_set():
        most = max(most, process.memory())
        await asyncio.sleep(0.02)
    return most


async def test_a_large_agency_is_exported_in_flat_memory(office: Office, tmp_path: Path) -> None:
    target = tmp_path / "export.zip"
    small = await open_office(office.house)
    async with notify_process(office.house) as process, door(process, office) as http:
        # The first export imports what exports need.
        async with door(process, small) as first:
            assert (await first.get("/api/export")).status_code == 200
        before, done = process.memory(), asyncio.Event()
        watch = asyncio.create_task(highest(process, done))
        async with http.stream("GET", "/api/export") as answer:
            assert answer.status_code == 200
            with target.open("wb") as file:
                async for chunk in answer.aiter_raw():
                    file.write(chunk)
        done.set()
        grown = await watch - before
    archive = zipfile.ZipFile(target)
    manifest = json.loads(archive.read(MANIFEST))
    [activity] = [one for one in manifest["tables"] if one["path"] == "projects/activity.jsonl"]
    [large] = manifest["files"]
    assert activity["rows"] >= ROWS
    assert activity["bytes"] > 2 * MAY_GROW
    assert large["bytes"] == len(FILE) > 1.5 * MAY_GROW
    assert archive.testzip() is None
    assert grown < MAY_GROW, f"grew by {grown // MIB} MiB"


async def test_whoever_stops_reading_costs_no_memory_and_whoever_leaves_makes_room(
    office: Office, postgres: str
) -> None:
    async with notify_process(office.house) as process, door(process, office) as http:
        before = process.memory()
        async with http.stream("GET", "/api/export") as answer:
            # Held on to: a generator that nobody holds closes the answer.
            chunks = answer.aiter_raw()
            await anext(chunks)
            await asyncio.sleep(1)
            grown = process.memory() - before
            async with door(process, office) as other:
                assert (await other.get("/api/export")).json()["code"] == "export_under_way"
        assert grown < MAY_GROW, f"grew by {grown // MIB} MiB"

        async def snapshots_are_gone() -> bool:
            async with superuser(postgres, "projects") as connection:
                return not await connection.fetchval(
                    "SELECT count(*) FROM pg_stat_activity WHERE application_name LIKE 'portico_%_export'"
                )

        assert await office.house.eventually(snapshots_are_gone)
        async with door(process, office) as other, other.stream("GET", "/api/export") as again:
            assert again.status_code == 200
