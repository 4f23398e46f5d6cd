"""Idempotency-Key where nobody signs in first: who sends the same again gets the same, and strangers get nothing."""

import asyncio
import hashlib
import json
import secrets
from uuid import UUID

import httpx
from sqlalchemy import text

from services.auth.tests.entrances import (
    REFRESH,
    REFRESH_COOKIE,
    SESSIONS,
    VALIDATE,
    lets_in,
    link_token,
    newcomer,
    refresh,
    sign_in,
    use,
)
from tests.house import ORIGIN, PASSWORD, House

HERE = {"Origin": ORIGIN, "Sec-Fetch-Site": "same-origin"}


def key() -> dict[str, str]:
    return {"Idempotency-Key": secrets.token_hex(8)}


def shows_no_token(answer: httpx.Response, *bodies: dict[str, str]) -> bool:
    shown = answer.text + str(answer.headers)
    return not any(body[name] in shown for body in bodies for name in ("accessToken", "refreshToken"))


async def test_a_sign_in_whose_answer_was_lost_is_repeated_with_its_key(house: House) -> None:
    client = await newcomer(house)
    token, once = await link_token(house, client), key()
    first = await use(house, token, **once)
    again = await use(house, token, **once)
    assert (first.status_code, again.status_code) == (200, 200)
    assert again.json() == first.json()
    assert again.headers["idempotency-replayed"] == "true"
    assert len((await house.bearer(first.json()["accessToken"]).get(SESSIONS)).json()) == 1
    assert (await use(house, token)).status_code == 401, "without the key the link is used up"
    assert (await use(house, token, **key())).status_code == 401


async def test_a_refresh_whose_answer_was_lost_is_no_theft_with_its_key(house: House) -> None:
    session = await sign_in(house, await newcomer(house))
    once = key()
    first = await refresh(house, session.body["refreshToken"], **once)
    again = await refresh(house, session.body["refreshToken"], **once)
    assert (again.status_code, again.json()) == (200, first.json())
    assert await lets_in(house, first.json()["accessToken"])
    assert (await refresh(house, first.json()["refreshToken"])).status_code == 200


async def test_many_with_one_key_get_one_session_and_one_answer(house: House) -> None:
    client = await newcomer(house)
    token, once = await link_token(house, client), key()
    answers = await asyncio.gather(*(use(house, token, **once) for _ in range(50)))
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.content for answer in answers}) == 1
    assert len((await house.bearer(answers[0].json()["accessToken"]).get(SESSIONS)).json()) == 1


async def test_a_stranger_who_guesses_the_key_of_a_sign_in_gets_no_tokens(house: House) -> None:
    client = await newcomer(house)
    token, once = await link_token(house, client), key()
    theirs = await link_token(house, await newcomer(house))
    signed_in = (await use(house, token, **once)).json()
    attempts = [
        await use(house, theirs, **once),
        await use(house, "guess", **once),
        await house.gateway.post(VALIDATE, headers=once),
        await house.gateway.post(VALIDATE, params={"token": theirs}, headers=once),
        await house.gateway.post(REFRESH, headers=once),
        await refresh(house, "guess", **once),
    ]
    assert {answer.status_code for answer in attempts} == {422}
    assert {answer.json()["code"] for answer in attempts} == {"idempotency_key_reused"}
    assert all(shows_no_token(answer, signed_in) for answer in attempts)
    assert (await use(house, theirs)).status_code == 200, "refused before the link was looked at"


async def test_a_stranger_who_guesses_the_key_of_a_refresh_by_cookie_gets_no_tokens(house: House) -> None:
    once = key()
    session, other = await sign_in(house, await newcomer(house)), await sign_in(house, await newcomer(house))
    mine = {"Cookie": f"{REFRESH_COOKIE}={session.body['refreshToken']}", **HERE, **once}
    first = await house.http_with(mine).post(REFRESH)
    assert first.status_code == 200, first.text
    attempts = [
        await house.gateway.post(REFRESH, headers=once),
        await house.gateway.post(REFRESH, headers=once | HERE),
        await other.browser.post(REFRESH, headers=once | HERE),
        await house.http_with({"Cookie": f"{REFRESH_COOKIE}=x", **HERE, **once}).post(REFRESH),
        await house.http_with({"Cookie": f"{REFRESH_COOKIE}2={session.body['refreshToken']}", **once}).post(REFRESH),
    ]
    assert {answer.status_code for answer in attempts} == {422}
    assert all(shows_no_token(answer, first.json()) for answer in attempts)
    again = await house.http_with(mine).post(REFRESH)
    assert (again.status_code, again.json()) == (200, first.json()), "the browser that lost the answer"


async def test_a_used_link_and_a_key_of_ones_own_sign_nobody_in(house: House) -> None:
    client = await newcomer(house)
    token = await link_token(house, client)
    assert (await use(house, token, **key())).status_code == 200
    answers = await asyncio.gather(*(use(house, token, **key()) for _ in range(5)))
    assert {answer.status_code for answer in answers} == {401}


async def test_keys_of_their_own_give_nobody_a_second_session(house: House) -> None:
    client = await newcomer(house)
    token = await link_token(house, client)
    answers = await asyncio.gather(*(use(house, token, **(key() if n % 2 else {})) for n in range(40)))
    assert sorted(answer.status_code for answer in answers) == [200] + [401] * 39


async def test_keys_of_their_own_give_nobody_a_second_pair(house: House) -> None:
    session = await sign_in(house, await newcomer(house))
    token = session.body["refreshToken"]
    answers = await asyncio.gather(*(refresh(house, token, **(key() if n % 2 else {})) for n in range(40)))
    assert sorted(answer.status_code for answer in answers) == [200] + [401] * 39
    winner = next(answer.json() for answer in answers if answer.status_code == 200)
    assert await lets_in(house, winner["accessToken"])
    assert (await refresh(house, winner["refreshToken"])).status_code == 200


async def test_what_is_kept_of_a_body_cannot_be_tried_out_against_guesses(house: House) -> None:
    agency, once = await house.agency(), key()
    body = json.dumps({"email": agency.email, "password": PASSWORD}).encode()
    answer = await house.gateway.post("/api/auth/login", content=body, headers=once)
    assert answer.status_code == 200
    async with house.database("auth").across_agencies() as session:
        rows = await session.execute(
            text("SELECT agency_id, fingerprint FROM idempotency_keys WHERE key = :key"),
            {"key": once["Idempotency-Key"]},
        )
        kept = rows.one()
    assert kept.agency_id == UUID(int=0)
    head = b"POST /api/auth/login?\n"
    assert bytes(kept.fingerprint) not in {hashlib.sha256(start + body).digest() for start in (b"", head, head + b"\n")}
