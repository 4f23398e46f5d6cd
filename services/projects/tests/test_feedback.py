"""Feedback through REST: by clients, once, on what is done; and how the agency hears of it."""

import asyncio
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from services.projects.tests.announced import announced
from services.projects.tests.office import Office, open_office, without_time

PUBLIC_KEYS = {"id", "projectId", "clientId", "rating", "comment", "createdAt"}
WORDS = {"rating": 4, "comment": "Quick and friendly."}


def path(office: Office) -> str:
    return f"/api/projects/{office.project['id']}/feedback"


async def complete(office: Office) -> None:
    answer = await office.staff.post(f"/api/projects/{office.project['id']}/complete")
    assert answer.status_code == 200, answer.text


@pytest.fixture
async def done(office: Office) -> Office:
    """An office whose project is completed."""
    await complete(office)
    return office


def refused(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


async def test_a_client_rates_a_completed_project(done: Office) -> None:
    answer = await done.visitor.post(path(done), json=WORDS)
    body = answer.json()
    assert answer.status_code == 201, body
    assert set(body) == PUBLIC_KEYS
    assert {name: body[name] for name in WORDS} == WORDS
    assert (body["projectId"], body["clientId"]) == (done.project["id"], done.client.id)


async def test_the_token_may_stand_in_the_body_and_the_comment_may_be_missing(done: Office) -> None:
    answer = await done.house.gateway.post(path(done), json={"rating": 1, "token": done.client.token})
    assert (answer.status_code, answer.json()["comment"]) == (201, None)


async def test_an_empty_comment_is_none(done: Office) -> None:
    assert (await done.visitor.post(path(done), json={"rating": 5, "comment": "  "})).json()["comment"] is None


async def test_both_sides_read_it_and_the_event_shows_the_same(done: Office) -> None:
    given = (await done.visitor.post(path(done), json=WORDS)).json()
    for door in (done.staff, done.visitor):
        assert (await door.get(path(done))).json() == [given]
    [event] = await announced(done.house, done.agency, "projects.feedback.received")
    assert (event.data, event.aggregate_id, event.actor.kind) == (given, UUID(given["id"]), "client")


async def test_work_that_is_not_done_is_not_rated(office: Office) -> None:
    assert refused(await office.visitor.post(path(office), json=WORDS)) == (409, "project_not_completed")
    await complete(office)
    assert (await office.visitor.post(path(office), json=WORDS)).status_code == 201


async def test_a_project_that_was_taken_up_again_is_not_done(done: Office) -> None:
    await done.staff.patch(f"/api/projects/{done.project['id']}", json={"status": "active"})
    assert refused(await done.visitor.post(path(done), json=WORDS)) == (409, "project_not_completed")


async def test_a_project_that_was_archived_when_it_was_done_can_be_rated(done: Office) -> None:
    await done.staff.patch(f"/api/projects/{done.project['id']}", json={"status": "archived"})
    assert (await done.visitor.post(path(done), json=WORDS)).status_code == 201


async def test_feedback_is_given_once_even_when_the_project_is_completed_again(done: Office) -> None:
    given = (await done.visitor.post(path(done), json=WORDS)).json()
    assert refused(await done.visitor.post(path(done), json={"rating": 1})) == (409, "feedback_given")
    await done.staff.patch(f"/api/projects/{done.project['id']}", json={"status": "active"})
    await complete(done)
    assert refused(await done.visitor.post(path(done), json={"rating": 1})) == (409, "feedback_given")
    assert (await done.staff.get(path(done))).json() == [given]


async def test_of_twenty_at_once_one_counts(done: Office) -> None:
    # They meet at the project, however fast the first of them might have been otherwise.
    async with done.house.database("projects").unit(UUID(done.agency.id)) as session:
        await session.execute(text("SELECT FROM projects WHERE id = :id FOR UPDATE"), {"id": done.project["id"]})

        async def some_wait() -> bool:
            return (
                int((await session.execute(text("SELECT count(*) FROM pg_locks WHERE NOT granted"))).scalar_one()) > 1
            )

        posts = [asyncio.create_task(done.visitor.post(path(done), json=WORDS)) for _ in range(20)]
        await done.house.eventually(some_wait)
    answers = await asyncio.gather(*posts)
    assert sorted(answer.status_code for answer in answers) == [201] + [409] * 19
    assert {answer.json()["code"] for answer in answers if answer.status_code == 409} == {"feedback_given"}
    assert len((await done.staff.get(path(done))).json()) == 1
    assert len(await announced(done.house, done.agency, "projects.feedback.received")) == 1


async def test_a_company_rates_for_its_client_and_only_once(done: Office) -> None:
    company = await done.agency.company()
    client = await company.client()
    project = await done.agency.project(client)
    await done.staff.post(f"/api/projects/{project['id']}/complete")
    where = f"/api/projects/{project['id']}/feedback"
    given = await company.http.post(where, json=WORDS)
    assert (given.status_code, given.json()["clientId"]) == (201, client.id)
    assert refused(await client.http.post(where, json=WORDS)) == (409, "feedback_given")


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"comment": "No stars"},
        *({"rating": rating} for rating in (0, 6, -1, 4.5, "5", True, None)),
        {"rating": 5, "comment": "x" * 10_001},
        {"rating": 5, "comment": "a\0b"},
        {"rating": 5, "stars": 5},
        {"rating": 5, "clientId": str(UUID(int=1))},
    ],
)
async def test_a_rating_that_cannot_be_is_refused(done: Office, body: dict[str, Any]) -> None:
    assert refused(await done.visitor.post(path(done), json=body)) == (400, "invalid")
    assert (await done.staff.get(path(done))).json() == []


async def test_the_agency_does_not_rate_its_own_work(done: Office) -> None:
    for door in (done.staff, await done.agency.api_key("read", "write")):
        assert refused(await door.post(path(done), json=WORDS)) == (403, "client_only")
    assert (await done.house.gateway.post(path(done), json=WORDS)).status_code == 401


async def test_foreign_and_unknown_projects_answer_alike(done: Office) -> None:
    await done.visitor.post(path(done), json=WORDS)
    neighbour, other = await done.agency.client("Neighbour"), await open_office(done.house)
    nowhere = f"/api/projects/{uuid4()}/feedback"
    for door in (neighbour.http, other.visitor):
        for answers in (
            [await door.post(where, json=WORDS) for where in (path(done), nowhere)],
            [await door.get(where) for where in (path(done), nowhere)],
        ):
            assert [answer.status_code for answer in answers] == [404, 404]
            assert without_time(answers[0]) == without_time(answers[1])
    assert (await other.staff.get(path(done))).status_code == 404


async def test_feedback_on_a_deleted_project_is_out_of_reach(done: Office) -> None:
    await done.staff.delete(f"/api/projects/{done.project['id']}")
    for answer in (
        await done.visitor.post(path(done), json=WORDS),
        await done.visitor.get(path(done)),
        await done.staff.get(path(done)),
    ):
        assert refused(answer) == (404, "not_found")


async def test_a_repeat_with_the_same_key_is_the_same_feedback(done: Office) -> None:
    headers = {"Idempotency-Key": f"rate-{done.project['id']}"}
    first, second = [await done.visitor.post(path(done), json=WORDS, headers=headers) for _ in range(2)]
    assert (first.status_code, second.status_code, second.json()) == (201, 201, first.json())


async def test_the_members_get_a_mail_with_rating_and_comment(done: Office) -> None:
    await done.visitor.post(path(done), json=WORDS)

    async def mailed() -> dict[str, Any] | None:
        mails = await done.house.mails(done.agency.email)
        return next((mail for mail in mails if mail["subject"] == "Ada Lovelace rated Website: 4 of 5"), None)

    mail = await done.house.eventually(mailed)
    assert "Quick and friendly." in mail["text"]
    assert not [mail for mail in await done.house.mails(done.client.email) if "rated" in mail["subject"]]


async def test_what_was_given_cannot_be_changed_by_the_application(done: Office) -> None:
    await done.visitor.post(path(done), json=WORDS)
    for table in ("feedback", "activity"):
        for statement in (f"UPDATE {table} SET version = 2", f"DELETE FROM {table}"):
            with pytest.raises(DBAPIError, match="permission denied"):
                async with done.house.database("projects").unit(UUID(done.agency.id)) as session:
                    await session.execute(text(statement))
