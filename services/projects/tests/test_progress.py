"""A project's progress: the share of its tasks that are complete, for its client of those that it sees."""

import asyncio
from typing import Any

import orjson
import pytest
from portico.projects.v1 import work_pb2, work_pb2_grpc

from chassis.rpc import Peers
from services.projects.tests.announced import announced
from services.projects.tests.office import Office
from services.projects.tests.tasking import change, make, progress, tasks_path


async def snapshot_progress(office: Office) -> int:
    peers: Peers = office.house.chassis("auth").peers
    stub = work_pb2_grpc.WorkServiceStub(peers.channel("projects"))
    request = work_pb2.GetClientWorkRequest(agency_id=office.agency.id, client_ids=[office.client.id])
    [project] = orjson.loads((await peers.ask(stub.GetClientWork, request)).projects)
    return int(project["progress"])


async def test_a_project_without_tasks_has_made_no_progress(office: Office) -> None:
    assert await progress(office.staff, office) == await progress(office.visitor, office) == 0
    await make(office)
    assert await progress(office.staff, office) == 0


@pytest.mark.parametrize(
    ("complete", "all", "per_cent"), [(1, 3, 33), (2, 3, 66), (3, 3, 100), (6, 7, 85), (1, 1, 100)]
)
async def test_progress_is_whole_per_cent_rounded_down(office: Office, complete: int, all: int, per_cent: int) -> None:
    for number in range(all):
        await make(office, status="complete" if number < complete else "query")
    assert await progress(office.staff, office) == per_cent
    assert await progress(office.visitor, office) == per_cent


async def test_a_project_that_is_almost_done_is_not_done(office: Office) -> None:
    await asyncio.gather(*(make(office, status="complete") for _ in range(200)))
    await make(office)
    assert await progress(office.staff, office) == 99


async def test_progress_follows_every_change_of_a_task(office: Office) -> None:
    task, other = await make(office), await make(office)
    seen = [await progress(office.staff, office)]
    for fields in ({"status": "complete"}, {"position": 0}, {"title": "Renamed"}, {"status": "query"}):
        await change(office, task, **fields)
        seen.append(await progress(office.staff, office))
    assert seen == [0, 50, 50, 50, 0]
    await change(office, task, status="complete")
    await office.staff.delete(f"/api/tasks/{other['id']}")
    assert await progress(office.staff, office) == 100
    await office.staff.delete(f"/api/tasks/{task['id']}")
    assert await progress(office.staff, office) == 0


async def test_a_client_counts_only_the_tasks_that_it_sees(office: Office) -> None:
    await make(office, status="complete")
    hidden = [await make(office, visibleToClient=False), await make(office, visibleToClient=False)]
    assert await progress(office.staff, office) == 33
    assert await progress(office.visitor, office) == await snapshot_progress(office) == 100
    await change(office, hidden[0], status="complete")
    assert await progress(office.visitor, office) == await snapshot_progress(office) == 100
    await change(office, hidden[1], visibleToClient=True)
    assert await progress(office.staff, office) == 66
    assert await progress(office.visitor, office) == await snapshot_progress(office) == 50
    await change(office, hidden[1], visibleToClient=False, status="complete")
    await office.staff.delete(f"/api/tasks/{hidden[0]['id']}")
    assert await progress(office.staff, office) == await progress(office.visitor, office) == 100


async def test_only_hidden_tasks_are_no_progress_to_a_client(office: Office) -> None:
    await make(office, status="complete", visibleToClient=False)
    assert await progress(office.staff, office) == 100
    assert await progress(office.visitor, office) == await snapshot_progress(office) == 0


async def test_progress_leaves_the_projects_version_and_date_as_they_are(office: Office) -> None:
    path = f"/api/projects/{office.project['id']}"
    before = await office.staff.get(path)
    await make(office, status="complete")
    after = await office.staff.get(path)
    assert after.headers["etag"] == before.headers["etag"] == '"1"'
    assert after.json() == before.json() | {"progress": 100}
    renamed = await office.staff.patch(path, json={"name": "Renamed"}, headers={"If-Match": before.headers["etag"]})
    assert (renamed.status_code, renamed.json()["progress"]) == (200, 100)


async def test_a_projects_events_tell_its_progress_to_either_side(office: Office) -> None:
    await make(office, status="complete")
    await make(office, visibleToClient=False)
    await office.staff.post(f"/api/projects/{office.project['id']}/complete")
    [event] = await announced(office.house, office.agency, "projects.project.completed")
    assert (event.data["progress"], event.internal["progressForClient"]) == (50, 100)


async def test_changes_of_tasks_and_of_their_project_at_once_lose_nothing(office: Office) -> None:
    tasks = [await make(office, f"t{number}") for number in range(6)]
    path = f"/api/projects/{office.project['id']}"
    answers = await asyncio.gather(
        *(office.staff.patch(f"/api/tasks/{task['id']}", json={"status": "complete"}) for task in tasks[:3]),
        *(office.staff.patch(path, json={"description": f"Words {number}"}) for number in range(6)),
    )
    assert {answer.status_code for answer in answers} == {200}
    assert await progress(office.staff, office) == 50
    assert (await office.staff.get(path)).headers["etag"] == '"7"'


async def test_an_update_tells_of_tasks_that_the_client_sees_and_of_no_other(office: Office) -> None:
    done: dict[str, Any] = await make(office, "Home page")
    await make(office, "Shop")
    await change(office, done, status="complete")
    await make(office, "Canary", status="complete", visibleToClient=False)
    gone = await make(office, "Canary again", status="complete")
    await office.staff.delete(f"/api/tasks/{gone['id']}")
    content = (await office.staff.post("/api/ai", json={"projectId": office.project["id"]})).json()["content"]
    assert "50 % of its tasks are done." in content
    assert "Tasks done: Home page." in content
    assert "Canary" not in content
    assert len((await office.visitor.get(tasks_path(office))).json()) == 2
