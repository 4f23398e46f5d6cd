"""What is good once is good once, whichever process of auth is asked."""

import asyncio
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from uuid import UUID

import asyncpg
import httpx
import pytest

from services.auth.tests.entrances import SESSIONS, lets_in, link_token, newcomer, refresh, refusal, sign_in, use
from tests.house import House, running_house


@pytest.fixture
async def twin(house: House, variables: dict[str, str]) -> AsyncIterator[House]:
    """Another process of auth on the same database."""
    async with running_house(variables, ("auth",)) as twin:
        yield twin


@pytest.fixture
async def admin(postgres: str) -> AsyncIterator["asyncpg.Connection[asyncpg.Record]"]:
    """The database of auth, past every policy."""
    connection = await asyncpg.connect(postgres.rsplit("/", 1)[0] + "/portico_auth")
    yield connection
    await connection.close()


@asynccontextmanager
async def held(
    house: House, admin: "asyncpg.Connection[asyncpg.Record]", table: str, id: UUID, *, until: int
) -> AsyncIterator[None]:
    """A row that nobody may change until so many wait for it, so that all of them have begun before any ends."""
    async with admin.transaction():
        await admin.execute(f"SELECT 1 FROM {table} WHERE id = $1 FOR UPDATE", id)
        yield

        async def all_wait() -> bool:
            query = (
                "SELECT count(*) FROM pg_stat_activity WHERE datname = $1 AND cardinality(pg_blocking_pids(pid)) > 0"
            )
            return bool(await admin.fetchval(query, "portico_auth") >= until)

        await house.eventually(all_wait)


async def at_once(
    house: House,
    admin: "asyncpg.Connection[asyncpg.Record]",
    table: str,
    token: str,
    calls: list[Awaitable[httpx.Response]],
) -> list[httpx.Response]:
    """The answers of calls that have all begun before the first of them is answered."""
    id = UUID(token.partition("_")[2].partition(".")[0])
    async with held(house, admin, table, id, until=len(calls)):
        tasks = [asyncio.ensure_future(call) for call in calls]
    return list(await asyncio.gather(*tasks))


async def test_a_link_signs_in_once_between_them(
    house: House, twin: House, admin: "asyncpg.Connection[asyncpg.Record]"
) -> None:
    client = await newcomer(house)
    token = await link_token(house, client)
    answers = await at_once(house, admin, "magic_links", token, [use(which, token) for which in (house, twin)])
    won, lost = sorted(answers, key=lambda answer: answer.status_code)
    assert (won.status_code, refusal(lost)["code"]) == (200, "link_not_valid")
    assert len((await house.bearer(won.json()["accessToken"]).get(SESSIONS)).json()) == 1
    assert refusal(await use(twin, token)) == refusal(lost)


async def test_of_two_refreshes_one_wins_and_nothing_ends(
    house: House, twin: House, admin: "asyncpg.Connection[asyncpg.Record]"
) -> None:
    session = await sign_in(house, await newcomer(house))
    token = str(session.body["refreshToken"])
    answers = await at_once(house, admin, "client_sessions", token, [refresh(which, token) for which in (house, twin)])
    won, lost = sorted(answers, key=lambda answer: answer.status_code)
    assert (won.status_code, refusal(lost)["code"]) == (200, "refresh_not_valid")
    assert await lets_in(house, won.json()["accessToken"])
    following = await refresh(twin, won.json()["refreshToken"])
    assert following.status_code == 200
    assert (await refresh(house, won.json()["refreshToken"])).status_code == 401, "by itself: a theft"
    assert (await refresh(twin, following.json()["refreshToken"])).status_code == 401
