"""The story of a member: register, sign in, be known, sign out."""

import asyncio
import secrets
from typing import Any

import httpx
import pytest

from tests.house import PASSWORD, Agency, House

COOKIE = "portico"


def registration(**changes: Any) -> dict[str, Any]:
    """A body that is right, but for `changes`."""
    email = f"owner-{secrets.token_hex(6)}@agency.test"
    return {"name": "Ada Larsen", "email": email, "password": PASSWORD, "agencyName": "Northlight"} | changes


async def log_in(house: House, agency: Agency, **changes: str) -> httpx.Response:
    body = {"email": agency.email, "password": agency.password} | changes
    return await house.gateway.post("/api/auth/login", json=body)


async def test_a_new_owner_is_signed_in_and_known(house: House) -> None:
    email = f"Ada.{secrets.token_hex(4)}@One.Test"
    answer = await house.gateway.post("/api/auth/register", json=registration(email=email))
    assert answer.status_code == 201, answer.text
    body = answer.json()
    assert set(body) == {"token", "user", "agency"}
    assert body["user"] == {
        "id": body["user"]["id"],
        "name": "Ada Larsen",
        "email": email.lower(),
        "role": "owner",
        "createdAt": body["user"]["createdAt"],
    }
    assert set(body["agency"]) == {"id", "name", "slug", "currency", "timeZone", "createdAt"}
    me = await house.http_with({"Authorization": f"Bearer {body['token']}"}).get("/api/auth/me")
    assert me.status_code == 200, me.text
    assert me.json() == {"user": body["user"], "agency": body["agency"]}


async def test_the_cookie_signs_the_browser_in_and_is_out_of_reach_of_scripts(house: House) -> None:
    answer = await house.gateway.post("/api/auth/register", json=registration())
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith(f"{COOKIE}={answer.json()['token']}; ")
    assert {"HttpOnly", "Max-Age=2592000", "Path=/", "SameSite=lax"} <= set(cookie.split("; "))
    me = await house.http_with({"Cookie": f"{COOKIE}={answer.json()['token']}"}).get("/api/auth/me")
    assert me.status_code == 200


async def test_an_address_is_registered_once_in_whatever_case(house: House) -> None:
    agency = await house.agency()
    again = await house.gateway.post("/api/auth/register", json=registration(email=agency.email.upper()))
    assert again.status_code == 409
    assert again.json()["code"] == "email_taken"
    assert "set-cookie" not in again.headers


async def test_of_many_registrations_of_one_address_at_once_one_wins(house: House) -> None:
    body = registration()
    answers = await asyncio.gather(*(house.gateway.post("/api/auth/register", json=body) for _ in range(8)))
    assert sorted(answer.status_code for answer in answers) == [201] + [409] * 7


async def test_agencies_of_one_name_get_slugs_of_their_own(house: House) -> None:
    name = f"Søren & Søn {secrets.token_hex(4)}"
    answers = await asyncio.gather(
        *(house.gateway.post("/api/auth/register", json=registration(agencyName=name)) for _ in range(5))
    )
    slugs = {answer.json()["agency"]["slug"] for answer in answers}
    first = "soren-son-" + name.split()[-1]
    assert slugs == {first} | {f"{first}-{number}" for number in range(2, 6)}


async def test_a_registration_may_be_repeated_with_its_idempotency_key(house: House) -> None:
    body, key = registration(), {"Idempotency-Key": secrets.token_hex(8)}
    first = await house.gateway.post("/api/auth/register", json=body, headers=key)
    second = await house.gateway.post("/api/auth/register", json=body, headers=key)
    assert (first.status_code, second.status_code) == (201, 201), first.text
    assert first.json() == second.json()
    assert second.headers["idempotency-replayed"] == "true"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"email": "nobody"}, "email"),
        ({"email": "Eve <eve@one.test>"}, "email"),
        ({"email": "a@b@one.test"}, "email"),
        ({"email": f"{'a' * 250}@one.test"}, "email"),
        ({"email": None}, "email"),
        ({"email": ["a@one.test"]}, "email"),
        ({"name": ""}, "name"),
        ({"name": "   "}, "name"),
        ({"name": "a" * 201}, "name"),
        ({"name": "a\x00b"}, "name"),
        ({"agencyName": ""}, "agencyName"),
        ({"agencyName": 7}, "agencyName"),
        ({"password": "short12"}, "password"),
        ({"password": "x" * 129}, "password"),
        ({"password": "password123"}, "password"),
        ({"password": None}, "password"),
        ({"role": "owner"}, "role"),
        ({"id": "00000000-0000-0000-0000-000000000000"}, "id"),
        ({"agencyId": "00000000-0000-0000-0000-000000000000"}, "agencyId"),
    ],
)
async def test_a_wrong_registration_names_the_field(house: House, changes: dict[str, Any], field: str) -> None:
    answer = await house.gateway.post("/api/auth/register", json=registration(**changes))
    assert answer.status_code == 400, answer.text
    assert [error["field"] for error in answer.json()["errors"]] == [field]
    assert PASSWORD not in answer.text


async def test_a_password_may_have_128_characters_of_any_script_and_blanks_around(house: House) -> None:
    password = f"  {'пароль-水の音 ' * 20}"[:127] + " "
    body = registration(password=password)
    assert (await house.gateway.post("/api/auth/register", json=body)).status_code == 201
    right = {"email": body["email"], "password": password}
    assert (await house.gateway.post("/api/auth/login", json=right)).status_code == 200
    trimmed = right | {"password": password.strip()}
    assert (await house.gateway.post("/api/auth/login", json=trimmed)).status_code == 401


async def test_a_member_signs_in_with_the_address_in_any_case(house: House) -> None:
    agency = await house.agency()
    answer = await log_in(house, agency, email=agency.email.title())
    assert answer.status_code == 200, answer.text
    assert set(answer.json()) == {"token", "user", "agency"}
    assert answer.json()["token"] != agency.token
    assert COOKIE in answer.cookies
    me = await house.http_with({"Authorization": f"Bearer {answer.json()['token']}"}).get("/api/auth/me")
    assert me.json()["agency"]["id"] == agency.id


async def test_an_unknown_address_and_a_wrong_password_get_one_answer(house: House) -> None:
    agency = await house.agency()
    wrong = await log_in(house, agency, password="not the password at all")
    unknown = await log_in(house, agency, email=f"nobody-{secrets.token_hex(6)}@agency.test")
    assert (wrong.status_code, unknown.status_code) == (401, 401)
    assert {**wrong.json(), "time": ""} == {**unknown.json(), "time": ""}
    assert wrong.json()["code"] == "wrong_credentials"
    varying = {"date", "x-request-id", "x-ratelimit-remaining", "x-ratelimit-reset"}
    assert set(wrong.headers) - varying == set(unknown.headers) - varying
    assert "set-cookie" not in wrong.headers


async def test_sign_out_ends_this_session_and_no_other(house: House) -> None:
    agency = await house.agency()
    other = house.http_with({"Authorization": f"Bearer {(await log_in(house, agency)).json()['token']}"})
    answer = await agency.http.post("/api/auth/logout")
    assert answer.status_code == 200, answer.text
    assert answer.json() == {"message": "Signed out."}
    assert f'{COOKIE}=""' in answer.headers["set-cookie"]

    async def refused() -> bool:
        return (await agency.http.get("/api/auth/me")).status_code == 401

    await house.eventually(refused, timeout=1)
    assert (await other.get("/api/auth/me")).status_code == 200


async def test_a_session_ends_after_thirty_days(house: House) -> None:
    agency = await house.agency()
    house.clock.advance(days=29, hours=23)
    assert (await agency.http.get("/api/auth/me")).status_code == 200
    house.clock.advance(hours=2)
    assert (await agency.http.get("/api/auth/me")).status_code == 401


@pytest.mark.parametrize("method", ["GET", "PUT", "PATCH", "DELETE"])
async def test_login_takes_post_alone(house: House, method: str) -> None:
    assert (await house.gateway.request(method, "/api/auth/login")).status_code == 405


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Origin": "http://localhost:8080", "Sec-Fetch-Site": "same-origin"}, 200),
        ({"Origin": "http://evil.test", "Sec-Fetch-Site": "cross-site"}, 403),
        ({"Origin": "http://other.localhost:8080", "Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": "null"}, 403),
        ({}, 403),
    ],
)
async def test_the_cookie_alone_signs_out_from_our_own_pages_only(
    house: House, headers: dict[str, str], status: int
) -> None:
    agency = await house.agency()
    browser = house.http_with({"Cookie": f"{COOKIE}={agency.token}", **headers})
    assert (await browser.post("/api/auth/logout")).status_code == status
