"""Payments recorded by hand: parts and the whole, never more than is due."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from services.billing.tests.factories import Desk, open_desk
from tests.house import House

PAYMENT_KEYS = {
    *("id", "invoiceId", "invoiceNumber", "clientId", "amount", "currency", "method", "provider", "providerId"),
    *("receivedOn", "note", "createdAt", "refunded", "refunds"),
}


@pytest.fixture
async def desk(house: House) -> Desk:
    return await open_desk(house)


async def test_parts_add_up_to_the_whole(desk: Desk) -> None:
    invoice = await desk.invoice(amount=100)
    first = await desk.act(
        invoice, "payments", amount=33.33, method="bank transfer", receivedOn="2026-03-01", note="1/2"
    )
    assert (first.status_code, set(first.json())) == (201, PAYMENT_KEYS)
    half = await desk.reload(invoice)
    assert (half["status"], half["amountPaid"], half["amountDue"]) == ("partially_paid", 33.33, 66.67)
    await desk.act(invoice, "payments", amount=66.67)
    whole = await desk.reload(invoice)
    assert (whole["status"], whole["amountPaid"], whole["amountDue"]) == ("paid", 100, 0)
    assert whole["paidAt"] is not None
    names = [name.removeprefix("events.billing.") for name in await desk.announced(invoice)]
    assert names[-3:] == ["payment.received", "payment.received", "invoice.paid"]


async def test_more_than_is_due_is_refused(desk: Desk) -> None:
    invoice = await desk.invoice(amount=100)
    answer = await desk.act(invoice, "payments", amount=100.01)
    assert (answer.status_code, answer.json()["code"]) == (409, "payment_exceeds_amount_due")
    await desk.act(invoice, "payments", amount=100)
    again = await desk.act(invoice, "payments", amount=0.01)
    assert (again.status_code, again.json()["code"]) == (409, "invoice_already_paid")


async def test_payments_at_once_never_exceed_what_is_due(desk: Desk) -> None:
    invoice = await desk.invoice(amount=100)
    answers = await asyncio.gather(*(desk.act(invoice, "payments", amount=30) for _ in range(12)))
    assert sorted(answer.status_code for answer in answers) == [201] * 3 + [409] * 9
    assert (await desk.reload(invoice))["amountPaid"] == 90


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "amount"),
        ({"amount": 0}, "amount"),
        ({"amount": -1}, "amount"),
        ({"amount": 0.001}, "amount"),
        ({"amount": "1"}, "amount"),
        ({"amount": 1, "receivedOn": "soon"}, "receivedOn"),
        ({"amount": 1, "receivedOn": "2199-01-01"}, "receivedOn"),
        ({"amount": 1, "method": ""}, "method"),
        ({"amount": 1, "provider": "stripe"}, "provider"),
        ({"amount": 1, "currency": "USD"}, "currency"),
    ],
)
async def test_a_payment_that_makes_no_sense_is_refused(desk: Desk, body: dict[str, Any], field: str) -> None:
    invoice = await desk.invoice()
    answer = await desk.http.post(f"/api/invoices/{invoice['id']}/payments", json=body)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, field)
    assert (await desk.reload(invoice))["amountPaid"] == 0


async def test_tomorrow_is_taken_because_it_is_today_somewhere(desk: Desk) -> None:
    invoice = await desk.invoice()
    tomorrow = (datetime.now(UTC) + timedelta(days=1)).date().isoformat()
    assert (await desk.act(invoice, "payments", amount=1, receivedOn=tomorrow)).status_code == 201


async def test_an_invoice_with_payments_cannot_be_voided(desk: Desk) -> None:
    invoice = await desk.invoice()
    await desk.act(invoice, "payments", amount=1)
    answer = await desk.act(invoice, "void")
    assert (answer.status_code, answer.json()["code"]) == (409, "invoice_has_payments")


async def test_payments_are_listed_for_the_agency_and_in_part_for_their_client(desk: Desk) -> None:
    invoice, other = await desk.invoice(), await desk.invoice()
    made = [(await desk.act(invoice, "payments", amount=amount, note="secret")).json() for amount in (1, 2)]
    await desk.act(other, "payments", amount=3)
    path = f"/api/invoices/{invoice['id']}/payments"
    assert (await desk.http.get(path)).json() == made[::-1]
    assert (await desk.http.get(f"/api/payments?invoiceId={invoice['id']}")).json() == made[::-1]
    assert [one["amount"] for one in (await desk.http.get("/api/payments")).json()] == [3, 2, 1]
    assert {one["invoiceNumber"] for one in made} == {invoice["number"]}
    assert [one["amount"] for one in (await desk.http.get(f"/api/payments?clientId={desk.client.id}")).json()] == [
        3,
        2,
        1,
    ]
    of_client = (await desk.client.http.get(path)).json()
    assert [one["amount"] for one in of_client] == [2, 1]
    assert {frozenset(one) for one in of_client} == {frozenset(PAYMENT_KEYS - {"provider", "providerId", "note"})}


async def test_payments_come_in_pages(desk: Desk) -> None:
    invoice = await desk.invoice()
    for amount in (1, 2, 3):
        await desk.act(invoice, "payments", amount=amount)
    first = await desk.http.get("/api/payments?limit=2")
    second = await desk.http.get(first.links["next"]["url"])
    assert [one["amount"] for one in first.json() + second.json()] == [3, 2, 1]
    assert "next" not in second.links


async def test_one_payment_is_shown_with_what_went_back_and_another_version_of_it(desk: Desk) -> None:
    invoice = await desk.invoice()
    made = (await desk.act(invoice, "payments", amount=100, note="secret")).json()
    path = f"/api/payments/{made['id']}"
    before = await desk.http.get(path)
    assert before.json() == made
    await desk.http.post(f"{path}/refunds", json={"amount": 40})
    after = await desk.http.get(path)
    assert (after.json()["refunded"], after.headers["etag"] != before.headers["etag"]) == (40, True)
    assert [after.json()] == (await desk.http.get(f"/api/invoices/{invoice['id']}/payments")).json()
    of_client = await desk.client.http.get(path)
    assert [of_client.json()] == (await desk.client.http.get(f"/api/invoices/{invoice['id']}/payments")).json()
    assert "secret" not in of_client.text


async def test_another_clients_payment_answers_as_one_that_is_not_there(desk: Desk) -> None:
    made = (await desk.act(await desk.invoice(), "payments", amount=100)).json()
    strangers = (await desk.agency.client(), await (await desk.house.agency()).client())
    for http in (*(one.http for one in strangers), (await desk.house.agency()).http):
        answers = [(await http.get(f"/api/payments/{id}")) for id in (made["id"], str(uuid4()))]
        assert [answer.status_code for answer in answers] == [404, 404]
        assert answers[0].json()["detail"] == answers[1].json()["detail"]
