"""An agency whose clients are invoiced again and again."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import httpx

from chassis.events import Event
from services.billing.recurring_invoices.issuing import issue_due
from services.billing.tests.schedules import go_to, held, local, move
from tests.house import Agency, Client, House


@dataclass
class Retainer:
    """An agency in a time zone, its client, and a door that stays open for years."""

    house: House
    agency: Agency
    client: Client
    http: httpx.AsyncClient
    zone: str

    def body(self, **more: Any) -> dict[str, Any]:
        """What has 100 EUR invoiced each month from tomorrow on."""
        wanted = {"clientId": self.client.id, "currency": "EUR", "frequency": "monthly", "startsOn": str(self.day(1))}
        return {**wanted, **({} if "lines" in more else {"amount": 100}), **more}

    def day(self, count: int = 0) -> date:
        """The date where the agency is, so many days on."""
        return self.house.clock().astimezone(local(self.zone, 2000, 1, 1).tzinfo).date() + timedelta(days=count)

    async def create(self, **more: Any) -> httpx.Response:
        """Try to make a recurring invoice."""
        return await self.http.post("/api/recurring-invoices", json=self.body(**more))

    async def recurring(self, **more: Any) -> dict[str, Any]:
        """A recurring invoice."""
        answer = await self.create(**more)
        assert answer.status_code == 201, answer.text
        return dict(answer.json())

    async def change(self, recurring: dict[str, Any], **changes: Any) -> httpx.Response:
        """Change one."""
        return await self.http.patch(f"/api/recurring-invoices/{recurring['id']}", json=changes)

    async def act(self, recurring: dict[str, Any], verb: str) -> httpx.Response:
        """Pause or resume one."""
        return await self.http.post(f"/api/recurring-invoices/{recurring['id']}/{verb}")

    async def reload(self, recurring: dict[str, Any]) -> dict[str, Any]:
        """One as REST shows it now."""
        return await self.read(f"/api/recurring-invoices/{recurring['id']}")

    async def read(self, path: str) -> Any:
        """What REST shows at a path."""
        answer = await self.http.get(path)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def upcoming(self, recurring: dict[str, Any]) -> list[str]:
        """Its next days."""
        return list(await self.read(f"/api/recurring-invoices/{recurring['id']}/upcoming"))

    async def periods(self, recurring: dict[str, Any]) -> list[str]:
        """The days that have their invoice, oldest first."""
        found = await self.read(f"/api/recurring-invoices/{recurring['id']}/periods?limit=200")
        return [period["periodOn"] for period in reversed(found)]

    async def invoices(self) -> list[dict[str, Any]]:
        """The agency's invoices, oldest first."""
        return list(reversed(await self.read("/api/invoices?limit=200")))

    async def announced(self, subject: str) -> list[Event]:
        """What was announced of the agency, such as "invoice.sent", oldest first."""
        async with self.house.database("billing").reader(UUID(self.agency.id)) as reader:
            rows = await reader.fetch(
                "SELECT envelope FROM outbox WHERE subject = $1 ORDER BY id", f"events.billing.{subject}"
            )
        return [Event.decode(bytes(row["envelope"])) for row in rows]

    async def on(self, day: date, *clock: int) -> None:
        """Go to a time of a day where the agency is, midnight unless it says otherwise, and issue what is due."""
        go_to(self.house, self.at(day, *clock))
        await self.issue()

    def at(self, day: date, *clock: int) -> datetime:
        """A time of a day where the agency is."""
        return local(self.zone, day.year, day.month, day.day, *clock)

    async def issue(self) -> None:
        """Issue what is due."""
        await issue_due(self.house.apps["billing"].state.context, self.house.clock())


@asynccontextmanager
async def retainer_in(house: House, zone: str) -> AsyncIterator[Retainer]:
    """A fresh agency at noon of a day in a zone; the house's own loop leaves what is due alone."""
    async with held(house, "recurring_invoices", "invoice_follow_up"):
        tomorrow = house.clock().date() + timedelta(days=1)
        go_to(house, local(zone, tomorrow.year, tomorrow.month, tomorrow.day, 12))
        agency = await house.agency()
        client = await agency.client()
        machine = await agency.api_key("read", "write")
        await move(house, agency, zone)
        yield Retainer(house, agency, client, machine, zone)
