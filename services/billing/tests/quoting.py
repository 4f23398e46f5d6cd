"""An agency with a client to whom it makes offers."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import httpx

from chassis.events import Event
from tests.house import Agency, Client, House

LINES = [
    {"description": "Design", "quantity": 3, "unitPrice": 100, "taxRate": 20},
    {"description": "Photos", "unitPrice": 50, "taxRate": 20, "optional": True},
    {"description": "Texts", "unitPrice": 30, "optional": True},
]


@dataclass
class Studio:
    """One agency, one client, and the quotes between them."""

    house: House
    agency: Agency
    client: Client

    @property
    def staff(self) -> httpx.AsyncClient:
        """The owner's door."""
        return self.agency.http

    @property
    def visitor(self) -> httpx.AsyncClient:
        """The client's door."""
        return self.client.http

    def body(self, **more: Any) -> dict[str, Any]:
        """What creates a quote."""
        return {"clientId": self.client.id, "title": "Website", "currency": "EUR", "lines": LINES, **more}

    async def draft(self, **more: Any) -> dict[str, Any]:
        """A draft."""
        return await self.agency.made("/api/quotes", self.body(**more))

    async def quote(self, **more: Any) -> dict[str, Any]:
        """A quote that was sent, without a mail."""
        return await self.sent(await self.draft(**more))

    async def sent(self, quote: dict[str, Any]) -> dict[str, Any]:
        """Send it, without a mail."""
        answer = await self.act(quote, "send", sendEmail=False)
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    async def act(self, quote: dict[str, Any], verb: str, **body: Any) -> httpx.Response:
        """Do the agency's part: send."""
        return await self.staff.post(f"/api/quotes/{quote['id']}/{verb}", json=body or None)

    async def answer(self, quote: dict[str, Any], verb: str, **body: Any) -> httpx.Response:
        """Do the client's part: view, accept, request-changes, decline."""
        return await self.visitor.post(f"/api/quotes/{quote['id']}/{verb}", json=body or None)

    async def accept(self, quote: dict[str, Any], **more: Any) -> httpx.Response:
        """Accept the revision that this quote is."""
        return await self.answer(quote, "accept", revision=quote["revision"], **more)

    async def change(self, quote: dict[str, Any], **changes: Any) -> httpx.Response:
        """Change a quote."""
        return await self.staff.patch(f"/api/quotes/{quote['id']}", json=changes)

    async def reload(self, quote: dict[str, Any]) -> dict[str, Any]:
        """The quote as the agency sees it now."""
        answer = await self.staff.get(f"/api/quotes/{quote['id']}")
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    async def announced(self, quote: dict[str, Any]) -> list[Event]:
        """What was announced about a quote, in order."""
        async with self.house.database("billing").reader(UUID(self.agency.id)) as reader:
            rows = await reader.fetch("SELECT envelope FROM outbox ORDER BY id")
        events = [Event.decode(bytes(row["envelope"])) for row in rows]
        return [event for event in events if str(event.aggregate_id) == quote["id"]]

    async def verbs(self, quote: dict[str, Any]) -> list[str]:
        """What happened to a quote, as its events tell."""
        return [event.type.removeprefix("billing.quote.") for event in await self.announced(quote)]


async def open_studio(house: House) -> Studio:
    """A fresh agency with a client."""
    agency = await house.agency()
    return Studio(house, agency, await agency.client())


def code(answer: httpx.Response) -> tuple[int, str]:
    """Status and code of a refusal."""
    return answer.status_code, str(answer.json()["code"])
