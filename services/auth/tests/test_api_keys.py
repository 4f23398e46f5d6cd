"""API keys: shown once, as strong as their scopes, made by people alone."""

from typing import Any
from uuid import uuid4

import httpx
import pytest

from tests.house import Agency, House


async def create(agency: Agency, *scopes: str, name: str = "Time tracker") -> dict[str, Any]:
    answer = await agency.http.post("/api/api-keys", json={"name": name, "scopes": list(scopes)})
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


def machine(house: House, made: dict[str, Any]) -> httpx.AsyncClient:
    return house.http_with({"Authorization": f"Bearer {made['key']}"})


async def test_a_key_is_shown_once_and_listed_by_its_prefix(house: House) -> None:
    agency = await house.agency()
    made = await create(agency, "read", "write", "read")
    assert set(made) == {"id", "name", "prefix", "scopes", "lastUsedAt", "expiresAt", "createdAt", "key"}
    assert made["scopes"] == ["read", "write"]
    assert made["key"].startswith(made["prefix"] + "_")
    listed = (await agency.http.get("/api/api-keys")).json()
    assert listed == [{name: value for name, value in made.items() if name != "key"}]


async def test_a_key_opens_its_own_agency_and_shows_when_it_was_used(house: House) -> None:
    agency = await house.agency("Studio North")
    made = await create(agency, "read")
    me = await machine(house, made).get("/api/auth/me")
    assert me.status_code == 200, me.text
    assert me.json()["user"] is None
    assert me.json()["agency"]["id"] == agency.id
    listed = (await agency.http.get("/api/api-keys")).json()
    assert listed[0]["lastUsedAt"] is not None


async def test_a_reading_key_neither_writes_nor_sees_portal_tokens(house: House) -> None:
    agency = await house.agency()
    client = await agency.client()
    reader = machine(house, await create(agency, "read"))
    listed = await reader.get("/api/clients")
    assert listed.json() == [client.body | {"token": None}]
    assert (await reader.get(f"/api/clients/{client.id}")).json()["token"] is None
    refused = await reader.post("/api/clients", json={"name": "N", "email": "n@client.test"})
    assert refused.status_code == 403
    assert refused.json()["code"] == "scope_missing"


async def test_a_writing_key_makes_clients_but_does_not_read(house: House) -> None:
    agency = await house.agency()
    writer = machine(house, await create(agency, "write"))
    made = await writer.post("/api/clients", json={"name": "N", "email": "n@client.test"})
    assert made.status_code == 201, made.text
    assert made.json()["token"]
    assert (await writer.get("/api/clients")).status_code == 403


@pytest.mark.parametrize("scopes", [("read", "write"), ("read", "write", "custodian")])
async def test_a_key_can_neither_make_list_nor_end_keys(house: House, scopes: tuple[str, ...]) -> None:
    agency = await house.agency()
    made = await create(agency, *scopes)
    http = machine(house, made)
    attempts = [
        await http.post("/api/api-keys", json={"name": "n", "scopes": ["read"]}),
        await http.get("/api/api-keys"),
        await http.delete(f"/api/api-keys/{made['id']}"),
    ]
    assert [answer.status_code for answer in attempts] == [403] * 3


async def test_a_key_has_no_session_to_sign_out_of(house: House) -> None:
    agency = await house.agency()
    answer = await machine(house, await create(agency, "read", "write")).post("/api/auth/logout")
    assert answer.status_code == 409
    assert answer.json()["code"] == "no_session"


async def test_a_key_ends_once_and_for_its_own_agency_alone(house: House) -> None:
    agency, other = await house.agency(), await house.agency()
    made = await create(agency, "read")
    foreign = await other.http.delete(f"/api/api-keys/{made['id']}")
    random = await other.http.delete(f"/api/api-keys/{uuid4()}")
    assert (foreign.status_code, random.status_code) == (404, 404)
    assert {**foreign.json(), "time": ""} == {**random.json(), "time": ""}
    assert (await agency.http.delete(f"/api/api-keys/{made['id']}")).json() == {"id": made["id"], "deleted": True}
    assert (await agency.http.delete(f"/api/api-keys/{made['id']}")).status_code == 404
    assert (await agency.http.get("/api/api-keys")).json() == []


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"scopes": []}, "scopes"),
        ({"scopes": ["admin"]}, "scopes.0"),
        ({"scopes": "read"}, "scopes"),
        ({"name": ""}, "name"),
        ({"prefix": "pk_mine"}, "prefix"),
        ({"key": "pk_mine"}, "key"),
    ],
)
async def test_a_wrong_key_request_names_the_field(house: House, changes: dict[str, Any], field: str) -> None:
    agency = await house.agency()
    answer = await agency.http.post("/api/api-keys", json={"name": "n", "scopes": ["read"]} | changes)
    assert answer.status_code == 400
    assert [error["field"] for error in answer.json()["errors"]] == [field]


async def test_keys_are_listed_a_page_at_a_time(house: House) -> None:
    agency = await house.agency()
    made = [(await create(agency, "read", name=f"key {number}"))["id"] for number in range(5)]
    first = await agency.http.get("/api/api-keys?limit=3")
    assert [key["id"] for key in first.json()] == made[:1:-1]
    second = await agency.http.get(first.links["next"]["url"])
    assert [key["id"] for key in second.json()] == made[1::-1]
    assert "next" not in second.links
