"""The activity feed: what it tells of each event, to whom, and what it never tells a client."""

import secrets
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from sqlalchemy import text

from chassis.consuming import Consuming
from chassis.events import Event
from chassis.ids import new_id
from chassis.principals import SYSTEM
from services.projects.activity.schemas import ActivityPublic
from services.projects.consumers import consumers
from services.projects.feedback.schemas import FeedbackPublic
from services.projects.tests.announced import announced
from services.projects.tests.office import Office, open_office, without_time
from tests.house import House

KEYS = {"id", "type", "actor", "subject", "projectId", "clientId", "visibility", "at"}
CONFIG = "/api/v1/client-portal/config"
FEED = "/api/activity"
Feed = list[dict[str, Any]]


def of_project(office: Office) -> str:
    return f"/api/projects/{office.project['id']}/activity"


async def feed(door: httpx.AsyncClient, path: str = FEED, **query: str) -> Feed:
    answer = await door.get(path, params=query)
    assert answer.status_code == 200, answer.text
    return list(answer.json())


async def types(door: httpx.AsyncClient, path: str = FEED, **query: str) -> list[str]:
    return [one["type"] for one in await feed(door, path, **query)]


async def thread(office: Office, name: str, visibility: str) -> str:
    body = {"name": name, "visibility": visibility}
    return str((await office.agency.made(f"/api/projects/{office.project['id']}/threads", body))["id"])


async def task(office: Office, title: str, *, visible: bool) -> dict[str, Any]:
    body = {"title": title, "visibleToClient": visible}
    return await office.agency.made(f"/api/projects/{office.project['id']}/tasks", body)


async def publish_update(office: Office) -> None:
    update = await office.agency.made("/api/ai", {"projectId": office.project["id"]})
    assert (await office.staff.post(f"/api/ai/{update['id']}/publish")).status_code == 200


async def complete(office: Office) -> None:
    assert (await office.staff.post(f"/api/projects/{office.project['id']}/complete")).status_code == 200


async def invoice(office: Office, **more: Any) -> dict[str, Any]:
    wanted = {"amount": 10, "currency": "EUR", "dueDate": "2030-01-31", "clientId": office.client.id}
    return await office.agency.made("/api/invoices", wanted | more)


async def switch(office: Office, *, until: Callable[[], Awaitable[bool]], **settings: Any) -> None:
    answer = await office.staff.patch(CONFIG, json=settings)
    assert answer.status_code == 200, answer.text
    await office.house.eventually(until)


async def test_an_activity_tells_who_did_what_to_which_subject(office: Office) -> None:
    file = await office.file("plan.txt")
    assert (await office.visitor.post(f"/api/files/{file['id']}/approve")).status_code == 200
    [approved, *_] = await feed(office.staff)
    [event] = await announced(office.house, office.agency, "projects.file.approved")
    assert set(approved) == KEYS
    assert approved == {
        "id": str(event.id),
        "type": "file.approved",
        "actor": {"kind": "client", "id": office.client.id, "name": "Ada Lovelace"},
        "subject": {"kind": "file", "id": file["id"], "name": "plan.txt"},
        "projectId": office.project["id"],
        "clientId": office.client.id,
        "visibility": "client",
        "at": approved["at"],
    }
    assert approved["at"] == event.occurred_at.isoformat(timespec="milliseconds").replace("+00:00", "Z")


async def test_everything_that_happens_in_a_project_is_told_newest_first(office: Office) -> None:
    room = await thread(office, "Design", "client")
    await office.agency.made(f"/api/threads/{room}/messages", {"content": "Hello"})
    await office.file()
    await publish_update(office)
    await office.staff.patch(f"/api/projects/{office.project['id']}", json={"name": "Shop"})
    await complete(office)
    assert (await office.visitor.post(f"/api/projects/{office.project['id']}/feedback", json={"rating": 5})).is_success
    for door in (office.staff, office.visitor):
        for path in (FEED, of_project(office)):
            found = await feed(door, path)
            assert [(one["type"], one["subject"]["name"]) for one in found] == [
                ("feedback.received", "Shop"),
                ("project.completed", "Shop"),
                ("project.updated", "Shop"),
                ("update.published", "Website"),
                ("file.uploaded", "draft.txt"),
                ("message.created", "Design"),
                ("project.created", "Website"),
            ]


async def test_each_event_of_this_service_has_its_activity_and_nothing_else_has(office: Office) -> None:
    await office.file(visibleToClient="false")
    await publish_update(office)
    await complete(office)
    async with office.house.database("projects").unit(UUID(office.agency.id)) as session:
        events = {str(id) for id in await session.scalars(text("SELECT id FROM outbox"))}
    assert {one["id"] for one in await feed(office.staff)} == events


async def test_what_fails_leaves_no_activity(office: Office) -> None:
    await complete(office)
    before = await feed(office.staff)
    assert (await office.staff.post(f"/api/projects/{office.project['id']}/complete")).status_code == 409
    assert await feed(office.staff) == before


async def test_a_client_never_hears_of_what_is_internal(office: Office) -> None:
    canary = f"CANARY{secrets.token_hex(6)}"
    room = await thread(office, canary, "internal")
    await office.agency.made(f"/api/threads/{room}/messages", {"content": canary})
    hidden = await office.file(f"{canary}.txt", visibleToClient="false")
    await task(office, canary, visible=False)
    await office.staff.patch(f"/api/projects/{office.project['id']}", json={"status": "on_hold"})
    for path in (FEED, of_project(office)):
        for query in ({}, {"type": "message.created"}, {"type": "file.uploaded"}, {"limit": "1"}):
            answer = await office.visitor.get(path, params=query)
            assert answer.status_code == 200
            assert canary not in answer.text
            assert {one["visibility"] for one in answer.json()} <= {"client"}
    told = {one["type"]: one for one in await feed(office.staff)}
    assert told["message.created"]["visibility"] == told["file.uploaded"]["visibility"] == "internal"
    assert told["message.created"]["subject"]["name"] == canary
    assert told["file.uploaded"]["subject"] == {"kind": "file", "id": hidden["id"], "name": f"{canary}.txt"}
    assert await types(office.visitor) == ["project.updated", "project.created"]


async def test_a_page_of_a_client_is_full_whatever_internal_lies_between(office: Office) -> None:
    for number in range(3):
        await office.file(f"shown {number}.txt")
        await office.file(f"hidden {number}.txt", visibleToClient="false")
    first = await office.visitor.get(FEED, params={"limit": "2", "type": "file.uploaded"})
    second = await office.visitor.get(first.links["next"]["url"])
    names = [[one["subject"]["name"] for one in answer.json()] for answer in (first, second)]
    assert names == [["shown 2.txt", "shown 1.txt"], ["shown 0.txt"]]
    assert "next" not in second.links


@pytest.mark.parametrize("method", ["PATCH", "DELETE"])
@pytest.mark.parametrize("noun", ["files", "tasks"])
async def test_what_was_hidden_or_deleted_is_no_longer_told_to_the_client(
    office: Office, noun: str, method: str
) -> None:
    made = await (office.file("plan.txt") if noun == "files" else task(office, "Plan", visible=True))
    told = {"files": "file.uploaded", "tasks": "task.created"}[noun]
    assert told in await types(office.visitor)
    body = {"visibleToClient": False} if method == "PATCH" else None
    assert (await office.staff.request(method, f"/api/{noun}/{made['id']}", json=body)).status_code == 200
    assert made["id"] not in (await office.visitor.get(FEED)).text
    assert told in await types(office.staff)


async def test_a_task_that_was_hidden_when_it_was_made_is_told_from_when_it_is_shown(office: Office) -> None:
    made = await task(office, "Plan", visible=False)
    assert await types(office.visitor) == ["project.created"]
    await office.staff.patch(f"/api/tasks/{made['id']}", json={"visibleToClient": True})
    assert await types(office.visitor) == ["task.updated", "project.created"]
    assert await types(office.staff) == ["task.updated", "task.created", "project.created"]


async def test_activity_of_a_deleted_project_stays_for_the_agency(office: Office) -> None:
    await office.staff.delete(f"/api/projects/{office.project['id']}")
    for path in (FEED, of_project(office)):
        assert await types(office.staff, path) == ["project.deleted", "project.created"]
    assert await types(office.visitor) == []
    assert (await office.visitor.get(of_project(office))).status_code == 404


async def test_the_feed_is_filtered_by_project_client_and_type(office: Office) -> None:
    other = await office.agency.client("Grace Hopper")
    second = await office.agency.project(other, "Second")
    assert await types(office.staff) == ["project.created"] * 2
    for query in ({"projectId": second["id"]}, {"clientId": other.id}):
        [only] = await feed(office.staff, **query)
        assert (only["subject"]["name"], only["clientId"]) == ("Second", other.id)
        assert await feed(office.visitor, **query) == []
    assert await feed(office.staff, type="file.uploaded") == []
    assert await types(office.staff, of_project(office), type="project.created") == ["project.created"]


@pytest.mark.parametrize(
    "query", ["projectId=x", "clientId=%00", "type=x", "type=%00", "type=A.B", f"type=a.{'b' * 100}", "limit=0"]
)
async def test_a_filter_that_cannot_be_is_refused(office: Office, query: str) -> None:
    answer = await office.staff.get(f"{FEED}?{query}")
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid")


async def test_others_see_nothing_and_foreign_projects_answer_as_unknown_ones(office: Office) -> None:
    other, neighbour = await open_office(office.house), await office.agency.client("Neighbour")
    for door in (other.staff, other.visitor, neighbour.http):
        foreign = await door.get(of_project(office))
        unknown = await door.get(f"/api/projects/{uuid4()}/activity")
        assert (foreign.status_code, without_time(foreign)) == (404, without_time(unknown))
        assert await feed(door, projectId=office.project["id"]) == []
        assert await feed(door, clientId=office.client.id) == []
        assert office.project["id"] not in (await door.get(FEED)).text
    for path in (FEED, of_project(office)):
        assert (await office.house.gateway.get(path)).status_code == 401


async def test_clients_read_it_only_while_the_agency_shows_it(office: Office) -> None:
    async def shut() -> bool:
        return (await office.visitor.get(FEED)).status_code == 403

    async def open() -> bool:
        return (await office.visitor.get(FEED)).status_code == 200

    session = await office.client.session()
    await switch(office, until=shut, show_activity_feed=False)
    for door in (office.visitor, session.http, session.browser):
        for path in (FEED, of_project(office), f"/api/projects/{uuid4()}/activity"):
            answer = await door.get(path)
            assert (answer.status_code, answer.json()["code"]) == (403, "activity_feed_off")
    assert await types(office.staff) == ["project.created"]
    await switch(office, until=open, show_activity_feed=True)
    assert await types(office.visitor) == ["project.created"]


async def test_what_is_switched_off_in_the_portal_is_not_told_in_the_feed_either(office: Office) -> None:
    await office.file()
    await task(office, "Plan", visible=True)
    await publish_update(office)

    async def files_are_off() -> bool:
        return (await office.visitor.get("/api/files")).status_code == 403

    await switch(office, until=files_are_off, enabled_modules=["projects", "messages"])
    assert await types(office.visitor) == ["update.published", "project.created"]
    assert await types(office.staff) == ["update.published", "task.created", "file.uploaded", "project.created"]


async def test_invoices_that_are_sent_and_paid_are_told(office: Office) -> None:
    sent = await invoice(office, projectId=office.project["id"])
    paid = await office.staff.post(f"/api/invoices/{sent['id']}/payments", json={"amount": 10})
    assert paid.status_code == 201, paid.text
    subject = {"kind": "invoice", "id": sent["id"], "name": sent["number"]}
    for door in (office.staff, office.visitor):

        async def told(door: httpx.AsyncClient = door) -> bool:
            return {"invoice.sent", "invoice.paid"} <= set(await types(door, of_project(office)))

        await office.house.eventually(told)
        found = [one for one in await feed(door) if one["type"].startswith("invoice.")]
        assert [one["type"] for one in found] == ["invoice.paid", "invoice.sent"]
        assert [one["subject"] for one in found] == [subject, subject]


async def test_a_draft_is_no_activity_and_an_invoice_needs_no_project(office: Office) -> None:
    draft = await invoice(office, draft=True)
    sent = await invoice(office)

    async def told() -> Feed:
        return await feed(office.visitor, type="invoice.sent")

    [only] = await office.house.eventually(told)
    assert (only["subject"]["id"], only["projectId"]) == (sent["id"], None)
    for door in (office.staff, office.visitor):
        assert draft["id"] not in (await door.get(FEED)).text


async def test_an_event_heard_twice_is_told_once_even_when_the_inbox_has_forgotten_it(office: Office) -> None:
    sent = await invoice(office)
    event = Event(
        new_id(), "billing.invoice.paid", UUID(office.agency.id), "invoice", UUID(sent["id"]), 2,
        SYSTEM, datetime.now(UTC), sent,
    )  # fmt: skip
    chassis = office.house.chassis("projects")
    context = office.house.apps["projects"].state.context
    consuming = Consuming("projects", consumers, chassis.database, chassis.bus, context)
    await consuming.handle(event.encode())
    await consuming.handle(event.encode(), event.encode())
    async with chassis.database.unit(UUID(office.agency.id)) as session:
        await session.execute(text("DELETE FROM inbox WHERE event_id = :id"), {"id": event.id})
    await consuming.handle(event.encode())
    [only] = await feed(office.staff, type="invoice.paid")
    assert (only["id"], only["actor"]) == (str(event.id), {"kind": "system", "id": None, "name": "Portico"})


async def test_lists_that_postgres_builds_show_what_the_schemas_say(house: House, office: Office) -> None:
    await complete(office)
    where = f"/api/projects/{office.project['id']}/feedback"
    posted = (await office.visitor.post(where, json={"rating": 3})).json()
    [listed] = await feed(office.staff, where)
    assert listed == posted
    assert FeedbackPublic.model_validate(listed).model_dump(mode="json", by_alias=True) == listed
    for one in await feed(office.staff):
        assert ActivityPublic.model_validate(one).model_dump(mode="json", by_alias=True) == one
