"""What switching files, messages or invoices off means beyond the routes themselves."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from services.portal.portal_settings.models import Module
from tests.house import Agency, Client, House

CONFIG = "/api/v1/client-portal/config"
FORM = {"Content-Type": "multipart/form-data; boundary=XX"}
FILE = b'--XX\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\nHello\r\n--XX--\r\n'


def field(name: str, value: str) -> bytes:
    return f'--XX\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()


@dataclass
class Room:
    """A client's project with a file in it."""

    house: House
    agency: Agency
    client: Client
    project_id: str
    file_id: str

    async def switch(self, *, off: Module | None = None, **settings: Any) -> None:
        """Change the portal's settings, and wait until the client is answered by them."""
        settings["enabled_modules"] = [module for module in Module if module is not off]
        answer = await self.agency.http.patch(CONFIG, json=settings)
        assert answer.status_code == 200, answer.text
        expected = {"files": 403} if off is Module.FILES else {"messages": 403} if off is Module.MESSAGES else {}

        async def heard() -> bool:
            seen = {
                "files": (await self.client.http.get("/api/files")).status_code,
                "messages": (await self.messages()).status_code,
            }
            return seen == {"files": 200, "messages": 200} | expected

        await self.house.eventually(heard)

    async def messages(self) -> httpx.Response:
        return await self.client.http.get("/api/portal/messages", params={"projectId": self.project_id})

    async def upload(self, door: httpx.AsyncClient, *fields: bytes, headers: dict[str, str] | None = None) -> str:
        """Status and code of an upload."""
        body = b"".join(fields) + field("projectId", self.project_id) + FILE
        answer = await door.post("/api/files", content=body, headers=FORM | (headers or {}))
        return f"{answer.status_code} {answer.json().get('code', '')}".strip()

    async def uploads(self) -> dict[str, str]:
        """Status and code of an upload by each sort of credential of the client, in each place."""
        house, token = self.house, self.client.token
        session, custodian = await self.client.session(), await self.agency.custodian_client()
        cookie = {"Cookie": f"portico-client={session.token}", "Origin": "http://localhost:8080"}
        return {
            "header": await self.upload(self.client.http),
            "form": await self.upload(house.gateway, field("token", token)),
            "session": await self.upload(session.http),
            "cookie": await self.upload(house.gateway, headers=cookie),
            "cst_": await self.upload(house.bearer(custodian.token)),
            "cak_": await self.upload(house.bearer(custodian.key)),
        }

    def kept(self) -> int:
        """How many files' bytes the store holds for the agency."""
        storage = Path(self.house.environment["PORTICO_STORAGE_URL"].removeprefix("file://"))
        return len([path for path in (storage / "projects" / self.agency.id).rglob("*") if path.is_file()])


@pytest.fixture
async def room(house: House) -> AsyncIterator[Room]:
    agency = await house.agency()
    client = await agency.client()
    project = await agency.project(client)
    made = await agency.http.post(
        "/api/files",
        data={"projectId": project["id"], "visibleToClient": "true"},
        files={"file": ("plan.txt", b"A plan", "text/plain")},
    )
    assert made.status_code == 201, made.text
    yield Room(house, agency, client, project["id"], made.json()["id"])


async def test_without_file_sharing_clients_upload_nothing_and_download_all_the_same(room: Room) -> None:
    await room.switch(allow_file_sharing=False)
    await room.house.eventually(lambda: refused(room))
    before = room.kept()
    assert set((await room.uploads()).values()) == {"403 file_sharing_off"}
    assert room.kept() == before
    assert room.file_id in [file["id"] for file in (await room.client.http.get("/api/files")).json()]
    assert (await room.client.http.get(f"/api/files/{room.file_id}/content")).content == b"A plan"
    assert (await room.client.http.post(f"/api/files/{room.file_id}/approve")).status_code == 200
    assert await room.upload(room.agency.http) == "201"
    await room.switch(allow_file_sharing=True)
    await room.house.eventually(lambda: taken(room))


async def refused(room: Room) -> bool:
    return await room.upload(room.client.http) == "403 file_sharing_off"


async def taken(room: Room) -> bool:
    return await room.upload(room.client.http) == "201"


async def test_without_files_an_upload_is_refused_wherever_the_token_stands(room: Room) -> None:
    await room.switch(off=Module.FILES)
    assert set((await room.uploads()).values()) == {"403 module_off"}
    assert room.kept() == 1
    assert await room.upload(room.agency.http) == "201"


async def test_a_shut_portal_is_told_to_an_upload_with_its_token_in_the_form(room: Room) -> None:
    await room.agency.http.patch(CONFIG, json={"is_active": False})

    async def shut() -> bool:
        return (await room.client.http.get("/api/files")).status_code == 403

    await room.house.eventually(shut)
    assert await room.upload(room.house.gateway, field("token", room.client.token)) == "403 portal_closed"
    assert room.kept() == 1


async def test_without_files_the_head_of_a_download_is_refused_too(room: Room) -> None:
    await room.switch(off=Module.FILES)
    assert (await room.client.http.head(f"/api/files/{room.file_id}/content")).status_code == 403
    assert (await room.agency.http.head(f"/api/files/{room.file_id}/content")).status_code == 200


async def test_without_files_a_client_writes_messages_but_attaches_nothing(room: Room) -> None:
    await room.switch(off=Module.FILES)
    message = {"content": "Hello", "projectId": room.project_id}
    attached = await room.client.http.post("/api/portal/messages", json=message | {"attachments": [room.file_id]})
    assert (attached.status_code, attached.json()["code"]) == (403, "module_off")
    assert (await room.client.http.post("/api/portal/messages", json=message)).status_code == 201
    assert [one["content"] for one in (await room.messages()).json()] == ["Hello"]


async def test_a_repeated_request_is_not_answered_from_memory_by_what_is_off(room: Room) -> None:
    message, key = {"content": "Hello", "projectId": room.project_id}, {"Idempotency-Key": "once"}
    first = await room.client.http.post("/api/portal/messages", json=message, headers=key)
    assert first.status_code == 201
    await room.switch(off=Module.MESSAGES)
    repeated = await room.client.http.post("/api/portal/messages", json=message, headers=key)
    assert (repeated.status_code, repeated.json()["code"]) == (403, "module_off")
    await room.switch()
    again = await room.client.http.post("/api/portal/messages", json=message, headers=key)
    assert (again.status_code, again.json()) == (201, first.json())


async def test_a_mailed_invoice_can_be_paid_though_invoices_are_off_in_the_portal(room: Room) -> None:
    invoice = await room.agency.made(
        "/api/invoices", {"amount": 10, "currency": "EUR", "dueDate": "2030-01-31", "clientId": room.client.id}
    )
    await room.agency.http.patch(
        CONFIG, json={"enabled_modules": [module for module in Module if module is not Module.INVOICES]}
    )

    async def hidden() -> bool:
        return (await room.client.http.get(f"/api/invoices/{invoice['id']}")).status_code == 403

    await room.house.eventually(hidden)
    page = await room.house.gateway.get(invoice["paymentUrl"])
    assert page.status_code == 200
    assert invoice["number"] in page.text
