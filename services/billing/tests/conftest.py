"""A house whose billing is paid through a Stripe on this machine."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import pytest

from services.billing.checkouts.reconciliation import reconcile
from services.billing.providers.registry import DEPLOYMENT, Providers
from services.billing.providers.stripe import StripeProvider
from tests.fakes.stripe_server import SECRET_KEY, WEBHOOK_SECRET, StripeServer, stripe_server
from tests.house import Agency, Client, House, running_house


@dataclass
class Till:
    """An agency with a client, and the Stripe that it is paid through."""

    house: House
    stripe: StripeServer
    agency: Agency
    client: Client

    async def invoice(self, amount: float = 100, currency: str = "EUR", **more: Any) -> dict[str, Any]:
        """An issued invoice."""
        body = {"amount": amount, "currency": currency, "dueDate": "2030-01-31", "clientId": self.client.id, **more}
        answer = await self.agency.http.post("/api/invoices", json=body)
        assert answer.status_code == 201, answer.text
        return dict(answer.json())

    async def checkout(self, invoice: dict[str, Any]) -> dict[str, Any]:
        """Press Pay; the checkout that Stripe has opened."""
        answer = await self.house.gateway.post(invoice["paymentUrl"])
        assert answer.status_code == 303, answer.text
        (session,) = [one for one in self.stripe.sessions.values() if one["url"] == answer.headers["location"]]
        return session

    async def deliver(self, raw: bytes, signature: str, path: str = "/api/webhooks/stripe") -> int:
        """Send a webhook; the status of the answer."""
        headers = {"Stripe-Signature": signature, "Content-Type": "application/json"}
        return (await self.house.gateway.post(path, content=raw, headers=headers)).status_code

    async def reload(self, invoice: dict[str, Any]) -> dict[str, Any]:
        """The invoice as REST shows it now."""
        answer = await self.agency.http.get(f"/api/invoices/{invoice['id']}")
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    async def payments(self, invoice: dict[str, Any]) -> list[dict[str, Any]]:
        """The invoice's payments as REST shows them."""
        return list((await self.agency.http.get(f"/api/invoices/{invoice['id']}/payments")).json())

    async def reconcile(self) -> None:
        """Let an hour pass and have billing look after its checkouts."""
        self.house.clock.advance(hours=1, minutes=1)
        await reconcile(self.house.apps["billing"].state.context)

    async def verdicts(self) -> list[str]:
        """What was made of the provider's events about this agency, in the order of their first arrival."""
        async with self.house.database("billing").reader(self.agency.id) as reader:
            rows = await reader.fetch("SELECT verdict FROM provider_events ORDER BY id")
        return [row["verdict"] for row in rows]

    async def announced(self, type: str) -> int:
        """How many events of a type this agency's outbox holds."""
        async with self.house.database("billing").reader(self.agency.id) as reader:
            return int(await reader.fetchval("SELECT count(*) FROM outbox WHERE subject = $1", f"events.{type}"))


@pytest.fixture(scope="module")
async def stripe() -> AsyncIterator[StripeServer]:
    """A Stripe on this machine."""
    async with stripe_server() as server:
        yield server


@pytest.fixture(scope="module")
async def paid_house(variables: dict[str, str], stripe: StripeServer) -> AsyncIterator[House]:
    """auth and billing, with the deployment's Stripe account."""
    provider = StripeProvider(
        secret_key=SECRET_KEY, webhook_secret=WEBHOOK_SECRET, api_base=stripe.url, account=DEPLOYMENT
    )
    providers = Providers(stripe=provider, stripe_api_base=stripe.url)
    async with running_house(variables, ("auth", "billing"), overrides={"billing": {"providers": providers}}) as house:
        yield house


@pytest.fixture
async def till(paid_house: House, stripe: StripeServer) -> AsyncIterator[Till]:
    """A fresh agency with a client, and a Stripe that is well."""
    paid_house.clock.reset()
    stripe.modes.clear()
    agency = await paid_house.agency()
    yield Till(paid_house, stripe, agency, await agency.client())
    paid_house.clock.reset()
