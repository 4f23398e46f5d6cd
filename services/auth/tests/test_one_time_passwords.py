"""One-time passwords: one session for one password, within five minutes, and one refusal for all that is not so."""

import asyncio
from collections import Counter
from uuid import uuid4

import httpx
import pytest

from services.auth.tests.custodians import CLIENTS, Backend, backend
from tests.house import ORIGIN, House

EXCHANGE = "/api/v1/portal/auth/otp"


async def exchange(house: House, password: str, **headers: str) -> httpx.Response:
    return await house.http_with(headers).post(EXCHANGE, json={"otp": password})


async def sessions_of(house: House, custodian: Backend, client_id: str) -> int:
    async with house.database("auth").reader(custodian.agency.id) as reader:  # type: ignore[arg-type]
        count = await reader.fetchval("SELECT count(*) FROM client_sessions WHERE client_id::text = $1", client_id)
    return int(count)


def assert_refused(answer: httpx.Response) -> None:
    assert (answer.status_code, answer.json()["code"]) == (401, "one_time_password_not_valid"), answer.text
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_a_password_is_given_out_with_just_the_fields_of_the_document(house: House, method: str) -> None:
    custodian = await backend(house)
    made = await custodian.create()
    answer = await custodian.http.request(method, f"{CLIENTS}/{made['id']}/web-otp")
    assert answer.status_code == 200
    assert set(answer.json()) == {"id", "otp"}
    assert answer.json()["id"] == made["id"]
    assert len(answer.json()["otp"]) > 40
    assert answer.headers["cache-control"] == "no-store"


async def test_a_password_signs_its_client_in(house: House) -> None:
    custodian = await backend(house)
    email = f"{uuid4().hex}@client.test"
    made = await custodian.create(name="Grace Hopper", email=email)
    answer = await exchange(house, await custodian.one_time_password(made["id"]))
    assert answer.status_code == 200, answer.text
    body = answer.json()
    assert set(body) == {"accessExpiresUnix", "accessToken", "id", "refreshToken", "username"}
    assert (body["id"], body["username"]) == (made["id"], email)
    now = house.clock().timestamp()
    assert now + 14 * 60 < body["accessExpiresUnix"] <= now + 15 * 60
    cookies = {cookie.name: cookie for cookie in answer.cookies.jar}
    assert set(cookies) == {"portico-client", "portico-refresh"}
    assert all(cookie.has_nonstandard_attr("HttpOnly") for cookie in cookies.values())
    shown = (await house.bearer(body["accessToken"]).get("/api/portal")).json()
    assert shown["client"]["id"] == made["id"]


async def test_a_client_without_an_address_is_told_by_name(house: House) -> None:
    custodian = await backend(house)
    made = await custodian.create()
    answer = await exchange(house, await custodian.one_time_password(made["id"]))
    assert answer.json()["username"] == "Client 1"


async def test_wrong_used_replaced_and_expired_passwords_get_one_answer(house: House) -> None:
    custodian = await backend(house)
    made = await custodian.create()
    used = await custodian.one_time_password(made["id"])
    assert (await exchange(house, used)).status_code == 200
    replaced = await custodian.one_time_password(made["id"])
    expired = await custodian.one_time_password(made["id"])
    house.clock.advance(minutes=5)
    wrong = expired[:-2] + ("A" if expired[-2] != "A" else "B") + expired[-1]
    answers = [await exchange(house, password) for password in (used, replaced, expired, wrong, "otp_x", "é")]
    for answer in answers:
        assert_refused(answer)
    assert len({str({**answer.json(), "time": ""}) for answer in answers}) == 1
    assert await sessions_of(house, custodian, made["id"]) == 1


async def test_a_password_is_good_for_five_minutes(house: House) -> None:
    custodian = await backend(house)
    made = await custodian.create()
    password = await custodian.one_time_password(made["id"])
    house.clock.advance(minutes=5, seconds=-10)
    assert (await exchange(house, password)).status_code == 200
    password = await custodian.one_time_password(made["id"])
    house.clock.advance(minutes=5)
    assert_refused(await exchange(house, password))


async def test_a_new_password_voids_the_one_before_and_nobody_elses(house: House) -> None:
    custodian = await backend(house)
    one, other = await custodian.create(), await custodian.create()
    first, theirs = await custodian.one_time_password(one["id"]), await custodian.one_time_password(other["id"])
    second = await custodian.one_time_password(one["id"])
    assert_refused(await exchange(house, first))
    assert (await exchange(house, second)).json()["id"] == one["id"]
    assert (await exchange(house, theirs)).json()["id"] == other["id"]


async def test_200_exchanges_at_once_open_one_session(house: House) -> None:
    custodian = await backend(house)
    made = await custodian.create()
    password = await custodian.one_time_password(made["id"])
    http = house.gateway
    answers = await asyncio.gather(*(http.post(EXCHANGE, json={"otp": password}) for _ in range(200)))
    assert Counter(answer.status_code for answer in answers) == {200: 1, 401: 199}
    assert await sessions_of(house, custodian, made["id"]) == 1


async def test_passwords_asked_for_at_once_leave_one_that_is_good(house: House) -> None:
    custodian = await backend(house)
    made = await custodian.create()
    passwords = await asyncio.gather(*(custodian.one_time_password(made["id"]) for _ in range(10)))
    answers = [await exchange(house, password) for password in passwords]
    assert sorted(answer.status_code for answer in answers) == [200] + [401] * 9


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
async def test_looking_at_the_door_uses_nothing_up(house: House, method: str) -> None:
    custodian = await backend(house)
    made = await custodian.create()
    password = await custodian.one_time_password(made["id"])
    looked = await house.gateway.request(method, EXCHANGE, params={"otp": password})
    assert looked.status_code == 405
    assert (await exchange(house, password)).status_code == 200


async def test_a_shut_portal_leaves_the_password_unused(house: House) -> None:
    custodian = await backend(house)
    made = await custodian.create()
    password = await custodian.one_time_password(made["id"])
    await custodian.agency.http.patch("/api/v1/client-portal/config", json={"is_active": False})

    async def closed() -> bool:
        answer = await house.bearer(made["clientApiKey"]).get("/api/projects")
        return answer.status_code == 403

    await house.eventually(closed)
    answer = await exchange(house, password)
    assert (answer.status_code, answer.json()["code"]) == (403, "portal_closed")
    await custodian.agency.http.patch("/api/v1/client-portal/config", json={"is_active": True})

    async def opened() -> bool:
        return (await exchange(house, password)).status_code == 200

    await house.eventually(opened)


async def test_another_site_cannot_sign_a_browser_in(house: House) -> None:
    custodian = await backend(house)
    made = await custodian.create()
    password = await custodian.one_time_password(made["id"])
    answer = await exchange(house, password, **{"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.test"})
    assert (answer.status_code, answer.json()["code"]) == (403, "cross_site_write")
    here = await exchange(house, password, **{"Sec-Fetch-Site": "same-origin", "Origin": ORIGIN})
    assert here.status_code == 200


@pytest.mark.parametrize("body", [{}, {"otp": ""}, {"otp": 1}, {"otp": None}, {"otp": "x", "clientId": "y"}, []])
async def test_a_body_that_is_none_is_refused(house: House, body: object) -> None:
    assert (await house.gateway.post(EXCHANGE, json=body)).status_code == 400


async def test_trying_passwords_uses_up_the_budget_of_the_address(house: House) -> None:
    http = house.http_with({"X-Forwarded-For": "203.0.113.77"})
    answers = [await http.post(EXCHANGE, json={"otp": f"otp_{number}"}) for number in range(601)]
    assert {answer.status_code for answer in answers[:600]} == {401}
    assert answers[600].status_code == 429
    assert int(answers[600].headers["retry-after"]) > 0
    assert (await house.gateway.post(EXCHANGE, json={"otp": "otp_0"})).status_code == 401
