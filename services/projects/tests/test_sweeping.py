"""The sweeper: what it removes, and above all what it does not."""

from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from chassis.clock import system_clock
from services.projects.files.storing import PREFIX, new_key
from services.projects.files.sweeping import GRACE, PREVIEWS_FOR, RETENTION, Sweeper, Swept
from services.projects.files.uploads import UPLOAD_DEADLINE_S
from services.projects.tests.drafts import encoded, plain
from services.projects.tests.office import Office

A_LITTLE = timedelta(minutes=5)


def stored(office: Office) -> set[str]:
    storage = Path(office.house.environment["PORTICO_STORAGE_URL"].removeprefix("file://"))
    return {path.name for path in (storage / PREFIX / office.agency.id).rglob("*") if path.is_file()}


async def sweep(office: Office, after: timedelta) -> Swept:
    context = office.house.apps["projects"].state.context
    return await Sweeper(context.database, context.store, lambda: system_clock() + after).sweep()


async def orphan(office: Office) -> str:
    context = office.house.apps["projects"].state.context
    key = new_key(UUID(office.agency.id))
    await context.store.put(key, b"nobody's")
    return key.rpartition("/")[2]


async def content(office: Office, file: dict[str, Any], **query: int) -> int:
    return (await office.staff.get(f"/api/files/{file['id']}/content", params=query)).status_code


async def test_bytes_without_a_row_go_once_the_grace_period_has_passed(office: Office) -> None:
    name = await orphan(office)
    await sweep(office, GRACE - A_LITTLE)
    assert name in stored(office)
    assert (await sweep(office, GRACE + A_LITTLE)).objects >= 1
    assert name not in stored(office)


async def test_every_version_of_a_living_file_stays_for_ever(office: Office) -> None:
    file = await office.file("plan.txt", b"one")
    await office.file("plan.txt", b"two")
    await sweep(office, timedelta(days=3650))
    assert (await content(office, file), await content(office, file, version=1)) == (200, 200)


async def test_a_deleted_file_keeps_its_bytes_for_its_time_and_no_longer(office: Office) -> None:
    gone, living = await office.file("gone.txt"), await office.file("living.txt")
    await office.staff.delete(f"/api/files/{gone['id']}")
    await sweep(office, RETENTION - A_LITTLE)
    assert len(stored(office)) == 2
    assert (await sweep(office, RETENTION + A_LITTLE)).versions >= 1
    assert len(stored(office)) == 1
    assert await content(office, living) == 200


async def test_the_files_of_a_deleted_project_go_with_it(office: Office) -> None:
    await office.file("one.txt")
    await office.staff.delete(f"/api/projects/{office.project['id']}")
    await sweep(office, RETENTION - A_LITTLE)
    assert len(stored(office)) == 1
    await sweep(office, RETENTION + A_LITTLE)
    assert stored(office) == set()


async def test_signed_papers_outlive_their_project(office: Office) -> None:
    file = await office.file("contract.txt")
    signed = await office.visitor.post(f"/api/portal/sign/{file['id']}", json={"signatureData": "Ada Lovelace"})
    assert signed.status_code == 200, signed.text
    await office.staff.delete(f"/api/projects/{office.project['id']}")
    await sweep(office, RETENTION + A_LITTLE)
    assert len(stored(office)) == 2


async def test_previews_are_kept_for_their_time_and_drawn_anew(office: Office) -> None:
    file = await office.file("draft.png", encoded(plain()))
    assert (await office.staff.get(f"/api/files/{file['id']}/preview")).status_code == 200
    await sweep(office, PREVIEWS_FOR - A_LITTLE)
    assert len(stored(office)) == 2
    await sweep(office, PREVIEWS_FOR + A_LITTLE)
    assert len(stored(office)) == 1
    assert (await office.staff.get(f"/api/files/{file['id']}/preview")).status_code == 200


async def test_an_upload_ends_long_before_the_sweeper_could_meet_it() -> None:
    assert timedelta(seconds=UPLOAD_DEADLINE_S) * 2 < GRACE
