"""Files' data, visibility, versions and approval, for both sides."""

import asyncio
from typing import Any
from uuid import UUID, uuid4

import pytest

from services.projects.tests.announced import announced
from services.projects.tests.office import HELLO, Office, without_time

PUBLIC_KEYS = {
    "id", "projectId", "clientId", "name", "size", "mimeType", "sha256", "status", "version", "visibleToClient",
    "uploadedBy", "approval", "signature", "createdAt", "updatedAt",
}  # fmt: skip


async def test_the_upload_the_list_the_single_read_and_the_event_show_the_same(office: Office) -> None:
    made = await office.file()
    assert set(made) == PUBLIC_KEYS
    single = (await office.staff.get(f"/api/files/{made['id']}")).json()
    [listed] = (await office.staff.get("/api/files", params={"projectId": office.project["id"]})).json()
    [event] = await announced(office.house, office.agency, "projects.file.uploaded")
    assert made == single == listed == event.data
    assert event.internal == {"notify": False, "uploadedByKind": "member"}


async def test_all_read_the_same_after_a_decision(office: Office) -> None:
    made = await office.file()
    path = f"/api/files/{made['id']}"
    decided = (await office.visitor.post(f"{path}/request-changes", json={"comment": "Larger"})).json()
    [listed] = (await office.visitor.get("/api/files")).json()
    [event] = await announced(office.house, office.agency, "projects.file.changes_requested")
    assert decided == (await office.staff.get(path)).json() == listed == event.data
    assert set(decided["approval"]) == {"kind", "id", "name", "at", "sha256", "comment"}
    assert event.internal == {"comment": "Larger"}


@pytest.mark.parametrize(
    ("fields", "visible"),
    [
        ({}, False),
        ({"notify": "true"}, True),
        ({"visibleToClient": "true"}, True),
        ({"visibleToClient": "false"}, False),
        ({"notify": "false", "visibleToClient": "1"}, True),
    ],
)
async def test_a_file_is_visible_to_the_client_when_told_so(
    office: Office, fields: dict[str, str], visible: bool
) -> None:
    made = (await office.upload(**fields)).json()
    assert made["visibleToClient"] is visible
    assert (await office.visitor.get(f"/api/files/{made['id']}")).status_code == (200 if visible else 404)


async def test_notify_reaches_the_event_of_a_staff_upload_only(office: Office) -> None:
    await office.upload("one.txt", notify="true")
    await office.upload("two.txt", by=office.visitor, notify="true")
    first, second = await announced(office.house, office.agency, "projects.file.uploaded")
    assert first.internal == {"notify": True, "uploadedByKind": "member"}
    assert second.internal == {"notify": False, "uploadedByKind": "client"}


async def test_nobody_is_notified_of_what_they_may_not_see(office: Office) -> None:
    answer = await office.upload(notify="true", visibleToClient="false")
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, "visibleToClient")


async def test_a_clients_own_upload_is_visible_to_it_and_cannot_be_hidden(office: Office) -> None:
    made = (await office.upload("mine.txt", by=office.visitor)).json()
    assert (made["visibleToClient"], made["uploadedBy"]["kind"]) == (True, "client")
    assert (await office.upload("x.txt", by=office.visitor, visibleToClient="false")).status_code == 400


async def test_hidden_files_are_like_random_ids_to_a_client_by_every_route(office: Office) -> None:
    hidden = await office.file("hidden.txt", visibleToClient="false")
    for method, suffix, body in (
        ("GET", "", None),
        ("PATCH", "", {"name": "x"}),
        ("DELETE", "", None),
        ("GET", "/content", None),
        ("GET", "/versions", None),
        ("POST", "/approve", {}),
        ("POST", "/request-changes", {"comment": "x"}),
    ):
        real = await office.visitor.request(method, f"/api/files/{hidden['id']}{suffix}", json=body)
        made_up = await office.visitor.request(method, f"/api/files/{uuid4()}{suffix}", json=body)
        assert real.status_code == 404, suffix
        assert without_time(real) == without_time(made_up)
    assert (await office.visitor.get("/api/files", params={"q": "hidden"})).json() == []


async def test_neither_neighbours_nor_other_agencies_meet_a_file(office: Office) -> None:
    file = await office.file()
    neighbour = await office.agency.client()
    stranger = await office.house.agency("Other")
    for door in (neighbour.http, stranger.http):
        assert (await door.get("/api/files")).json() == []
        for path in (f"/api/files/{file['id']}", f"/api/files/{file['id']}/content"):
            assert (await door.get(path)).status_code == 404
        refused = await office.upload("x.txt", by=door)
        made_up = await office.upload("x.txt", by=door, projectId=str(uuid4()))
        assert refused.status_code == 404
        assert without_time(refused) == without_time(made_up)


async def test_a_file_of_the_same_name_is_the_next_version(office: Office) -> None:
    first = await office.file("plan.txt", b"one")
    second = await office.file("plan.txt", b"second")
    assert (second["id"], second["version"], second["size"]) == (first["id"], 2, 6)
    assert second["sha256"] != first["sha256"]
    assert len((await office.staff.get("/api/files")).json()) == 1
    versions = (await office.staff.get(f"/api/files/{first['id']}/versions")).json()
    assert [version["version"] for version in versions] == [2, 1]
    assert [version["sha256"] for version in versions] == [second["sha256"], first["sha256"]]
    old = await office.staff.get(f"/api/files/{first['id']}/content", params={"version": 1})
    assert old.content == b"one"
    assert (await office.staff.get(f"/api/files/{first['id']}/content")).content == b"second"
    assert (await office.staff.get(f"/api/files/{first['id']}/content", params={"version": 3})).status_code == 404


async def test_names_differ_by_project_and_by_letters(office: Office) -> None:
    other = await office.agency.project(office.client, "Other")
    ids = {
        (await office.file("plan.txt"))["id"],
        (await office.file("Plan.txt"))["id"],
        (await office.file("plan.txt", projectId=other["id"]))["id"],
    }
    assert len(ids) == 3


async def test_a_new_version_stays_as_visible_as_the_file_was(office: Office) -> None:
    await office.file("plan.txt", visibleToClient="true")
    assert (await office.upload("plan.txt", b"two")).json()["visibleToClient"] is True
    hidden = (await office.upload("plan.txt", b"three", visibleToClient="false")).json()
    assert (hidden["visibleToClient"], hidden["version"]) == (False, 3)


async def test_a_clients_upload_does_not_meet_a_hidden_file_of_that_name(office: Office) -> None:
    hidden = await office.file("plan.txt", b"internal", visibleToClient="false")
    own = (await office.upload("plan.txt", b"mine", by=office.visitor)).json()
    assert (own["version"], own["id"] != hidden["id"]) == (1, True)
    assert (await office.staff.get(f"/api/files/{hidden['id']}")).json()["version"] == 1


async def test_a_client_is_not_shown_versions_from_before_the_file_was_visible(office: Office) -> None:
    file = await office.file("plan.txt", b"our own notes", visibleToClient="false")
    await office.file("plan.txt", b"for the client", visibleToClient="true")
    path = f"/api/files/{file['id']}"
    assert [version["version"] for version in (await office.visitor.get(f"{path}/versions")).json()] == [2]
    assert (await office.visitor.get(f"{path}/content", params={"version": 1})).status_code == 404
    assert (await office.visitor.get(f"{path}/content", params={"version": 2})).content == b"for the client"
    assert len((await office.staff.get(f"{path}/versions")).json()) == 2


async def test_showing_a_file_shows_its_current_version_only(office: Office) -> None:
    file = await office.file("plan.txt", b"one", visibleToClient="false")
    await office.file("plan.txt", b"two", visibleToClient="false")
    path = f"/api/files/{file['id']}"
    await office.staff.patch(path, json={"visibleToClient": True})
    assert [version["version"] for version in (await office.visitor.get(f"{path}/versions")).json()] == [2]


async def test_an_approval_names_who_decided_and_on_which_bytes(office: Office) -> None:
    file = await office.file()
    answer = await office.house.gateway.post(
        f"/api/files/{file['id']}/approve", json={"token": office.client.token, "sha256": file["sha256"]}
    )
    body = answer.json()
    assert (answer.status_code, body["status"]) == (200, "approved")
    approval = body["approval"]
    assert (approval["kind"], approval["id"], approval["name"]) == ("client", office.client.id, "Ada Lovelace")
    assert (approval["sha256"], approval["comment"]) == (file["sha256"], None)
    [event] = await announced(office.house, office.agency, "projects.file.approved")
    assert (event.data, event.actor.id) == (body, UUID(office.client.id))
    [version] = (await office.staff.get(f"/api/files/{file['id']}/versions")).json()
    assert version["approval"] == approval


async def test_staff_may_approve_too_and_without_a_body(office: Office) -> None:
    file = await office.file()
    body = (await office.staff.post(f"/api/files/{file['id']}/approve")).json()
    assert (body["status"], body["approval"]["kind"]) == ("approved", "member")


async def test_a_version_is_approved_once(office: Office) -> None:
    file = await office.file()
    path = f"/api/files/{file['id']}"
    await office.visitor.post(f"{path}/approve", json={})
    again = await office.visitor.post(f"{path}/approve", json={})
    changes = await office.visitor.post(f"{path}/request-changes", json={"comment": "But"})
    assert (again.status_code, again.json()["code"]) == (409, "file_already_approved")
    assert (changes.status_code, changes.json()["code"]) == (409, "file_already_approved")


async def test_changes_may_be_asked_for_and_then_approved_after_all(office: Office) -> None:
    file = await office.file()
    path = f"/api/files/{file['id']}"
    asked = (await office.visitor.post(f"{path}/request-changes", json={"comment": "Larger, please"})).json()
    assert (asked["status"], asked["approval"]["comment"]) == ("changes_requested", "Larger, please")
    assert (await office.visitor.post(f"{path}/approve", json={})).json()["status"] == "approved"


async def test_a_new_version_needs_a_new_approval(office: Office) -> None:
    file = await office.file("plan.txt", b"one")
    path = f"/api/files/{file['id']}"
    await office.visitor.post(f"{path}/approve", json={})
    second = await office.file("plan.txt", b"two")
    assert (second["status"], second["approval"]) == ("uploaded", None)
    versions = (await office.staff.get(f"{path}/versions")).json()
    assert [version["approval"] is not None for version in versions] == [False, True]


@pytest.mark.parametrize("seen", [{"version": 1}, {"sha256": "FIRST"}, {"version": 2, "sha256": "FIRST"}])
@pytest.mark.parametrize("decision", ["approve", "request-changes"])
async def test_a_decision_on_a_version_that_was_replaced_is_refused(
    office: Office, seen: dict[str, Any], decision: str
) -> None:
    first = await office.file("plan.txt", b"one")
    await office.file("plan.txt", b"two")
    body = {key: first["sha256"] if value == "FIRST" else value for key, value in seen.items()}
    if decision == "request-changes":
        body["comment"] = "Larger"
    answer = await office.visitor.post(f"/api/files/{first['id']}/{decision}", json=body)
    assert (answer.status_code, answer.json()["code"]) == (409, "file_version_stale")
    assert (await office.staff.get(f"/api/files/{first['id']}")).json()["status"] == "uploaded"


async def test_asking_for_changes_needs_words(office: Office) -> None:
    file = await office.file()
    for body in ({}, {"comment": " "}, {"comment": "x" * 10_001}):
        answer = await office.visitor.post(f"/api/files/{file['id']}/request-changes", json=body)
        assert answer.status_code == 400


async def test_staff_rename_and_show_and_hide(office: Office) -> None:
    file = await office.file()
    path = f"/api/files/{file['id']}"
    etag = (await office.staff.get(path)).headers["etag"]
    renamed = await office.staff.patch(path, json={"name": "../../new\u202ename.txt"}, headers={"If-Match": etag})
    assert renamed.json()["name"] == "newname.txt"
    assert (await office.staff.patch(path, json={"name": "x"}, headers={"If-Match": etag})).status_code == 412
    assert (await office.staff.patch(path, json={"visibleToClient": False})).json()["visibleToClient"] is False
    assert (await office.visitor.get(path)).status_code == 404


@pytest.mark.parametrize(
    "change", [{}, {"name": ""}, {"name": None}, {"visibleToClient": "yes"}, {"status": "approved"}, {"version": 9}]
)
async def test_a_patch_of_what_cannot_be_changed_is_refused(office: Office, change: dict[str, Any]) -> None:
    file = await office.file()
    path = f"/api/files/{file['id']}"
    assert (await office.staff.patch(path, json=change)).status_code == 400
    assert (await office.staff.get(path)).json() == file


async def test_two_files_of_a_project_do_not_share_a_name(office: Office) -> None:
    first, second = await office.file("one.txt"), await office.file("two.txt")
    answer = await office.staff.patch(f"/api/files/{second['id']}", json={"name": "one.txt"})
    assert (answer.status_code, answer.json()["code"]) == (409, "file_name_taken")
    same = await office.staff.patch(f"/api/files/{first['id']}", json={"name": "one.txt"})
    assert same.status_code == 200


async def test_showing_a_file_beside_a_visible_one_of_its_name_is_refused(office: Office) -> None:
    hidden = await office.file("plan.txt", visibleToClient="false")
    await office.upload("plan.txt", by=office.visitor)
    answer = await office.staff.patch(f"/api/files/{hidden['id']}", json={"visibleToClient": True})
    assert (answer.status_code, answer.json()["code"]) == (409, "file_name_taken")


async def test_clients_change_and_delete_only_what_they_uploaded(office: Office) -> None:
    theirs = await office.file("agency.txt")
    own = (await office.upload("mine.txt", by=office.visitor)).json()
    for path, status in ((f"/api/files/{theirs['id']}", 403), (f"/api/files/{own['id']}", 200)):
        assert (await office.visitor.patch(path, json={"name": "renamed.txt"})).status_code == status
        assert (await office.visitor.delete(path)).status_code == status
    hidden = (await office.upload("again.txt", by=office.visitor)).json()
    answer = await office.visitor.patch(f"/api/files/{hidden['id']}", json={"visibleToClient": False})
    assert answer.status_code == 403


async def test_a_client_does_not_delete_what_was_decided_on(office: Office) -> None:
    own = (await office.upload("mine.txt", by=office.visitor)).json()
    await office.staff.post(f"/api/files/{own['id']}/approve")
    assert (await office.visitor.delete(f"/api/files/{own['id']}")).status_code == 403
    assert (await office.staff.delete(f"/api/files/{own['id']}")).status_code == 200


async def test_a_deleted_file_is_gone_and_its_name_is_free_again(office: Office) -> None:
    file = await office.file("plan.txt")
    path = f"/api/files/{file['id']}"
    assert (await office.staff.delete(path)).json() == {"id": file["id"], "deleted": True}
    for gone in (path, f"{path}/content", f"{path}/versions"):
        assert (await office.staff.get(gone)).status_code == 404
    fresh = await office.file("plan.txt")
    assert (fresh["id"] != file["id"], fresh["version"]) == (True, 1)


async def test_files_are_filtered_and_paged(office: Office) -> None:
    made = [await office.file(f"file {number}.txt") for number in range(4)]
    other = await office.agency.project(office.client, "Other")
    await office.file("elsewhere.txt", projectId=other["id"])
    await office.staff.post(f"/api/files/{made[0]['id']}/approve")

    async def names(**query: Any) -> list[str]:
        return [file["name"] for file in (await office.staff.get("/api/files", params=query)).json()]

    assert await names(projectId=office.project["id"]) == [f"file {number}.txt" for number in (3, 2, 1, 0)]
    assert len(await names()) == 5
    assert await names(status="approved") == ["file 0.txt"]
    assert await names(q="FILE 2") == ["file 2.txt"]
    first = await office.staff.get("/api/files", params={"projectId": office.project["id"], "limit": 3})
    rest = await office.staff.get(first.headers["link"].removeprefix("<").partition(">")[0])
    assert [file["name"] for file in first.json() + rest.json()] == await names(projectId=office.project["id"])


async def test_deciding_twice_at_once_decides_once(office: Office) -> None:
    file = await office.file()
    path = f"/api/files/{file['id']}/approve"
    answers = await asyncio.gather(*(office.visitor.post(path, json={}) for _ in range(8)))
    assert sorted(answer.status_code for answer in answers) == [200] + [409] * 7
    assert len(await announced(office.house, office.agency, "projects.file.approved")) == 1


async def test_the_stored_bytes_are_the_ones_that_were_sent(office: Office) -> None:
    file = await office.file(content=HELLO)
    assert (await office.visitor.get(f"/api/files/{file['id']}/content")).content == HELLO


async def test_many_who_want_one_name_at_once_get_it_once(office: Office) -> None:
    files = [await office.file(f"{number}.txt") for number in range(6)]
    answers = await asyncio.gather(
        *(office.staff.patch(f"/api/files/{file['id']}", json={"name": "wanted.txt"}) for file in files),
        *(office.upload("wanted.txt", visibleToClient="true") for _ in range(2)),
    )
    assert {answer.status_code for answer in answers} <= {200, 201, 409}
    names = [file["name"] for file in (await office.staff.get("/api/files")).json()]
    assert names.count("wanted.txt") == 1
    assert len(names) == len(set(names))
