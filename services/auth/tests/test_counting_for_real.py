"""The same with projects and billing themselves: what they announce is what auth counts."""

from typing import Any

import pytest

from tests.house import Agency, Client, House


@pytest.fixture
async def agency(house: House) -> Agency:
    if not {"projects", "billing"} <= set(house.apps):
        pytest.skip("this run is without projects or billing")
    return await house.agency()


async def invoice(agency: Agency, client: Client, **more: Any) -> dict[str, Any]:
    body = {"amount": 1499.5, "currency": "USD", "dueDate": "2099-01-31", "clientId": client.id} | more
    answer = await agency.http.post("/api/invoices", json=body)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def counts_become(house: House, agency: Agency, client: Client, expected: dict[str, int]) -> None:
    async def equal() -> bool:
        shown = (await agency.http.get(f"/api/clients/{client.id}")).json()
        return bool(shown["_count"] == expected)

    await house.eventually(equal)


async def test_counts_follow_what_the_agency_does(house: House, agency: Agency) -> None:
    client = await agency.client()
    project = await agency.project(client)
    draft = await invoice(agency, client, draft=True)
    await counts_become(house, agency, client, {"projects": 1, "invoices": 1})
    assert (await agency.http.delete(f"/api/projects/{project['id']}")).is_success
    assert (await agency.http.delete(f"/api/invoices/{draft['id']}")).is_success
    await counts_become(house, agency, client, {"projects": 0, "invoices": 0})


async def test_an_invoice_made_a_moment_ago_keeps_its_client(agency: Agency) -> None:
    client = await agency.client()
    made = await invoice(agency, client)
    refused = await agency.http.delete(f"/api/clients/{client.id}")
    assert refused.status_code == 409, refused.text
    assert refused.json()["code"] == "client_has_open_invoices"
    assert (await agency.http.post(f"/api/invoices/{made['id']}/void")).is_success
    assert (await agency.http.delete(f"/api/clients/{client.id}")).status_code == 200


async def test_an_invoice_that_was_paid_frees_its_client(agency: Agency) -> None:
    client = await agency.client()
    made = await invoice(agency, client)
    paid = await agency.http.post(f"/api/invoices/{made['id']}/payments", json={"amount": 1499.5})
    assert paid.status_code == 201, paid.text
    assert (await agency.http.delete(f"/api/clients/{client.id}")).status_code == 200
