"""Portal tokens through the client-portal API: get or create, revoke, and who may."""

import asyncio
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import httpx
import pytest

from tests.house import House
from tests.people import Agency

TOKEN = "/api/v1/client-portal/token"
REVOKE = "/api/v1/client-portal/token/revoke"
CONFIG = "/api/v1/client-portal/config"


async def token_of(http: httpx.AsyncClient, type: str, id: Any) -> dict[str, Any]:
    answer = await http.post(TOKEN, json={"type": type, "id": id})
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def holder(agency: Agency, type: str) -> dict[str, Any]:
    return (await agency.client()).body if type == "contact" else await agency.made("/api/companies", {"name": "North"})


def without_time(answer: httpx.Response) -> dict[str, Any]:
    return {name: value for name, value in answer.json().items() if name != "time"}


@pytest.mark.parametrize("type", ["contact", "company"])
async def test_the_same_live_token_comes_by_number_and_by_id(house: House, type: str) -> None:
    agency = await house.agency()
    found = await holder(agency, type)
    by_number, by_id = (
        await token_of(agency.http, type, found["number"]),
        await token_of(agency.http, type, found["id"]),
    )
    assert set(by_number) == {"token", "url", "expires_at"}
    assert by_number == by_id
    assert by_number["url"] == f"http://localhost:8080/client-portal/{by_number['token']}"
    opened = await house.gateway.get("/api/portal", params={"token": by_number["token"]})
    assert opened.json()["client"]["id"] == found["id"]


async def test_a_contacts_token_is_the_one_that_creating_the_client_returned(house: House) -> None:
    agency = await house.agency()
    client = await agency.client()
    assert (await token_of(agency.http, "contact", client.id))["token"] == client.token


async def test_two_agencies_have_a_number_one_each(house: House) -> None:
    one, other = await house.agency(), await house.agency()
    mine, theirs = await one.client(), await other.client()
    assert (mine.body["number"], theirs.body["number"]) == (1, 1)
    assert (await token_of(one.http, "contact", 1))["token"] == mine.token
    assert (await token_of(other.http, "contact", 1))["token"] == theirs.token


async def test_a_new_token_lives_as_long_as_the_settings_say(house: House) -> None:
    agency = await house.agency()
    await agency.http.patch(CONFIG, json={"token_expiration_days": 7})
    company = await holder(agency, "company")
    made = await token_of(agency.http, "company", company["id"])
    left = datetime.fromisoformat(made["expires_at"]) - house.clock()
    assert timedelta(days=7) - timedelta(minutes=1) < left <= timedelta(days=7)


async def test_a_token_is_handed_out_until_its_last_second_and_then_another(house: House) -> None:
    agency = await house.agency()
    machine = await agency.api_key("read", "write")
    client = await agency.client()
    before = await token_of(machine, "contact", client.id)
    left = datetime.fromisoformat(before["expires_at"]) - house.clock()
    house.clock.advance(seconds=left.total_seconds() - 5)
    assert await token_of(machine, "contact", client.id) == before
    house.clock.advance(seconds=6)
    after = await token_of(machine, "contact", client.id)
    assert after["token"] != before["token"]
    assert (await house.gateway.get("/api/portal", params={"token": after["token"]})).status_code == 200
    assert (await house.gateway.get("/api/portal", params={"token": before["token"]})).status_code == 401


async def test_asked_twenty_times_at_once_one_token_is_made(house: House) -> None:
    agency = await house.agency()
    company = await holder(agency, "company")
    given = await asyncio.gather(*(token_of(agency.http, "company", company["number"]) for _ in range(20)))
    assert len({one["token"] for one in given}) == 1


@pytest.mark.parametrize("type", ["contact", "company"])
async def test_a_revoked_token_opens_nothing_and_the_next_is_another(house: House, type: str) -> None:
    agency = await house.agency()
    found = await holder(agency, type)
    token = (await token_of(agency.http, type, found["id"]))["token"]
    assert (await house.gateway.get("/api/portal", params={"token": token})).status_code == 200

    revoked = await agency.http.post(REVOKE, json={"type": type, "id": found["number"]})
    assert (revoked.status_code, revoked.json()) == (200, {"message": "Portal token revoked", "revoked": 1})

    async def refused() -> bool:
        return (await house.gateway.get("/api/portal", params={"token": token})).status_code == 401

    await house.eventually(refused, timeout=1)
    again = await agency.http.post(REVOKE, json={"type": type, "id": found["id"]})
    assert again.json() == {"message": "There was no live portal token", "revoked": 0}
    following = (await token_of(agency.http, type, found["id"]))["token"]
    assert following != token
    assert (await house.gateway.get("/api/portal", params={"token": following})).status_code == 200
    assert await refused()


@pytest.mark.parametrize("path", [TOKEN, REVOKE])
@pytest.mark.parametrize(
    ("type", "words", "code"),
    [("contact", "Contact not found", "contact_not_found"), ("company", "Company not found", "company_not_found")],
)
async def test_a_holder_of_another_agency_is_not_found_like_a_random_one(
    house: House, path: str, type: str, words: str, code: str
) -> None:
    agency, other = await house.agency(), await house.agency()
    theirs = await holder(other, type)
    answers = [
        await agency.http.post(path, json={"type": type, "id": id}) for id in (theirs["id"], str(uuid4()), 1, 2**31 - 1)
    ]
    assert [answer.status_code for answer in answers] == [404] * 4
    assert answers[0].json()["message"] == words
    assert answers[0].json()["code"] == code
    assert all(without_time(answer) == without_time(answers[0]) for answer in answers)


@pytest.mark.parametrize("path", [TOKEN, REVOKE])
@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"id": 1}, "type"),
        ({"type": "contact"}, "id"),
        ({"type": "person", "id": 1}, "type"),
        ({"type": "contact", "id": "x"}, "id"),
        ({"type": "contact", "id": 0}, "id"),
        ({"type": "contact", "id": -1}, "id"),
        ({"type": "contact", "id": 2**31}, "id"),
        ({"type": "contact", "id": 1.5}, "id"),
        ({"type": "contact", "id": True}, "id"),
        ({"type": "contact", "id": None}, "id"),
        ({"type": "contact", "id": [1]}, "id"),
        ({"type": "contact", "id": 1, "valid_days": 9999}, "valid_days"),
    ],
)
async def test_a_body_that_names_nobody_is_refused_by_field(
    house: House, path: str, body: dict[str, Any], field: str
) -> None:
    agency = await house.agency()
    await agency.client()
    answer = await agency.http.post(path, json=body)
    assert answer.status_code == 400, answer.text
    assert {error["field"].split(".")[0] for error in answer.json()["errors"]} == {field}


@pytest.mark.parametrize("path", [TOKEN, REVOKE])
async def test_only_staff_and_keys_that_may_write_get_tokens(house: House, path: str) -> None:
    agency = await house.agency()
    client = await agency.client()
    body = {"type": "contact", "id": client.id}
    reading, writing = await agency.api_key("read"), await agency.api_key("write")
    assert (await reading.post(path, json=body)).status_code == 403
    assert (await (await agency.api_key("custodian")).post(path, json=body)).status_code == 403
    assert (await client.http.post(path, json=body)).status_code == 403
    assert (await house.gateway.post(path, json=body)).status_code == 401
    assert (await client.http.get("/api/portal")).status_code == 200
    assert (await writing.post(path, json=body)).status_code == 200


async def test_the_sixty_first_request_of_a_minute_is_refused_whatever_it_asks(house: House) -> None:
    agency = await house.agency()
    client = await agency.client()
    busy, idle = await agency.api_key("read", "write"), await agency.api_key("read", "write")
    body = {"type": "contact", "id": client.id}
    first = await busy.get(CONFIG)
    assert (first.headers["x-ratelimit-limit"], first.headers["x-ratelimit-remaining"]) == ("60", "59")
    for _ in range(19):
        assert (await busy.get("/api/v1/client-portal/invitations")).status_code == 200
        assert (await busy.post(TOKEN, json=body)).status_code == 200
        assert (await busy.post(TOKEN, json={"type": "contact"})).status_code == 400
    assert (await busy.post(f"/api/v1/client-portal/contacts/{client.id}/invite")).status_code == 200
    last = await busy.post("/api/v1/client-portal/companies/1/invite")
    assert (last.status_code, last.headers["x-ratelimit-remaining"]) == (404, "0")

    refused = [
        await busy.post(TOKEN, json=body),
        await busy.post(REVOKE, json=body),
        await busy.post(f"/api/v1/client-portal/contacts/{client.id}/invite"),
        await busy.get(CONFIG),
    ]

    assert [answer.status_code for answer in refused] == [429] * 4
    for answer in refused:
        assert answer.json()["code"] == "rate_limited"
        assert (answer.headers["x-ratelimit-limit"], answer.headers["x-ratelimit-remaining"]) == ("60", "0")
        assert 0 < int(answer.headers["retry-after"]) <= 60
        assert int(answer.headers["x-ratelimit-reset"]) > 0
    assert (await busy.get("/api/clients")).status_code == 200
    assert (await client.http.get("/api/portal")).status_code == 200
    assert (await idle.get(CONFIG)).headers["x-ratelimit-remaining"] == "59"
