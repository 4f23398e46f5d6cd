"""A cookie comes along by itself: writes with it are taken from our own pages only, and reading writes nothing."""

import asyncio

import asyncpg
import httpx
import pytest

from tests.house import ORIGIN, SERVICES, House
from tests.trust.callers import CLIENT_COOKIE, CLIENTS, STAFF, STAFF_COOKIE, find_caller
from tests.trust.calling import Caller, ask, body_ids, listed, named_ids, with_random
from tests.trust.document import operations
from tests.trust.grounds import Grounds
from tests.trust.verdicts import refusal_of

PROTECTED = [operation for operation in operations() if not operation.public]
WRITES = [operation for operation in PROTECTED if operation.method != "GET"]
ELSEWHERE: dict[str, dict[str, str]] = {
    "no Origin": {},
    "null Origin": {"Origin": "null"},
    "another site": {"Origin": "https://evil.test"},
    "a sibling": {"Origin": "http://sibling.localhost:8080"},
    "another port": {"Origin": "http://localhost:8081"},
    "another scheme": {"Origin": "https://localhost:8080"},
    "our name at the front": {"Origin": "http://localhost:8080.evil.test"},
    "two origins": {"Origin": f"{ORIGIN} https://evil.test"},
    "cross-site, our Origin": {"Origin": ORIGIN, "Sec-Fetch-Site": "cross-site"},
    "same-site, our Origin": {"Origin": ORIGIN, "Sec-Fetch-Site": "same-site"},
    "typed, our Origin": {"Origin": ORIGIN, "Sec-Fetch-Site": "none"},
}
# These GETs make something by design of their API; only an API key, which never comes along by itself, may ask.
MAKE_SOMETHING = {"GET /api/v1/custodians/clients/{client_id}/web-otp"}
# Rows that are written while reading: when a key was last used or a job ran, and what is on its way and tried again.
NOTED = {
    *("api_keys", "client_session_tokens", "job_turns", "outbox", "inbox"),
    *("deliveries", "attempts", "webhook_endpoints", "mails"),
}


@pytest.mark.parametrize("origin", ELSEWHERE)
@pytest.mark.parametrize("cookie", [STAFF_COOKIE, CLIENT_COOKIE])
async def test_a_write_by_cookie_from_elsewhere_is_refused_by_every_operation(
    grounds: Grounds, cookie: str, origin: str
) -> None:
    ours = grounds.ours
    token = ours.agency.token if cookie == STAFF_COOKIE else ours.session.token
    caller = Caller(cookie, ours.ids, {"Cookie": f"{cookie}={token}", **ELSEWHERE[origin]})
    taken = []
    for operation in WRITES:
        answer = await ask(grounds.house, operation, caller)
        if (answer.status_code, answer.json()["code"]) != (403, "cross_site_write"):
            taken.append((str(operation), answer.status_code, answer.text))
    assert taken == [], listed(taken)


async def test_the_refresh_cookie_is_taken_from_our_own_pages_only(grounds: Grounds) -> None:
    session = await (await grounds.ours.agency.client()).session()
    cookie = {"Cookie": f"portico-refresh={session.body['refreshToken']}"}
    path = "/api/v1/portal/auth/refresh"
    for name, headers in ELSEWHERE.items():
        answer = await grounds.house.gateway.post(path, headers=cookie | headers)
        assert (answer.status_code, answer.json()["code"]) == (403, "cross_site_write"), name
        assert "set-cookie" not in answer.headers
    here = {"Origin": ORIGIN, "Sec-Fetch-Site": "same-origin"}
    assert (await grounds.house.gateway.post(path, headers=cookie | here)).status_code == 200


async def test_no_page_of_another_site_signs_a_browser_in_as_somebody_else(grounds: Grounds) -> None:
    client = await grounds.ours.agency.client()
    token = await client.magic_link()
    for site in ("cross-site", "same-site"):
        headers = {"Origin": "https://evil.test", "Sec-Fetch-Site": site}
        answer = await grounds.house.gateway.post(
            "/api/v1/portal/auth/validate", params={"token": token}, headers=headers
        )
        assert (answer.status_code, answer.json()["code"]) == (403, "cross_site_write")
        assert "set-cookie" not in answer.headers
    signed_in = await grounds.house.signed_in("/api/v1/portal/auth/validate", {"token": token})
    assert signed_in.body["id"] == client.id


async def test_a_credential_that_is_sent_on_purpose_needs_no_origin(grounds: Grounds) -> None:
    for name in ("staff token", "client session", "client key (cak_)", "portal token in the header"):
        caller = find_caller(grounds.ours, name)
        headers = {**caller.headers, "Origin": "https://app.integrator.test", "Sec-Fetch-Site": "cross-site"}
        path = f"/api/threads/{caller.ids['thread_id']}/messages"
        answer = await grounds.house.gateway.post(path, json={"content": "Hello"}, headers=headers)
        assert answer.status_code == 201, (name, answer.text)


async def test_no_answer_lets_another_site_read_what_is_private(grounds: Grounds) -> None:
    for name in ("client cookie", "staff cookie"):
        caller = find_caller(grounds.ours, name)
        for operation in PROTECTED:
            if operation.method == "GET" and refusal_of(operation, caller) is None:
                headers = {**caller.headers, "Origin": "https://evil.test", "Sec-Fetch-Site": "cross-site"}
                asked = Caller(name, caller.ids, headers)
                answer = await ask(grounds.house, operation, asked, query=operation.needed_query(caller.ids))
                assert "access-control-allow-origin" not in answer.headers, str(operation)
                assert "access-control-allow-credentials" not in answer.headers, str(operation)


async def contents(postgres: str) -> dict[str, str]:
    """A digest of every table of every service."""
    found = {}
    for service in SERVICES:
        connection = await asyncpg.connect(f"{postgres.rsplit('/', 1)[0]}/portico_{service}")
        try:
            tables = await connection.fetch("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
            for table in {row["tablename"] for row in tables} - NOTED:
                # The names come from the catalogue.
                query = f"SELECT md5(string_agg(md5(t::text), '' ORDER BY md5(t::text))) FROM \"{table}\" t"
                found[f"{service}.{table}"] = str(await connection.fetchval(query))
        finally:
            await connection.close()
    return found


async def at_rest(postgres: str) -> dict[str, str]:
    """The same, once events that are on their way have arrived."""
    before = await contents(postgres)
    while True:
        await asyncio.sleep(0.5)
        if (now := await contents(postgres)) == before:
            return now
        before = now


async def test_reading_changes_nothing(grounds: Grounds, house: House, postgres: str) -> None:
    before = await at_rest(postgres)
    for name in STAFF + CLIENTS:
        caller = find_caller(grounds.ours, name)
        for operation in PROTECTED:
            if operation.method == "GET" and str(operation) not in MAKE_SOMETHING and caller.may_ask(operation):
                await ask(house, operation, caller, query=operation.needed_query(caller.ids))
    assert await at_rest(postgres) == before


async def test_what_is_not_a_get_is_not_reached_by_get_or_head(grounds: Grounds, house: House) -> None:
    """A link in a mail, a picture on a page and a scanner send GET and HEAD."""
    paths = {operation.path for operation in operations() if operation.method == "GET"}
    answered = []
    for operation in operations():
        if operation.path in paths:
            continue
        for caller in (find_caller(grounds.ours, "staff cookie"), find_caller(grounds.ours, "client cookie")):
            for method in ("GET", "HEAD"):
                ids = with_random(caller.ids, [*named_ids(operation), *body_ids(operation)])
                answer: httpx.Response = await house.gateway.request(
                    method, _filled(operation.path, ids), headers=caller.headers
                )
                if answer.status_code not in (404, 405):
                    answered.append((method, operation.path, caller.name, answer.status_code))
    assert answered == [], listed(answered)


def _filled(path: str, ids: dict[str, str]) -> str:
    for name, id in ids.items():
        path = path.replace(f"{{{name}}}", id)
    return path


async def test_a_write_by_cookie_from_our_own_page_is_taken(grounds: Grounds, house: House) -> None:
    ours = grounds.ours
    for cookie, token in ((STAFF_COOKIE, ours.agency.token), (CLIENT_COOKIE, ours.session.token)):
        headers = {"Cookie": f"{cookie}={token}", "Origin": ORIGIN}
        path = f"/api/threads/{ours.ids['thread_id']}/messages"
        for site in ({}, {"Sec-Fetch-Site": "same-origin"}):
            answer = await house.gateway.post(path, json={"content": "Hello"}, headers=headers | site)
            assert answer.status_code == 201, (cookie, answer.text)
