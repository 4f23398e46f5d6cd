"""The inbox: threads of all projects, whose turn it is in each, and who sees none of it."""

import asyncio
from typing import Any

import httpx
import pytest

from services.projects.inbox.schemas import InboxThread
from services.projects.tests.office import Office
from services.projects.tests.test_messages import general, thread
from tests.house import House

INBOX = "/api/threads"


async def write(door: httpx.AsyncClient, room: dict[str, Any], content: str = "Hello") -> dict[str, Any]:
    answer = await door.post(f"/api/threads/{room['id']}/messages", json={"content": content})
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def inbox(office: Office, **query: str) -> list[dict[str, Any]]:
    answer = await office.staff.get(INBOX, params=query)
    assert answer.status_code == 200, answer.text
    return list(answer.json())


async def names(office: Office, **query: str) -> list[str]:
    return [room["name"] for room in await inbox(office, **query)]


async def waiting(office: Office, **query: str) -> dict[str, int]:
    return dict((await office.staff.get(f"{INBOX}/waiting", params=query)).json())


async def test_a_thread_tells_where_it_is_whose_it_is_and_what_was_said_last(office: Office) -> None:
    room = await general(office)
    await write(office.staff, room)
    message = await write(office.visitor, room, "Could the headline\n\n   be larger?")
    [found] = await inbox(office)
    assert found == {
        **room,
        "lastMessageAt": message["createdAt"],
        "clientId": office.client.id,
        "project": {"id": office.project["id"], "name": office.project["name"]},
        "client": {"id": office.client.id, "name": "Ada Lovelace", "company": None},
        "lastMessage": {
            "id": message["id"],
            "excerpt": "Could the headline be larger?",
            "author": message["author"],
            "createdAt": message["createdAt"],
        },
        "waiting": "agency",
        "messageCount": 2,
        "unanswered": 1,
    }
    assert found == InboxThread.model_validate(found).model_dump(mode="json", by_alias=True)


async def test_the_newest_message_comes_first_and_threads_without_one_do_not_come(office: Office) -> None:
    first, second = await general(office), await thread(office, "Second")
    await thread(office, "Silent")
    await write(office.visitor, first)
    await write(office.visitor, second)
    assert await names(office) == ["Second", "General"]
    await write(office.staff, first)
    assert await names(office) == ["General", "Second"]


async def test_whose_turn_it_is_is_for_whom_did_not_write_last(office: Office) -> None:
    ours, theirs, internal = (
        await general(office),
        await thread(office, "Theirs"),
        await thread(office, "Us", "internal"),
    )
    await write(office.staff, theirs)
    await write(office.staff, internal)
    for _ in range(3):
        await write(office.visitor, ours)
    assert {room["name"]: (room["waiting"], room["unanswered"]) for room in await inbox(office)} == {
        "General": ("agency", 3),
        "Theirs": ("client", 0),
        "Us": (None, 0),
    }
    assert await names(office, waiting="agency") == ["General"]
    assert await names(office, waiting="client") == ["Theirs"]
    assert await names(office, visibility="internal") == ["Us"]
    assert await names(office, visibility="internal", waiting="client") == []
    assert await waiting(office) == {"agency": 1, "client": 1}
    await write(office.staff, ours)
    assert await waiting(office) == {"agency": 0, "client": 2}
    assert [room["unanswered"] for room in await inbox(office, projectId=office.project["id"])] == [0, 0, 0]


async def test_the_inbox_is_narrowed_to_a_project_and_to_a_client(office: Office) -> None:
    other = await office.agency.client()
    elsewhere = await office.agency.project(other, "Elsewhere")
    [room] = (await office.staff.get(f"/api/projects/{elsewhere['id']}/threads")).json()
    await write(office.visitor, await general(office))
    await write(other.http, room)
    for query in ({"projectId": elsewhere["id"]}, {"clientId": other.id}):
        assert [one["project"]["name"] for one in await inbox(office, **query)] == ["Elsewhere"]
        assert await waiting(office, **query) == {"agency": 1, "client": 0}
    assert await inbox(office, clientId=other.id, projectId=office.project["id"]) == []


async def test_pages_lead_from_one_to_the_next(office: Office) -> None:
    rooms = [await thread(office, f"Thread {number}") for number in range(5)]
    for room in rooms:
        await write(office.visitor, room)
    seen, link = [], f"{INBOX}?limit=2&waiting=agency"
    while link:
        page = await office.staff.get(link)
        seen += [room["id"] for room in page.json()]
        link = page.headers.get("link", "").removeprefix("<").partition(">")[0]
    assert seen == [room["id"] for room in reversed(rooms)]


async def test_threads_of_a_deleted_project_are_gone_and_wait_for_nobody(office: Office) -> None:
    await write(office.visitor, await general(office))
    assert (await office.staff.delete(f"/api/projects/{office.project['id']}")).status_code == 200
    assert await inbox(office) == []
    assert await waiting(office) == {"agency": 0, "client": 0}


async def test_of_many_who_write_at_once_everybody_is_counted_and_the_last_is_the_last(office: Office) -> None:
    room = await general(office)
    await asyncio.gather(*(write(door, room) for door in (office.staff, office.visitor) for _ in range(4)))
    [last, *_] = (await office.staff.get(f"/api/threads/{room['id']}/messages")).json()
    [found] = await inbox(office)
    assert (found["messageCount"], found["lastMessage"]["id"]) == (8, last["id"])
    assert found["waiting"] == ("agency" if last["author"]["kind"] == "client" else "client")


async def test_an_excerpt_is_the_beginning_of_a_long_message(office: Office) -> None:
    await write(office.visitor, await general(office), "שלום 👩‍👩‍👧 " * 900)
    [found] = await inbox(office)
    assert len(found["lastMessage"]["excerpt"]) <= 200
    assert found["lastMessage"]["excerpt"].startswith("שלום 👩‍👩‍👧 שלום")


async def test_the_inbox_is_the_agencys_own(office: Office, house: House) -> None:
    await write(office.visitor, await general(office))
    for path in (INBOX, f"{INBOX}/waiting"):
        refused = await office.visitor.get(path)
        assert (refused.status_code, refused.json()["code"]) == (403, "staff_only")
    neighbours = (await house.agency()).http
    assert (await neighbours.get(INBOX)).json() == []
    assert (await neighbours.get(INBOX, params={"clientId": office.client.id})).json() == []
    assert (await neighbours.get(f"{INBOX}/waiting")).json() == {"agency": 0, "client": 0}


@pytest.mark.parametrize("query", ["waiting=nobody", "visibility=all", "projectId=x", "cursor=x", "limit=0"])
async def test_what_cannot_be_asked_for_is_refused(office: Office, query: str) -> None:
    answer = await office.staff.get(f"{INBOX}?{query}")
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid")
