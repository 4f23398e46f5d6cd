"""Clients through REST: created, listed, found, changed, deleted."""

from tests.house import House


async def test_a_client_comes_with_number_token_and_counts(house: House) -> None:
    agency = await house.agency()
    answer = await agency.http.post(
        "/api/clients",
        json={"name": "Mira Okafor", "email": "mira@okafor.test", "company": "Okafor Ceramics"},
    )
    assert answer.status_code == 201, answer.text
    body = answer.json()
    assert set(body) == {
        "id",
        "number",
        "name",
        "email",
        "company",
        "companyId",
        "token",
        "_count",
        "createdAt",
        "updatedAt",
    }
    assert body["number"] == 1
    assert body["_count"] == {"projects": 0, "invoices": 0}
    listed = await agency.http.get("/api/clients")
    assert listed.json() == [body]
    shown = await agency.http.get(f"/api/clients/{body['id']}")
    assert shown.json() == body
    assert shown.headers["etag"] == '"1"'


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


async def test_a_deleted_client_is_gone_and_the_portal_link_shut(house: House) -> None:
    agency = await house.agency()
    client = await agency.client()
    answer = await agency.http.delete(f"/api/clients/{client.id}")
    assert answer.status_code == 200, answer.text
    assert answer.json() == {"id": client.id, "deleted": True}
    assert (await agency.http.get(f"/api/clients/{client.id}")).status_code == 404
    assert (await agency.http.get("/api/clients")).json() == []
