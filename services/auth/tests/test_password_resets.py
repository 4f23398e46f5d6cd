"""Another password by a mailed link: asked for by anybody, used once, within the hour."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import event, text

from services.auth.password_resets import service
from services.auth.signing_keys.models import DEPLOYMENT
from services.auth.tests.announced import announced
from services.auth.tests.doors import statuses
from services.auth.tests.team import (
    anywhere,
    forget_password,
    fresh_email,
    invitation_token,
    invite,
    join,
    log_in,
    reset_password,
    reset_token,
    said,
    sign_in,
    wait_until,
)
from tests.house import ORIGIN, PASSWORD, House

NEXT = "another quiet place"


_watched: ContextVar[bool] = ContextVar("_watched", default=False)


@contextmanager
def statements(house: House) -> Iterator[list[str]]:
    """What auth asks its database meanwhile on behalf of the test's own requests, without the values."""
    found: list[str] = []
    engine = house.database("auth")._engine.sync_engine

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if _watched.get():
            found.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    _watched.set(True)
    yield found
    _watched.set(False)
    event.remove(engine, "before_cursor_execute", note)


async def test_the_link_sets_another_password_and_ends_every_session(house: House) -> None:
    agency = await house.agency()
    other = await sign_in(house, agency.email)
    assert await statuses(house, agency.http) == await statuses(house, other.http) == {200}
    asked = await forget_password(house, agency.email.upper())
    assert (asked.status_code, asked.content) == (204, b"")
    answer = await reset_password(house, await reset_token(agency), NEXT)
    assert (answer.status_code, set(answer.json())) == (200, {"message"})
    assert "set-cookie" not in answer.headers

    async def refused() -> bool:
        return await statuses(house, agency.http) == await statuses(house, other.http) == {401}

    await house.eventually(refused, timeout=1)
    assert (await log_in(house, agency.email)).status_code == 401
    assert (await log_in(house, agency.email, NEXT)).status_code == 200
    changed = await announced(house, agency, "auth.password.changed")
    assert [event.data for event in changed] == [{"memberId": str(changed[0].actor.id)}]


async def test_the_link_arrives_by_mail_and_so_does_word_of_the_change(house: House) -> None:
    if "notify" not in house.apps:
        pytest.skip("nobody sends mails in this run")
    agency = await house.agency()
    await forget_password(house, agency.email)
    start = f"{ORIGIN}/app/reset-password#token="

    async def mailed() -> str | None:
        links = [link for mail in await house.mails(agency.email) for link in mail["links"]]
        return next((link.removeprefix(start) for link in links if link.startswith(start)), None)

    assert (await reset_password(house, await house.eventually(mailed))).status_code == 200

    async def told() -> bool:
        return len(await house.mails(agency.email)) == 2

    await house.eventually(told)


async def test_asking_answers_and_costs_the_same_for_an_address_that_is_nobodys(house: House) -> None:
    agency = await house.agency()
    await forget_password(house, fresh_email())
    asked = []
    for email in (agency.email, fresh_email()):
        with statements(house) as found:
            answer = await forget_password(house, email)
        headers = {name: value for name, value in answer.headers.items() if name not in ("x-request-id", "date")}
        headers.pop("x-ratelimit-reset")
        asked.append((answer.status_code, answer.content, headers, found))
    known, unknown = asked
    assert known == unknown
    assert len(known[3]) == 3, "a look, a row and an event; the agency comes with BEGIN"
    assert sum("INSERT" in statement for statement in known[3]) == 2


async def test_what_nobody_asked_for_opens_nothing(house: House) -> None:
    email = fresh_email()
    await forget_password(house, email)
    async with house.database("auth").unit(DEPLOYMENT) as session:
        rows = await session.execute(
            text("SELECT id, member_id FROM password_resets WHERE agency_id = :agency ORDER BY id DESC LIMIT 1"),
            {"agency": DEPLOYMENT},
        )
        id, member_id = rows.one()
    assert member_id is None
    token = house.apps["auth"].state.context.tokens.token("pwr", UUID(str(id)))
    assert (await reset_password(house, token)).json()["code"] == "reset_not_valid"


async def test_a_link_is_good_for_an_hour_to_the_second(house: House) -> None:
    for seconds, status in ((-2, 200), (0, 401)):
        house.clock.reset()
        agency = await house.agency()
        await forget_password(house, agency.email)
        requested = (await announced(house, agency, "auth.password_reset.requested"))[-1]
        token = await reset_token(agency)
        wait_until(house, requested.occurred_at.isoformat(), minutes=60, seconds=seconds)
        assert bool(await reset_token(agency)) is (status == 200), "a mail is sent while it is good"
        assert (await reset_password(house, token)).status_code == status


async def test_every_token_that_opens_nothing_is_refused_alike(house: House) -> None:
    agency = await house.agency()
    tokens = []
    invitation = await invitation_token(agency, (await invite(agency))["id"])
    for _ in range(2):
        await forget_password(house, agency.email)
        tokens.append(await reset_token(agency))
    assert (await reset_password(house, tokens[1])).status_code == 200
    await forget_password(house, agency.email)
    fresh = await reset_token(agency)
    tokens += [
        fresh[:-2] + ("AA" if fresh[-2:] != "AA" else "BB"),
        fresh.replace(".1.", ".2."),
        f"pwr_{uuid4().hex}.1." + "A" * 43,
        invitation,
        "nonsense",
    ]
    refused = [await reset_password(house, token) for token in tokens]
    first = said(refused[0])
    assert (first["status"], first["code"]) == (401, "reset_not_valid")
    assert [said(one) for one in refused] == [first] * len(refused), "the used one, the other open one, and the rest"
    assert (await reset_password(house, fresh)).status_code == 200


async def test_a_removed_members_link_opens_nothing(house: House) -> None:
    agency = await house.agency()
    member = await join(agency)
    await forget_password(house, member.email)
    token = await reset_token(agency)
    await agency.http.delete(f"/api/members/{member.id}")
    assert (await reset_password(house, token)).json()["code"] == "reset_not_valid"


async def test_of_many_who_use_one_link_at_once_one_sets_the_password(house: House) -> None:
    agency = await house.agency()
    await forget_password(house, agency.email)
    token = await reset_token(agency)
    passwords = [f"the quiet place of number {number}" for number in range(20)]
    answers = await asyncio.gather(*(reset_password(house, token, password) for password in passwords))
    assert sorted(answer.status_code for answer in answers) == [200] + [401] * 19
    won = next(password for password, answer in zip(passwords, answers, strict=True) if answer.status_code == 200)
    assert (await log_in(house, agency.email, won)).status_code == 200
    assert len(await announced(house, agency, "auth.password.changed")) == 1


async def test_a_refused_password_leaves_the_link_open(house: House) -> None:
    agency = await house.agency()
    await forget_password(house, agency.email)
    token = await reset_token(agency)
    for password in ("short", "password123", agency.email):
        refused = await reset_password(house, token, password)
        assert (refused.status_code, refused.json()["errors"][0]["field"]) == (400, "password")
    assert (await reset_password(house, token)).status_code == 200


async def test_what_has_run_out_is_forgotten(house: House) -> None:
    agency = await house.agency()
    await forget_password(house, agency.email)
    requested = (await announced(house, agency, "auth.password_reset.requested"))[-1]
    for seconds, left in ((0, 1), (1, 0)):
        moment = requested.occurred_at + timedelta(minutes=60, seconds=seconds)
        async with house.database("auth").across_agencies() as session:
            await service.forget_old(session, now=moment)
            kept = await session.scalar(
                text("SELECT count(*) FROM password_resets WHERE id = :id"), {"id": requested.aggregate_id}
            )
        assert kept == left


async def test_asking_with_get_or_head_changes_nothing(house: House) -> None:
    agency = await house.agency()
    await forget_password(house, agency.email)
    token = await reset_token(agency)
    for method in ("GET", "HEAD"):
        answer = await house.gateway.request(method, f"/api/auth/reset-password?token={token}&password={NEXT}")
        assert answer.status_code == 405
    assert (await log_in(house, agency.email, PASSWORD)).status_code == 200


@pytest.mark.parametrize("known", [True, False])
async def test_an_address_is_written_to_three_times_in_ten_minutes(house: House, known: bool) -> None:
    agency = await house.agency()
    email = agency.email if known else fresh_email()
    codes = [(await forget_password(house, email.upper() if n % 2 else email)).status_code for n in range(4)]
    assert codes == [204, 204, 204, 429]
    assert len(await announced(house, agency, "auth.password_reset.requested")) == (3 if known else 0)


async def test_a_caller_asks_a_hundred_times_in_ten_minutes(house: House) -> None:
    caller = house.http_with(anywhere())
    codes = [
        (await caller.post("/api/auth/forgot-password", json={"email": fresh_email()})).status_code for _ in range(101)
    ]
    assert codes == [204] * 100 + [429]


@pytest.mark.parametrize("body", [{}, {"email": "nobody"}, {"email": "a@agency.test", "agencyId": "x"}])
async def test_a_wrong_request_names_the_field(house: House, body: dict[str, str]) -> None:
    answer = await house.http_with(anywhere()).post("/api/auth/forgot-password", json=body)
    assert answer.status_code == 400
    assert [error["field"] for error in answer.json()["errors"]] == ["agencyId" if "agencyId" in body else "email"]
