"""Comments on files through REST: who says something about which version, who reads it, who hears of it."""

from typing import Any
from uuid import uuid4

import httpx
import pytest

from services.projects.tests.announced import announced
from services.projects.tests.office import Office, without_time
from services.projects.tests.signing_doors import problem

KEYS = {"id", "fileId", "projectId", "clientId", "version", "content", "visibility", "author", "createdAt"}


def path(file: dict[str, Any]) -> str:
    return f"/api/files/{file['id']}/comments"


async def say(door: httpx.AsyncClient, file: dict[str, Any], content: str = "Larger, please", **more: Any) -> Any:
    answer = await door.post(path(file), json={"content": content} | more)
    assert answer.status_code == 201, answer.text
    return answer.json()


async def test_both_sides_comment_and_read_each_other(office: Office) -> None:
    file = await office.file()
    first = await say(office.visitor, file, "The logo is small.")
    second = await say(office.staff, file, "It will grow.")
    assert set(first) == KEYS
    assert (first["fileId"], first["projectId"], first["clientId"]) == (
        file["id"],
        office.project["id"],
        office.client.id,
    )
    assert first["author"] == {"kind": "client", "id": office.client.id, "name": "Ada Lovelace"}
    assert (first["version"], first["visibility"], second["visibility"]) == (1, "client", "client")
    for door in (office.staff, office.visitor):
        assert (await door.get(path(file))).json() == [second, first]


async def test_comments_are_listed_in_pages_newest_first(office: Office) -> None:
    file = await office.file()
    said = [(await say(office.visitor, file))["id"] for _ in range(3)]
    for door in (office.staff, office.visitor):
        first = await door.get(f"{path(file)}?limit=2")
        assert [one["id"] for one in first.json()] == said[:0:-1]
        second = await door.get(first.links["next"]["url"])
        assert [one["id"] for one in second.json()] == said[:1]
        assert "next" not in second.links


async def test_a_comment_is_about_the_current_version_unless_it_names_another(office: Office) -> None:
    file = await office.file()
    await office.upload(content=b"Another text.\n", visibleToClient="true")
    assert (await say(office.visitor, file))["version"] == 2
    assert (await say(office.visitor, file, version=1))["version"] == 1
    answer = await office.visitor.post(path(file), json={"content": "Which?", "version": 3})
    assert problem(answer, 400, "invalid")["errors"] == [
        {"field": "version", "message": "must be a version of this file"}
    ]


async def test_what_is_said_of_a_hidden_file_stays_internal_when_the_file_is_shown(office: Office) -> None:
    file = await office.file(visibleToClient="false")
    hidden = await say(office.staff, file, "CANARY: not for them")
    assert hidden["visibility"] == "internal"
    await office.staff.patch(f"/api/files/{file['id']}", json={"visibleToClient": True})
    shown = await say(office.staff, file, "Have a look")
    assert (await office.visitor.get(path(file))).json() == [shown]
    assert (await office.staff.get(path(file))).json() == [shown, hidden]


async def test_what_is_said_of_a_version_that_the_client_was_not_shown_is_internal(office: Office) -> None:
    file = await office.file(visibleToClient="false")
    await office.upload(content=b"Another text.\n")
    await office.staff.patch(f"/api/files/{file['id']}", json={"visibleToClient": True})
    assert (await say(office.staff, file, version=1))["visibility"] == "internal"
    assert (await say(office.staff, file, version=2))["visibility"] == "client"
    first = await office.visitor.post(path(file), json={"content": "What was it?", "version": 1})
    never = await office.visitor.post(path(file), json={"content": "What was it?", "version": 9})
    assert first.status_code == never.status_code == 400
    assert without_time(first) == without_time(never)


async def test_the_agency_keeps_a_comment_to_itself_where_it_likes(office: Office) -> None:
    file = await office.file()
    internal = await say(office.staff, file, "CANARY", visibility="internal")
    assert (await office.visitor.get(path(file))).json() == []
    gone = await office.visitor.delete(f"{path(file)}/{internal['id']}")
    unknown = await office.visitor.delete(f"{path(file)}/{uuid4()}")
    assert gone.status_code == unknown.status_code == 404
    assert without_time(gone) == without_time(unknown)
    activity = (await office.visitor.get("/api/activity")).text
    assert "CANARY" not in activity


async def test_what_cannot_be_shown_is_not_asked_to_be(office: Office) -> None:
    file = await office.file(visibleToClient="false")
    answer = await office.staff.post(path(file), json={"content": "Look", "visibility": "client"})
    assert problem(answer, 400, "invalid")["errors"][0]["field"] == "visibility"
    answer = await office.staff.post(path(file), json={"content": "Look", "notify": True})
    assert problem(answer, 400, "invalid")["errors"][0]["field"] == "notify"
    assert (await office.staff.get(path(file))).json() == []


@pytest.mark.parametrize("fields", [{"visibility": "internal"}, {"notify": True}], ids=["visibility", "notify"])
async def test_a_client_chooses_neither_who_reads_nor_who_is_mailed(office: Office, fields: dict[str, Any]) -> None:
    file = await office.file()
    answer = await office.visitor.post(path(file), json={"content": "Hello"} | fields)
    assert problem(answer, 400, "invalid")["errors"][0]["field"] == next(iter(fields))


WRONG: list[dict[str, Any]] = [
    {"content": ""},
    {"content": " "},
    {"content": "x" * 10_001},
    {"content": "a\x00b"},
    {"content": None},
    {"version": 0},
    {"version": "1"},
    {"version": True},
    {"version": 2**31},
    {"visibility": "public"},
    {"author": "Somebody"},
    {"fileId": "0199f1e2-6a10-4c55-8f3d-2b6c9e4d7a01"},
]


@pytest.mark.parametrize("fields", WRONG, ids=[str(fields)[:40] for fields in WRONG])
async def test_a_body_that_cannot_be_is_refused(office: Office, fields: dict[str, Any]) -> None:
    file = await office.file()
    answer = await office.staff.post(path(file), json={"content": "Hello"} | fields)
    assert next(iter(fields)) in [error["field"] for error in problem(answer, 400, "invalid")["errors"]]
    assert (await office.staff.get(path(file))).json() == []


async def test_everybody_takes_back_their_own_words_only(office: Office) -> None:
    file = await office.file()
    theirs, ours = await say(office.visitor, file), await say(office.staff, file)
    member = await office.agency.member()
    for door, comment in ((office.staff, theirs), (office.visitor, ours), (member, ours)):
        problem(await door.delete(f"{path(file)}/{comment['id']}"), 403, "not_your_comment")
    assert (await office.visitor.delete(f"{path(file)}/{theirs['id']}")).json() == {"id": theirs["id"], "deleted": True}
    assert (await office.staff.get(path(file))).json() == [ours]
    problem(await office.visitor.delete(f"{path(file)}/{theirs['id']}"), 404, "not_found")


async def test_a_comment_is_reached_by_its_own_file_alone(office: Office) -> None:
    file, other = await office.file(), await office.file("other.txt")
    comment = await say(office.staff, file)
    problem(await office.staff.delete(f"{path(other)}/{comment['id']}"), 404, "not_found")
    assert (await office.staff.get(path(file))).json() == [comment]


async def test_foreign_hidden_and_unknown_files_answer_alike(office: Office) -> None:
    file, hidden = await office.file(), await office.file("hidden.txt", visibleToClient="false")
    comment = await say(office.staff, file)
    other, neighbour = await office.house.agency("Other"), await office.agency.client()
    unknown = {"id": str(uuid4())}
    for door, found in ((other.http, file), (neighbour.http, file), (office.visitor, hidden)):
        for answers in (
            [await door.get(path(one)) for one in (found, unknown)],
            [await door.post(path(one), json={"content": "Hello"}) for one in (found, unknown)],
            [await door.delete(f"{path(one)}/{comment['id']}") for one in (found, unknown)],
        ):
            assert [answer.status_code for answer in answers] == [404, 404]
            assert without_time(answers[0]) == without_time(answers[1])
    problem(await office.house.gateway.get(path(file)), 401, "unauthenticated")


async def test_the_comments_of_a_deleted_file_are_out_of_reach(office: Office) -> None:
    file = await office.file()
    comment = await say(office.staff, file)
    await office.staff.delete(f"/api/files/{file['id']}")
    for door in (office.staff, office.visitor):
        problem(await door.get(path(file)), 404, "not_found")
        problem(await door.delete(f"{path(file)}/{comment['id']}"), 404, "not_found")


async def test_the_event_tells_the_comment_and_the_feed_the_file(office: Office) -> None:
    file = await office.file()
    said = await say(office.visitor, file)
    [event] = await announced(office.house, office.agency, "projects.file.commented")
    assert (event.data, str(event.aggregate_id), event.actor.kind) == (said, file["id"], "client")
    [noted] = [one for one in (await office.staff.get("/api/activity")).json() if one["type"] == "file.commented"]
    assert noted["subject"] == {"kind": "file", "id": file["id"], "name": "draft.txt"}
    assert noted["visibility"] == "client"
    await say(office.staff, file, visibility="internal")
    newest = (await office.staff.get("/api/activity")).json()[0]
    assert (newest["type"], newest["visibility"]) == ("file.commented", "internal")


async def test_a_clients_comment_is_mailed_to_the_agency_and_the_agencys_where_it_asks(office: Office) -> None:
    file = await office.file()

    async def about(to: str) -> list[dict[str, Any]]:
        return [mail for mail in await office.house.mails(to) if "commented on draft.txt" in mail["subject"]]

    await say(office.visitor, file, "The logo is small.")
    [mail] = await office.house.eventually(lambda: about(office.agency.email))
    assert mail["subject"] == "Ada Lovelace commented on draft.txt"
    assert "The logo is small." in mail["text"]
    await say(office.staff, file, "Not a word to them", visibility="internal")
    await say(office.staff, file, "Nor this by mail")
    await say(office.staff, file, "It will grow.", notify=True)
    [mail] = await office.house.eventually(lambda: about(office.client.email))
    assert mail["subject"] == "Studio North commented on draft.txt"
    assert "Olivia Owner commented on draft.txt, version 1:" in mail["text"]
    assert "It will grow." in mail["text"]
    assert len(await about(office.agency.email)) == 1


async def test_a_repeat_with_the_same_key_is_the_same_comment(office: Office) -> None:
    file = await office.file()
    headers = {"Idempotency-Key": f"comment-{file['id']}"}
    first, second = [await office.visitor.post(path(file), json={"content": "Once"}, headers=headers) for _ in range(2)]
    assert first.json() == second.json()
    assert len((await office.staff.get(path(file))).json()) == 1
