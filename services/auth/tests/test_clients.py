"""Clients through REST: created, listed, found, changed, deleted, and kept apart from other agencies."""

import asyncio
import secrets
from typing import Any
from uuid import uuid4

import pytest

from tests.house import House

KEYS = {"id", "number", "name", "email", "company", "companyId", "token", "_count", "createdAt", "updatedAt"}


def body(**changes: Any) -> dict[str, Any]:
    return {"name": "Mira Okafor", "email": f"mira-{secrets.token_hex(6)}@okafor.test"} | changes


async def test_a_client_comes_with_number_token_and_counts(house: House) -> None:
    agency = await house.agency()
    answer = await agency.http.post("/api/clients", json=body(company="Okafor Ceramics"))
    assert answer.status_code == 201, answer.text
    made = answer.json()
    assert set(made) == KEYS
    assert (made["number"], made["company"], made["companyId"]) == (1, "Okafor Ceramics", None)
    assert made["_count"] == {"projects": 0, "invoices": 0}
    assert (await agency.http.get("/api/clients")).json() == [made]
    shown = await agency.http.get(f"/api/clients/{made['id']}")
    assert shown.json() == made
    assert shown.headers["etag"] == answer.headers["etag"] == '"1"'


@pytest.mark.parametrize("company", ["", "   ", None])
async def test_a_company_that_was_left_blank_is_none(house: House, company: str | None) -> None:
    agency = await house.agency()
    answer = await agency.http.post("/api/clients", json=body(company=company))
    assert answer.status_code == 201
    assert answer.json()["company"] is None


async def test_an_address_is_one_clients_in_an_agency_in_whatever_case(house: House) -> None:
    agency, other = await house.agency(), await house.agency()
    client = await agency.client()
    again = await agency.http.post("/api/clients", json=body(email=client.email.upper()))
    assert again.status_code == 409
    assert again.json()["code"] == "client_email_taken"
    elsewhere = await other.http.post("/api/clients", json=body(email=client.email))
    assert elsewhere.status_code == 201
    second = await agency.client()
    moved = await agency.http.patch(f"/api/clients/{second.id}", json={"email": client.email.title()})
    assert moved.status_code == 409
    same = await agency.http.patch(f"/api/clients/{client.id}", json={"email": client.email})
    assert same.status_code == 200


async def test_numbers_are_gapless_whoever_is_refused_meanwhile(house: House) -> None:
    agency = await house.agency()
    taken = (await agency.client()).email
    requests = [body() if number % 2 else body(email=taken) for number in range(40)]
    answers = await asyncio.gather(*(agency.http.post("/api/clients", json=one) for one in requests))
    made = [answer.json()["number"] for answer in answers if answer.status_code == 201]
    assert sorted(made) == list(range(2, 22))
    assert {answer.status_code for answer in answers} == {201, 409}


async def test_a_number_is_never_given_twice(house: House) -> None:
    agency = await house.agency()
    first = await agency.client()
    await agency.http.delete(f"/api/clients/{first.id}")
    assert (await agency.client(email=first.email)).body["number"] == 2


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": None}, "name"),
        ({"name": "x" * 201}, "name"),
        ({"email": "no address"}, "email"),
        ({"email": None}, "email"),
        ({"company": "x" * 201}, "company"),
        ({"company": 5}, "company"),
        ({"id": str(uuid4())}, "id"),
        ({"number": 7}, "number"),
        ({"agencyId": str(uuid4())}, "agencyId"),
        ({"companyId": str(uuid4())}, "companyId"),
        ({"_count": {"projects": 9}}, "_count"),
        ({"createdAt": "2020-01-01T00:00:00Z"}, "createdAt"),
        ({"version": 9}, "version"),
    ],
)
async def test_wrong_unknown_and_read_only_fields_are_refused_by_name(
    house: House, changes: dict[str, Any], field: str
) -> None:
    agency = await house.agency()
    answer = await agency.http.post("/api/clients", json=body(**changes))
    assert answer.status_code == 400, answer.text
    assert [error["field"] for error in answer.json()["errors"]] == [field]
    client = await agency.client()
    answer = await agency.http.patch(f"/api/clients/{client.id}", json=changes)
    assert answer.status_code == 400, answer.text
    assert [error["field"] for error in answer.json()["errors"]] == [field]
    assert (await agency.http.get(f"/api/clients/{client.id}")).json() == client.body


@pytest.mark.parametrize("text", ["[]", "7", '"x"', "{", "", "null", "NaN"])
async def test_a_body_that_is_no_object_is_refused(house: House, text: str) -> None:
    agency = await house.agency()
    answer = await agency.http.post("/api/clients", content=text, headers={"Content-Type": "application/json"})
    assert answer.status_code == 400, answer.text


async def test_a_changed_client_keeps_token_and_number(house: House) -> None:
    agency = await house.agency()
    client = await agency.client(company="Old Ltd")
    answer = await agency.http.patch(f"/api/clients/{client.id}", json={"name": "New Name", "company": None})
    assert answer.status_code == 200, answer.text
    assert answer.json() == client.body | {
        "name": "New Name",
        "company": None,
        "updatedAt": answer.json()["updatedAt"],
    }
    assert answer.headers["etag"] == '"2"'


async def test_a_change_of_nothing_is_refused(house: House) -> None:
    agency = await house.agency()
    client = await agency.client()
    assert (await agency.http.patch(f"/api/clients/{client.id}", json={})).status_code == 400


async def test_a_stale_version_is_neither_changed_nor_deleted(house: House) -> None:
    agency = await house.agency()
    client = await agency.client()
    path, stale = f"/api/clients/{client.id}", {"If-Match": '"1"'}
    assert (await agency.http.patch(path, json={"name": "Second"}, headers=stale)).status_code == 200
    assert (await agency.http.patch(path, json={"name": "Third"}, headers=stale)).status_code == 412
    assert (await agency.http.delete(path, headers=stale)).status_code == 412
    assert (await agency.http.get(path)).json()["name"] == "Second"
    assert (await agency.http.delete(path, headers={"If-Match": '"2"'})).status_code == 200


async def test_a_deleted_client_is_gone(house: House) -> None:
    agency = await house.agency()
    client = await agency.client()
    answer = await agency.http.delete(f"/api/clients/{client.id}")
    assert answer.status_code == 200, answer.text
    assert answer.json() == {"id": client.id, "deleted": True}
    assert (await agency.http.get(f"/api/clients/{client.id}")).status_code == 404
    assert (await agency.http.delete(f"/api/clients/{client.id}")).status_code == 404
    assert (await agency.http.get("/api/clients")).json() == []


async def test_clients_are_listed_newest_first_a_page_at_a_time(house: House) -> None:
    agency = await house.agency()
    made = [(await agency.client(name=f"Client {number}")).id for number in range(7)]
    seen: list[str] = []
    url: str | None = "/api/clients?limit=3"
    while url:
        answer = await agency.http.get(url)
        seen += [client["id"] for client in answer.json()]
        url = answer.links.get("next", {}).get("url")
    assert seen == made[::-1]


@pytest.mark.parametrize("query", ["limit=0", "limit=201", "limit=x", "cursor=%21", "cursor=AAAA"])
async def test_a_wrong_page_is_refused(house: House, query: str) -> None:
    agency = await house.agency()
    assert (await agency.http.get(f"/api/clients?{query}")).status_code == 400


async def test_a_search_finds_part_of_name_address_or_company_taken_literally(house: House) -> None:
    agency = await house.agency()
    ada = await agency.client(name="Ada Lovelace", email="ada@engines.test")
    bob = await agency.client(name="100% Bob_by", email="bob@other.test", company="Engines & Sons")

    async def found(text: str) -> list[str]:
        answer = await agency.http.get("/api/clients", params={"q": text})
        return [client["id"] for client in answer.json()]

    assert await found("LOVE") == [ada.id]
    assert await found("engines") == [bob.id, ada.id]
    assert await found("0%") == [bob.id]
    assert await found("b_b") == [bob.id]
    assert await found("\\") == []
    assert await found("") == [bob.id, ada.id]


@pytest.mark.parametrize("method", ["GET", "PATCH", "DELETE"])
async def test_another_agencys_client_answers_like_a_random_id(house: House, method: str) -> None:
    ours, theirs = await house.agency(), await house.agency()
    client = await theirs.client()
    change = {"json": {"name": "Mine now"}} if method == "PATCH" else {}
    answers = [
        await ours.http.request(method, f"/api/clients/{id}", **change) for id in (client.id, uuid4(), "7", "no-uuid")
    ]
    assert {answer.status_code for answer in answers} == {404}
    assert len({str({**answer.json(), "time": ""}) for answer in answers}) == 1
    assert (await theirs.http.get(f"/api/clients/{client.id}")).json() == client.body


async def test_clients_and_strangers_do_not_see_the_agencys_clients(house: House) -> None:
    agency = await house.agency()
    client = await agency.client()
    for path in ("/api/clients", f"/api/clients/{client.id}", "/api/api-keys", "/api/auth/me"):
        assert (await client.http.get(path)).status_code == 403
        assert (await house.gateway.get(path)).status_code == 401
    assert (await client.http.post("/api/clients", json=body())).status_code == 403
    assert (await client.http.post("/api/auth/logout")).status_code == 403
