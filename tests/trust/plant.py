"""Two agencies with one of everything, canaries in every name, for the tests of who may see what."""

import secrets
from dataclasses import dataclass, field
from typing import Any

import httpx

from tests.house import Agency, Client, House


@dataclass
class Plant:
    """One agency's nouns: `ids` by path parameter or body field, `canary` stands in every name and text."""

    agency: Agency
    client: Client
    canary: str
    ids: dict[str, str] = field(default_factory=dict)


async def plant(house: House) -> Plant:
    """An agency with a client who has one of everything."""
    canary = f"CANARY{secrets.token_hex(6)}"
    agency = await house.agency(f"Agency {canary}")
    return await plant_client(agency, canary)


async def plant_client(agency: Agency, canary: str) -> Plant:
    """One more client of the agency, with one of everything."""
    client = await agency.client(f"Client {canary}", company=f"Company {canary}")
    made = Plant(agency, client, canary, {"client_id": client.id})
    post = agency.http.post
    project = await _made(post("/api/projects", json={"name": canary, "description": canary, "clientId": client.id}))
    made.ids["project_id"] = project["id"]
    threads = (await agency.http.get(f"/api/projects/{project['id']}/threads")).json()
    made.ids["thread_id"] = threads[0]["id"]
    message = await _made(post(f"/api/threads/{threads[0]['id']}/messages", json={"content": canary}))
    made.ids["message_id"] = message["id"]
    file = await _made(
        post(
            "/api/files",
            data={"projectId": project["id"], "visibleToClient": "true"},
            files={"file": (f"{canary}.txt", canary.encode(), "text/plain")},
        )
    )
    made.ids["file_id"] = file["id"]
    update = await _made(post("/api/ai", json={"projectId": project["id"]}))
    made.ids["update_id"] = update["id"]
    invoice = await _made(
        post(
            "/api/invoices",
            json={
                "clientId": client.id,
                "currency": "EUR",
                "dueDate": "2030-01-31",
                "lines": [{"description": canary, "quantity": 2, "unitPrice": 50}],
                "notes": canary,
            },
        )
    )
    made.ids["invoice_id"] = invoice["id"]
    endpoint = await _made(
        post("/api/zapier", json={"url": f"http://127.0.0.1:9/{canary}", "events": ["client.created"]})
    )
    made.ids["endpoint_id"] = endpoint["id"]
    key = await _made(post("/api/api-keys", json={"name": canary, "scopes": ["read"]}))
    made.ids["key_id"] = key["id"]
    made.ids["api_key"] = key["key"]
    return made


async def _made(answer: Any) -> dict[str, Any]:
    response: httpx.Response = await answer
    assert response.status_code == 201, f"{response.request.url}: {response.text}"
    return dict(response.json())
