"""Paystack's side of TRUST 14: one transaction a try, whose reference is ours, and the truth found by verifying."""

import asyncio
from typing import Any

import pytest

from services.billing.providers.paystack_units import from_paystack, to_paystack
from services.billing.tests.conftest import PaystackTill
from tests.fakes.paystack_server import INITIALIZE, SECRET_KEY, VERIFY, Mode

ANSWERED_WITHIN_S = 10


def initialized(counter: PaystackTill, invoice: dict[str, Any]) -> int:
    """How often Paystack was asked to open a transaction for an invoice."""
    asked = [one.body for one in counter.paystack.requests if one.path == INITIALIZE]
    return sum(body["metadata"]["invoice_id"] == invoice["id"] for body in asked)


async def test_the_payer_is_led_to_a_transaction_whose_reference_is_the_checkouts_id(counter: PaystackTill) -> None:
    invoice = await counter.naira(1499.5)
    transaction = await counter.transaction(invoice)
    async with counter.house.database("billing").reader(counter.agency.id) as reader:
        row = await reader.fetchrow("SELECT id, provider, provider_id, account, status FROM checkouts")
    assert (row["provider"], row["account"], row["status"]) == ("paystack", "deployment", "open")
    assert transaction["reference"] == str(row["id"]) == row["provider_id"]


async def test_paystack_is_told_amount_payer_and_the_way_back(counter: PaystackTill) -> None:
    invoice = await counter.naira(1499.5)
    transaction = await counter.transaction(invoice)
    request = counter.paystack.requests[-1]
    assert request.headers["authorization"] == f"Bearer {SECRET_KEY}"
    assert {name: request.body[name] for name in ("amount", "currency", "email")} == {
        "amount": "149950",
        "currency": "NGN",
        "email": counter.client.email,
    }
    assert request.body["callback_url"].startswith(invoice["paymentUrl"])
    assert request.body["metadata"]["cancel_action"] == request.body["callback_url"]
    assert transaction["metadata"]["agency_id"] == counter.agency.id
    page = await counter.house.gateway.get(request.body["callback_url"] + f"&reference={transaction['reference']}")
    assert page.status_code == 200
    assert (await counter.reload(invoice))["status"] == "sent"


async def test_each_press_of_pay_opens_a_fresh_transaction_for_what_is_due(counter: PaystackTill) -> None:
    invoice = await counter.naira(100)
    first = await counter.transaction(invoice)
    await counter.agency.http.post(f"/api/invoices/{invoice['id']}/payments", json={"amount": 30})
    second = await counter.transaction(invoice)
    assert first["reference"] != second["reference"]
    assert (first["amount"], second["amount"]) == (10000, 7000)


@pytest.mark.parametrize(
    ("minor", "currency", "hundredths"),
    [(149950, "NGN", 149950), (1, "USD", 1), (250, "ZAR", 250), (5000, "XOF", 500000)],
)
def test_every_currency_is_counted_in_hundredths(minor: int, currency: str, hundredths: int) -> None:
    assert to_paystack(minor, currency) == hundredths
    assert from_paystack(hundredths, currency) == minor


@pytest.mark.parametrize(
    ("hundredths", "currency"), [(150, "XOF"), (1.5, "NGN"), (True, "NGN"), ("150", "NGN"), (150, "EUR"), (150, "")]
)
def test_what_is_no_amount_is_none(hundredths: object, currency: str) -> None:
    assert from_paystack(hundredths, currency) is None


async def test_an_invoice_in_francs_is_paid_to_the_franc(counter: PaystackTill) -> None:
    invoice = await counter.invoice(5000, "XOF")
    transaction = await counter.transaction(invoice)
    assert transaction["amount"] == 500000
    await counter.tell(*counter.paystack.signed(counter.paystack.pay(transaction["reference"])))
    assert (await counter.reload(invoice))["amountPaid"] == 5000


@pytest.mark.parametrize("mode", [Mode.DROP, Mode.BREAK, Mode.GARBAGE, Mode.REDIRECT])
async def test_a_transaction_whose_answer_was_lost_is_found_by_verifying_and_never_opened_twice(
    counter: PaystackTill, mode: Mode
) -> None:
    invoice = await counter.naira()
    counter.paystack.next(mode)
    answer = await counter.press(invoice)
    assert answer.status_code == 503
    assert "try again" in answer.text
    assert await counter.statuses(invoice) == ["opening"]
    (transaction,) = counter.paystack.transactions_of(invoice["id"])
    counter.paystack.pay(transaction["reference"])
    await counter.reconcile()
    assert await counter.statuses(invoice) == ["paid"]
    assert (await counter.reload(invoice))["status"] == "paid"
    assert initialized(counter, invoice) == 1


async def test_a_redirect_is_not_followed(counter: PaystackTill) -> None:
    counter.paystack.next(Mode.REDIRECT)
    before = len(counter.paystack.requests)
    await counter.press(await counter.naira())
    assert [request.path for request in counter.paystack.requests[before:]] == [INITIALIZE]


async def test_a_try_that_never_reached_paystack_is_over_once_paystack_says_so(counter: PaystackTill) -> None:
    invoice = await counter.naira()
    counter.paystack.next(Mode.LOSE)
    assert (await counter.press(invoice)).status_code == 503
    assert counter.paystack.transactions_of(invoice["id"]) == []
    await counter.reconcile()
    assert await counter.statuses(invoice) == ["failed"]
    assert initialized(counter, invoice) == 1
    await counter.transaction(invoice)


async def test_a_paystack_that_hangs_keeps_nobody_waiting(counter: PaystackTill) -> None:
    invoice = await counter.naira()
    counter.paystack.next(Mode.HANG)
    async with asyncio.timeout(ANSWERED_WITHIN_S):
        answer = await counter.press(invoice)
    assert answer.status_code == 503
    await counter.reconcile()
    assert await counter.statuses(invoice) == ["open"]
    assert initialized(counter, invoice) == 1


async def test_a_wrong_key_is_an_outage_and_not_the_payers_fault(counter: PaystackTill) -> None:
    invoice = await counter.naira()
    counter.paystack.secret_key = "sk_test_rolled"
    answer = await counter.press(invoice)
    assert answer.status_code == 503
    assert await counter.statuses(invoice) == ["opening"]


async def test_a_busy_paystack_is_asked_again_later(counter: PaystackTill) -> None:
    invoice = await counter.naira()
    await counter.transaction(invoice)
    counter.paystack.next(Mode.BUSY)
    await counter.reconcile()
    assert await counter.statuses(invoice) == ["open"]


async def test_a_refused_transaction_is_over_and_the_payer_is_told(counter: PaystackTill) -> None:
    invoice = await counter.naira()
    counter.paystack.next(Mode.REFUSE)
    answer = await counter.press(invoice)
    assert answer.status_code == 409
    assert "another way to pay" in answer.text
    assert await counter.statuses(invoice) == ["failed"]


async def test_a_lost_webhook_is_found_by_reconciliation_once(counter: PaystackTill) -> None:
    invoice = await counter.naira(250)
    transaction = await counter.transaction(invoice)
    event = counter.paystack.pay(transaction["reference"])
    await counter.reconcile()
    await counter.reconcile()
    (payment,) = await counter.payments(invoice)
    assert (payment["amount"], payment["provider"], payment["method"]) == (250, "paystack", "card")
    assert payment["providerId"] == str(transaction["id"])
    assert await counter.tell(*counter.paystack.signed(event)) == 200
    assert len(await counter.payments(invoice)) == 1
    assert await counter.verdicts() == ["duplicate"]


async def test_a_failed_attempt_at_paystack_may_still_be_paid(counter: PaystackTill) -> None:
    invoice = await counter.naira()
    transaction = await counter.transaction(invoice)
    transaction["status"] = "failed"
    await counter.reconcile()
    assert await counter.statuses(invoice) == ["open"]
    counter.paystack.pay(transaction["reference"])
    await counter.reconcile()
    assert await counter.statuses(invoice) == ["paid"]


@pytest.mark.parametrize(
    "changes", [{"amount": 9999}, {"currency": "GHS"}, {"reference": "another"}, {"amount": None}, {"reference": None}]
)
async def test_verifying_believes_no_other_amount_currency_or_reference(
    counter: PaystackTill, changes: dict[str, Any]
) -> None:
    invoice = await counter.naira(100)
    transaction = await counter.transaction(invoice)
    counter.paystack.pay(transaction["reference"])
    transaction.update(changes)
    await counter.reconcile()
    assert (await counter.reload(invoice))["status"] == "sent"
    assert await counter.payments(invoice) == []


async def test_what_nobody_pays_is_looked_after_for_a_week_and_no_longer(counter: PaystackTill) -> None:
    invoice = await counter.naira()
    transaction = await counter.transaction(invoice)
    counter.house.clock.advance(days=6, hours=20)
    await counter.reconcile()
    assert await counter.statuses(invoice) == ["open"]
    counter.house.clock.advance(hours=3)
    await counter.reconcile()
    assert await counter.statuses(invoice) == ["ended"]
    asked = len(counter.paystack.requests)
    await counter.reconcile()
    assert f"{VERIFY}{transaction['reference']}" not in [one.path for one in counter.paystack.requests[asked:]]
    # The money is believed whenever it comes.
    await counter.tell(*counter.paystack.signed(counter.paystack.pay(transaction["reference"])))
    assert (await counter.reload(invoice))["status"] == "paid"


async def test_other_transactions_of_a_paid_invoice_end_and_money_for_them_is_a_surplus(counter: PaystackTill) -> None:
    invoice = await counter.naira(100)
    left, used = await counter.transaction(invoice), await counter.transaction(invoice)
    await counter.tell(*counter.paystack.signed(counter.paystack.pay(used["reference"])))
    await counter.reconcile()
    assert await counter.statuses(invoice) == ["ended", "paid"]
    await counter.tell(*counter.paystack.signed(counter.paystack.pay(left["reference"])))
    assert [bool(payment["note"]) for payment in await counter.payments(invoice)] == [True, False]
    assert await counter.announced("billing.invoice.paid") == 1


async def test_a_client_without_an_address_is_told_that_paying_needs_one(counter: PaystackTill) -> None:
    company = (await counter.agency.http.post("/api/companies", json={"name": "Analytical Engines"})).json()
    answer = await counter.agency.http.post(f"/api/companies/{company['id']}/clients", json={"name": "No Address"})
    assert answer.status_code == 201, answer.text
    invoice = await counter.naira(clientId=answer.json()["id"])
    page = await counter.house.gateway.get(invoice["paymentUrl"])
    assert "needs your e-mail address" in page.text
    assert "<button" not in page.text
    pressed = await counter.press(invoice)
    assert pressed.status_code == 409
    assert pressed.text.count("needs your e-mail address") == 1
    assert initialized(counter, invoice) == 0


async def test_a_currency_that_paystack_does_not_take_is_told_and_not_tried(counter: PaystackTill) -> None:
    invoice = await counter.invoice(100, "EUR")
    page = await counter.house.gateway.get(invoice["paymentUrl"])
    assert "another way to pay" in page.text
    assert "<button" not in page.text
    pressed = await counter.press(invoice)
    assert pressed.status_code == 409
    assert "no online payments in EUR" in pressed.text
    assert await counter.statuses(invoice) == []
    assert initialized(counter, invoice) == 0
