"""Updates through REST: drafted from what the client may know, published once, then fixed."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
from pydantic import SecretStr

from services.projects.config import Settings
from services.projects.context import Context
from services.projects.tests.announced import announced
from services.projects.tests.signing_doors import problem, sign, upload
from services.projects.updates.writer import Writer
from tests.fakes.openai_server import TEXT, Mode, OpenAIServer, openai_server
from tests.house import Agency, Client, House

PUBLIC_KEYS = {"id", "projectId", "clientId", "content", "aiGenerated", "publishedAt", "createdAt"}


@pytest.fixture
async def agency(house: House) -> Agency:
    return await house.agency()


@pytest.fixture
async def client(agency: Agency) -> Client:
    return await agency.client()


@pytest.fixture
async def project(agency: Agency, client: Client) -> dict[str, Any]:
    return await agency.project(client, name="New website")


@asynccontextmanager
async def model(house: House) -> AsyncIterator[OpenAIServer]:
    """A key is configured, and this is the server that it is for."""
    app = house.apps["projects"]
    context: Context = app.state.context
    async with openai_server() as server:
        writer = Writer(SecretStr("sk-test"), model="gpt-4o-mini", base_url=server.url)
        app.state.context = replace(context, writer=writer)
        try:
            yield server
        finally:
            app.state.context = context
            await writer.close()


async def draft(agency: Agency, project: dict[str, Any]) -> dict[str, Any]:
    answer = await agency.http.post("/api/ai", json={"projectId": project["id"]})
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def publish(agency: Agency, update: dict[str, Any]) -> dict[str, Any]:
    answer = await agency.http.post(f"/api/ai/{update['id']}/publish")
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def listed(who: Agency | Client, project: dict[str, Any]) -> list[str]:
    answer = await who.http.get("/api/ai", params={"projectId": project["id"]})
    assert answer.status_code == 200, answer.text
    return [update["id"] for update in answer.json()]


async def test_an_update_is_drafted_from_the_facts(agency: Agency, client: Client, project: dict[str, Any]) -> None:
    await upload(agency, client, name="start page.pdf", projectId=project["id"])
    update = await draft(agency, project)
    assert set(update) == PUBLIC_KEYS
    assert (update["aiGenerated"], update["publishedAt"]) == (False, None)
    assert (update["projectId"], update["clientId"]) == (project["id"], client.id)
    assert "Work on New website is under way." in update["content"]
    assert "New files: start page.pdf." in update["content"]


async def test_a_model_writes_where_a_key_is_configured(
    house: House, agency: Agency, client: Client, project: dict[str, Any]
) -> None:
    await upload(agency, client, name="start page.pdf", projectId=project["id"])
    async with model(house) as server:
        update = await draft(agency, project)
    assert (update["aiGenerated"], update["content"]) == (True, TEXT)
    assert "start page.pdf" in server.requests[0]["messages"][1]["content"]


@pytest.mark.parametrize("mode", [Mode.BUSY, Mode.BROKEN, Mode.GARBAGE, Mode.EMPTY])
async def test_a_model_that_fails_costs_nobody_the_update(
    house: House, agency: Agency, project: dict[str, Any], mode: Mode
) -> None:
    async with model(house) as server:
        server.mode = mode
        update = await draft(agency, project)
    assert update["aiGenerated"] is False
    assert "New website" in update["content"]


async def test_no_connection_is_held_while_the_model_thinks(
    house: House, agency: Agency, project: dict[str, Any]
) -> None:
    pool = house.database("projects")._engine.pool
    async with model(house) as server:
        server.mode, server.delay = Mode.SLOW, 1.0
        drafts = [asyncio.create_task(draft(agency, project)) for _ in range(12)]
        while len(server.requests) < 12:
            await asyncio.sleep(0.02)
        assert pool.checkedout() == 0  # type: ignore[attr-defined]
        assert all(update["aiGenerated"] for update in await asyncio.gather(*drafts))


async def test_an_update_tells_only_what_the_client_may_see(
    house: House, agency: Agency, client: Client, project: dict[str, Any]
) -> None:
    await upload(agency, client, name="canary internal.pdf", projectId=project["id"], visibleToClient="false")
    thread = {"name": "Internal", "visibility": "internal"}
    internal = (await agency.http.post(f"/api/projects/{project['id']}/threads", json=thread)).json()
    await agency.http.post(f"/api/threads/{internal['id']}/messages", json={"content": "canary"})
    await client.http.post("/api/portal/messages", json={"projectId": project["id"], "content": "Hello"})
    update = await draft(agency, project)
    assert "canary" not in update["content"]
    assert "Messages: 1 from you, 0 from us." in update["content"]


async def test_what_was_decided_and_signed_is_told(agency: Agency, client: Client, project: dict[str, Any]) -> None:
    names = ("approved.pdf", "changed.pdf", "signed.pdf", "waiting.pdf")
    files = {name: await upload(agency, client, name=name, projectId=project["id"]) for name in names}
    await client.http.post(f"/api/files/{files['approved.pdf']['id']}/approve", json={})
    await client.http.post(f"/api/files/{files['changed.pdf']['id']}/request-changes", json={"comment": "Larger"})
    assert (await sign(client, files["signed.pdf"])).status_code == 200
    content = (await draft(agency, project))["content"]
    for line in (
        "You approved approved.pdf.",
        "You asked for changes to changed.pdf.",
        "You signed signed.pdf.",
        "Waiting for you: please have a look at waiting.pdf.",
    ):
        assert line in content
    assert "(signed)" not in content


async def test_an_update_tells_what_is_new_since_the_last_one(
    agency: Agency, client: Client, project: dict[str, Any]
) -> None:
    await upload(agency, client, name="first.pdf", projectId=project["id"])
    await publish(agency, await draft(agency, project))
    await upload(agency, client, name="second.pdf", projectId=project["id"])
    content = (await draft(agency, project))["content"]
    assert "New files: second.pdf." in content


@pytest.mark.parametrize(
    ("zone", "hour"), [("America/Los_Angeles", 20), ("Pacific/Auckland", 8)], ids=["behind UTC", "ahead of UTC"]
)
async def test_an_update_tells_the_days_that_it_is_where_the_agency_is(
    house: House, agency: Agency, project: dict[str, Any], zone: str, hour: int
) -> None:
    answer = await agency.http.patch("/api/auth/agency", json={"timeZone": zone})
    assert answer.status_code == 200, answer.text
    here = house.clock().astimezone(ZoneInfo(zone)).replace(hour=hour) + timedelta(days=1)
    house.clock.advance(seconds=(here - house.clock()).total_seconds())
    today, yesterday = here.date(), here.date() - timedelta(days=1)
    assert house.clock().date() != today
    await publish(agency, await draft(agency, project))
    for due_on, verb in ((today, "is"), (yesterday, "was")):
        await agency.http.patch(f"/api/projects/{project['id']}", json={"dueDate": str(due_on)})
        content = (await draft(agency, project))["content"]
        assert f"It {verb} due on {due_on.day} {due_on:%B %Y}." in content
        assert f"There is nothing new to report since {today.day} {today:%B %Y}." in content


async def test_a_draft_is_for_the_agency_until_it_is_published(
    agency: Agency, client: Client, project: dict[str, Any]
) -> None:
    update = await draft(agency, project)
    assert await listed(agency, project) == [update["id"]]
    assert await listed(client, project) == []
    problem(await client.http.get(f"/api/ai/{update['id']}"), 404, "not_found")
    published = await publish(agency, update)
    assert published["publishedAt"] is not None
    assert await listed(client, project) == [update["id"]]
    assert (await client.http.get(f"/api/ai/{update['id']}")).json() == published
    assert (await client.http.get("/api/ai")).json() == [published]


async def test_publishing_is_announced_once(house: House, agency: Agency, project: dict[str, Any]) -> None:
    update = await draft(agency, project)
    published = await publish(agency, update)
    problem(await agency.http.post(f"/api/ai/{update['id']}/publish"), 409, "update_already_published")
    [event] = await announced(house, agency, "projects.update.published")
    assert event.data == published
    assert event.aggregate_id == UUID(update["id"])


async def test_of_publications_at_once_one_counts(house: House, agency: Agency, project: dict[str, Any]) -> None:
    update = await draft(agency, project)
    answers = await asyncio.gather(*(agency.http.post(f"/api/ai/{update['id']}/publish") for _ in range(8)))
    assert sorted(answer.status_code for answer in answers) == [200] + [409] * 7
    assert len(await announced(house, agency, "projects.update.published")) == 1


async def test_a_draft_is_edited_and_a_published_update_is_not(agency: Agency, project: dict[str, Any]) -> None:
    update = await draft(agency, project)
    path = f"/api/ai/{update['id']}"
    edited = await agency.http.patch(path, json={"content": "The new start page is ready."})
    assert edited.json() == update | {"content": "The new start page is ready."}
    stale = await agency.http.patch(path, json={"content": "Lost"}, headers={"If-Match": '"1"'})
    assert stale.status_code == 412
    await publish(agency, update)
    problem(await agency.http.patch(path, json={"content": "Other words"}), 409, "update_already_published")
    assert (await agency.http.get(path)).json()["content"] == "The new start page is ready."


@pytest.mark.parametrize(
    "body", [{}, {"content": ""}, {"content": " "}, {"content": "x" * 10_001}, {"aiGenerated": True}]
)
async def test_words_that_are_none_are_refused(agency: Agency, project: dict[str, Any], body: dict[str, Any]) -> None:
    update = await draft(agency, project)
    problem(await agency.http.patch(f"/api/ai/{update['id']}", json=body), 400, "invalid")


async def test_a_draft_is_deleted_and_a_published_update_is_not(agency: Agency, project: dict[str, Any]) -> None:
    drafted, published = await draft(agency, project), await draft(agency, project)
    await publish(agency, published)
    answer = await agency.http.delete(f"/api/ai/{drafted['id']}")
    assert (answer.status_code, answer.json()) == (200, {"id": drafted["id"], "deleted": True})
    problem(await agency.http.get(f"/api/ai/{drafted['id']}"), 404, "not_found")
    problem(await agency.http.delete(f"/api/ai/{published['id']}"), 409, "update_already_published")


async def test_updates_are_listed_in_pages_newest_first(agency: Agency, project: dict[str, Any]) -> None:
    made = [(await draft(agency, project))["id"] for _ in range(3)]
    first = await agency.http.get("/api/ai", params={"projectId": project["id"], "limit": 2})
    assert [update["id"] for update in first.json()] == made[:0:-1]
    second = await agency.http.get(first.links["next"]["url"])
    assert [update["id"] for update in second.json()] == made[:1]


async def test_foreign_and_unknown_projects_and_updates_answer_alike(
    house: House, agency: Agency, client: Client, project: dict[str, Any]
) -> None:
    update = await publish(agency, await draft(agency, project))
    other = await house.agency()
    neighbour = await agency.client(name="Neighbour")
    unknown = problem(await other.http.post("/api/ai", json={"projectId": str(uuid4())}), 404, "not_found")
    foreign = problem(await other.http.post("/api/ai", json={"projectId": project["id"]}), 404, "not_found")
    assert foreign | {"time": ""} == unknown | {"time": ""}
    for who in (other, neighbour):
        problem(await who.http.get(f"/api/ai/{update['id']}"), 404, "not_found")
        assert await listed(who, project) == []
    for method, path in (("PATCH", ""), ("DELETE", ""), ("POST", "/publish")):
        body = {"content": "Mine"} if method == "PATCH" else None
        problem(await other.http.request(method, f"/api/ai/{update['id']}{path}", json=body), 404, "not_found")
        assert (await client.http.request(method, f"/api/ai/{update['id']}{path}", json=body)).status_code == 403
    assert (await client.http.post("/api/ai", json={"projectId": project["id"]})).status_code == 403
    assert (await house.gateway.get("/api/ai")).status_code == 401


async def test_updates_of_a_deleted_project_are_gone(agency: Agency, client: Client, project: dict[str, Any]) -> None:
    update = await publish(agency, await draft(agency, project))
    assert (await agency.http.delete(f"/api/projects/{project['id']}")).status_code == 200
    assert await listed(client, project) == await listed(agency, project) == []
    problem(await client.http.get(f"/api/ai/{update['id']}"), 404, "not_found")
    problem(await agency.http.post("/api/ai", json={"projectId": project["id"]}), 404, "not_found")


async def test_a_repeat_with_the_same_key_drafts_once(agency: Agency, project: dict[str, Any]) -> None:
    headers = {"Idempotency-Key": f"draft-{project['id']}"}
    body = {"projectId": project["id"]}
    first, second = [await agency.http.post("/api/ai", json=body, headers=headers) for _ in range(2)]
    assert first.json() == second.json()
    assert await listed(agency, project) == [first.json()["id"]]


async def test_the_model_is_configured_by_the_variables_that_its_users_know(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in house.environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("OPENAI_API_KEY", "sk-canary")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:1/v1")
    monkeypatch.delenv("OPENAI_MODEL", raising=False)
    settings = Settings()  # type: ignore[call-arg]
    assert settings.openai_api_key and settings.openai_api_key.get_secret_value() == "sk-canary"
    assert (settings.openai_base_url, settings.openai_model) == ("http://127.0.0.1:1/v1", "gpt-4o-mini")
    assert "sk-canary" not in repr(settings)
