"""Refresh tokens follow one another: each is good for one exchange, and one that comes again ends its session."""

import asyncio
from uuid import UUID

import pytest

from chassis.ids import new_id
from services.auth.secret_tokens import Purpose, SecretTokens
from services.auth.tests.announced import announced
from services.auth.tests.entrances import (
    ACCESS_COOKIE,
    REFRESH,
    REFRESH_COOKIE,
    SIGNED_IN,
    lets_in,
    newcomer,
    refresh,
    refusal,
    refused_within_a_second,
    shut_portal,
    sign_in,
)
from tests.house import ORIGIN, ClientSession, House

HERE = {"Origin": ORIGIN, "Sec-Fetch-Site": "same-origin"}


def named(session: ClientSession) -> tuple[UUID, int]:
    """The session that a refresh token names, and which of its tokens it is."""
    id, generation, _ = str(session.body["refreshToken"]).removeprefix("crt_").split(".")
    return UUID(id), int(generation)


async def test_a_refresh_gives_the_next_pair_of_the_same_session(house: House) -> None:
    session = await sign_in(house, await newcomer(house))
    house.clock.advance(seconds=2)
    answer = await refresh(house, session.body["refreshToken"])
    assert answer.status_code == 200, answer.text
    assert set(answer.json()) == SIGNED_IN
    assert {name: answer.json()[name] for name in ("id", "username")} == {
        name: session.body[name] for name in ("id", "username")
    }
    assert answer.json()["refreshToken"] != session.body["refreshToken"]
    assert answer.json()["accessToken"] != session.token
    assert await lets_in(house, answer.json()["accessToken"])
    assert await lets_in(house, session.token), "until its own fifteen minutes are over"
    assert len((await session.http.get("/api/v1/portal/auth/sessions")).json()) == 1
    assert {cookie.partition("=")[0] for cookie in answer.headers.get_list("set-cookie")} == {
        ACCESS_COOKIE,
        REFRESH_COOKIE,
    }


async def test_of_a_hundred_refreshes_at_once_one_wins_and_its_pair_works(house: House) -> None:
    session = await sign_in(house, await newcomer(house))
    answers = await asyncio.gather(*(refresh(house, session.body["refreshToken"]) for _ in range(100)))
    winners = [answer.json() for answer in answers if answer.status_code == 200]
    assert len(winners) == 1
    losers = [refusal(answer) for answer in answers if answer.status_code != 200]
    assert losers == [losers[0]] * 99
    assert (losers[0]["status"], losers[0]["code"], losers[0]["cookies"]) == (401, "refresh_not_valid", False)
    assert await lets_in(house, winners[0]["accessToken"])
    assert (await refresh(house, winners[0]["refreshToken"])).status_code == 200


async def test_a_token_that_comes_again_ends_the_session_in_every_service(house: House) -> None:
    client = await newcomer(house)
    stolen, other = await sign_in(house, client), await sign_in(house, client)
    following = (await refresh(house, stolen.body["refreshToken"])).json()
    assert await lets_in(house, following["accessToken"]), "every service has it in its memory now"
    again = await refresh(house, stolen.body["refreshToken"])
    assert refusal(again)["code"] == "refresh_not_valid"
    assert not refusal(again)["cookies"]
    await refused_within_a_second(house, following["accessToken"])
    assert (await refresh(house, following["refreshToken"])).status_code == 401
    events = await announced(house, client.agency, "auth.session.revoked")
    assert [event.internal["credentialId"] for event in events] == [str(named(stolen)[0])]
    assert await lets_in(house, other.token), "the client's other session goes on"
    assert (await refresh(house, other.body["refreshToken"])).status_code == 200


async def test_a_token_of_long_ago_ends_the_session_too(house: House) -> None:
    session = await sign_in(house, await newcomer(house))
    token = session.body["refreshToken"]
    for _ in range(3):
        house.clock.advance(days=1)
        token = (await refresh(house, token)).json()["refreshToken"]
    assert (await refresh(house, session.body["refreshToken"])).status_code == 401
    assert (await refresh(house, token)).status_code == 401


async def test_many_at_once_hide_no_token_that_was_used_some_time_ago(house: House) -> None:
    session = await sign_in(house, await newcomer(house))
    answers = await asyncio.gather(*(refresh(house, session.body["refreshToken"]) for _ in range(10)))
    winner = next(answer.json() for answer in answers if answer.status_code == 200)
    house.clock.advance(seconds=11)
    assert (await refresh(house, session.body["refreshToken"])).status_code == 401
    await refused_within_a_second(house, winner["accessToken"])


async def test_the_session_ends_once_however_often_an_old_token_comes(house: House) -> None:
    client = await newcomer(house)
    session = await sign_in(house, client)
    assert (await refresh(house, session.body["refreshToken"])).status_code == 200
    answers = await asyncio.gather(*(refresh(house, session.body["refreshToken"]) for _ in range(20)))
    assert {answer.status_code for answer in answers} == {401}
    assert len(await announced(house, client.agency, "auth.session.revoked")) == 1


async def test_every_token_that_refreshes_nothing_gets_one_and_the_same_refusal(house: House) -> None:
    client, deleted = await newcomer(house), await newcomer(house)
    session, gone, late = [await sign_in(house, which) for which in (client, deleted, client)]
    assert (await deleted.agency.http.delete(f"/api/clients/{deleted.id}")).status_code == 200
    id, generation = named(session)
    made = SecretTokens(house.environment["PORTICO_SECRET_KEY"])
    answers = [
        await refresh(house, token)
        for token in (
            gone.body["refreshToken"],
            made.token(Purpose.REFRESH, id, generation + 1),
            made.token(Purpose.REFRESH, new_id()),
            made.token(Purpose.MAGIC_LINK, id, generation),
            SecretTokens("another secret " * 3).token(Purpose.REFRESH, id, generation),
            session.body["refreshToken"][:-1],
            session.body["refreshToken"].replace(".1.", ".01."),
            session.body["refreshToken"].upper(),
            session.token,
            client.token,
            client.agency.token,
            "",
            "crt_..",
            "x" * 100_000,
        )
    ]
    answers.append(await house.gateway.post(REFRESH))
    answers.append(await house.gateway.post(REFRESH, json={}))
    assert await lets_in(house, session.token), "none of these was a token of this session"
    house.clock.advance(days=31)
    answers.append(await refresh(house, late.body["refreshToken"]))
    found = [refusal(answer) for answer in answers]
    assert found == [found[0]] * len(found)
    assert (found[0]["status"], found[0]["code"], found[0]["cookies"]) == (401, "refresh_not_valid", False)


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "PATCH", "DELETE"])
async def test_nothing_but_a_post_refreshes(house: House, method: str) -> None:
    session = await sign_in(house, await newcomer(house))
    assert (await session.browser.request(method, REFRESH, headers=HERE)).status_code == 405
    assert (await refresh(house, session.body["refreshToken"])).status_code == 200


async def test_a_browser_refreshes_by_its_cookie_and_keeps_the_next(house: House) -> None:
    browser = (await sign_in(house, await newcomer(house))).browser
    for _ in range(3):
        before = browser.cookies[REFRESH_COOKIE]
        answer = await browser.post(REFRESH, headers=HERE)
        assert answer.status_code == 200, answer.text
        assert browser.cookies[REFRESH_COOKIE] == answer.json()["refreshToken"] != before
        assert browser.cookies[ACCESS_COOKIE] == answer.json()["accessToken"]


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.test", "Sec-Fetch-Site": "cross-site"},
        {"Origin": ORIGIN, "Sec-Fetch-Site": "cross-site"},
        {"Origin": "http://other.localhost:8080", "Sec-Fetch-Site": "same-site"},
        {"Origin": "null", "Sec-Fetch-Site": "same-origin"},
        {"Sec-Fetch-Site": "none"},
        {},
    ],
)
async def test_another_site_refreshes_nothing_with_the_cookie(house: House, headers: dict[str, str]) -> None:
    session = await sign_in(house, await newcomer(house))
    for body in (None, {}):
        refused = await session.browser.post(REFRESH, headers=headers, json=body)
        assert (refused.status_code, refused.json()["code"]) == (403, "cross_site_write")
        assert "set-cookie" not in refused.headers
    assert (await refresh(house, session.body["refreshToken"])).status_code == 200


async def test_the_body_wins_over_the_cookie(house: House) -> None:
    client = await newcomer(house)
    first, second = await sign_in(house, client), await sign_in(house, client)
    answer = await first.browser.post(REFRESH, json={"refreshToken": second.body["refreshToken"]})
    assert answer.status_code == 200, "no cookie was asked, so no origin is"
    assert answer.json()["refreshToken"].split(".")[0] == second.body["refreshToken"].split(".")[0]
    assert (await refresh(house, first.body["refreshToken"])).status_code == 200


async def test_another_site_cannot_put_its_own_session_into_a_browser(house: House) -> None:
    session = await sign_in(house, await newcomer(house))
    refused = await refresh(house, session.body["refreshToken"], **{"Sec-Fetch-Site": "cross-site"})
    assert (refused.status_code, refused.json()["code"]) == (403, "cross_site_write")
    assert (await refresh(house, session.body["refreshToken"])).status_code == 200


async def test_a_shut_portal_refreshes_nothing_and_uses_no_token_up(house: House) -> None:
    client = await newcomer(house)
    session = await sign_in(house, client)
    await shut_portal(house, client)
    refused = await refresh(house, session.body["refreshToken"])
    assert (refused.status_code, refused.json()["code"]) == (403, "portal_closed")
    await shut_portal(house, client, shut=False)
    assert (await refresh(house, session.body["refreshToken"])).status_code == 200


async def test_a_refresh_token_is_no_credential(house: House) -> None:
    session = await sign_in(house, await newcomer(house))
    for headers in ({"Authorization": f"Bearer {session.body['refreshToken']}"}, {"X-Portal-Token": session.token}):
        assert (await house.http_with(headers).get("/api/projects")).status_code == 401
