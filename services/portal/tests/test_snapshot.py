"""The snapshot: exactly what one client may see, and what is left of it when a service is away."""

from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from tests.house import Agency, Client, House, running_house

KEYS = {
    "agency",
    "client",
    "settings",
    "projects",
    "files",
    "invoices",
    "quotes",
    "creditNotes",
    "contracts",
    "threads",
    "timeEntries",
    "updates",
    "unavailable",
}
CONFIG = "/api/v1/client-portal/config"


async def upload(agency: Agency, project: dict[str, Any], name: str, *, visible: bool) -> dict[str, Any]:
    answer = await agency.http.post(
        "/api/files",
        data={"projectId": project["id"], "visibleToClient": str(visible).lower()},
        files={"file": (name, b"words", "text/plain")},
    )
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def invoice(agency: Agency, client: Client, amount: float, **more: Any) -> dict[str, Any]:
    body = {"amount": amount, "currency": "EUR", "dueDate": "2099-01-31", "clientId": client.id, **more}
    answer = await agency.http.post("/api/invoices", json=body)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def snapshot(client: Client) -> dict[str, Any]:
    answer = await client.http.get("/api/portal")
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def test_a_client_sees_who_is_who_and_all_sections(house: House) -> None:
    agency = await house.agency(name="Northwind")
    client = await agency.client(name="Ada Byron", email=None, company="Engines")
    seen = await snapshot(client)
    assert set(seen) == KEYS
    assert seen["agency"] == {"id": agency.id, "name": "Northwind", "slug": agency.slug}
    number = client.body["number"]
    expected = {"id": client.id, "number": number, "name": "Ada Byron", "email": client.email, "company": "Engines"}
    assert seen["client"] == expected
    assert seen["settings"]["portal_name"] == "Northwind"
    assert seen["unavailable"] == []
    assert all(seen[section] == [] for section in KEYS - {"agency", "client", "settings", "unavailable"})


async def test_a_client_created_a_moment_ago_has_a_portal(house: House) -> None:
    agency = await house.agency()
    client = await agency.client()
    async with house.database("portal").unit(UUID(agency.id)) as session:
        await session.execute(text("DELETE FROM clients"))
        await session.execute(text("DELETE FROM agencies"))
    seen = await snapshot(client)
    assert (seen["client"]["id"], seen["agency"]["slug"]) == (client.id, agency.slug)
    assert set(seen["client"]) == {"id", "number", "name", "email", "company"}
    assert set(seen["agency"]) == {"id", "name", "slug"}


async def test_every_section_holds_what_rest_shows_the_same_client(house: House) -> None:
    agency = await house.agency()
    client = await agency.client()
    project = await agency.project(client)
    file = await upload(agency, project, "draft.txt", visible=True)
    await client.http.post("/api/portal/messages", json={"content": "Hello", "projectId": project["id"]})
    await invoice(agency, client, 100.5)
    seen = await snapshot(client)
    assert [row["id"] for row in seen["projects"]] == [project["id"]]
    assert seen["projects"][0] == (await client.http.get(f"/api/projects/{project['id']}")).json()
    assert seen["files"] == [(await client.http.get(f"/api/files/{file['id']}")).json()]
    assert seen["invoices"] == (await client.http.get("/api/invoices")).json()
    (thread,) = seen["threads"]
    assert thread["name"] == "General"
    written = (await client.http.get("/api/portal/messages", params={"projectId": project["id"]})).json()
    assert thread["messages"] == written
    assert [message["content"] for message in written] == ["Hello"]


async def test_a_client_sees_nothing_of_what_is_not_its_own(house: House) -> None:
    agency = await house.agency()
    ada, grace = await agency.client(name="Ada"), await agency.client(name="Grace")
    stranger = await house.agency()
    strangers_client = await stranger.client(name="Stranger")
    for owner, client in ((agency, grace), (stranger, strangers_client)):
        project = await owner.project(client, name="CANARY project")
        await upload(owner, project, "CANARY.txt", visible=True)
        await client.http.post("/api/portal/messages", json={"content": "CANARY", "projectId": project["id"]})
        await invoice(owner, client, 77, notes="CANARY")
    mine = await agency.project(ada)
    await upload(agency, mine, "CANARY-hidden.txt", visible=False)
    await invoice(agency, ada, 88, draft=True, notes="CANARY")
    answer = await ada.http.get("/api/portal")
    assert "CANARY" not in answer.text
    assert [row["id"] for row in answer.json()["projects"]] == [mine["id"]]


async def test_a_section_that_is_switched_off_is_empty(house: House) -> None:
    agency = await house.agency()
    client = await agency.client()
    project = await agency.project(client)
    await upload(agency, project, "draft.txt", visible=True)
    await invoice(agency, client, 10)
    answer = await agency.http.patch(CONFIG, json={"enabled_modules": ["projects"]})
    assert answer.status_code == 200
    seen = await snapshot(client)
    assert len(seen["projects"]) == 1
    assert (seen["files"], seen["invoices"], seen["threads"], seen["unavailable"]) == ([], [], [], [])


async def test_a_closed_portal_is_closed_until_it_is_opened_again(house: House) -> None:
    agency = await house.agency()
    client = await agency.client()
    await agency.http.patch(CONFIG, json={"is_active": False})
    refused = await client.http.get("/api/portal")
    assert (refused.status_code, refused.json()["code"]) == (403, "portal_closed")
    await agency.http.patch(CONFIG, json={"is_active": True})

    async def open_again() -> bool:
        return (await client.http.get("/api/portal")).status_code == 200

    await house.eventually(open_again)


@pytest.mark.parametrize("token", ["", "x", "0" * 32 + "." + "A" * 43, "0199f1e2-6a10-4c55-8f3d-2b6c9e4d7a01"])
async def test_what_is_no_live_token_opens_nothing(house: House, token: str) -> None:
    answer = await house.gateway.get("/api/portal", params={"token": token})
    assert (answer.status_code, answer.json()["code"]) == (401, "unauthenticated")


async def test_the_token_is_taken_from_the_address_too(house: House) -> None:
    client = await (await house.agency()).client()
    answer = await house.gateway.get("/api/portal", params={"token": client.token})
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    assert client.token not in answer.text


async def test_staff_have_no_snapshot_of_their_own(house: House) -> None:
    agency = await house.agency()
    assert (await agency.http.get("/api/portal")).status_code == 403
    assert (await house.gateway.get("/api/portal")).status_code == 401


async def test_services_that_are_away_leave_empty_sections_that_are_named(variables: dict[str, str]) -> None:
    async with running_house(variables, ("auth", "billing", "portal")) as house:
        agency = await house.agency()
        client = await agency.client()
        await invoice(agency, client, 12.34)
        seen = await snapshot(client)
    assert seen["unavailable"] == ["projects", "files", "contracts", "threads", "timeEntries", "updates"]
    assert all(seen[section] == [] for section in seen["unavailable"])
    assert [row["amount"] for row in seen["invoices"]] == [12.34]


async def test_credit_notes_are_in_the_snapshot_as_rest_shows_them(house: House) -> None:
    agency = await house.agency()
    client, other = await agency.client(), await agency.client()
    for mine in (client, other):
        made = await invoice(agency, mine, 100)
        await agency.made(f"/api/invoices/{made['id']}/credit-notes", {"amount": 30})
    seen = await snapshot(client)
    assert seen["creditNotes"] == (await client.http.get("/api/credit-notes")).json()
    assert [row["clientId"] for row in seen["creditNotes"]] == [client.id]
    assert seen["invoices"][0]["amountDue"] == 70
