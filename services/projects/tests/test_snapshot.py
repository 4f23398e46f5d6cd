"""GetClientWork and CountClientWork: what the portal is told that a client may see, and how much is under way."""

from typing import Any
from uuid import uuid4

import grpc
import orjson
import pytest
from portico.projects.v1 import work_pb2, work_pb2_grpc

from chassis.errors import PorticoError
from chassis.rpc import Peers
from services.projects.tests.office import Office

MESSAGES_SHOWN = 50


async def work(office: Office, *client_ids: str, agency_id: str | None = None) -> dict[str, Any]:
    peers: Peers = office.house.chassis("auth").peers
    stub = work_pb2_grpc.WorkServiceStub(peers.channel("projects"))
    request = work_pb2.GetClientWorkRequest(agency_id=agency_id or office.agency.id, client_ids=client_ids)
    answer = await peers.ask(stub.GetClientWork, request)
    return {field.name: orjson.loads(value) for field, value in answer.ListFields()}


async def test_each_section_is_what_rest_answers_the_client(office: Office) -> None:
    file = await office.file()
    await office.visitor.post(f"/api/files/{file['id']}/request-changes", json={"comment": "Larger"})
    await office.file("second.txt")
    entries = f"/api/projects/{office.project['id']}/time-entries"
    await office.staff.post(entries, json={"description": "Wireframes", "minutes": 90, "rate": 80, "note": "Long"})
    update = (await office.staff.post("/api/ai", json={"projectId": office.project["id"]})).json()
    await office.staff.post(f"/api/ai/{update['id']}/publish")
    told = await work(office, office.client.id)
    assert told["projects"] == (await office.visitor.get("/api/projects")).json()
    assert told["files"] == (await office.visitor.get("/api/files")).json()
    assert told["updates"] == (await office.visitor.get("/api/ai")).json()
    assert len(told["files"]) == 2
    assert len(told["updates"]) == 1
    assert told["time_entries"] == (await office.visitor.get(entries)).json()
    assert len(told["time_entries"]) == 1
    assert told["contracts"] == []


async def test_threads_carry_their_latest_messages_oldest_first(office: Office) -> None:
    for number in range(MESSAGES_SHOWN + 3):
        body = {"content": f"Message {number}", "projectId": office.project["id"]}
        await office.visitor.post("/api/portal/messages", json=body)
    [thread] = (await work(office, office.client.id))["threads"]
    messages = thread.pop("messages")
    assert [thread] == (await office.visitor.get(f"/api/projects/{office.project['id']}/threads")).json()
    listed = (await office.visitor.get(f"/api/threads/{thread['id']}/messages")).json()
    assert messages == listed[:MESSAGES_SHOWN][::-1]
    assert messages[-1]["content"] == f"Message {MESSAGES_SHOWN + 2}"


async def test_nothing_is_told_that_the_client_may_not_see(office: Office) -> None:
    canary = f"canary{uuid4().hex}"
    await office.file(f"{canary}.txt", visibleToClient="false")
    await office.staff.post("/api/ai", json={"projectId": office.project["id"]})
    entries = f"/api/projects/{office.project['id']}/time-entries"
    await office.staff.post(entries, json={"description": canary, "minutes": 1, "billable": False})
    await office.staff.post(entries, json={"description": "Work", "minutes": 1, "note": canary})
    internal = await office.staff.post(
        f"/api/projects/{office.project['id']}/threads", json={"name": canary, "visibility": "internal"}
    )
    await office.staff.post(f"/api/threads/{internal.json()['id']}/messages", json={"content": canary})
    neighbour = await office.agency.client()
    await office.agency.project(neighbour, canary)
    gone = await office.agency.project(office.client, canary)
    await office.file(f"{canary} too.txt", projectId=gone["id"])
    await office.staff.post(f"/api/projects/{gone['id']}/time-entries", json={"description": canary, "minutes": 1})
    await office.staff.delete(f"/api/projects/{gone['id']}")
    told = await work(office, office.client.id)
    assert canary not in orjson.dumps(told).decode()
    assert [len(told[section]) for section in ("projects", "files", "threads", "updates", "time_entries")] == [
        1,
        0,
        1,
        0,
        1,
    ]


async def test_a_company_is_told_of_the_work_of_all_its_clients(office: Office) -> None:
    colleague = await office.agency.client()
    await office.agency.project(colleague, "Colleague's")
    told = await work(office, office.client.id, colleague.id)
    assert [project["name"] for project in told["projects"]] == ["Colleague's", "Website"]


async def test_a_foreign_agency_has_no_work_with_this_client(office: Office) -> None:
    other = await office.house.agency("Other")
    told = await work(office, office.client.id, agency_id=other.id)
    assert all(section == [] for section in told.values())
    assert await work(office, agency_id=office.agency.id) == told


async def test_ids_that_are_none_are_refused(office: Office) -> None:
    with pytest.raises(PorticoError):
        await work(office, "1; DROP TABLE projects")


async def test_nobody_without_a_service_token_is_answered(office: Office) -> None:
    port = office.house.apps["projects"].state.rpc_port
    async with grpc.aio.insecure_channel(f"127.0.0.1:{port}") as channel:
        stub = work_pb2_grpc.WorkServiceStub(channel)
        with pytest.raises(grpc.aio.AioRpcError) as refused:
            await stub.GetClientWork(work_pb2.GetClientWorkRequest(agency_id=office.agency.id), timeout=5)
    assert refused.value.code() == grpc.StatusCode.UNAUTHENTICATED


async def count(office: Office, *client_ids: str, agency_id: str | None = None) -> int:
    peers: Peers = office.house.chassis("portal").peers
    stub = work_pb2_grpc.WorkServiceStub(peers.channel("projects"))
    request = work_pb2.CountClientWorkRequest(agency_id=agency_id or office.agency.id, client_ids=client_ids)
    return int((await peers.ask(stub.CountClientWork, request)).active_projects)


async def test_only_projects_that_are_under_way_count(office: Office) -> None:
    others = [await office.agency.project(office.client) for _ in range(4)]
    assert await count(office, office.client.id) == 5
    for project, status in zip(others, ("on_hold", "archived"), strict=False):
        await office.staff.patch(f"/api/projects/{project['id']}", json={"status": status})
    await office.staff.post(f"/api/projects/{others[2]['id']}/complete")
    await office.staff.delete(f"/api/projects/{others[3]['id']}")
    assert await count(office, office.client.id) == 1
    await office.staff.patch(f"/api/projects/{others[0]['id']}", json={"status": "active"})
    assert await count(office, office.client.id) == 2


async def test_the_projects_of_the_named_clients_count_and_no_others(office: Office) -> None:
    colleague, neighbour = await office.agency.client(), await office.agency.client()
    for client in (colleague, colleague, neighbour):
        await office.agency.project(client)
    stranger = await office.house.agency("Other")
    assert await count(office, office.client.id, colleague.id) == 3
    assert await count(office, office.client.id, agency_id=stranger.id) == 0
    assert await count(office) == 0
    with pytest.raises(PorticoError):
        await count(office, "1 OR 1=1")
