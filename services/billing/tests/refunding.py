"""What the tests of refunds and disputes do: be paid, give back, and wait for what comes of it."""

from datetime import timedelta
from typing import Any

import httpx
from sqlalchemy import text

from services.billing.refunds.lookouts import look_out
from services.billing.tests.conftest import PaystackTill, Till


async def paid(till: Till, amount: float = 100, **more: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """An invoice that was paid through Stripe, and its payment."""
    invoice = await till.invoice(amount, **more)
    session = await till.checkout(invoice)
    assert await till.deliver(*till.stripe.signed(till.stripe.pay(session["id"]))) == 200
    (payment,) = await till.payments(invoice)
    return invoice, payment


async def paid_in_naira(counter: PaystackTill, amount: float = 100) -> tuple[dict[str, Any], dict[str, Any], str]:
    """An invoice that was paid through Paystack, its payment and its transaction's reference."""
    invoice = await counter.naira(amount)
    reference = (await counter.transaction(invoice))["reference"]
    assert await counter.tell(*counter.paystack.signed(counter.paystack.pay(reference))) == 200
    (payment,) = await counter.payments(invoice)
    return invoice, payment, reference


async def ask(
    till: Till, payment: dict[str, Any], http: httpx.AsyncClient | None = None, **body: Any
) -> httpx.Response:
    """Ask for a refund; whatever comes of it."""
    return await (http or till.agency.http).post(f"/api/payments/{payment['id']}/refunds", json=body or None)


async def refund(till: Till, payment: dict[str, Any], **body: Any) -> dict[str, Any]:
    """A refund that was asked for."""
    answer = await ask(till, payment, **body)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def refunds(till: Till, payment: dict[str, Any]) -> list[dict[str, Any]]:
    """The payment's refunds as REST shows them, newest first."""
    answer = await till.agency.http.get(f"/api/payments/{payment['id']}/refunds")
    assert answer.status_code == 200, answer.text
    return list(answer.json())


async def become(till: Till, payment: dict[str, Any], *statuses: str) -> list[dict[str, Any]]:
    """Wait until the payment's refunds, newest first, stand so."""

    async def look() -> list[dict[str, Any]]:
        found = await refunds(till, payment)
        return found if [one["status"] for one in found] == list(statuses) else []

    return list(await till.house.eventually(look))


_DUE = text("SELECT count(*) FROM lookouts WHERE agency_id = :agency_id AND look_at <= :soon")


async def looked(till: Till) -> None:
    """Wait until nothing of the agency is left to be looked after at present."""

    async def rests() -> bool:
        # Whoever is at work on one, or begins while this question is under way, holds it for two minutes.
        soon = till.house.clock() + timedelta(minutes=2, seconds=30)
        async with till.house.database("billing").across_agencies() as session:
            due = await session.execute(_DUE, {"agency_id": till.agency.id, "soon": soon})
            return int(due.scalar_one()) == 0

    await till.house.eventually(rests)


async def later(till: Till) -> None:
    """Let four minutes pass and have billing look after what is due then."""
    till.house.clock.advance(minutes=4)
    await look_out(till.house.apps["billing"].state.context)


async def disputes(till: Till) -> list[dict[str, Any]]:
    """The agency's disputes, newest first."""
    answer = await till.agency.http.get("/api/disputes")
    assert answer.status_code == 200, answer.text
    return list(answer.json())
