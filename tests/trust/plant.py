"""Agencies with one of everything, canaries in every name, for the tests of who may see what."""

import io
import json
import secrets
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import httpx
from PIL import Image

from services.billing.disputes.models import Dispute
from services.billing.providers.protocol import ProviderName
from services.billing.providers.reversals import DisputeState
from tests.house import Agency, Client, ClientSession, Company, House
from tests.people import CustodianClient
from tests.trust.bodies import Ids


@dataclass
class Plant:
    """One client's nouns and its credentials: `ids` by path parameter or body field; `canary` is in all its texts."""

    agency: Agency
    client: Client
    company: Company
    session: ClientSession
    custodian: CustodianClient
    canary: str
    keys: dict[str, str]
    ids: Ids = field(default_factory=dict)
    company_ids: Ids = field(default_factory=dict)
    custodian_ids: Ids = field(default_factory=dict)


async def plant(house: House) -> Plant:
    """An agency with a client who has one of everything."""
    canary = f"CANARY{secrets.token_hex(6)}"
    return await plant_client(await house.agency(f"Agency {canary}"), canary)


async def plant_client(agency: Agency, canary: str) -> Plant:
    """One more client of the agency, in a company of its own, and a custodian's client, each with one of everything."""
    everybodys = await _plant_agency(agency, canary)
    company = await agency.company(f"Company {canary}")
    client = await company.client(f"Client {canary}")
    custodian = await agency.custodian_client(name=f"Custodian's {canary}")
    keys = {
        "read": await _key(agency, canary, "read"),
        "write": await _key(agency, canary, "write"),
        "custodian": await _key(agency, canary, "custodian"),
        "all": await _key(agency, canary, "read", "write", "custodian"),
    }
    session = await client.session()
    made = Plant(agency, client, company, session, custodian, canary, keys)
    everybodys |= {"company_id": company.id, "custodian_client_id": custodian.id}
    everybodys["delivery_id"] = await _delivery(agency, everybodys["endpoint_id"])
    delivery = (await agency.http.get(f"/api/webhook-deliveries/{everybodys['delivery_id']}")).json()
    everybodys["event_id"] = delivery["eventId"]
    made.ids = everybodys | await _plant_work(agency, client.id, canary)
    made.ids["signed_contract_id"] = await _signed_contract(client, made.ids["project_id"], canary)
    made.ids["signed_file_id"] = await _signed(client, made.ids["project_id"], canary)
    made.ids["client_session_id"] = (await session.http.get("/api/v1/portal/auth/sessions")).json()[0]["id"]
    made.ids["blob_id"] = await _avatar(session.http)
    made.company_ids = made.ids | {"blob_id": await _avatar(company.http)}
    made.custodian_ids = everybodys | await _plant_work(agency, custodian.id, canary)
    made.custodian_ids["blob_id"] = await _avatar(agency.house.bearer(custodian.token))
    return made


async def _plant_agency(agency: Agency, canary: str) -> Ids:
    """What belongs to the agency and to none of its clients."""
    endpoint = await agency.made("/api/zapier", {"url": f"http://127.0.0.1:9/{canary}", "events": ["client.created"]})
    key = await agency.made("/api/api-keys", {"name": canary, "scopes": ["read"]})
    invitation = await agency.made("/api/invitations", {"email": f"{secrets.token_hex(4)}@{canary.lower()}.test"})
    text = {"name": canary, "title": canary, "body": canary}
    return await _plant_lead(agency, canary) | {
        "template_id": (await agency.made("/api/contract-templates", text))["id"],
        "endpoint_id": endpoint["id"],
        "key_id": key["id"],
        "invitation_id": invitation["id"],
        "session_id": (await agency.http.get("/api/sessions")).json()[0]["id"],
        "member_id": (await agency.http.get("/api/members")).json()[0]["id"],
        "agency_id": agency.id,
        "event": "client.created",
    }


async def _plant_lead(agency: Agency, canary: str) -> Ids:
    """An intake form, and a lead with a file."""
    slug, field = f"form-{secrets.token_hex(6)}", {"key": "brief", "label": canary, "type": "file"}
    form = await agency.made("/api/intake-forms", {"name": canary, "slug": slug, "fields": [field]})
    sent = {"name": canary, "email": f"{secrets.token_hex(6)}@lead.test", "message": canary}
    parts: Any = {"submission": (None, json.dumps(sent)), "brief": (f"{canary}.txt", canary.encode())}
    elsewhere = {"X-Forwarded-For": f"2001:db8:2::{secrets.token_hex(2)}:{secrets.token_hex(2)}"}
    path = f"/api/portal/intake/{agency.slug}/{slug}"
    answer = await agency.house.gateway.post(path, files=parts, headers=elsewhere)
    assert answer.status_code == 201, answer.text
    lead = (await agency.http.get("/api/leads", params={"formId": form["id"]})).json()[0]
    return {"form_id": form["id"], "lead_id": lead["id"], "key": "brief", "slug": agency.slug, "form": slug}


async def _plant_work(agency: Agency, client_id: str, canary: str) -> Ids:
    """A client's project, task, thread, message, file, published update, invoice, quote and contract."""
    project = await agency.made("/api/projects", {"name": canary, "description": canary, "clientId": client_id})
    tasks = f"/api/projects/{project['id']}/tasks"
    task = await agency.made(tasks, {"title": canary, "description": canary})
    threads = (await agency.http.get(f"/api/projects/{project['id']}/threads")).json()
    message = await agency.made(f"/api/threads/{threads[0]['id']}/messages", {"content": canary})
    file_id = await _file(agency, project["id"], f"{canary}.txt")
    picture_id = await _file(agency, project["id"], f"{canary}.png", _picture())
    comment = await agency.made(f"/api/files/{file_id}/comments", {"content": canary})
    update = await agency.made("/api/ai", {"projectId": project["id"]})
    published = await agency.http.post(f"/api/ai/{update['id']}/publish")
    assert published.status_code == 200, published.text
    worked = {"description": canary, "minutes": 30, "rate": 80, "note": f"Note {canary}"}
    entry = await agency.made(f"/api/projects/{project['id']}/time-entries", worked)
    lines = [{"description": canary, "quantity": 2, "unitPrice": 50}]
    invoice = await agency.made(
        "/api/invoices",
        {"clientId": client_id, "currency": "EUR", "dueDate": "2030-01-31", "lines": lines, "notes": canary},
    )
    note = await agency.made(f"/api/invoices/{invoice['id']}/credit-notes", {"amount": 5, "reason": canary})
    payment = await agency.made(f"/api/invoices/{invoice['id']}/payments", {"amount": 10, "note": canary})
    await agency.made(f"/api/payments/{payment['id']}/refunds", {"amount": 1, "reason": canary})
    quote = await agency.made(
        "/api/quotes", {"clientId": client_id, "title": canary, "currency": "EUR", "lines": lines, "notes": canary}
    )
    monthly = {"clientId": client_id, "currency": "EUR", "lines": lines, "notes": canary, "frequency": "monthly"}
    recurring = await agency.made("/api/recurring-invoices", {**monthly, "startsOn": "2100-01-31"})
    offered = await agency.http.post(f"/api/quotes/{quote['id']}/send", json={"sendEmail": False})
    assert offered.status_code == 200, offered.text
    contract = await _contract(agency, client_id, project["id"], canary)
    return {
        "client_id": client_id,
        "contact_id": client_id,
        "contract_id": contract,
        "project_id": project["id"],
        "task_id": task["id"],
        "thread_id": threads[0]["id"],
        "message_id": message["id"],
        "file_id": file_id,
        "picture_id": picture_id,
        "comment_id": comment["id"],
        "update_id": update["id"],
        "entry_id": entry["id"],
        "invoice_id": invoice["id"],
        "credit_note_id": note["id"],
        "payment_id": payment["id"],
        "dispute_id": await _dispute(agency, payment, canary),
        "quote_id": quote["id"],
        "recurring_invoice_id": recurring["id"],
    }


async def _dispute(agency: Agency, payment: dict[str, Any], canary: str) -> str:
    """The id of a dispute; put where a provider's word would have put it, since nobody here can start one."""
    dispute = Dispute(
        agency_id=UUID(agency.id),
        payment_id=UUID(payment["id"]),
        invoice_id=UUID(payment["invoiceId"]),
        client_id=UUID(payment["clientId"]),
        amount_minor=1000,
        currency="EUR",
        decimals=2,
        provider=ProviderName.STRIPE,
        provider_id=f"dp_{secrets.token_hex(12)}",
        status=DisputeState.NEEDS_RESPONSE,
        reason=canary,
    )
    async with agency.house.database("billing").unit(dispute.agency_id) as session:
        session.add(dispute)
    return str(dispute.id)


async def _contract(agency: Agency, client_id: str, project_id: str, canary: str) -> str:
    """The id of a contract that the client sees."""
    body = {
        "clientId": client_id,
        "projectId": project_id,
        "title": canary,
        "body": f"{canary} for {{{{project.name}}}}",
    }
    contract = await agency.made("/api/contracts", body)
    sent = await agency.http.post(f"/api/contracts/{contract['id']}/send", json={"sendEmail": False})
    assert sent.status_code == 200, sent.text
    return str(contract["id"])


async def _signed_contract(client: Client, project_id: str, canary: str) -> str:
    """The id of a contract that the client has signed."""
    contract_id = await _contract(client.agency, client.id, project_id, f"{canary} signed")
    body = {"signatureData": canary, "clientName": canary, "consent": True}
    answer = await client.http.post(f"/api/contracts/{contract_id}/sign", json=body)
    assert answer.status_code == 200, answer.text
    return contract_id


async def _file(agency: Agency, project_id: str, name: str, content: bytes | None = None) -> str:
    """The id of a file that the client sees, a text unless said otherwise."""
    answer = await agency.http.post(
        "/api/files",
        data={"projectId": project_id, "visibleToClient": "true"},
        files={"file": (name, name.encode() if content is None else content)},
    )
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


async def _signed(client: Client, project_id: str, canary: str) -> str:
    """The id of a file that the client has signed."""
    file_id = await _file(client.agency, project_id, f"{canary} to sign.txt")
    answer = await client.http.post(f"/api/portal/sign/{file_id}", json={"signatureData": canary})
    assert answer.status_code == 200, answer.text
    return file_id


async def _delivery(agency: Agency, endpoint_id: str) -> str:
    """The id of a delivery to the endpoint: clients have been made since it is there."""

    async def delivered() -> list[dict[str, Any]]:
        return list((await agency.http.get("/api/webhook-deliveries", params={"endpointId": endpoint_id})).json())

    return str((await agency.house.eventually(delivered))[0]["id"])


async def _key(agency: Agency, canary: str, *scopes: str) -> str:
    body: dict[str, Any] = {"name": f"{canary} {'+'.join(scopes)}", "scopes": list(scopes)}
    return str((await agency.made("/api/api-keys", body))["key"])


async def _avatar(http: httpx.AsyncClient) -> str:
    """The id of a picture that the client has shown of itself."""
    file = {"file": ("me.png", _picture(), "image/png")}
    answer = await http.post("/api/v1/portal/client/avatar", files=file)
    assert answer.status_code == 200, answer.text
    return str(answer.json()["avatar"]["blobId"])


def _picture() -> bytes:
    picture = io.BytesIO()
    Image.new("RGB", (8, 8), "navy").save(picture, "PNG")
    return picture.getvalue()
