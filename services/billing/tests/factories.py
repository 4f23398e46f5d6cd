"""What several tests make."""

from dataclasses import dataclass
from typing import Any

import httpx

from tests.house import Agency, Client, House


@dataclass
class Desk:
    """An agency with a client."""

    house: House
    agency: Agency
    client: Client

    @property
    def http(self) -> httpx.AsyncClient:
        """The owner's door."""
        return self.agency.http

    def body(self, **more: Any) -> dict[str, Any]:
        """What creates an invoice."""
        wanted = {"currency": "EUR", "dueDate": "2030-01-31", "clientId": self.client.id, **more}
        return wanted if {"amount", "lines"} & wanted.keys() else {"amount": 100, **wanted}

    async def create(self, **more: Any) -> httpx.Response:
        """Try to make an invoice."""
        return await self.http.post("/api/invoices", json=self.body(**more))

    async def invoice(self, **more: Any) -> dict[str, Any]:
        """An invoice."""
        answer = await self.create(**more)
        assert answer.status_code == 201, answer.text
        return dict(answer.json())

    async def act(self, invoice: dict[str, Any], verb: str, **body: Any) -> httpx.Response:
        """Do something with an invoice: send, void, payments."""
        return await self.http.post(f"/api/invoices/{invoice['id']}/{verb}", json=body or None)

    async def reload(self, invoice: dict[str, Any]) -> dict[str, Any]:
        """The invoice as REST shows it now."""
        return dict((await self.http.get(f"/api/invoices/{invoice['id']}")).json())

    async def announced(self, invoice: dict[str, Any]) -> list[str]:
        """What was announced about an invoice, in order."""
        async with self.house.database("billing").reader(self.agency.id) as reader:
            rows = await reader.fetch("SELECT subject, envelope FROM outbox ORDER BY id")
        return [row["subject"] for row in rows if invoice["id"].encode() in row["envelope"]]


async def open_desk(house: House) -> Desk:
    """A fresh agency with a client."""
    agency = await house.agency()
    return Desk(house, agency, await agency.client())
