"""The sandbox: pays through the same verified path as Stripe, and exists in development only."""

import re

import httpx
import pytest

from services.billing.config import Settings
from services.billing.main import providers_of
from services.billing.tests.factories import Desk, open_desk
from tests.house import House


@pytest.fixture
async def desk(house: House) -> Desk:
    return await open_desk(house)


async def press_pay(desk: Desk, invoice: dict[str, str]) -> tuple[str, httpx.Response]:
    """Press Pay; the sandbox's address and page."""
    answer = await desk.house.gateway.post(invoice["paymentUrl"])
    assert answer.status_code == 303
    return answer.headers["location"], await desk.house.gateway.get(answer.headers["location"])


def action(page: httpx.Response, label: str) -> str:
    """Where the form of a button leads."""
    (found,) = re.findall(rf'<form method="post" action="([^"]+)"><button[^>]*>{label}<', page.text)
    return str(found).replace("&amp;", "&")


async def test_approving_pays_the_invoice_by_a_signed_event(desk: Desk) -> None:
    invoice = await desk.invoice(amount=12.5)
    _, page = await press_pay(desk, invoice)
    assert "12.50 EUR" in page.text
    answer = await desk.house.gateway.post(action(page, "Approve"))
    assert answer.status_code == 303
    back = await desk.house.gateway.get(answer.headers["location"])
    assert "is paid" in back.text
    assert (await desk.reload(invoice))["status"] == "paid"
    (payment,) = (await desk.http.get(f"/api/invoices/{invoice['id']}/payments")).json()
    assert (payment["provider"], payment["amount"]) == ("sandbox", 12.5)
    async with desk.house.database("billing").reader(desk.agency.id) as reader:
        assert await reader.fetchval("SELECT verdict FROM provider_events") == "paid"


async def test_declining_pays_nothing_and_leaves_another_try(desk: Desk) -> None:
    invoice = await desk.invoice()
    _, page = await press_pay(desk, invoice)
    await desk.house.gateway.post(action(page, "Decline"))
    assert (await desk.reload(invoice))["status"] == "sent"
    _, page = await press_pay(desk, invoice)
    await desk.house.gateway.post(action(page, "Approve"))
    assert (await desk.reload(invoice))["status"] == "paid"


async def test_approving_twice_pays_once(desk: Desk) -> None:
    invoice = await desk.invoice()
    _, page = await press_pay(desk, invoice)
    for _ in range(2):
        await desk.house.gateway.post(action(page, "Approve"))
    assert (await desk.reload(invoice))["amountPaid"] == 100


async def test_a_wrong_key_opens_no_page_and_presses_no_button(desk: Desk) -> None:
    invoice = await desk.invoice()
    url, page = await press_pay(desk, invoice)
    wrong = url[:-1] + ("0" if url[-1] != "0" else "1")
    assert (await desk.house.gateway.get(wrong)).status_code == 404
    approve = action(page, "Approve")
    assert (await desk.house.gateway.post(approve[:-1] + ("0" if approve[-1] != "0" else "1"))).status_code == 404
    assert (await desk.house.gateway.get(approve)).status_code == 405
    assert (await desk.reload(invoice))["status"] == "sent"


@pytest.mark.parametrize("stripe", ["", "sk_live_something"])
def test_production_has_no_sandbox(stripe: str) -> None:
    settings = Settings(
        env="production",
        secret_key="f3b1c0d9e8a7264510aa99bb88cc77dd66ee55ff",
        database_url="postgresql://localhost",
        nats_url="nats://localhost",
        stripe_secret_key=stripe,
    )
    providers = providers_of(settings)
    assert providers.sandbox is None
    assert bool(providers.in_order) == bool(stripe)


async def test_a_payment_goes_back_through_the_sandbox_too(desk: Desk) -> None:
    invoice = await desk.invoice(amount=12.5)
    _, page = await press_pay(desk, invoice)
    await desk.house.gateway.post(action(page, "Approve"))
    (payment,) = (await desk.http.get(f"/api/invoices/{invoice['id']}/payments")).json()
    refunds = f"/api/payments/{payment['id']}/refunds"
    assert (await desk.http.post(refunds)).json()["status"] == "pending"

    async def gone() -> bool:
        return [one["status"] for one in (await desk.http.get(refunds)).json()] == ["succeeded"]

    await desk.house.eventually(gone)
    assert (await desk.reload(invoice))["status"] == "sent"
