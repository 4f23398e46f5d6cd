"""Taking an acceptance back: when, by whom, what becomes of the quote and its project, and accepting once more."""

import asyncio
from typing import Any
from uuid import uuid4

import httpx
import pytest

from services.billing.tests.conftest import Till
from services.billing.tests.quoting import Studio, code, open_studio
from tests.house import House

AT_ONCE = 20
INVOICE = {"currency": "EUR", "amount": 100, "dueDate": "2030-01-31"}
RECURRING = {"currency": "EUR", "amount": 100, "frequency": "monthly", "startsOn": "2100-01-31"}


@pytest.fixture
async def studio(house: House) -> Studio:
    return await open_studio(house)


async def accepted(studio: Studio, **more: Any) -> dict[str, Any]:
    """A quote that the client has accepted."""
    answer = await studio.accept(await studio.quote(), **more)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def reopen(studio: Studio, quote: dict[str, Any], http: httpx.AsyncClient | None = None) -> httpx.Response:
    return await (http or studio.staff).post(f"/api/quotes/{quote['id']}/reopen")


async def projects(studio: Studio) -> list[str]:
    return [project["id"] for project in (await studio.staff.get("/api/projects")).json()]


async def project_of(studio: Studio, quote: dict[str, Any]) -> str:
    """The project of an accepted quote, once it is made."""

    async def made() -> bool:
        return quote["projectId"] in await projects(studio)

    await studio.house.eventually(made)
    return str(quote["projectId"])


async def types(studio: Studio, project_id: str) -> list[str]:
    """What the agency reads in the feed of a project, also of one that is gone."""
    return [one["type"] for one in (await studio.staff.get(f"/api/projects/{project_id}/activity")).json()]


async def test_an_acceptance_is_taken_back_with_its_project(studio: Studio) -> None:
    quote = await accepted(studio, optionalLines=[1], name="Ada King")
    project_id = await project_of(studio, quote)
    answer = await reopen(studio, quote)
    reopened = answer.json()
    assert (answer.status_code, reopened["status"], reopened["revision"]) == (200, "sent", quote["revision"])
    assert (reopened["acceptedAt"], reopened["acceptedBy"], reopened["projectId"]) == (None, None, None)
    assert (reopened["optionalLines"], reopened["amount"]) == ([], 360)
    assert reopened == await studio.reload(quote)
    assert await projects(studio) == []
    assert (await studio.visitor.get(f"/api/projects/{project_id}")).status_code == 404


async def test_who_had_accepted_what_is_kept(studio: Studio) -> None:
    quote = await accepted(studio, optionalLines=[2, 1], name="Ada King")
    project_id = await project_of(studio, quote)
    (kept,) = (await reopen(studio, quote)).json()["reopenings"]
    assert kept.pop("reopenedAt") >= quote["acceptedAt"]
    assert kept == {
        "acceptedAt": quote["acceptedAt"],
        "acceptedBy": "Ada King",
        "optionalLines": [1, 2],
        "projectId": project_id,
        "reopenedBy": "Olivia Owner",
    }
    assert await studio.verbs(quote) == ["sent", "accepted", "reopened"]

    async def told() -> bool:
        return {"quote.accepted", "quote.reopened", "project.deleted"} <= set(await types(studio, project_id))

    await studio.house.eventually(told)
    assert "reopenings" not in (await studio.visitor.get(f"/api/quotes/{quote['id']}")).json()
    feed = (await studio.visitor.get("/api/activity")).json()
    assert not [one for one in feed if one["type"].startswith("quote.")]


async def test_what_was_looked_at_is_viewed_again(studio: Studio) -> None:
    quote = await studio.quote()
    await studio.answer(quote, "view")
    await studio.accept(quote)
    assert (await reopen(studio, quote)).json()["status"] == "viewed"


async def test_a_look_at_a_former_revision_is_none(studio: Studio) -> None:
    quote = await studio.quote()
    await studio.answer(quote, "view")
    await studio.change(quote, notes="Cheaper")
    await studio.accept(await studio.sent(quote))
    assert (await reopen(studio, quote)).json()["status"] == "sent"


async def test_accepting_once_more_makes_another_project_once(studio: Studio) -> None:
    first = await accepted(studio, optionalLines=[1])
    await reopen(studio, first)
    again = (await studio.accept(first, optionalLines=[2])).json()
    assert (again["status"], again["optionalLines"], again["amount"]) == ("accepted", [2], 390)
    assert again["projectId"] != first["projectId"]
    await project_of(studio, again)
    assert (await reopen(studio, again)).status_code == 200
    last = (await studio.accept(first)).json()
    await project_of(studio, last)

    async def heard() -> bool:
        feeds = [await types(studio, one["projectId"]) for one in (first, again)]
        return all({"project.created", "project.deleted"} <= set(feed) for feed in feeds)

    await studio.house.eventually(heard)
    assert await projects(studio) == [last["projectId"]]
    assert [one["projectId"] for one in (await studio.reload(first))["reopenings"]] == [
        first["projectId"],
        again["projectId"],
    ]


async def test_ten_minutes_after_it_an_acceptance_stands(studio: Studio) -> None:
    early, late = await accepted(studio), await accepted(studio)
    await project_of(studio, late)
    studio.house.clock.advance(minutes=9, seconds=45)
    assert (await reopen(studio, early)).status_code == 200
    studio.house.clock.advance(seconds=16)
    before = await studio.reload(late)
    assert code(await reopen(studio, late)) == (409, "quote_undo_over")
    assert await studio.reload(late) == before
    assert late["projectId"] in await projects(studio)


async def test_only_what_is_accepted_can_be_reopened(studio: Studio) -> None:
    draft, sent, declined = await studio.draft(), await studio.quote(), await studio.quote()
    await studio.answer(declined, "decline")
    for quote in (draft, sent, declined):
        before = await studio.reload(quote)
        assert code(await reopen(studio, quote)) == (409, "quote_not_accepted")
        assert await studio.reload(quote) == before


async def put_file(studio: Studio, project_id: str) -> httpx.Response:
    files = {"file": ("plan.txt", b"A plan", "text/plain")}
    return await studio.staff.post("/api/files", data={"projectId": project_id}, files=files)


async def write(studio: Studio, project_id: str, times: int) -> httpx.Response:
    (thread,) = (await studio.staff.get(f"/api/projects/{project_id}/threads")).json()
    for _ in range(times):
        answer = await studio.visitor.post(f"/api/threads/{thread['id']}/messages", json={"content": "Hello"})
    return answer


async def begin(studio: Studio, project_id: str, work: str) -> httpx.Response:
    """Do something in a project."""
    project, paper = f"/api/projects/{project_id}", {"clientId": studio.client.id, "projectId": project_id}
    if work == "file":
        return await put_file(studio, project_id)
    if work == "messages":
        return await write(studio, project_id, 2)
    path, body = {
        "task": (f"{project}/tasks", {"title": "Design"}),
        "time": (f"{project}/time-entries", {"description": "Work", "minutes": 30}),
        "timer": ("/api/timer/start", {"projectId": project_id}),
        "update": ("/api/ai", {"projectId": project_id}),
        "contract": ("/api/contracts", {**paper, "title": "Terms", "body": "Be fair."}),
        "invoice": ("/api/invoices", {**paper, **INVOICE, "draft": True}),
        "recurring invoice": ("/api/recurring-invoices", {**paper, **RECURRING}),
        "completion": (f"{project}/complete", {}),
    }[work]
    return await studio.staff.post(path, json=body)


WORK = ["task", "file", "messages", "time", "timer", "update", "contract", "invoice", "recurring invoice", "completion"]


@pytest.mark.parametrize("work", WORK)
async def test_once_work_has_begun_an_acceptance_stands(studio: Studio, work: str) -> None:
    quote = await accepted(studio)
    project_id = await project_of(studio, quote)
    begun = await begin(studio, project_id, work)
    assert begun.is_success, begun.text
    before = await studio.reload(quote)
    assert code(await reopen(studio, quote)) == (409, "quote_work_begun")
    assert await studio.reload(quote) == before
    assert await projects(studio) == [project_id]
    assert await studio.verbs(quote) == ["sent", "accepted"]


async def test_a_greeting_and_a_task_that_is_gone_are_no_work(studio: Studio) -> None:
    quote = await accepted(studio)
    project_id = await project_of(studio, quote)
    await write(studio, project_id, 1)
    task = (await begin(studio, project_id, "task")).json()
    assert code(await reopen(studio, quote)) == (409, "quote_work_begun")
    assert (await studio.staff.delete(f"/api/tasks/{task['id']}")).status_code == 200
    assert (await reopen(studio, quote)).status_code == 200


async def test_of_many_reopenings_at_once_one_is_done(studio: Studio) -> None:
    quote = await accepted(studio)
    await project_of(studio, quote)
    answers = await asyncio.gather(*(reopen(studio, quote) for _ in range(AT_ONCE)))
    refused = [answer for answer in answers if answer.status_code != 200]
    assert (len(refused), {code(answer) for answer in refused}) == (AT_ONCE - 1, {(409, "quote_not_accepted")})
    assert len((await studio.reload(quote))["reopenings"]) == 1
    assert await studio.verbs(quote) == ["sent", "accepted", "reopened"]


async def test_reopening_and_accepting_at_once_end_with_a_quote_and_project_that_agree(studio: Studio) -> None:
    for _ in range(5):
        quote = await accepted(studio)
        reopened, again = await asyncio.gather(reopen(studio, quote), studio.accept(quote))
        assert reopened.status_code == 200
        assert again.status_code in (200, 409)
        now = await studio.reload(quote)
        assert now["status"] == ("accepted" if again.is_success else "sent")
        assert now["projectId"] != quote["projectId"]
        wanted = [now["projectId"]] if again.is_success else []

        async def agree(wanted: list[str] = wanted, gone: str = quote["projectId"]) -> bool:
            return set(wanted) <= set(await projects(studio)) and gone not in await projects(studio)

        await studio.house.eventually(agree)


async def test_reopening_and_beginning_to_work_at_once_never_lose_the_work(studio: Studio) -> None:
    for _ in range(5):
        quote = await accepted(studio)
        project_id = await project_of(studio, quote)
        reopened, begun = await asyncio.gather(reopen(studio, quote), begin(studio, project_id, "task"))
        assert reopened.status_code == 200 or code(reopened) == (409, "quote_work_begun")
        if begun.is_success:

            async def is_there(project_id: str = project_id) -> bool:
                return project_id in await projects(studio)

            await studio.house.eventually(is_there)
        else:
            assert reopened.status_code == 200


async def test_strangers_clients_and_readers_reopen_nothing(studio: Studio) -> None:
    quote = await accepted(studio)
    other = await studio.house.agency("Other")
    assert code(await reopen(studio, quote, other.http)) == (404, "not_found")
    assert code(await reopen(studio, {"id": str(uuid4())})) == (404, "not_found")
    assert code(await reopen(studio, quote, studio.visitor)) == (403, "staff_only")
    assert code(await reopen(studio, quote, await studio.agency.api_key("read"))) == (403, "scope_missing")
    assert code(await reopen(studio, quote, studio.house.gateway)) == (401, "unauthenticated")
    assert (await studio.reload(quote))["status"] == "accepted"
    assert (await reopen(studio, quote, await studio.agency.member())).status_code == 200


async def test_the_client_is_told(studio: Studio) -> None:
    quote = await accepted(studio)
    assert (await reopen(studio, quote)).status_code == 200

    async def told() -> dict[str, Any] | None:
        mails = await studio.house.mails(studio.client.email)
        return next((mail for mail in mails if mail["subject"] == "Quote QUO-0001 is open again: Website"), None)

    mail = await studio.house.eventually(told)
    assert "Studio North has taken back the acceptance of quote QUO-0001" in mail["text"]
    assert f"/client-portal/{studio.client.token}" in mail["text"]
    assert not [mail for mail in await studio.house.mails(studio.agency.email) if "open again" in mail["subject"]]


async def test_while_projects_is_away_nothing_changes(till: Till) -> None:
    studio = Studio(till.house, till.agency, till.client)
    quote = await accepted(studio)
    before = await studio.reload(quote)
    assert code(await reopen(studio, quote)) == (503, "unavailable")
    assert await studio.reload(quote) == before
    assert await studio.verbs(quote) == ["sent", "accepted"]
