"""Expiry of quotes: by the end of the last day, whether the job has run or not, and once."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from chassis.principals import ActorKind
from services.billing.quotes.expiry import expire_quotes
from services.billing.tests.quoting import Studio, code, open_studio
from tests.house import House

FAR = datetime(2200, 1, 1, tzinfo=UTC)
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


@pytest.fixture
async def studio(house: House) -> AsyncIterator[Studio]:
    """A studio in a house whose own loop leaves the job alone, so that tests say when it runs."""
    await set_turn(house, FAR)
    yield await open_studio(house)
    await set_turn(house, LONG_AGO)


async def set_turn(house: House, at: datetime) -> None:
    """Have the job's last turn begun at this time."""
    async with house.database("billing").across_agencies() as session:
        await session.execute(
            text(
                "INSERT INTO job_turns (name, last_began_at) VALUES ('quote_expiry', :at)"
                " ON CONFLICT (name) DO UPDATE SET last_began_at = :at"
            ),
            {"at": at},
        )


async def run_job(studio: Studio) -> None:
    await expire_quotes(studio.house.apps["billing"].state.context, studio.house.clock())


def last_day(studio: Studio) -> date:
    """Tomorrow: at no time of the day does a test reach it by chance."""
    return studio.house.clock().date() + timedelta(days=1)


def go_to(studio: Studio, day: date, *, seconds: int) -> None:
    """Set the clock to so many seconds after that day's midnight in UTC."""
    moment = datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(seconds=seconds)
    studio.house.clock.advance(seconds=(moment - studio.house.clock()).total_seconds())


async def test_a_quote_can_be_accepted_to_the_end_of_its_last_day(studio: Studio) -> None:
    day = last_day(studio)
    quote = await studio.quote(expiresOn=day.isoformat())
    go_to(studio, day, seconds=24 * 3600 - 60)
    await run_job(studio)
    assert (await studio.reload(quote))["status"] == "sent"
    assert (await studio.accept(quote)).json()["status"] == "accepted"


@pytest.mark.parametrize(
    ("verb", "body"), [("accept", {"revision": 1}), ("request-changes", {"comment": "Later?"}), ("decline", {})]
)
@pytest.mark.parametrize("has_run", [False, True], ids=["before the job", "after the job"])
async def test_nothing_is_answered_after_the_last_day(
    studio: Studio, verb: str, body: dict[str, Any], has_run: bool
) -> None:
    day = last_day(studio)
    quote = await studio.quote(expiresOn=day.isoformat())
    go_to(studio, day + timedelta(days=1), seconds=1)
    if has_run:
        await run_job(studio)
    assert (await studio.reload(quote))["status"] == ("expired" if has_run else "sent")
    assert code(await studio.answer(quote, verb, **body)) == (409, "quote_expired")
    assert (await studio.reload(quote))["acceptedAt"] is None


async def test_the_job_ends_what_waits_and_announces_it_once(studio: Studio) -> None:
    day = last_day(studio).isoformat()
    sent, viewed, asked = [await studio.quote(expiresOn=day) for _ in range(3)]
    await studio.answer(viewed, "view")
    await studio.answer(asked, "request-changes", comment="Cheaper?")
    studio.house.clock.advance(days=3)
    await asyncio.gather(*(run_job(studio) for _ in range(3)))
    await run_job(studio)
    for quote in (sent, viewed, asked):
        assert (await studio.reload(quote))["status"] == "expired"
        (event,) = [event for event in await studio.announced(quote) if event.type == "billing.quote.expired"]
        assert (event.data, event.actor.kind) == (await studio.reload(quote), ActorKind.SYSTEM)
    assert (await studio.visitor.get(f"/api/quotes/{sent['id']}")).json()["status"] == "expired"


async def test_the_job_leaves_the_rest_alone(studio: Studio) -> None:
    day = last_day(studio).isoformat()
    accepted, declined, revised = [await studio.quote(expiresOn=day) for _ in range(3)]
    await studio.accept(accepted)
    await studio.answer(declined, "decline")
    await studio.change(revised, notes="New")
    endless, draft = await studio.quote(), await studio.draft(expiresOn=day)
    before = [await studio.reload(quote) for quote in (accepted, declined, revised, endless, draft)]
    studio.house.clock.advance(days=4)
    await run_job(studio)
    assert [await studio.reload(quote) for quote in before] == before


async def test_the_scheduler_runs_the_job_when_it_is_due(studio: Studio) -> None:
    quote = await studio.quote(expiresOn=last_day(studio).isoformat())
    studio.house.clock.advance(days=3)
    await studio.house.apps["billing"].state.context.scheduler.tick()
    assert (await studio.reload(quote))["status"] == "sent"
    await set_turn(studio.house, LONG_AGO)
    await studio.house.apps["billing"].state.context.scheduler.tick()

    async def expired() -> bool:
        return bool((await studio.reload(quote))["status"] == "expired")

    await studio.house.eventually(expired)


async def test_an_expired_quote_is_offered_again_with_a_later_day(studio: Studio) -> None:
    day = last_day(studio)
    quote = await studio.quote(expiresOn=day.isoformat())
    studio.house.clock.advance(days=3)
    await run_job(studio)
    assert code(await studio.act(quote, "send")) == (409, "quote_expired")
    await studio.change(quote, expiresOn=(day + timedelta(days=9)).isoformat())
    again = await studio.sent(quote)
    assert (again["status"], again["revision"]) == ("sent", 2)
    assert (await studio.accept(again)).status_code == 200


async def test_a_draft_that_is_past_is_not_sent_and_takes_no_number(studio: Studio) -> None:
    draft = await studio.draft(expiresOn="2020-01-31")
    assert code(await studio.act(draft, "send")) == (409, "quote_expired")
    assert (await studio.quote())["number"] == "QUO-0001"


async def test_a_look_at_what_is_past_changes_no_status(studio: Studio) -> None:
    quote = await studio.quote(expiresOn=last_day(studio).isoformat())
    studio.house.clock.advance(days=3)
    assert (await studio.answer(quote, "view")).json()["status"] == "sent"
    assert (await studio.reload(quote))["viewCount"] == 1
    assert await studio.verbs(quote) == ["sent"]
