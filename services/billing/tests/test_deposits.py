"""Deposits and payments in parts: what the invoice says of them, and what its payment page offers and takes."""

import asyncio
from typing import Any

import httpx
import pytest

from services.billing.tests.conftest import PaystackTill, Till
from services.billing.tests.test_papers import reader_of, text_of

HALF = {"type": "percent", "value": 50, "dueDate": "2029-12-01"}


async def pay(till: Till, invoice: dict[str, Any], minor: int, **chosen: str) -> None:
    """Press Pay, and have Stripe take so much."""
    session = await press(till, invoice, **chosen)
    assert session["amount_total"] == minor
    assert await till.deliver(*till.stripe.signed(till.stripe.pay(session["id"]))) == 200


async def press(till: Till, invoice: dict[str, Any], **chosen: str) -> dict[str, Any]:
    """The checkout that Stripe has opened."""
    answer = await till.house.gateway.post(invoice["paymentUrl"], data=chosen)
    assert answer.status_code == 303, answer.text
    (session,) = [one for one in till.stripe.sessions.values() if one["url"] == answer.headers["location"]]
    return session


async def refused(till: Till, invoice: dict[str, Any], amount: str) -> httpx.Response:
    answer = await till.house.gateway.post(invoice["paymentUrl"], data={"amount": amount})
    assert answer.status_code == 409, answer.text
    return answer


async def test_an_invoice_says_what_its_deposit_comes_to_and_when_it_is_due(till: Till) -> None:
    invoice = await till.invoice(99.99, deposit=HALF)
    assert invoice["deposit"] == {"type": "percent", "value": 50, "dueDate": "2029-12-01"}
    assert (invoice["depositAmount"], invoice["depositDue"], invoice["amountDue"]) == (50, 50, 99.99)
    amount = await till.invoice(100, deposit={"type": "amount", "value": 30})
    assert amount["deposit"] == {"type": "amount", "value": 30, "dueDate": "2030-01-31"}
    yen = await till.invoice(1001, "JPY", deposit={"type": "percent", "value": 50})
    assert yen["depositAmount"] == 501
    listed = (await till.agency.http.get("/api/invoices")).json()
    assert listed == [yen, amount, invoice]
    of_client = (await till.client.http.get("/api/invoices")).json()
    assert [one["depositDue"] for one in of_client] == [501, 30, 50]


async def test_the_page_asks_for_the_deposit_first_and_then_for_the_rest(till: Till) -> None:
    invoice = await till.invoice(100, deposit=HALF)
    page = (await till.house.gateway.get(invoice["paymentUrl"])).text
    assert "Pay 50.00 EUR" in page
    assert "Deposit, due on 1 December 2029. In all 100.00 EUR is due on 31 January 2030." in page
    await pay(till, invoice, 5000)
    after = await till.reload(invoice)
    assert (after["status"], after["depositDue"], after["amountDue"]) == ("partially_paid", 0, 50)
    page = (await till.house.gateway.get(invoice["paymentUrl"])).text
    assert "Deposit" not in page
    assert page.count("<button") == 1
    await pay(till, invoice, 5000)
    assert (await till.reload(invoice))["status"] == "paid"


async def test_who_wants_to_pays_all_at_once_instead_of_the_deposit(till: Till) -> None:
    invoice = await till.invoice(100, deposit=HALF)
    page = (await till.house.gateway.get(invoice["paymentUrl"])).text
    assert "Pay all 100.00 EUR" in page
    await pay(till, invoice, 10000, amount="100.00")
    assert (await till.reload(invoice))["status"] == "paid"


@pytest.mark.parametrize("amount", ["49.99", "50.01", "0", "-50", "100.01", "1e400", "NaN", "fifty", "50,00", "٥٠.5"])
async def test_only_the_deposit_or_all_is_taken_where_parts_are_not_allowed(till: Till, amount: str) -> None:
    invoice = await till.invoice(100, deposit=HALF)
    assert "That amount cannot be paid now." in (await refused(till, invoice, amount)).text
    assert till.stripe.sessions_of(invoice["id"]) == []


async def test_money_by_hand_counts_for_the_deposit_first(till: Till) -> None:
    invoice = await till.invoice(100, deposit=HALF)
    await till.agency.http.post(f"/api/invoices/{invoice['id']}/payments", json={"amount": 20})
    assert (await till.reload(invoice))["depositDue"] == 30
    await pay(till, invoice, 3000)
    assert (await till.reload(invoice))["amountDue"] == 50


async def test_a_deposit_is_never_more_than_what_is_left_to_pay(till: Till) -> None:
    invoice = await till.invoice(100, deposit=HALF)
    await till.agency.http.post(f"/api/invoices/{invoice['id']}/credit-notes", json={"amount": 70})
    after = await till.reload(invoice)
    assert (after["depositDue"], after["amountDue"]) == (30, 30)
    assert (await till.agency.http.get("/api/invoices")).json() == [after]
    page = (await till.house.gateway.get(invoice["paymentUrl"])).text
    assert "Deposit" not in page
    await pay(till, invoice, 3000)
    assert (await till.reload(invoice))["status"] == "paid"


async def test_a_payer_chooses_how_much_where_parts_are_allowed(till: Till) -> None:
    invoice = await till.invoice(100, allowPartialPayments=True, minimumPayment=20)
    assert (invoice["allowPartialPayments"], invoice["minimumPayment"]) == (True, 20)
    page = (await till.house.gateway.get(invoice["paymentUrl"])).text
    assert 'min="20.00" max="100.00" step="0.01"' in page
    await pay(till, invoice, 2000, amount="20")
    await pay(till, invoice, 6550, amount=" 65.5 ")
    # Less than the least is left: that can be paid, and nothing else.
    page = (await till.house.gateway.get(invoice["paymentUrl"])).text
    assert ("Pay 14.50 EUR" in page, "<input" in page) == (True, False)
    await refused(till, invoice, "10")
    await pay(till, invoice, 1450)
    assert (await till.reload(invoice))["status"] == "paid"


@pytest.mark.parametrize("amount", ["19.99", "100.01", "20.001", "-20", "x"])
async def test_an_amount_outside_of_what_is_allowed_opens_no_checkout(till: Till, amount: str) -> None:
    invoice = await till.invoice(100, allowPartialPayments=True, minimumPayment=20)
    answer = await refused(till, invoice, amount)
    assert "Enter an amount from 20.00 EUR to 100.00 EUR." in answer.text
    assert till.stripe.sessions_of(invoice["id"]) == []


async def test_without_a_minimum_a_part_is_at_least_one_unit_of_the_currency(till: Till) -> None:
    invoice = await till.invoice(100, allowPartialPayments=True)
    assert invoice["minimumPayment"] is None
    await refused(till, invoice, "0.99")
    await pay(till, invoice, 100, amount="1")
    yen = await till.invoice(500, "JPY", allowPartialPayments=True)
    assert (await press(till, yen, amount="1"))["amount_total"] == 1


async def test_a_part_is_not_less_than_the_deposit_while_that_is_due(till: Till) -> None:
    invoice = await till.invoice(100, allowPartialPayments=True, minimumPayment=5, deposit=HALF)
    await refused(till, invoice, "49.99")
    await pay(till, invoice, 6000, amount="60")
    await pay(till, invoice, 500, amount="5")


async def test_a_checkout_that_became_too_much_is_closed_at_the_provider(till: Till) -> None:
    invoice = await till.invoice(100)
    session = await press(till, invoice)
    await till.agency.http.post(f"/api/invoices/{invoice['id']}/credit-notes", json={"amount": 40})
    await till.reconcile()
    assert till.stripe.sessions[session["id"]]["status"] == "expired"
    assert (await press(till, invoice))["amount_total"] == 6000


async def test_the_second_of_two_checkouts_for_one_deposit_is_closed(till: Till) -> None:
    invoice = await till.invoice(100, deposit={"type": "amount", "value": 30})
    first, second = await press(till, invoice), await press(till, invoice)
    assert await till.deliver(*till.stripe.signed(till.stripe.pay(first["id"]))) == 200
    await till.reconcile()
    assert till.stripe.sessions[second["id"]]["status"] == "expired"


async def test_a_checkout_of_what_is_asked_for_next_stays_open(till: Till) -> None:
    invoice = await till.invoice(100, deposit=HALF)
    first, second = await press(till, invoice), await press(till, invoice)
    assert await till.deliver(*till.stripe.signed(till.stripe.pay(first["id"]))) == 200
    await till.reconcile()
    # Half is left to pay, which is what it was opened for.
    assert till.stripe.sessions[second["id"]]["status"] == "open"


async def test_two_payments_that_cross_each_other_are_both_counted(till: Till) -> None:
    invoice = await till.invoice(100, deposit=HALF)
    sessions = [await press(till, invoice, amount=amount) for amount in ("50", "100")]
    signed = [till.stripe.signed(till.stripe.pay(session["id"])) for session in sessions]
    assert set(await asyncio.gather(*(till.deliver(*one) for one in signed))) == {200}
    after = await till.reload(invoice)
    assert (after["status"], after["amountPaid"], after["amountOverpaid"]) == ("paid", 150, 50)


async def test_a_void_invoice_takes_no_part(till: Till) -> None:
    invoice = await till.invoice(100, allowPartialPayments=True)
    await till.agency.http.post(f"/api/invoices/{invoice['id']}/credit-notes", json={})
    assert "is void" in (await refused(till, invoice, "10")).text


async def test_paystack_is_asked_for_the_deposit_too(counter: PaystackTill) -> None:
    invoice = await counter.naira(100, deposit=HALF)
    assert (await counter.transaction(invoice))["amount"] == 5000


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"deposit": {"type": "percent", "value": 0}}, "deposit.value"),
        ({"deposit": {"type": "percent", "value": 100.1}}, "deposit"),
        ({"deposit": {"type": "percent", "value": 0.001}}, "deposit.value"),
        ({"deposit": {"type": "amount", "value": 100.01}}, "deposit.value"),
        ({"deposit": {"type": "amount", "value": 0.001}}, "deposit.value"),
        ({"deposit": {"type": "half", "value": 1}}, "deposit.type"),
        ({"deposit": {"value": 1}}, "deposit.type"),
        ({"deposit": {**HALF, "dueDate": "2030-02-01"}}, "deposit.dueDate"),
        ({"deposit": {**HALF, "dueDate": "2026-01-01"}, "issueDate": "2026-01-02"}, "deposit.dueDate"),
        ({"deposit": {**HALF, "color": "red"}}, "deposit.color"),
        ({"minimumPayment": 5}, "minimumPayment"),
        ({"minimumPayment": 100.01, "allowPartialPayments": True}, "minimumPayment"),
        ({"minimumPayment": 0, "allowPartialPayments": True}, "minimumPayment"),
        ({"minimumPayment": 1.001, "allowPartialPayments": True}, "minimumPayment"),
        ({"allowPartialPayments": "sure"}, "allowPartialPayments"),
    ],
    ids=str,
)
async def test_terms_that_make_no_sense_are_refused(till: Till, body: dict[str, Any], field: str) -> None:
    wanted = {"amount": 100, "currency": "EUR", "dueDate": "2030-01-31", "clientId": till.client.id, **body}
    answer = await till.agency.http.post("/api/invoices", json=wanted)
    assert answer.status_code == 400, answer.text
    assert field in [error["field"] for error in answer.json()["errors"]]


async def test_a_drafts_terms_can_be_changed_and_follow_its_amount(till: Till) -> None:
    draft = await till.invoice(100, draft=True, deposit=HALF)

    async def change(**body: Any) -> httpx.Response:
        return await till.agency.http.patch(f"/api/invoices/{draft['id']}", json=body)

    assert (await change(amount=300)).json()["depositAmount"] == 150
    kept = (await change(notes="Thank you")).json()
    assert (kept["depositAmount"], kept["deposit"]["dueDate"]) == (150, "2029-12-01")
    assert (await change(dueDate="2029-11-30")).json()["errors"][0]["field"] == "deposit.dueDate"
    parts = (await change(allowPartialPayments=True, minimumPayment=10)).json()
    assert (parts["allowPartialPayments"], parts["minimumPayment"]) == (True, 10)
    assert (await change(allowPartialPayments=False)).json()["errors"][0]["field"] == "minimumPayment"
    assert (await change(currency="JPY", amount=100)).json()["errors"][0]["field"] == "minimumPayment"
    gone = (await change(deposit=None, minimumPayment=None, allowPartialPayments=False)).json()
    assert (gone["deposit"], gone["depositAmount"], gone["minimumPayment"]) == (None, 0, None)
    money = (await change(deposit={"type": "amount", "value": 30})).json()
    assert money["deposit"] == {"type": "amount", "value": 30, "dueDate": "2030-01-31"}
    later = (await change(dueDate="2030-03-01")).json()
    assert later["deposit"]["dueDate"] == "2030-03-01"
    assert (await change(currency="JPY", amount=100)).json()["errors"][0]["field"] == "deposit"


async def test_the_paper_says_what_is_asked_for_first(till: Till) -> None:
    invoice = await till.invoice(100, deposit=HALF)
    path = f"/api/invoices/{invoice['id']}/pdf?format=pdf"
    said = "Deposit due 1 December 2029 50.00 EUR"
    assert said in text_of(reader_of((await till.agency.http.get(path)).content))
    await pay(till, invoice, 5000)
    assert "Deposit" not in text_of(reader_of((await till.agency.http.get(path)).content))
