"""Tasks through REST: made, read, changed and deleted by staff, read by the client."""

from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import pytest

from chassis.errors import Unavailable
from services.projects.clients import Directory
from services.projects.context import Context
from services.projects.tests.announced import announced
from services.projects.tests.office import Office, open_office, without_time
from services.projects.tests.tasking import STAFF_ONLY_KEYS, TASK_KEYS, change, make, tasks_path
from tests.house import House


async def owner_id(office: Office) -> str:
    return str((await office.staff.get("/api/auth/me")).json()["user"]["id"])


async def test_a_task_is_created_with_what_was_asked_for(office: Office) -> None:
    owner = await owner_id(office)
    wanted = {"title": " Draft ", "description": "Two of them", "status": "in_review", "dueDate": "2027-01-15"}
    answer = await office.staff.post(tasks_path(office), json=wanted | {"assigneeId": owner, "visibleToClient": False})
    body = answer.json()
    assert answer.status_code == 201, body
    assert set(body) == TASK_KEYS
    assert (body["title"], body["description"], body["status"]) == ("Draft", "Two of them", "in_review")
    assert (body["dueDate"], body["assigneeId"], body["visibleToClient"]) == ("2027-01-15", owner, False)
    assert (body["projectId"], body["clientId"], body["position"]) == (office.project["id"], office.client.id, 0)


async def test_a_task_of_which_only_the_title_is_given_is_to_do_and_the_client_sees_it(office: Office) -> None:
    task = await make(office)
    assert (task["status"], task["description"], task["dueDate"], task["assigneeId"]) == ("todo", "", None, None)
    assert (await office.visitor.get(f"/api/tasks/{task['id']}")).status_code == 200


async def test_the_list_the_single_read_and_the_event_show_the_same(office: Office) -> None:
    task = await make(office, dueDate="2027-01-15", assigneeId=await owner_id(office))
    single = (await office.staff.get(f"/api/tasks/{task['id']}")).json()
    [listed] = (await office.staff.get(tasks_path(office))).json()
    [event] = await announced(office.house, office.agency, "projects.task.created")
    assert task == single == listed == event.data
    assert (event.aggregate_id, event.aggregate_version) == (UUID(task["id"]), 1)


async def test_a_client_reads_the_same_without_what_is_for_staff(office: Office) -> None:
    task = await make(office, dueDate="2027-01-15", assigneeId=await owner_id(office))
    shown = {name: value for name, value in task.items() if name not in STAFF_ONLY_KEYS}
    assert (await office.visitor.get(f"/api/tasks/{task['id']}")).json() == shown
    assert (await office.visitor.get(tasks_path(office))).json() == [shown]


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"title": ""},
        {"title": "   "},
        {"title": "x" * 201},
        {"title": "two\nlines"},
        {"title": "nul\x00"},
        {"title": 7},
        {"title": "x", "description": "x" * 10_001},
        {"title": "x", "status": "done"},
        {"title": "x", "dueDate": "15.01.2027"},
        {"title": "x", "assigneeId": "somebody"},
        {"title": "x", "visibleToClient": "perhaps"},
        {"title": "x", "position": 0},
        {"title": "x", "projectId": str(uuid4())},
        {"title": "x", "clientId": str(uuid4())},
        {"title": "x", "id": str(uuid4())},
        {"title": "x", "completedAt": "2026-01-01T00:00:00Z"},
    ],
)
async def test_a_body_that_is_wrong_or_reaches_further_is_refused(office: Office, body: dict[str, Any]) -> None:
    answer = await office.staff.post(tasks_path(office), json=body)
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid")
    assert answer.json()["errors"]
    assert (await office.staff.get(tasks_path(office))).json() == []


async def test_a_task_is_given_to_members_only_and_foreign_ones_are_refused_like_made_up_ones(
    house: House, office: Office
) -> None:
    task = await make(office)
    stranger = await owner_id(await open_office(house))
    for id in (stranger, str(uuid4()), office.client.id):
        made = await office.staff.post(tasks_path(office), json={"title": "x", "assigneeId": id})
        changed = await office.staff.patch(f"/api/tasks/{task['id']}", json={"assigneeId": id})
        for answer in (made, changed):
            assert answer.status_code == 400
            assert answer.json()["errors"] == [{"field": "assigneeId", "message": "is not a member of this agency"}]
    assert (await office.staff.get(tasks_path(office))).json() == [task]


async def test_a_task_is_given_to_a_colleague_and_taken_back(office: Office) -> None:
    colleague = await office.agency.member()
    id = (await colleague.get("/api/auth/me")).json()["user"]["id"]
    task = await make(office)
    assert (await change(office, task, assigneeId=id))["assigneeId"] == id
    assert (await change(office, task, title="Renamed"))["assigneeId"] == id
    assert (await change(office, task, assigneeId=None))["assigneeId"] is None


class SilentDirectory(Directory):
    """An auth that does not answer."""

    async def is_member(self, agency_id: UUID, member_id: UUID) -> bool:
        raise Unavailable


async def test_while_auth_does_not_answer_nobody_is_assigned_and_all_else_goes_on(house: House, office: Office) -> None:
    owner, app = await owner_id(office), house.apps["projects"]
    task = await make(office, assigneeId=owner)
    context: Context = app.state.context
    app.state.context = replace(context, directory=SilentDirectory(house.chassis("projects").peers))
    try:
        made = await office.staff.post(tasks_path(office), json={"title": "x", "assigneeId": owner})
        changed = await office.staff.patch(f"/api/tasks/{task['id']}", json={"assigneeId": str(uuid4())})
        assert [made.status_code, changed.status_code] == [503, 503]
        assert (await change(office, task, assigneeId=owner, status="complete"))["status"] == "complete"
        assert (await make(office, "Of nobody"))["assigneeId"] is None
    finally:
        app.state.context = context


async def test_what_a_patch_does_not_name_stays(office: Office) -> None:
    task = await make(office, description="Words", dueDate="2027-01-15")
    body = await change(office, task, title="Renamed")
    assert body == task | {"title": "Renamed", "updatedAt": body["updatedAt"]}
    assert (await change(office, task, dueDate=None))["dueDate"] is None
    assert (await change(office, task, description=""))["description"] == ""


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"title": None},
        {"status": None},
        {"position": None},
        {"visibleToClient": None},
        {"position": -1},
        {"position": 2**31},
        {"position": "0"},
        {"position": 0.5},
        {"position": True},
        {"status": "done"},
        {"projectId": str(uuid4())},
        {"createdAt": "2020-01-01T00:00:00Z"},
    ],
)
async def test_a_patch_of_what_cannot_be_changed_is_refused(office: Office, fields: dict[str, Any]) -> None:
    task = await make(office)
    answer = await office.staff.patch(f"/api/tasks/{task['id']}", json=fields)
    assert answer.status_code == 400, answer.text
    assert (await office.staff.get(f"/api/tasks/{task['id']}")).json() == task


async def test_if_match_refuses_a_change_of_an_older_version(office: Office) -> None:
    path = f"/api/tasks/{(await make(office))['id']}"
    etag = (await office.staff.get(path)).headers["etag"]
    first = await office.staff.patch(path, json={"title": "First", "status": "query"}, headers={"If-Match": etag})
    assert (first.status_code, first.headers["etag"]) == (200, '"2"')
    assert (await office.staff.patch(path, json={"title": "x"}, headers={"If-Match": etag})).status_code == 412
    assert (await office.staff.delete(path, headers={"If-Match": etag})).status_code == 412
    assert (await office.staff.get(path)).json() == first.json()
    assert (await office.staff.delete(path, headers={"If-Match": '"2"'})).status_code == 200


async def test_a_deleted_task_is_gone(office: Office) -> None:
    task = await make(office)
    path = f"/api/tasks/{task['id']}"
    answer = await office.staff.delete(path)
    assert (answer.status_code, answer.json()) == (200, {"id": task["id"], "deleted": True})
    for door in (office.staff, office.visitor):
        assert (await door.get(path)).status_code == 404
        assert (await door.get(tasks_path(office))).json() == []
    assert (await office.staff.delete(path)).status_code == 404
    assert (await office.staff.patch(path, json={"title": "x"})).status_code == 404


async def test_the_tasks_of_a_deleted_project_are_gone_with_it(office: Office) -> None:
    path = f"/api/tasks/{(await make(office))['id']}"
    await office.staff.delete(f"/api/projects/{office.project['id']}")
    for door in (office.staff, office.visitor):
        assert (await door.get(path)).status_code == 404
        assert (await door.get(tasks_path(office))).status_code == 404
    assert (await office.staff.patch(path, json={"title": "x"})).status_code == 404
    assert (await office.staff.delete(path)).status_code == 404
    assert (await office.staff.post(tasks_path(office), json={"title": "x"})).status_code == 404


async def test_lists_are_filtered_searched_and_paged_newest_first(office: Office) -> None:
    for number in range(5):
        await make(office, f"Task {number}", description="100% of it" if number == 1 else "")
    await make(office, "Asked", status="query")

    async def titles(**query: Any) -> list[str]:
        staff, client = [
            [task["title"] for task in (await door.get(tasks_path(office), params=query)).json()]
            for door in (office.staff, office.visitor)
        ]
        assert staff == client
        return staff

    assert await titles() == ["Asked", "Task 4", "Task 3", "Task 2", "Task 1", "Task 0"]
    assert await titles(status="query") == ["Asked"]
    assert await titles(status="complete") == []
    assert await titles(q="TASK 3") == ["Task 3"]
    assert await titles(q="100%") == ["Task 1"]
    for door in (office.staff, office.visitor):
        first = await door.get(tasks_path(office), params={"limit": 4, "status": "todo"})
        rest = await door.get(first.headers["link"].removeprefix("<").partition(">")[0])
        assert [task["title"] for task in first.json() + rest.json()] == [f"Task {n}" for n in (4, 3, 2, 1, 0)]
        assert [task["position"] for task in first.json() + rest.json()] == [4, 3, 2, 1, 0]
        assert "link" not in rest.headers
    assert (await office.staff.get(tasks_path(office), params={"status": "done"})).status_code == 400


async def test_a_task_marked_internal_does_not_exist_for_a_client_in_any_way(office: Office) -> None:
    await make(office, "First")
    hidden = await make(office, "Canary", visibleToClient=False)
    last = await make(office, "Last")
    path = f"/api/tasks/{hidden['id']}"
    assert without_time(await office.visitor.get(path)) == without_time(
        await office.visitor.get(f"/api/tasks/{uuid4()}")
    )
    listed = await office.visitor.get(tasks_path(office))
    assert [(task["title"], task["position"]) for task in listed.json()] == [("Last", 1), ("First", 0)]
    assert (await office.visitor.get(f"/api/tasks/{last['id']}")).json() == listed.json()[0]
    assert (await office.visitor.get(tasks_path(office), params={"q": "canary"})).json() == []
    one = await office.visitor.get(tasks_path(office), params={"limit": 2})
    assert "link" not in one.headers
    await change(office, hidden, visibleToClient=True)
    assert (await office.visitor.get(path)).json()["position"] == 1
    await change(office, hidden, visibleToClient=False)
    assert (await office.visitor.get(path)).status_code == 404


async def test_a_client_changes_no_task(office: Office) -> None:
    task = await make(office)
    path = f"/api/tasks/{task['id']}"
    for method, target, body in (
        ("POST", tasks_path(office), {"title": "x"}),
        ("PATCH", path, {"status": "complete"}),
        ("DELETE", path, None),
    ):
        answer = await office.visitor.request(method, target, json=body)
        assert (answer.status_code, answer.json()["code"]) == (403, "staff_only"), target
    assert (await office.staff.get(path)).json() == task


async def test_a_neighbour_and_another_agency_meet_a_task_like_a_random_id(house: House, office: Office) -> None:
    task = await make(office)
    neighbour, stranger = await office.agency.client(), await open_office(house)
    path, random = f"/api/tasks/{task['id']}", f"/api/tasks/{uuid4()}"
    for door in (neighbour.http, stranger.visitor, stranger.staff):
        assert without_time(await door.get(path)) == without_time(await door.get(random))
        assert (await door.get(tasks_path(office))).status_code == 404
    assert (await stranger.staff.patch(path, json={"title": "x"})).status_code == 404
    assert (await stranger.staff.delete(path)).status_code == 404
    assert (await stranger.staff.post(tasks_path(office), json={"title": "x"})).status_code == 404
    assert (await office.staff.get(path)).json() == task


async def test_a_company_reads_the_tasks_of_its_clients_and_of_no_other(office: Office) -> None:
    company = await office.agency.company()
    inside = await office.agency.project(await company.client())
    task = await office.agency.made(f"/api/projects/{inside['id']}/tasks", {"title": "Inside"})
    outside = await make(office, "Outside")
    assert (await company.http.get(f"/api/tasks/{task['id']}")).json()["title"] == "Inside"
    assert (await company.http.get(f"/api/tasks/{outside['id']}")).status_code == 404


async def test_a_module_that_is_off_shuts_tasks_for_clients_and_not_for_staff(office: Office) -> None:
    task = await make(office)
    modules = ["projects", "files", "messages", "invoices"]
    answer = await office.staff.patch("/api/v1/client-portal/config", json={"enabled_modules": modules})
    assert answer.status_code == 200, answer.text
    for path in (f"/api/tasks/{task['id']}", tasks_path(office)):

        async def shut(path: str = path) -> bool:
            return (await office.visitor.get(path)).status_code == 403

        await office.house.eventually(shut)
        assert (await office.visitor.get(path)).json()["code"] == "module_off"
        assert (await office.staff.get(path)).status_code == 200


async def test_completing_is_announced_once_each_time_a_task_becomes_complete(office: Office) -> None:
    early, task = await make(office, "Done already", status="complete"), await make(office)

    async def told(verb: str) -> list[str]:
        events = await announced(office.house, office.agency, f"projects.task.{verb}")
        return [event.data["title"] for event in events]

    assert await told("completed") == ["Done already"]
    await change(office, task, status="complete")
    await change(office, task, status="complete", title="Renamed")
    assert (await change(office, task, position=0))["position"] == 0
    await change(office, early, status="complete", position=0)
    assert await told("completed") == ["Done already", "Draft"]
    await change(office, task, status="in_review")
    assert len(await told("updated")) == 5
    done = await change(office, task, status="complete")
    [*_, event] = await announced(office.house, office.agency, "projects.task.completed")
    assert event.data == done
    assert await told("completed") == ["Done already", "Draft", "Renamed"]


async def test_a_refused_change_announces_nothing(office: Office) -> None:
    task = await make(office)
    refused = await office.staff.patch(
        f"/api/tasks/{task['id']}", json={"status": "complete"}, headers={"If-Match": '"9"'}
    )
    assert refused.status_code == 412
    assert await announced(office.house, office.agency, "projects.task.updated") == []
    assert await announced(office.house, office.agency, "projects.task.completed") == []


async def test_a_repeated_idempotency_key_makes_one_task(office: Office) -> None:
    headers = {"Idempotency-Key": "one"}
    answers = [await office.staff.post(tasks_path(office), json={"title": "x"}, headers=headers) for _ in range(3)]
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert len((await office.staff.get(tasks_path(office))).json()) == 1
