"""A service killed at any step of an upload: no row without its bytes, and no bytes without their row (TRUST 10)."""

import hashlib
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from chassis.clock import system_clock
from services.projects.files.sweeping import GRACE, Sweeper
from services.projects.tests.office import Office
from services.projects.tests.process import projects_process
from services.projects.tests.victim import POINTS

CONTENT = bytes(range(256)) * 20_000


def stored(office: Office) -> list[Path]:
    storage = Path(office.house.environment["PORTICO_STORAGE_URL"].removeprefix("file://"))
    return [path for path in (storage / "projects" / office.agency.id).rglob("*") if path.is_file()]


async def sweep_later(office: Office) -> None:
    """What the sweeper does once the grace period has passed."""
    context = office.house.apps["projects"].state.context
    clock = lambda: system_clock() + GRACE + timedelta(minutes=5)  # noqa: E731
    await Sweeper(context.database, context.store, clock).sweep()


@pytest.mark.parametrize("point", POINTS)
async def test_a_kill_leaves_a_whole_file_or_nothing(office: Office, point: str) -> None:
    async with projects_process(office.house, point) as process, process.door(office.agency.token) as door:
        with pytest.raises(httpx.TransportError):
            await office.upload("big.bin", CONTENT, by=door)
        assert process.popen.wait(10) == -9
    rows = (await office.staff.get("/api/files")).json()
    left = stored(office)
    assert len(rows) == (1 if point == "after_commit" else 0)
    assert bool(left) == (point != "before_bytes"), "the kill came at another point than it should have"
    for row in rows:
        assert (await office.staff.get(f"/api/files/{row['id']}/content")).content == CONTENT
        assert row["sha256"] == hashlib.sha256(CONTENT).hexdigest()
    await sweep_later(office)
    assert len(stored(office)) == len(rows)
    for row in rows:
        assert (await office.staff.get(f"/api/files/{row['id']}/content")).content == CONTENT


async def test_after_a_kill_the_same_key_uploads_the_file_once(office: Office) -> None:
    headers = {"Idempotency-Key": "again"}
    for point in ("before_commit", "after_commit"):
        async with projects_process(office.house, point) as process, process.door(office.agency.token) as door:
            with pytest.raises(httpx.TransportError):
                await office.upload("big.bin", CONTENT, by=door, headers=headers)
    answer = await office.upload("big.bin", CONTENT, headers=headers)
    assert (answer.status_code, answer.json()["version"]) == (201, 1)
    assert answer.headers["idempotency-replayed"] == "true"
    await sweep_later(office)
    assert len(stored(office)) == 1
