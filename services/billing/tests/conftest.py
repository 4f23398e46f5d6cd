"""Houses whose billing is paid through a Stripe or a Paystack on this machine."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from services.billing.checkouts.reconciliation import reconcile
from services.billing.config import PAYSTACK_API
from services.billing.providers.paystack import PaystackProvider
from services.billing.providers.paystack_api import PaystackApi
from services.billing.providers.registry import DEPLOYMENT, Providers
from services.billing.providers.stripe import StripeProvider
from tests.fakes.paystack_server import SECRET_KEY as PAYSTACK_KEY
from tests.fakes.paystack_server import PaystackServer, paystack_server
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


@dataclass
class PaystackTill(Till):
    """An agency with a client, and the Paystack that it is paid through."""

    paystack: PaystackServer

    async def naira(self, amount: float = 100, **more: Any) -> dict[str, Any]:
        """An issued invoice in a currency of Paystack's."""
        return await self.invoice(amount, "NGN", **more)

    async def press(self, invoice: dict[str, Any]) -> httpx.Response:
        """Press Pay; whatever comes of it."""
        return await self.house.gateway.post(invoice["paymentUrl"])

    async def transaction(self, invoice: dict[str, Any]) -> dict[str, Any]:
        """Press Pay; the transaction that Paystack has opened."""
        answer = await self.press(invoice)
        assert answer.status_code == 303, answer.text
        url = answer.headers["location"]
        (found,) = [one for one in self.paystack.transactions.values() if one["authorization_url"] == url]
        return found

    async def tell(self, raw: bytes, signature: str | bytes, path: str = "/api/webhooks/paystack") -> int:
        """Send a webhook of Paystack's; the status of the answer."""
        headers = {"X-Paystack-Signature": signature, "Content-Type": "application/json"}
        return (await self.house.gateway.post(path, content=raw, headers=headers)).status_code

    async def set_account(self, **body: str) -> dict[str, Any]:
        """Set the agency's own account; what is shown of it."""
        answer = await self.agency.http.put("/api/payment-account", json=body)
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    async def statuses(self, invoice: dict[str, Any]) -> list[str]:
        """Of the invoice's checkouts, oldest first."""
        async with self.house.database("billing").reader(self.agency.id) as reader:
            rows = await reader.fetch("SELECT status FROM checkouts WHERE invoice_id = $1 ORDER BY id", invoice["id"])
        return [row["status"] for row in rows]


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
    providers = Providers(stripe=provider, stripe_api_base=stripe.url, paystack_api=PaystackApi(PAYSTACK_API))
    async with running_house(variables, ("auth", "billing"), overrides={"billing": {"providers": providers}}) as house:
        yield house


@pytest.fixture
async def till(paid_house: House, stripe: StripeServer) -> AsyncIterator[Till]:
    """A fresh agency with a client, and a Stripe that is well."""
    paid_house.clock.reset()
    stripe.modes.clear()
    stripe.refund_status = "succeeded"
    agency = await paid_house.agency()
    yield Till(paid_house, stripe, agency, await agency.client())
    paid_house.clock.reset()


@pytest.fixture(scope="module")
async def paystack() -> AsyncIterator[PaystackServer]:
    """A Paystack on this machine."""
    async with paystack_server() as server:
        yield server


@pytest.fixture(scope="module")
async def paystack_house(
    variables: dict[str, str], stripe: StripeServer, paystack: PaystackServer
) -> AsyncIterator[House]:
    """auth and billing, with the deployment's Paystack account and no Stripe account but agencies' own."""
    api = PaystackApi(paystack.url)
    provider = PaystackProvider(secret_key=PAYSTACK_KEY, api=api, account=DEPLOYMENT)
    providers = Providers(paystack=provider, stripe_api_base=stripe.url, paystack_api=api)
    async with running_house(variables, ("auth", "billing"), overrides={"billing": {"providers": providers}}) as house:
        yield house


@pytest.fixture
async def counter(paystack_house: House, stripe: StripeServer, paystack: PaystackServer) -> AsyncIterator[PaystackTill]:
    """A fresh agency with a client, and a Paystack that is well."""
    paystack_house.clock.reset()
    paystack.modes.clear()
    paystack.secret_key = PAYSTACK_KEY
    agency = await paystack_house.agency()
    yield PaystackTill(paystack_house, stripe, agency, await agency.client(), paystack)
    paystack_house.clock.reset()
