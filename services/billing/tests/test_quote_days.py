"""A quote holds through its last day where its agency is, whatever day it is elsewhere."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import text

from services.billing.quotes.expiry import expire_quotes
from services.billing.tests.quoting import Studio, code, open_studio
from services.billing.tests.schedules import go_to, held, local, move
from services.billing.tests.test_quote_papers import texts_of
from services.billing.tests.test_quotes import pending
from tests.house import House, running_house

ZONES = ("America/Los_Angeles", "Pacific/Auckland")


@pytest.fixture(params=ZONES)
def zone(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
async def studio(house: House, zone: str) -> AsyncIterator[Studio]:
    """An agency there, in a house whose own loop ends no quotes."""
    async with held(house, "quote_expiry"):
        studio = await open_studio(house)
        await move(house, studio.agency, zone)
        yield studio


@pytest.fixture
def day(house: House) -> date:
    """The last one."""
    return house.clock().date() + timedelta(days=3)


def midnight(zone: str, day: date) -> datetime:
    """The end of a day there."""
    return local(zone, day.year, day.month, day.day) + timedelta(days=1)


async def run_job(studio: Studio, *, batch: int = 100) -> None:
    await expire_quotes(studio.house.apps["billing"].state.context, studio.house.clock(), batch=batch)


async def test_a_quote_holds_to_the_last_minute_of_its_last_day(studio: Studio, zone: str, day: date) -> None:
    viewed, accepted = [await studio.quote(expiresOn=str(day)) for _ in range(2)]
    draft = await studio.draft(expiresOn=str(day))
    go_to(studio.house, midnight(zone, day) - timedelta(minutes=1))
    await run_job(studio)
    assert await pending(studio) == 2
    assert (await studio.answer(viewed, "view")).json()["status"] == "viewed"
    assert "Expired" not in (await texts_of(studio.visitor, viewed))[0]
    assert (await studio.accept(accepted)).json()["status"] == "accepted"
    assert (await studio.sent(draft))["status"] == "sent"


async def test_a_quote_is_over_as_the_next_day_begins(studio: Studio, zone: str, day: date) -> None:
    quote, draft = await studio.quote(expiresOn=str(day)), await studio.draft(expiresOn=str(day))
    go_to(studio.house, midnight(zone, day) + timedelta(seconds=1))
    assert await pending(studio) == 0
    assert (await studio.answer(quote, "view")).json()["status"] == "sent"
    assert "Expired" in (await texts_of(studio.visitor, quote))[0]
    for refused in (
        await studio.accept(quote),
        await studio.answer(quote, "request-changes", comment="Later?"),
        await studio.answer(quote, "decline"),
        await studio.act(draft, "send", sendEmail=False),
    ):
        assert code(refused) == (409, "quote_expired")
    await run_job(studio)
    assert (await studio.reload(quote))["status"] == "expired"


async def test_the_job_gets_past_those_whose_day_is_not_over(house: House) -> None:
    """More than it looks at in one go, and the one that is over comes last."""
    async with held(house, "quote_expiry"):
        behind, ahead = [await open_studio(house) for _ in ZONES]
        for studio, zone in zip((behind, ahead), ZONES, strict=True):
            await move(house, studio.agency, zone)
        day = house.clock().date() + timedelta(days=3)
        waiting = [await behind.quote(expiresOn=str(day)) for _ in range(3)]
        over = await ahead.quote(expiresOn=str(day))
        go_to(house, midnight(ZONES[1], day) + timedelta(seconds=1))
        await run_job(ahead, batch=2)
        assert (await ahead.reload(over))["status"] == "expired"
        assert {(await behind.reload(quote))["status"] for quote in waiting} == {"sent"}


async def test_one_that_cannot_be_ended_holds_up_no_other(studio: Studio, zone: str, day: date) -> None:
    broken, other = await studio.quote(expiresOn=str(day - timedelta(days=1))), await studio.quote(expiresOn=str(day))
    async with studio.house.database("billing").unit(UUID(studio.agency.id)) as session:
        await session.execute(text("UPDATE quotes SET shown = '[]' WHERE id = :id"), {"id": broken["id"]})
    go_to(studio.house, midnight(zone, day) + timedelta(seconds=1))
    await run_job(studio)
    assert (await studio.reload(other))["status"] == "expired"


async def test_while_auth_is_away_the_job_ends_nothing_of_an_agency_that_it_never_heard_of(
    house: House, variables: dict[str, str], studio: Studio, zone: str, day: date
) -> None:
    quote = await studio.quote(expiresOn=str(day))
    async with house.database("billing").unit(UUID(studio.agency.id)) as session:
        await session.execute(text("DELETE FROM agencies RETURNING id"))
    go_to(house, midnight(zone, day) + timedelta(days=1))
    async with running_house(variables, ("billing",)) as alone:
        await expire_quotes(alone.apps["billing"].state.context, house.clock())
    assert (await studio.reload(quote))["status"] == "sent"
    await run_job(studio)
    assert (await studio.reload(quote))["status"] == "expired"


async def test_the_paper_tells_the_days_of_offer_and_acceptance(studio: Studio, zone: str, day: date) -> None:
    # At these hours UTC has another day.
    hour = 20 if zone == ZONES[0] else 8
    go_to(studio.house, local(zone, day.year, day.month, day.day, hour))
    assert studio.house.clock().astimezone(UTC).date() != day
    quote = await studio.quote()
    await studio.accept(quote)
    written = f"{day.day} {day:%B %Y}"
    for said in await texts_of(studio.visitor, quote):
        assert said.count(written) == 2, said
