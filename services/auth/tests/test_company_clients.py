"""Clients of companies: made with one, joining and leaving, and contacts without an e-mail address."""

from typing import Any
from uuid import uuid4

import pytest

from services.auth.tests.announced import announced
from services.auth.tests.test_companies import company, member
from tests.house import House


async def test_a_client_made_for_a_company_shows_its_name(house: House) -> None:
    agency = await house.agency()
    made = await company(agency)
    client = await agency.client(companyId=made["id"])
    assert (client.body["companyId"], client.body["company"]) == (made["id"], "Okafor Ceramics")
    with_its_name = await agency.client(companyId=made["id"], company="Okafor Ceramics")
    assert with_its_name.body["companyId"] == made["id"]


async def test_a_contact_may_lack_an_address_and_is_not_welcomed(house: House) -> None:
    agency = await house.agency()
    made = await company(agency)
    answer = await agency.http.post(f"/api/companies/{made['id']}/clients", json={"name": "Mira"})
    assert answer.status_code == 201, answer.text
    contact = answer.json()
    assert (contact["email"], contact["company"], contact["companyId"]) == (None, made["name"], made["id"])
    assert contact["token"]
    assert answer.headers["etag"] == '"1"'
    assert (await agency.http.get(f"/api/clients/{contact['id']}")).json() == contact
    addressed = await member(agency, made["id"], name="Ada", email=f"ada-{uuid4()}@client.test")
    told = await announced(house, agency, "auth.client.created")
    assert [(event.data["id"], event.internal["welcome"]) for event in told] == [
        (contact["id"], False),
        (addressed["id"], True),
    ]


async def test_two_contacts_without_an_address_do_not_meet(house: House) -> None:
    agency = await house.agency()
    made = await company(agency)
    first, second = await member(agency, made["id"]), await member(agency, made["id"])
    assert [first["number"], second["number"]] == [1, 2]


async def test_an_address_of_another_client_is_refused_for_a_contact_too(house: House) -> None:
    agency = await house.agency()
    made, client = await company(agency), await agency.client()
    path = f"/api/companies/{made['id']}/clients"
    refused = await agency.http.post(path, json={"name": "Mira", "email": client.email.upper()})
    assert (refused.status_code, refused.json()["code"]) == (409, "client_email_taken")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": ""}, "name"),
        ({"email": "nowhere"}, "email"),
        ({"email": ""}, "email"),
        ({"company": "Other"}, "company"),
        ({"companyId": str(uuid4())}, "companyId"),
        ({"number": 3}, "number"),
    ],
)
async def test_wrong_and_unknown_fields_of_a_contact_are_refused_by_name(
    house: House, changes: dict[str, Any], field: str
) -> None:
    agency = await house.agency()
    made = await company(agency)
    answer = await agency.http.post(f"/api/companies/{made['id']}/clients", json={"name": "Mira"} | changes)
    assert answer.status_code == 400, answer.text
    assert [error["field"] for error in answer.json()["errors"]] == [field]
    assert (await agency.http.get("/api/clients")).json() == []


async def test_a_client_joins_moves_and_leaves(house: House) -> None:
    agency = await house.agency()
    north, south = await company(agency, "North"), await company(agency, "South")
    client = await agency.client(company="Freelance")
    path = f"/api/clients/{client.id}"

    async def change(**body: Any) -> tuple[str | None, str | None]:
        answer = await agency.http.patch(path, json=body)
        assert answer.status_code == 200, answer.text
        return answer.json()["companyId"], answer.json()["company"]

    assert await change(companyId=north["id"]) == (north["id"], "North")
    assert await change(companyId=south["id"], company="South") == (south["id"], "South")
    assert await change(name="Renamed") == (south["id"], "South")
    assert await change(companyId=None) == (None, None)
    assert await change(company="Own name") == (None, "Own name")
    assert await change(companyId=north["id"]) == (north["id"], "North")
    assert await change(companyId=None, company="Freelance again") == (None, "Freelance again")
    told = await announced(house, agency, "auth.client.updated")
    joined = [event.data["companyId"] for event in told]
    assert joined == [north["id"], south["id"], south["id"], None, None, north["id"], None]


async def test_the_name_of_a_company_is_not_changed_at_a_client(house: House) -> None:
    agency = await house.agency()
    made = await company(agency)
    client = await agency.client(companyId=made["id"])
    for body in ({"company": "Other"}, {"company": None}, {"company": "Other", "companyId": made["id"]}):
        answer = await agency.http.patch(f"/api/clients/{client.id}", json=body)
        assert answer.status_code == 400, answer.text
        assert [error["field"] for error in answer.json()["errors"]] == ["company"]
    email = f"{uuid4()}@client.test"
    body = {"name": "Ben", "email": email, "company": "Other", "companyId": made["id"]}
    assert (await agency.http.post("/api/clients", json=body)).status_code == 400
    assert [one["id"] for one in (await agency.http.get("/api/clients")).json()] == [client.id]


async def test_what_was_shown_can_be_sent_back(house: House) -> None:
    agency = await house.agency()
    contact = await member(agency, (await company(agency))["id"])
    body = {name: contact[name] for name in ("name", "email", "company", "companyId")}
    answer = await agency.http.patch(f"/api/clients/{contact['id']}", json=body)
    assert answer.status_code == 200, answer.text
    assert answer.json() == contact | {"updatedAt": answer.json()["updatedAt"]}


async def test_only_a_client_of_a_company_may_lose_their_address(house: House) -> None:
    agency = await house.agency()
    made, client = await company(agency), await agency.client()
    refused = await agency.http.patch(f"/api/clients/{client.id}", json={"email": None})
    assert [error["field"] for error in refused.json()["errors"]] == ["email"]
    taken = await agency.http.patch(f"/api/clients/{client.id}", json={"email": None, "companyId": made["id"]})
    assert (taken.status_code, taken.json()["email"]) == (200, None)


async def test_another_agencys_company_cannot_be_joined(house: House) -> None:
    ours, theirs = await house.agency(), await house.agency()
    foreign, client = await company(theirs), await ours.client()
    answers = [
        await ours.http.patch(f"/api/clients/{client.id}", json={"companyId": id})
        for id in (foreign["id"], str(uuid4()))
    ]
    answers.append(
        await ours.http.post(
            "/api/clients", json={"name": "Ben", "email": "ben@client.test", "companyId": foreign["id"]}
        )
    )
    assert {answer.status_code for answer in answers} == {400}
    assert {str(answer.json()["errors"]) for answer in answers} == {
        "[{'field': 'companyId', 'message': 'must be one of your companies'}]"
    }
    assert (await ours.http.get("/api/clients")).json() == [client.body]
    assert (await theirs.http.get(f"/api/companies/{foreign['id']}")).json()["clients"] == 0


async def test_clients_are_listed_by_company(house: House) -> None:
    agency, other = await house.agency(), await house.agency()
    made = await company(agency)
    first, second = await member(agency, made["id"], name="Ada"), await member(agency, made["id"], name="Ben")
    await agency.client(name="Ada of nowhere")

    async def found(http: Any, query: str) -> list[str]:
        answer = await http.get(f"/api/clients?companyId={made['id']}{query}")
        assert answer.status_code == 200, answer.text
        return [one["id"] for one in answer.json()]

    assert await found(agency.http, "") == [second["id"], first["id"]]
    assert await found(agency.http, "&q=ada") == [first["id"]]
    assert await found(agency.http, "&limit=1") == [second["id"]]
    assert await found(other.http, "") == []
    assert (await agency.http.get("/api/clients?companyId=7")).status_code == 400
