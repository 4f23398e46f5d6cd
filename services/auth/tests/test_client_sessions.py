"""The story of a client session: its tokens, its ends, and who may see and end it."""

from uuid import UUID, uuid4

import httpx
import pytest

from services.auth.housekeeping import tidy
from services.auth.tests.entrances import (
    ACCESS_COOKIE,
    LOGOUT,
    REFRESH_COOKIE,
    SESSIONS,
    VALIDATE,
    lets_in,
    link_token,
    newcomer,
    refresh,
    refused_within_a_second,
    sign_in,
    use,
)
from tests.house import ORIGIN, Client, ClientSession, House


async def keep_alive(house: House, session: ClientSession, **away: float) -> httpx.Response:
    """Refresh after some time; the session's tokens are the new ones then."""
    house.clock.advance(**away)
    answer = await refresh(house, session.body["refreshToken"])
    if answer.status_code == 200:
        session.body, session.http = answer.json(), house.bearer(answer.json()["accessToken"])
    return answer


async def test_an_access_token_lives_fifteen_minutes_to_the_second(house: House) -> None:
    session = await sign_in(house, await newcomer(house))
    house.clock.advance(minutes=15, seconds=-10)
    assert await lets_in(house, session.token)
    house.clock.advance(seconds=11)
    assert not await lets_in(house, session.token)
    assert (await keep_alive(house, session)).status_code == 200
    assert await lets_in(house, session.token)


async def test_a_session_that_is_not_refreshed_for_thirty_days_ends(house: House) -> None:
    session = await sign_in(house, await newcomer(house))
    assert (await keep_alive(house, session, days=30, seconds=-10)).status_code == 200
    assert (await keep_alive(house, session, days=30, seconds=-10)).status_code == 200, "each refresh counts anew"
    assert (await keep_alive(house, session, days=30, seconds=1)).status_code == 401


async def test_a_session_ends_after_ninety_days_whatever_was_refreshed(house: House) -> None:
    session = await sign_in(house, await newcomer(house))
    for _ in range(4):
        assert (await keep_alive(house, session, days=22)).status_code == 200
    last = await keep_alive(house, session, days=2, seconds=-60)
    assert last.status_code == 200
    left = last.json()["accessExpiresUnix"] - house.clock().timestamp()
    assert 40 < left <= 60, "no access token outlives its session"
    listed = (await session.http.get(SESSIONS)).json()
    assert len(listed) == 1
    house.clock.advance(seconds=50)
    assert await lets_in(house, session.token)
    assert (await keep_alive(house, session)).status_code == 200
    house.clock.advance(seconds=11)
    assert not await lets_in(house, session.token)
    assert (await refresh(house, session.body["refreshToken"])).status_code == 401


async def test_signing_out_ends_the_session_everywhere_and_no_other(house: House) -> None:
    client = await newcomer(house)
    session, other = await sign_in(house, client), await sign_in(house, client)
    assert await lets_in(house, session.token), "every service has it in its memory now"
    answer = await session.http.post(LOGOUT)
    assert (answer.status_code, answer.json()) == (200, {"message": "Signed out."})
    cleared = answer.headers.get_list("set-cookie")
    assert sorted(cookie.partition(";")[0] for cookie in cleared) == [f'{ACCESS_COOKIE}=""', f'{REFRESH_COOKIE}=""']
    assert all({"Max-Age=0", "Path=/", "HttpOnly"} <= set(cookie.split("; ")) for cookie in cleared)
    await refused_within_a_second(house, session.token)
    assert (await refresh(house, session.body["refreshToken"])).status_code == 401
    assert (await session.http.post(LOGOUT)).status_code == 401
    assert await lets_in(house, other.token)
    assert (await refresh(house, other.body["refreshToken"])).status_code == 200


async def test_only_a_session_can_sign_out(house: House) -> None:
    client = await newcomer(house)
    session = await sign_in(house, client)
    refused = await client.http.post(LOGOUT)
    assert (refused.status_code, refused.json()["code"]) == (409, "no_session")
    assert (await client.agency.http.post(LOGOUT)).status_code == 403
    assert (await house.gateway.post(LOGOUT)).status_code == 401
    assert await lets_in(house, session.token)


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Origin": ORIGIN, "Sec-Fetch-Site": "same-origin"}, 200),
        ({"Origin": "http://evil.test", "Sec-Fetch-Site": "cross-site"}, 403),
        ({"Origin": "http://other.localhost:8080", "Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": "null"}, 403),
        ({}, 403),
    ],
)
async def test_the_cookie_alone_signs_out_from_our_own_pages_only(
    house: House, headers: dict[str, str], status: int
) -> None:
    session = await sign_in(house, await newcomer(house))
    assert (await session.browser.post(LOGOUT, headers=headers)).status_code == status


async def test_a_client_sees_where_they_are_signed_in_newest_first(house: House) -> None:
    client = await newcomer(house)
    sessions = []
    for browser in ("Firefox on a desk", "x" * 400):
        answer = await use(house, await link_token(house, client), **{"User-Agent": browser})
        sessions.append(ClientSession(answer.json(), house.bearer(answer.json()["accessToken"]), house.gateway))
    first, second = sessions
    listed = (await first.http.get(SESSIONS)).json()
    keys = {"id", "signedInBy", "userAgent", "createdAt", "refreshedAt", "expiresAt"}
    assert [set(item) for item in listed] == [keys | {"current"}] * 2
    assert [item["userAgent"] for item in listed] == ["x" * 300, "Firefox on a desk"]
    assert [item["current"] for item in listed] == [False, True]
    assert {item["signedInBy"] for item in listed} == {"magic_link"}
    page = await second.http.get(SESSIONS, params={"limit": 1})
    following = page.headers["link"].partition("<")[2].partition(">")[0]
    assert [item["id"] for item in page.json()] == [listed[0]["id"]]
    assert [item["id"] for item in (await second.http.get(following)).json()] == [listed[1]["id"]]
    seen = (await client.agency.http.get(f"/api/clients/{client.id}/sessions")).json()
    assert [set(item) for item in seen] == [keys] * 2
    assert [item["id"] for item in seen] == [item["id"] for item in listed]


async def test_a_client_ends_a_session_of_theirs_somewhere_else(house: House) -> None:
    client = await newcomer(house)
    here, elsewhere = await sign_in(house, client), await sign_in(house, client)
    assert await lets_in(house, elsewhere.token)
    id = next(item["id"] for item in (await here.http.get(SESSIONS)).json() if not item["current"])
    answer = await here.http.delete(f"{SESSIONS}/{id}")
    assert (answer.status_code, answer.json()) == (200, {"id": id, "ended": True})
    await refused_within_a_second(house, elsewhere.token)
    assert await lets_in(house, here.token)
    assert [item["id"] for item in (await here.http.get(SESSIONS)).json()] != [id]
    assert (await here.http.delete(f"{SESSIONS}/{id}")).status_code == 404


async def test_nobody_sees_or_ends_the_sessions_of_others(house: House) -> None:
    client = await newcomer(house)
    session = await sign_in(house, client)
    neighbour = await sign_in(house, await client.agency.client())
    stranger = await newcomer(house)
    id = (await session.http.get(SESSIONS)).json()[0]["id"]
    for http in (neighbour.http, stranger.http, (await sign_in(house, stranger)).http):
        assert id not in (await http.get(SESSIONS)).text
        refused, unknown = [await http.delete(f"{SESSIONS}/{which}") for which in (id, uuid4())]
        assert refused.status_code == 404
        assert {**refused.json(), "time": ""} == {**unknown.json(), "time": ""}
    for method in ("GET", "DELETE"):
        path = f"/api/clients/{client.id}/sessions"
        assert (await stranger.agency.http.request(method, path)).status_code == 404
        assert (await client.http.request(method, path)).status_code == 403
        assert (await house.gateway.request(method, path)).status_code == 401
    for http in (client.agency.http, house.gateway):
        assert (await http.get(SESSIONS)).status_code in (401, 403)
    assert await lets_in(house, session.token)


async def test_a_key_that_may_only_read_ends_no_sessions(house: House) -> None:
    client = await newcomer(house)
    session = await sign_in(house, client)
    key = await client.agency.api_key("read")
    path = f"/api/clients/{client.id}/sessions"
    assert (await key.get(path)).status_code == 200
    assert (await key.delete(path)).status_code == 403
    assert await lets_in(house, session.token)


async def test_the_agency_signs_a_client_out_everywhere(house: House) -> None:
    client = await newcomer(house)
    sessions = [await sign_in(house, client), await sign_in(house, client)]
    neighbour = await sign_in(house, await client.agency.client())
    assert [await lets_in(house, session.token) for session in sessions] == [True, True]
    path = f"/api/clients/{client.id}/sessions"
    assert (await client.agency.http.delete(path)).json() == {"ended": 2}
    for session in sessions:
        await refused_within_a_second(house, session.token)
    assert (await client.agency.http.get(path)).json() == []
    assert (await client.agency.http.delete(path)).json() == {"ended": 0}
    assert await lets_in(house, neighbour.token)
    assert (await client.http.get("/api/portal")).status_code == 200, "the portal link is no session"


async def test_a_deleted_clients_sessions_are_refused_everywhere(house: House) -> None:
    client = await newcomer(house)
    session = await sign_in(house, client)
    assert await lets_in(house, session.token)
    assert (await client.agency.http.delete(f"/api/clients/{client.id}")).status_code == 200
    await refused_within_a_second(house, session.token)
    assert (await refresh(house, session.body["refreshToken"])).status_code == 401


async def test_a_session_is_good_for_its_own_client_alone(house: House) -> None:
    client = await newcomer(house, "Mira Okafor")
    neighbour = await client.agency.client("Somebody else")
    await client.agency.project(client, "Mine")
    theirs = await client.agency.project(neighbour, "Theirs")
    session = await sign_in(house, client)
    assert [item["name"] for item in (await session.http.get("/api/projects")).json()] == ["Mine"]
    assert (await session.http.get(f"/api/projects/{theirs['id']}")).status_code == 404
    assert (await session.http.get("/api/clients")).status_code == 403
    assert (await session.http.post("/api/projects", json={"name": "x", "clientId": client.id})).status_code == 403


async def test_a_changed_name_and_address_show_with_the_next_tokens(house: House) -> None:
    client = await newcomer(house)
    session = await sign_in(house, client)
    changed = {"name": "Ada King", "email": f"king-{client.email}"}
    assert (await client.agency.http.patch(f"/api/clients/{client.id}", json=changed)).status_code == 200
    assert (await refresh(house, session.body["refreshToken"])).json()["username"] == changed["email"]


async def test_what_ended_long_ago_is_forgotten_and_nothing_else(house: House) -> None:
    context = house.apps["auth"].state.context
    client = await newcomer(house)
    ended, kept = await sign_in(house, client), await sign_in(house, client)
    unused = await link_token(house, client)
    await ended.http.post(LOGOUT)
    counts = []
    for days in (0, 6, 2, 21, 2):
        house.clock.advance(days=days)
        if days:
            assert (await keep_alive(house, kept)).status_code == 200
        await tidy(context)
        counts.append(await rows_of(house, client))
    # After days 0, 6, 8 (links went a week after their end), 29, and 31 (sessions go a month after they were ended).
    assert counts == [(3, 2), (3, 2), (0, 2), (0, 2), (0, 1)]
    assert (await house.gateway.post(VALIDATE, json={"token": unused})).status_code == 401


async def rows_of(house: House, client: Client) -> tuple[int, int]:
    """How many magic links and sessions there are of the client's agency."""
    async with house.database("auth").unit(UUID(client.agency.id)) as session:
        connection = await session.connection()
        counts = [
            (await connection.exec_driver_sql(f"SELECT count(*) FROM {table}")).scalar_one()
            for table in ("magic_links", "client_sessions")
        ]
    return counts[0], counts[1]
