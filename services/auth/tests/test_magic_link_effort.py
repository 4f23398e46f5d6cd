"""Asking for a magic link is the same work whoever is asked for, and may be done so many times."""

import secrets
from collections.abc import AsyncIterator, Iterator
from contextvars import ContextVar
from typing import Any

import httpx
import pytest
from sqlalchemy import event

from services.auth.config import CLIENT_SIGN_INS, MAGIC_LINKS, Settings
from services.auth.tests.entrances import ASK, VALIDATE, ask, link_token, newcomer, nobody, shut_portal, use
from tests.house import House, running_house

Statements = list[tuple[str, tuple[str, ...]]]

# Set while a request is answered: the request's own statements are told from those of loops and other requests.
_WATCHED: ContextVar[Statements | None] = ContextVar("watched", default=None)


@pytest.fixture
def watching(house: House) -> Iterator[None]:
    """Every statement of auth is noted with the kinds of its parameters."""
    engine = house.database("auth")._engine.sync_engine

    def note(connection: Any, cursor: Any, statement: str, parameters: Any, context: Any, many: bool) -> None:
        if (noted := _WATCHED.get()) is not None:
            noted.append((statement, tuple(type(value).__name__ for value in parameters)))

    event.listen(engine, "before_cursor_execute", note)
    yield
    event.remove(engine, "before_cursor_execute", note)


async def work_of(house: House, email: str, tenant: str) -> Statements:
    """The statements that answering takes, in turn; a missing client id is as good as one."""
    statements: Statements = []
    token = _WATCHED.set(statements)
    assert (await ask(house, email, tenant)).status_code == 204
    _WATCHED.reset(token)
    return [
        (statement, tuple("UUID" if kind == "NoneType" else kind for kind in kinds)) for statement, kinds in statements
    ]


async def test_an_unknown_address_is_the_same_work_as_a_clients(house: House, watching: None) -> None:
    client, locked_out = await newcomer(house), await newcomer(house)
    await shut_portal(house, locked_out)
    known = await work_of(house, client.email, client.agency.slug)
    verbs = [statement.split()[0] for statement, _ in known]
    assert verbs.count("INSERT") == 2, "the link and its event"
    assert "SELECT" in verbs
    for email, tenant in (
        (nobody(), client.agency.slug),
        (client.email, "no-such-agency"),
        (nobody(), "no-such-agency"),
        (client.email, locked_out.agency.slug),
        (locked_out.email, locked_out.agency.slug),
    ):
        assert await work_of(house, email, tenant) == known


@pytest.mark.parametrize("known", [True, False])
async def test_the_fourth_request_for_an_address_is_refused(house: House, known: bool) -> None:
    client = await newcomer(house)
    email = client.email if known else nobody()
    for number in range(3):
        spelled = email.upper() if number % 2 else email
        assert (
            await ask(house, spelled, client.agency.slug, **{"X-Forwarded-For": f"203.0.113.{number}"})
        ).status_code == 204
    refused = await ask(house, email, client.agency.slug, **{"X-Forwarded-For": "203.0.113.99"})
    assert refused.status_code == 429
    assert refused.json()["code"] == "rate_limited"
    assert 0 < int(refused.headers["retry-after"]) <= 601
    assert (refused.headers["x-ratelimit-limit"], refused.headers["x-ratelimit-remaining"]) == ("3", "0")
    other = await house.agency()
    assert (await ask(house, email, other.slug)).status_code == 204, "each agency's clients have a budget of their own"


@pytest.fixture(scope="module")
async def tight(variables: dict[str, str]) -> AsyncIterator[House]:
    """auth with small budgets of the caller's address."""
    budgets = {"PORTICO_MAGIC_LINK_LIMIT": "4/10minutes", "PORTICO_CLIENT_SIGN_IN_LIMIT": "3/15minutes"}
    async with running_house(variables | budgets, ("auth",)) as house:
        yield house


async def test_one_caller_asks_for_so_many_addresses_and_no_more(tight: House) -> None:
    slug = (await tight.agency()).slug
    codes = [
        (await ask(tight, nobody(), slug, **{"X-Forwarded-For": f"192.0.2.{number}, {address}"})).status_code
        for number, address in enumerate(["198.51.100.7"] * 5 + ["198.51.100.8"])
    ]
    assert codes == [204, 204, 204, 204, 429, 204]


async def try_token(house: House, token: str, **headers: str) -> httpx.Response:
    return await house.gateway.post(VALIDATE, params={"token": token}, headers=headers)


async def test_guessing_links_uses_up_the_budget_of_the_address_whatever_else_is_sent(tight: House) -> None:
    client = await newcomer(tight)
    assert (await client.http.get("/api/v1/portal/auth/sessions")).status_code == 200, "a credential known to be live"
    caller = {"X-Forwarded-For": "198.51.100.20"}
    codes = [
        (await try_token(tight, client.token, **caller)).status_code,
        (await try_token(tight, "guess", **caller, **{"X-Portal-Token": client.token})).status_code,
        (await try_token(tight, "guess", **caller, Authorization=f"Bearer {client.agency.token}")).status_code,
        (await try_token(tight, client.token, **caller)).status_code,
    ]
    assert codes == [401, 401, 401, 429]
    token = await link_token(tight, client)
    assert (await use(tight, token, **caller)).status_code == 429
    assert (await use(tight, token)).status_code == 200, "refused before the link was looked at"


async def test_a_body_that_is_not_right_costs_nothing(house: House) -> None:
    for _ in range(5):
        answer = await house.gateway.post(ASK, json={"email": secrets.token_hex(4), "tenantCode": "x"})
        assert answer.status_code == 400


def test_production_is_tight_unless_told_otherwise(variables: dict[str, str]) -> None:
    values = {name.removeprefix("PORTICO_").lower(): value for name, value in variables.items()}
    strict = Settings(**values | {"env": "production"})
    assert (strict.magic_links_per_address, strict.client_sign_ins_per_address) == (MAGIC_LINKS, CLIENT_SIGN_INS)
    assert (MAGIC_LINKS, CLIENT_SIGN_INS) == ("100/10minutes", "30/15minutes")
    told = Settings(**values | {"magic_link_limit": "5/minute", "client_sign_in_limit": "6/minute"})
    assert (told.magic_links_per_address, told.client_sign_ins_per_address) == ("5/minute", "6/minute")
