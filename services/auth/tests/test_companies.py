"""Companies through REST: created, listed, renamed, deleted, and kept apart from other agencies."""

import asyncio
from typing import Any
from uuid import uuid4

import httpx
import pytest

from services.auth.tests.announced import announced
from tests.house import Agency, House

KEYS = {"id", "number", "name", "clients", "createdAt", "updatedAt"}


async def company(agency: Agency, name: str = "Okafor Ceramics") -> dict[str, Any]:
    answer = await agency.http.post("/api/companies", json={"name": name})
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def member(agency: Agency, company_id: str, **body: Any) -> dict[str, Any]:
    answer = await agency.http.post(f"/api/companies/{company_id}/clients", json={"name": "Mira"} | body)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def test_a_company_comes_with_a_number_and_no_clients(house: House) -> None:
    agency = await house.agency()
    answer = await agency.http.post("/api/companies", json={"name": "  Okafor Ceramics "})
    assert answer.status_code == 201, answer.text
    made = answer.json()
    assert set(made) == KEYS
    assert (made["number"], made["name"], made["clients"]) == (1, "Okafor Ceramics", 0)
    shown = await agency.http.get(f"/api/companies/{made['id']}")
    assert shown.json() == made
    assert shown.headers["etag"] == answer.headers["etag"] == '"1"'
    assert (await agency.http.get("/api/companies")).json() == [made]


async def test_a_company_counts_its_clients(house: House) -> None:
    agency = await house.agency()
    made = await company(agency)
    await member(agency, made["id"])
    await member(agency, made["id"])
    await agency.client()
    assert (await agency.http.get(f"/api/companies/{made['id']}")).json()["clients"] == 2
    assert [one["clients"] for one in (await agency.http.get("/api/companies")).json()] == [2]


async def test_companies_are_numbered_without_gaps_and_apart_from_clients(house: House) -> None:
    agency, other = await house.agency(), await house.agency()
    await agency.client()
    numbers = [made["number"] for made in await asyncio.gather(*(company(agency, f"C{n}") for n in range(12)))]
    assert sorted(numbers) == list(range(1, 13))
    assert (await company(other))["number"] == 1


async def test_a_number_of_a_deleted_company_is_never_given_again(house: House) -> None:
    agency = await house.agency()
    first = await company(agency)
    assert (await agency.http.delete(f"/api/companies/{first['id']}")).json() == {"id": first["id"], "deleted": True}
    assert (await company(agency))["number"] == 2


async def test_a_new_name_shows_on_every_client_and_each_is_announced(house: House) -> None:
    agency = await house.agency()
    made, bystander = await company(agency, "Old Ltd"), await agency.client(company="Old Ltd")
    clients = [await member(agency, made["id"], name=name) for name in ("Ada", "Ben")]
    answer = await agency.http.patch(f"/api/companies/{made['id']}", json={"name": "New Ltd"})
    assert answer.status_code == 200, answer.text
    assert answer.json() == made | {"name": "New Ltd", "clients": 2, "updatedAt": answer.json()["updatedAt"]}
    assert answer.headers["etag"] == '"2"'
    shown = {one["id"]: one["company"] for one in (await agency.http.get("/api/clients")).json()}
    assert shown == {clients[0]["id"]: "New Ltd", clients[1]["id"]: "New Ltd", bystander.id: "Old Ltd"}
    told = await announced(house, agency, "auth.client.updated")
    assert [(str(event.aggregate_id), event.aggregate_version, event.data["company"]) for event in told] == [
        (one["id"], 2, "New Ltd") for one in clients
    ]


async def test_the_same_name_again_changes_and_announces_nothing(house: House) -> None:
    agency = await house.agency()
    made = await company(agency)
    answer = await agency.http.patch(f"/api/companies/{made['id']}", json={"name": made["name"]})
    assert (answer.status_code, answer.json()) == (200, made)
    assert answer.headers["etag"] == '"1"'
    assert await announced(house, agency, "auth.company.updated") == []


async def test_companies_are_announced_as_rest_shows_them(house: House) -> None:
    agency = await house.agency()
    made = await company(agency)
    renamed = (await agency.http.patch(f"/api/companies/{made['id']}", json={"name": "New"})).json()
    assert (await agency.http.delete(f"/api/companies/{made['id']}")).status_code == 200
    told = [await announced(house, agency, f"auth.company.{verb}") for verb in ("created", "updated", "deleted")]
    assert [[(event.data, event.aggregate_version) for event in events] for events in told[:2]] == [
        [(made, 1)],
        [(renamed, 2)],
    ]
    assert [(event.data["name"], event.aggregate_version) for event in told[2]] == [("New", 3)]


async def test_a_company_with_clients_is_not_deleted(house: House) -> None:
    agency = await house.agency()
    made = await company(agency)
    client = await member(agency, made["id"])
    refused = await agency.http.delete(f"/api/companies/{made['id']}")
    assert refused.status_code == 409
    assert refused.json()["code"] == "company_has_clients"
    assert (await agency.http.delete(f"/api/clients/{client['id']}")).status_code == 200
    assert (await agency.http.delete(f"/api/companies/{made['id']}")).status_code == 200
    assert (await agency.http.get(f"/api/companies/{made['id']}")).status_code == 404
    assert (await agency.http.delete(f"/api/companies/{made['id']}")).status_code == 404


async def test_nobody_joins_a_company_while_it_is_deleted(house: House) -> None:
    agency = await house.agency()
    for _ in range(10):
        made = await company(agency)
        path = f"/api/companies/{made['id']}"
        joined, deleted = await asyncio.gather(
            agency.http.post(f"{path}/clients", json={"name": "Mira"}), agency.http.delete(path)
        )
        assert (joined.status_code, deleted.status_code) in {(201, 409), (404, 200)}


async def test_who_joins_while_the_company_is_renamed_shows_the_new_name(house: House) -> None:
    agency = await house.agency()
    made = await company(agency, "Name 0")
    clients = [await agency.client() for _ in range(8)]

    async def rename(number: int) -> httpx.Response:
        return await agency.http.patch(f"/api/companies/{made['id']}", json={"name": f"Name {number}"})

    joining = [agency.http.patch(f"/api/clients/{one.id}", json={"companyId": made["id"]}) for one in clients]
    answers = await asyncio.gather(*joining, *(rename(number) for number in range(1, 5)))
    assert {answer.status_code for answer in answers} == {200}
    name = (await agency.http.get(f"/api/companies/{made['id']}")).json()["name"]
    shown = (await agency.http.get("/api/clients")).json()
    assert [(one["companyId"], one["company"]) for one in shown] == [(made["id"], name)] * 8


async def test_a_stale_version_is_neither_renamed_nor_deleted(house: House) -> None:
    agency = await house.agency()
    path, stale = f"/api/companies/{(await company(agency))['id']}", {"If-Match": '"1"'}
    assert (await agency.http.patch(path, json={"name": "Second"}, headers=stale)).status_code == 200
    assert (await agency.http.patch(path, json={"name": "Third"}, headers=stale)).status_code == 412
    assert (await agency.http.delete(path, headers=stale)).status_code == 412
    assert (await agency.http.get(path)).json()["name"] == "Second"
    assert (await agency.http.delete(path, headers={"If-Match": '"2"'})).status_code == 200


async def test_companies_are_listed_newest_first_a_page_at_a_time(house: House) -> None:
    agency = await house.agency()
    made = [(await company(agency, f"Company {number}"))["id"] for number in range(5)]
    seen: list[str] = []
    url: str | None = "/api/companies?limit=2"
    while url:
        answer = await agency.http.get(url)
        seen += [one["id"] for one in answer.json()]
        url = answer.links.get("next", {}).get("url")
    assert seen == made[::-1]


async def test_a_search_finds_part_of_a_name_taken_literally(house: House) -> None:
    agency = await house.agency()
    engines, percent = await company(agency, "Engines & Sons"), await company(agency, "100% Bob_by")

    async def found(text: str) -> list[str]:
        return [one["id"] for one in (await agency.http.get("/api/companies", params={"q": text})).json()]

    assert await found("ENGINES") == [engines["id"]]
    assert await found("0%") == await found("b_b") == [percent["id"]]
    assert await found("\\") == []
    assert await found("") == [percent["id"], engines["id"]]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": None}, "name"),
        ({"name": "x" * 201}, "name"),
        ({"name": "two\nlines"}, "name"),
        ({"name": 7}, "name"),
        ({"id": str(uuid4())}, "id"),
        ({"number": 7}, "number"),
        ({"clients": 7}, "clients"),
        ({"agencyId": str(uuid4())}, "agencyId"),
    ],
)
async def test_wrong_unknown_and_read_only_fields_are_refused_by_name(
    house: House, changes: dict[str, Any], field: str
) -> None:
    agency = await house.agency()
    made = await company(agency)
    for answer in (
        await agency.http.post("/api/companies", json={"name": "Fine"} | changes),
        await agency.http.patch(f"/api/companies/{made['id']}", json=changes),
    ):
        assert answer.status_code == 400, answer.text
        assert [error["field"] for error in answer.json()["errors"]] == [field]
    assert (await agency.http.get("/api/companies")).json() == [made]


async def test_a_change_of_nothing_is_refused(house: House) -> None:
    agency = await house.agency()
    made = await company(agency)
    assert (await agency.http.patch(f"/api/companies/{made['id']}", json={})).status_code == 400


@pytest.mark.parametrize(
    ("method", "tail", "body"),
    [
        ("GET", "", None),
        ("PATCH", "", {"name": "Mine now"}),
        ("DELETE", "", None),
        ("POST", "/clients", {"name": "Mira"}),
    ],
)
async def test_another_agencys_company_answers_like_a_random_id(
    house: House, method: str, tail: str, body: dict[str, str] | None
) -> None:
    ours, theirs = await house.agency(), await house.agency()
    made = await company(theirs)
    answers = [
        await ours.http.request(method, f"/api/companies/{id}{tail}", json=body)
        for id in (made["id"], uuid4(), made["number"], "no-uuid")
    ]
    assert {answer.status_code for answer in answers} == {404}
    assert len({str({**answer.json(), "time": ""}) for answer in answers}) == 1
    assert (await theirs.http.get("/api/companies")).json() == [made]


async def test_clients_strangers_and_reading_keys_do_not_touch_companies(house: House) -> None:
    agency = await house.agency()
    made, client = await company(agency), await agency.client()
    key = (await agency.http.post("/api/api-keys", json={"name": "n", "scopes": ["read"]})).json()["key"]
    machine = house.http_with({"Authorization": f"Bearer {key}"})
    path = f"/api/companies/{made['id']}"
    writes: list[tuple[str, str, Any]] = [
        ("POST", "/api/companies", {"name": "x"}),
        ("PATCH", path, {"name": "x"}),
        ("DELETE", path, None),
        ("POST", f"{path}/clients", {"name": "x"}),
    ]
    for method, url, body in [("GET", "/api/companies", None), ("GET", path, None), *writes]:
        assert (await client.http.request(method, url, json=body)).status_code == 403
        assert (await house.gateway.request(method, url, json=body)).status_code == 401
    for method, url, body in writes:
        assert (await machine.request(method, url, json=body)).status_code == 403
    assert (await machine.get(path)).json() == made
