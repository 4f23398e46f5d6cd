"""Threads and messages through REST, for both sides."""

from typing import Any
from uuid import uuid4

import pytest

from services.projects.tests.announced import announced
from services.projects.tests.office import Office, open_office, without_time
from tests.house import House

MESSAGE_KEYS = {"id", "threadId", "projectId", "clientId", "content", "attachments", "author", "createdAt"}
THREAD_KEYS = {"id", "projectId", "name", "visibility", "lastMessageAt", "createdAt"}


async def thread(office: Office, name: str = "Design", visibility: str = "client") -> dict[str, Any]:
    answer = await office.staff.post(
        f"/api/projects/{office.project['id']}/threads", json={"name": name, "visibility": visibility}
    )
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def general(office: Office) -> dict[str, Any]:
    threads = (await office.staff.get(f"/api/projects/{office.project['id']}/threads")).json()
    return dict(threads[-1])


async def test_every_project_starts_with_a_thread_that_its_client_may_read(office: Office) -> None:
    for door in (office.staff, office.visitor):
        [first] = (await door.get(f"/api/projects/{office.project['id']}/threads")).json()
        assert set(first) == THREAD_KEYS
        assert (first["name"], first["visibility"], first["lastMessageAt"]) == ("General", "client", None)


async def test_a_client_writes_with_its_token_in_the_body_and_the_agency_is_told(office: Office) -> None:
    answer = await office.house.gateway.post(
        "/api/portal/messages",
        json={"content": " Hello! ", "projectId": office.project["id"], "token": office.client.token},
    )
    body = answer.json()
    assert answer.status_code == 201, body
    assert set(body) == MESSAGE_KEYS
    assert (body["content"], body["author"]) == (
        "Hello!",
        {"kind": "client", "id": office.client.id, "name": "Ada Lovelace"},
    )
    assert body["threadId"] == (await general(office))["id"]
    [event] = await announced(office.house, office.agency, "projects.message.created")
    assert (event.data, event.internal["visibility"], event.actor.kind) == (body, "client", "client")


async def test_both_sides_read_what_the_other_wrote(office: Office) -> None:
    room = await general(office)
    path = f"/api/threads/{room['id']}/messages"
    from_staff = (await office.staff.post(path, json={"content": "Question"})).json()
    from_client = (await office.visitor.post(path, json={"content": "Answer"})).json()
    assert (from_staff["author"]["kind"], from_staff["author"]["name"]) == ("member", "Olivia Owner")
    for door in (office.staff, office.visitor):
        assert (await door.get(path)).json() == [from_client, from_staff]
    portal = await office.house.gateway.get(
        "/api/portal/messages", params={"token": office.client.token, "projectId": office.project["id"]}
    )
    assert portal.json() == [from_staff, from_client]
    assert (await general(office))["lastMessageAt"] == from_client["createdAt"]


async def test_the_portal_shows_the_latest_messages_oldest_first_and_leads_to_older_ones(office: Office) -> None:
    for number in range(5):
        await office.visitor.post(
            "/api/portal/messages", json={"content": f"Message {number}", "projectId": office.project["id"]}
        )
    query = {"projectId": office.project["id"], "limit": 3}
    latest = await office.visitor.get("/api/portal/messages", params=query)
    older = await office.visitor.get(latest.headers["link"].removeprefix("<").partition(">")[0])
    assert [message["content"][-1] for message in latest.json()] == ["2", "3", "4"]
    assert [message["content"][-1] for message in older.json()] == ["0", "1"]
    assert "link" not in older.headers


async def test_an_internal_thread_does_not_exist_for_a_client_in_any_way(office: Office) -> None:
    internal = await thread(office, "Among us", "internal")
    path = f"/api/threads/{internal['id']}/messages"
    secret = await office.staff.post(path, json={"content": "They must not read this"})
    assert secret.status_code == 201
    made_up = f"/api/threads/{uuid4()}/messages"
    assert without_time(await office.visitor.get(path)) == without_time(await office.visitor.get(made_up))
    refused = await office.visitor.post(path, json={"content": "x"})
    assert refused.status_code == 404
    assert without_time(refused) == without_time(await office.visitor.post(made_up, json={"content": "x"}))
    into_it = {"content": "x", "projectId": office.project["id"], "threadId": internal["id"]}
    assert (await office.visitor.post("/api/portal/messages", json=into_it)).status_code == 404
    threads = await office.visitor.get(f"/api/projects/{office.project['id']}/threads")
    portal = await office.visitor.get("/api/portal/messages", params={"projectId": office.project["id"]})
    assert [room["name"] for room in threads.json()] == ["General"]
    assert portal.json() == []
    [event] = await announced(office.house, office.agency, "projects.message.created")
    assert event.internal["visibility"] == "internal"


async def test_a_client_opens_threads_for_itself_but_none_that_it_could_not_read(office: Office) -> None:
    path = f"/api/projects/{office.project['id']}/threads"
    opened = await office.visitor.post(path, json={"name": "My questions"})
    assert (opened.status_code, opened.json()["visibility"]) == (201, "client")
    refused = await office.visitor.post(path, json={"name": "x", "visibility": "internal"})
    assert refused.status_code == 403
    message = {"content": "First", "projectId": office.project["id"], "threadId": opened.json()["id"]}
    assert (await office.visitor.post("/api/portal/messages", json=message)).json()["threadId"] == opened.json()["id"]


async def test_a_thread_of_another_project_is_not_written_in(office: Office) -> None:
    other = await office.agency.project(office.client, "Other")
    [room] = (await office.staff.get(f"/api/projects/{other['id']}/threads")).json()
    body = {"content": "x", "projectId": office.project["id"], "threadId": room["id"]}
    assert (await office.visitor.post("/api/portal/messages", json=body)).status_code == 404


async def test_staff_do_not_speak_for_clients(office: Office) -> None:
    body = {"content": "x", "projectId": office.project["id"]}
    answer = await office.staff.post("/api/portal/messages", json=body)
    assert (answer.status_code, answer.json()["code"]) == (403, "client_only")


@pytest.mark.parametrize("content", ["", "   ", "x" * 10_001, "nul\x00", None, 7])
async def test_a_message_has_between_one_and_ten_thousand_characters(office: Office, content: object) -> None:
    room = await general(office)
    answer = await office.staff.post(f"/api/threads/{room['id']}/messages", json={"content": content})
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, "content")


async def test_ten_thousand_characters_of_any_script_come_back_as_they_were(office: Office) -> None:
    room = await general(office)
    content = ("שלום 👩‍👩‍👧 <script>alert(1)</script> " * 400)[:10_000].strip()
    answer = await office.staff.post(f"/api/threads/{room['id']}/messages", json={"content": content})
    assert answer.json()["content"] == content
    [listed] = (await office.visitor.get(f"/api/threads/{room['id']}/messages")).json()
    assert listed == answer.json()


@pytest.mark.parametrize("author", [{"author": {"kind": "member"}}, {"createdAt": "2020-01-01T00:00:00Z"}])
async def test_nobody_chooses_who_they_are_or_when_it_is(office: Office, author: dict[str, Any]) -> None:
    room = await general(office)
    answer = await office.visitor.post(f"/api/threads/{room['id']}/messages", json={"content": "x"} | author)
    assert answer.status_code == 400


async def test_a_client_neither_reads_nor_writes_in_a_neighbours_project(office: Office) -> None:
    neighbour = await office.agency.client()
    room = await general(office)
    project = {"projectId": office.project["id"]}
    made_up = {"projectId": str(uuid4())}
    for real, invented in (
        (
            await neighbour.http.get("/api/portal/messages", params=project),
            await neighbour.http.get("/api/portal/messages", params=made_up),
        ),
        (
            await neighbour.http.post("/api/portal/messages", json={"content": "x"} | project),
            await neighbour.http.post("/api/portal/messages", json={"content": "x"} | made_up),
        ),
        (
            await neighbour.http.get(f"/api/threads/{room['id']}/messages"),
            await neighbour.http.get(f"/api/threads/{uuid4()}/messages"),
        ),
    ):
        assert real.status_code == 404
        assert without_time(real) == without_time(invented)


async def test_attachments_are_files_of_the_project_that_every_reader_may_see(office: Office, house: House) -> None:
    room = await general(office)
    among_us = await thread(office, "Among us", "internal")
    shown, hidden = await office.file("shown.txt"), await office.file("hidden.txt", visibleToClient="false")
    elsewhere = await (await open_office(house)).file()

    async def attach(thread_id: str, *ids: str) -> int:
        body = {"content": "See the file.", "attachments": ids}
        return (await office.staff.post(f"/api/threads/{thread_id}/messages", json=body)).status_code

    assert await attach(room["id"], shown["id"]) == 201
    assert await attach(room["id"], shown["id"], hidden["id"]) == 400
    assert await attach(among_us["id"], hidden["id"]) == 201
    assert await attach(room["id"], elsewhere["id"]) == 400
    assert await attach(room["id"], str(uuid4())) == 400


async def test_an_attachment_that_was_hidden_later_disappears_for_the_client_only(office: Office) -> None:
    room = await general(office)
    file = await office.file()
    path = f"/api/threads/{room['id']}/messages"
    await office.staff.post(path, json={"content": "See the file.", "attachments": [file["id"], file["id"]]})
    assert (await office.visitor.get(path)).json()[0]["attachments"] == [file["id"]]
    await office.staff.patch(f"/api/files/{file['id']}", json={"visibleToClient": False})
    assert (await office.visitor.get(path)).json()[0]["attachments"] == []
    assert (await office.staff.get(path)).json()[0]["attachments"] == [file["id"]]
