"""Projects through REST, for both sides."""

from typing import Any
from uuid import UUID, uuid4

import pytest

from services.projects.tests.announced import announced
from tests.house import Agency, Client, House

PUBLIC_KEYS = {
    "id", "name", "description", "status", "dueDate", "clientId", "progress", "completedAt", "createdAt", "updatedAt",
}  # fmt: skip


@pytest.fixture
async def agency(house: House) -> Agency:
    return await house.agency()


@pytest.fixture
async def client(agency: Agency) -> Client:
    return await agency.client()


@pytest.fixture
async def project(agency: Agency, client: Client) -> dict[str, Any]:
    return await agency.project(client)


async def test_a_project_is_created_with_what_was_asked_for(agency: Agency, client: Client) -> None:
    answer = await agency.http.post(
        "/api/projects",
        json={"name": " Website ", "description": "New pages", "clientId": client.id, "dueDate": "2027-03-31"},
    )
    body = answer.json()
    assert answer.status_code == 201, body
    assert set(body) == PUBLIC_KEYS
    assert (body["name"], body["description"], body["dueDate"]) == ("Website", "New pages", "2027-03-31")
    assert (body["status"], body["progress"], body["completedAt"]) == ("active", 0, None)
    assert (UUID(body["id"]).version, body["clientId"]) == (7, client.id)


async def test_a_client_created_a_moment_ago_can_have_a_project_before_anything_was_heard_of_it(agency: Agency) -> None:
    for _ in range(5):
        fresh = await agency.client()
        answer = await agency.http.post("/api/projects", json={"name": "At once", "clientId": fresh.id})
        assert answer.status_code == 201, answer.text


async def test_the_list_the_single_read_and_the_event_show_the_same(
    house: House, agency: Agency, project: dict[str, Any]
) -> None:
    single = (await agency.http.get(f"/api/projects/{project['id']}")).json()
    listed = (await agency.http.get("/api/projects")).json()
    [event] = await announced(house, agency, "projects.project.created")
    assert project == single == listed[0] == event.data
    assert (event.aggregate_id, event.aggregate_version) == (UUID(project["id"]), 1)


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"name": "x"},
        {"name": "", "clientId": "CLIENT"},
        {"name": "   ", "clientId": "CLIENT"},
        {"name": "x" * 201, "clientId": "CLIENT"},
        {"name": "nul\x00", "clientId": "CLIENT"},
        {"name": "x", "clientId": "not an id"},
        {"name": "x", "clientId": "CLIENT", "dueDate": "31.03.2027"},
        {"name": "x", "clientId": "CLIENT", "dueDate": "2027-02-30"},
        {"name": "x", "clientId": "CLIENT", "description": "x" * 10_001},
        {"name": "x", "clientId": "CLIENT", "status": "completed"},
        {"name": "x", "clientId": "CLIENT", "agencyId": str(uuid4())},
        {"name": "x", "clientId": "CLIENT", "id": str(uuid4())},
        {"name": "x", "clientId": "CLIENT", "completedAt": "2026-01-01T00:00:00Z"},
        {"name": 7, "clientId": "CLIENT"},
    ],
)
async def test_a_body_that_is_wrong_or_reaches_further_is_refused(
    agency: Agency, client: Client, body: dict[str, Any]
) -> None:
    if body.get("clientId") == "CLIENT":
        body = body | {"clientId": client.id}
    answer = await agency.http.post("/api/projects", json=body)
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid")
    assert answer.json()["errors"]


async def test_a_foreign_client_is_refused_exactly_like_a_made_up_one(house: House, agency: Agency) -> None:
    stranger = await (await house.agency("Other")).client()
    answers = [
        (await agency.http.post("/api/projects", json={"name": "x", "clientId": id})).json()
        for id in (stranger.id, str(uuid4()))
    ]
    assert answers[0] | {"time": ""} == answers[1] | {"time": ""}
    assert answers[0]["errors"] == [{"field": "clientId", "message": "is not a client of this agency"}]


async def test_a_deleted_client_gets_no_new_project(house: House, agency: Agency, client: Client) -> None:
    await agency.project(client)
    assert (await agency.http.delete(f"/api/clients/{client.id}")).status_code == 200

    async def refused() -> bool:
        answer = await agency.http.post("/api/projects", json={"name": "Late", "clientId": client.id})
        return answer.status_code == 400

    assert await house.eventually(refused)


async def test_what_a_patch_does_not_name_stays(agency: Agency, project: dict[str, Any]) -> None:
    path = f"/api/projects/{project['id']}"
    await agency.http.patch(path, json={"description": "Words", "dueDate": "2027-01-02"})
    body = (await agency.http.patch(path, json={"name": "Renamed"})).json()
    assert (body["name"], body["description"], body["dueDate"]) == ("Renamed", "Words", "2027-01-02")
    assert (await agency.http.patch(path, json={"dueDate": None})).json()["dueDate"] is None
    assert (await agency.http.get(path)).json()["description"] == "Words"


@pytest.mark.parametrize(
    "change", [{}, {"name": None}, {"status": None}, {"clientId": str(uuid4())}, {"progress": 50}, {"status": "done"}]
)
async def test_a_patch_of_what_cannot_be_changed_is_refused(
    agency: Agency, project: dict[str, Any], change: dict[str, Any]
) -> None:
    path = f"/api/projects/{project['id']}"
    assert (await agency.http.patch(path, json=change)).status_code == 400
    assert (await agency.http.get(path)).json() == project


async def test_put_does_what_patch_does(agency: Agency, project: dict[str, Any]) -> None:
    answer = await agency.http.put(f"/api/projects/{project['id']}", json={"status": "on_hold"})
    assert (answer.status_code, answer.json()["status"], answer.json()["name"]) == (200, "on_hold", "Website")


async def test_a_project_is_completed_once_and_the_event_carries_the_message(
    house: House, agency: Agency, project: dict[str, Any]
) -> None:
    path = f"/api/projects/{project['id']}/complete"
    first = await agency.http.post(path, json={"message": "Thank you!"})
    second = await agency.http.post(path, json={"message": "Thank you!"})
    assert (first.status_code, first.json()["status"]) == (200, "completed")
    assert first.json()["completedAt"]
    assert (second.status_code, second.json()["code"]) == (409, "project_already_completed")
    [event] = await announced(house, agency, "projects.project.completed")
    assert (event.data, event.internal["message"]) == (first.json(), "Thank you!")


async def test_completing_needs_no_body(agency: Agency, project: dict[str, Any]) -> None:
    answer = await agency.http.post(f"/api/projects/{project['id']}/complete")
    assert (answer.status_code, answer.json()["status"]) == (200, "completed")


async def test_a_status_of_completed_announces_the_completion_too(
    house: House, agency: Agency, project: dict[str, Any]
) -> None:
    path = f"/api/projects/{project['id']}"
    assert (await agency.http.patch(path, json={"status": "completed"})).json()["completedAt"]
    assert (await agency.http.patch(path, json={"status": "completed", "name": "Same"})).status_code == 200
    assert len(await announced(house, agency, "projects.project.completed")) == 1


async def test_a_completed_project_taken_up_again_can_be_completed_again(
    agency: Agency, project: dict[str, Any]
) -> None:
    path = f"/api/projects/{project['id']}"
    await agency.http.post(f"{path}/complete")
    assert (await agency.http.patch(path, json={"status": "active"})).json()["completedAt"] is None
    assert (await agency.http.post(f"{path}/complete")).status_code == 200


async def test_an_archived_project_is_not_completed(agency: Agency, project: dict[str, Any]) -> None:
    path = f"/api/projects/{project['id']}"
    await agency.http.patch(path, json={"status": "archived"})
    answer = await agency.http.post(f"{path}/complete")
    assert (answer.status_code, answer.json()["code"]) == (409, "project_status_not_reachable")


async def test_a_deleted_project_is_gone_with_all_that_hangs_on_it(
    house: House, agency: Agency, client: Client, project: dict[str, Any]
) -> None:
    path = f"/api/projects/{project['id']}"
    [thread] = (await agency.http.get(f"{path}/threads")).json()
    answer = await agency.http.delete(path)
    assert (answer.status_code, answer.json()) == (200, {"id": project["id"], "deleted": True})
    for gone in (path, f"{path}/threads", f"/api/threads/{thread['id']}/messages"):
        assert (await agency.http.get(gone)).status_code == 404
        assert (await client.http.get(gone)).status_code == 404
    assert (await agency.http.delete(path)).status_code == 404
    assert (await agency.http.get("/api/projects")).json() == []
    [event] = await announced(house, agency, "projects.project.deleted")
    assert (event.aggregate_version, event.data["id"]) == (2, project["id"])


async def test_if_match_refuses_a_change_of_an_older_version(agency: Agency, project: dict[str, Any]) -> None:
    path = f"/api/projects/{project['id']}"
    etag = (await agency.http.get(path)).headers["etag"]
    first = await agency.http.patch(path, json={"name": "First"}, headers={"If-Match": etag})
    assert first.status_code == 200
    assert first.headers["etag"] != etag
    assert (await agency.http.patch(path, json={"name": "Second"}, headers={"If-Match": etag})).status_code == 412
    assert (await agency.http.delete(path, headers={"If-Match": etag})).status_code == 412
    assert (await agency.http.get(path)).json()["name"] == "First"


async def test_lists_are_filtered_searched_and_paged_newest_first(agency: Agency, client: Client) -> None:
    other = await agency.client()
    made = [await agency.project(client, f"Project {number}") for number in range(5)]
    await agency.project(other, "100% other")
    await agency.http.patch(f"/api/projects/{made[0]['id']}", json={"status": "on_hold"})

    async def names(**query: Any) -> list[str]:
        return [project["name"] for project in (await agency.http.get("/api/projects", params=query)).json()]

    assert await names(clientId=client.id) == [f"Project {number}" for number in (4, 3, 2, 1, 0)]
    assert await names(status="on_hold") == ["Project 0"]
    assert await names(q="PROJECT 3") == ["Project 3"]
    assert await names(q="100%") == ["100% other"]
    assert await names(clientId=str(uuid4())) == []
    first = await agency.http.get("/api/projects", params={"limit": 4, "clientId": client.id})
    following = first.headers["link"].removeprefix("<").partition(">")[0]
    rest = await agency.http.get(following)
    assert [project["name"] for project in first.json() + rest.json()] == await names(clientId=client.id)
    assert "link" not in rest.headers


async def test_a_client_reads_its_own_projects_and_no_others(agency: Agency, client: Client) -> None:
    own = await agency.project(client, "Own")
    neighbour = await agency.client()
    foreign = await agency.project(neighbour, "Foreign")
    assert (await client.http.get("/api/projects")).json() == [own]
    assert (await client.http.get(f"/api/projects/{own['id']}")).json() == own
    assert (await client.http.get("/api/projects", params={"clientId": neighbour.id})).json() == []
    missing = (await client.http.get(f"/api/projects/{uuid4()}")).json()
    answer = await client.http.get(f"/api/projects/{foreign['id']}")
    assert answer.status_code == 404
    assert answer.json() | {"time": ""} == missing | {"time": ""}


async def test_a_client_changes_no_project(client: Client, project: dict[str, Any]) -> None:
    path = f"/api/projects/{project['id']}"
    for method, target, body in (
        ("POST", "/api/projects", {"name": "x", "clientId": client.id}),
        ("PATCH", path, {"name": "x"}),
        ("PUT", path, {"name": "x"}),
        ("DELETE", path, None),
        ("POST", f"{path}/complete", {}),
    ):
        answer = await client.http.request(method, target, json=body)
        assert (answer.status_code, answer.json()["code"]) == (403, "staff_only"), target


async def test_another_agency_meets_a_project_like_a_random_id(house: House, project: dict[str, Any]) -> None:
    stranger = await house.agency("Other")
    path = f"/api/projects/{project['id']}"
    for method, target, body in (
        ("GET", path, None),
        ("PATCH", path, {"name": "x"}),
        ("DELETE", path, None),
        ("POST", f"{path}/complete", {}),
        ("GET", f"{path}/threads", None),
        ("POST", f"{path}/threads", {"name": "x"}),
    ):
        real = await stranger.http.request(method, target, json=body)
        made_up = await stranger.http.request(method, target.replace(project["id"], str(uuid4())), json=body)
        malformed = await stranger.http.request(method, target.replace(project["id"], "1"), json=body)
        assert real.status_code == 404, target
        assert {key: value for key, value in real.json().items() if key != "time"} == {
            key: value for key, value in made_up.json().items() if key != "time"
        }
        assert malformed.json()["detail"] == real.json()["detail"]


async def test_a_repeated_idempotency_key_makes_one_project(agency: Agency, client: Client) -> None:
    body = {"name": "Once", "clientId": client.id}
    headers = {"Idempotency-Key": "one"}
    answers = [await agency.http.post("/api/projects", json=body, headers=headers) for _ in range(3)]
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert len((await agency.http.get("/api/projects")).json()) == 1
