"""Where a member is signed in, and ending it from elsewhere."""

import asyncio
from uuid import uuid4

import httpx
import pytest

from services.auth.tests.announced import announced
from services.auth.tests.doors import statuses
from services.auth.tests.team import Person, join, said, sign_in, wait_until
from tests.house import PASSWORD, House

KEYS = {"id", "userAgent", "address", "createdAt", "lastSeenAt", "expiresAt", "current"}


async def refused_within_a_second(house: House, http: httpx.AsyncClient) -> None:
    async def refused() -> bool:
        return await statuses(house, http) == {401}

    await house.eventually(refused, timeout=1)


async def current_id(person: Person) -> str:
    listed = (await person.http.get("/api/sessions")).json()
    return str(next(one["id"] for one in listed if one["current"]))


async def test_a_session_shows_what_it_was_opened_with(house: House) -> None:
    agency = await house.agency()
    caller = {"User-Agent": "Portico for Toasters/1.0", "X-Forwarded-For": "203.0.113.99"}
    body = {"email": agency.email, "password": PASSWORD}
    signed_in = await house.http_with(caller).post("/api/auth/login", json=body)
    listed = (await house.bearer(signed_in.json()["token"]).get("/api/sessions")).json()
    assert [set(one) for one in listed] == [KEYS, KEYS]
    assert [one["current"] for one in listed] == [True, False]
    newest = listed[0]
    assert (newest["userAgent"], newest["address"]) == ("Portico for Toasters/1.0", "203.0.113.99")
    assert newest["createdAt"] <= newest["lastSeenAt"] <= newest["expiresAt"]


async def test_a_session_is_seen_again_after_a_minute(house: House) -> None:
    agency = await house.agency()
    first = (await agency.http.get("/api/sessions")).json()[0]
    house.clock.advance(seconds=30)
    assert (await agency.http.get("/api/sessions")).json() == [first], "not written with every request"
    house.clock.advance(seconds=40)
    later = (await agency.http.get("/api/sessions")).json()[0]
    assert later["lastSeenAt"] > first["lastSeenAt"]
    assert later == first | {"lastSeenAt": later["lastSeenAt"]}


async def test_one_session_ends_from_another_and_is_refused_everywhere(house: House) -> None:
    agency = await house.agency()
    lost = await sign_in(house, agency.email)
    assert await statuses(house, lost.http) == {200}
    lost_id = await current_id(lost)
    assert (await agency.http.delete(f"/api/sessions/{lost_id}")).json() == {"id": lost_id, "deleted": True}
    await refused_within_a_second(house, lost.http)
    assert (await agency.http.delete(f"/api/sessions/{lost_id}")).status_code == 404
    assert [one["current"] for one in (await agency.http.get("/api/sessions")).json()] == [True]


async def test_whoever_ends_the_session_that_asks_is_signed_out(house: House) -> None:
    agency = await house.agency()
    one = await sign_in(house, agency.email)
    ended = await one.http.delete(f"/api/sessions/{await current_id(one)}")
    assert ended.headers["set-cookie"].startswith('portico="";')
    await refused_within_a_second(house, one.http)
    assert await statuses(house, agency.http) == {200}


async def test_all_other_sessions_end_at_once_and_nobody_elses(house: House) -> None:
    agency = await house.agency()
    colleague = await join(agency)
    others = [await sign_in(house, agency.email) for _ in range(3)]
    for other in others:
        assert await statuses(house, other.http) == {200}
    assert (await agency.http.delete("/api/sessions")).json() == {"ended": 3}
    for other in others:
        await refused_within_a_second(house, other.http)
    assert await statuses(house, agency.http) == {200}
    assert await statuses(house, colleague.http) == {200}
    assert (await agency.http.delete("/api/sessions")).json() == {"ended": 0}


async def test_sessions_that_are_ended_from_everywhere_at_once_end_once(house: House) -> None:
    agency = await house.agency()
    people = [await sign_in(house, agency.email) for _ in range(4)]
    lost = await current_id(people[0])
    answers = await asyncio.gather(
        *(person.http.delete(f"/api/sessions/{lost}") for person in people),
        people[0].http.post("/api/auth/logout"),
        *(agency.http.delete("/api/sessions") for _ in range(3)),
    )
    # Whoever was ended before being heard is asked to sign in; nobody is told to try again.
    assert {answer.status_code for answer in answers} <= {200, 401, 404}
    revoked = [event.aggregate_id for event in await announced(house, agency, "auth.session.revoked")]
    assert len(revoked) == len(set(revoked)) == 4


async def test_anothers_session_is_as_unknown_as_none_even_to_an_owner(house: House) -> None:
    agency, other = await house.agency(), await house.agency()
    colleague = await join(agency)
    colleagues = await current_id(colleague)
    random = await agency.http.delete(f"/api/sessions/{uuid4()}")
    for http in (agency.http, other.http):
        foreign = await http.delete(f"/api/sessions/{colleagues}")
        assert foreign.status_code == 404
        assert said(foreign) == said(random)
    assert colleagues not in [one["id"] for one in (await agency.http.get("/api/sessions")).json()]
    assert (await colleague.http.get("/api/auth/me")).status_code == 200


async def test_a_session_that_has_run_out_is_not_listed(house: House) -> None:
    agency = await house.agency()
    old = (await agency.http.get("/api/sessions")).json()[0]
    house.clock.advance(days=1)
    fresh = await sign_in(house, agency.email)
    wait_until(house, old["expiresAt"], seconds=-2)
    assert old["id"] in [one["id"] for one in (await fresh.http.get("/api/sessions")).json()]
    wait_until(house, old["expiresAt"])
    assert [one["current"] for one in (await fresh.http.get("/api/sessions")).json()] == [True]
    assert (await fresh.http.delete(f"/api/sessions/{old['id']}")).status_code == 404


async def test_sessions_are_listed_a_page_at_a_time(house: House) -> None:
    agency = await house.agency()
    for _ in range(2):
        await sign_in(house, agency.email)
    everything = (await agency.http.get("/api/sessions")).json()
    first = await agency.http.get("/api/sessions?limit=2")
    second = await agency.http.get(first.links["next"]["url"])
    assert first.json() + second.json() == everything
    assert len(everything) == 3


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/api/sessions"),
        ("DELETE", "/api/sessions"),
        ("DELETE", "/api/sessions/0199f1e2-6a10-4c55-8f3d-2b6c9e4d7a01"),
    ],
)
async def test_a_key_has_no_sessions(house: House, method: str, path: str) -> None:
    agency = await house.agency()
    machine = await agency.api_key("read", "write")
    refused = await machine.request(method, path)
    assert (refused.status_code, refused.json()["code"]) == (403, "people_only")
