"""Statements: every movement once, in order, with a balance that goes on from one period to the next."""

from typing import Any

import httpx
import pytest

from services.billing.tests.factories import Desk, open_desk
from services.billing.tests.test_papers import reader_of, text_of
from tests.house import House

STATEMENT = "/api/invoices/statement"


@pytest.fixture
async def desk(house: House) -> Desk:
    return await open_desk(house)


async def asked(desk: Desk, **params: Any) -> httpx.Response:
    return await desk.http.get(STATEMENT, params={"clientId": desk.client.id, "to": "2030-12-31", **params})


async def statement(desk: Desk, **params: Any) -> dict[str, Any]:
    answer = await asked(desk, **params)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def paid(desk: Desk, invoice: dict[str, Any], amount: float, day: str) -> dict[str, Any]:
    answer = await desk.act(invoice, "payments", amount=amount, receivedOn=day, method="bank transfer")
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def credited(desk: Desk, invoice: dict[str, Any], **body: Any) -> dict[str, Any]:
    return dict(await desk.agency.made(f"/api/invoices/{invoice['id']}/credit-notes", body))


def lines(shown: dict[str, Any]) -> list[tuple[str, str, float, float]]:
    return [(entry["kind"], entry["number"], entry["amount"], entry["balance"]) for entry in shown["entries"]]


async def test_every_movement_stands_in_order_with_the_balance_after_it(desk: Desk) -> None:
    first = await desk.invoice(amount=100, issueDate="2026-01-10")
    second = await desk.invoice(amount=50.5, issueDate="2026-01-20")
    await desk.invoice(amount=999, draft=True)
    await desk.invoice(amount=999, currency="USD")
    payment = await paid(desk, first, 60, "2026-01-15")
    note = await credited(desk, first, amount=40)
    shown = await statement(desk, currency="EUR")
    assert lines(shown) == [
        ("invoice", "INV-0001", 100, 100),
        ("payment", "INV-0001", -60, 40),
        ("invoice", "INV-0002", 50.5, 90.5),
        ("credit_note", "CN-0001", -40, 50.5),
    ]
    assert (shown["opening"], shown["closing"], shown["from"], shown["to"]) == (0, 50.5, None, "2030-12-31")
    assert shown["currencies"] == ["EUR", "USD"]
    assert shown["client"]["name"] == "Ada Lovelace"
    assert shown["entries"][1] == {
        **{"kind": "payment", "id": payment["id"], "number": "INV-0001", "invoiceNumber": "INV-0001"},
        **{"invoiceId": first["id"], "date": "2026-01-15", "method": "bank transfer", "amount": -60, "balance": 40},
    }
    assert (shown["entries"][2]["id"], shown["entries"][3]["id"]) == (second["id"], note["id"])
    dollars = await statement(desk)
    assert dollars == await statement(desk, currency="usd"), "of several, the agency's own"
    assert (dollars["currency"], dollars["closing"]) == ("USD", 999)


async def test_a_period_goes_on_where_the_one_before_it_ended(desk: Desk) -> None:
    for number, month in enumerate(("01", "02", "03"), start=1):
        invoice = await desk.invoice(amount=100 * number, issueDate=f"2026-{month}-05", dueDate="2030-01-31")
        await paid(desk, invoice, 30, f"2026-{month}-28")
    whole = await statement(desk)
    january = await statement(desk, to="2026-01-31")
    february = await statement(desk, **{"from": "2026-02-01", "to": "2026-02-28"})
    march = await statement(desk, **{"from": "2026-03-01", "to": "2026-03-31"})
    assert (january["opening"], january["closing"]) == (0, 70)
    assert (february["opening"], february["closing"]) == (70, 240)
    assert (march["opening"], march["closing"]) == (240, 510)
    assert january["entries"] + february["entries"] + march["entries"] == whole["entries"]
    quiet = await statement(desk, **{"from": "2026-01-06", "to": "2026-01-27"})
    assert (quiet["opening"], quiet["entries"], quiet["closing"]) == (100, [], 100)


async def test_a_voided_invoice_is_taken_back_on_its_day_and_past_statements_stay_the_same(desk: Desk) -> None:
    invoice = await desk.invoice(amount=80, issueDate="2026-01-10")
    before = await statement(desk, to="2026-01-31")
    await credited(desk, invoice, amount=30)
    await desk.act(invoice, "void")
    assert await statement(desk, to="2026-01-31") == before
    assert lines(await statement(desk)) == [
        ("invoice", "INV-0001", 80, 80),
        ("credit_note", "CN-0001", -30, 50),
        ("void", "INV-0001", -50, 0),
    ]


async def test_an_invoice_that_was_credited_in_full_is_not_taken_back_twice(desk: Desk) -> None:
    await credited(desk, await desk.invoice(amount=80))
    shown = await statement(desk)
    assert [entry["kind"] for entry in shown["entries"]] == ["invoice", "credit_note"]
    assert shown["closing"] == 0


async def test_refunds_are_owed_again_and_what_is_overpaid_is_the_clients(desk: Desk) -> None:
    invoice = await desk.invoice(amount=100)
    payment = await paid(desk, invoice, 100, "2026-01-15")
    await credited(desk, invoice, amount=30)
    assert (await statement(desk))["closing"] == -30
    refund = await desk.http.post(f"/api/payments/{payment['id']}/refunds", json={"amount": 30})
    assert refund.status_code == 201, refund.text
    shown = await statement(desk)
    assert shown["closing"] == 0
    assert lines(shown)[-1] == ("refund", "INV-0001", 30, 0)


async def test_the_statement_ends_with_what_the_invoices_say_is_due(desk: Desk) -> None:
    for amount, payment, credit in ((100, 0, 0), (200, 50, 25), (300, 300, 0), (0.5, 0.2, 0.1)):
        invoice = await desk.invoice(amount=amount)
        if payment:
            await paid(desk, invoice, payment, "2026-02-02")
        if credit:
            await credited(desk, invoice, amount=credit)
    due = sum(row["amountDue"] - row["amountOverpaid"] for row in (await desk.http.get("/api/invoices")).json())
    assert (await statement(desk))["closing"] == pytest.approx(due, abs=1e-9)


async def test_a_currency_without_decimals_is_told_in_its_own_units(desk: Desk) -> None:
    await desk.invoice(amount=1500, currency="JPY")
    await desk.invoice(amount=1.234, currency="KWD")
    assert (await statement(desk, currency="JPY"))["closing"] == 1500
    assert (await statement(desk, currency="KWD"))["closing"] == 1.234
    assert (await statement(desk))["currency"] == "JPY", "never one in which there is nothing"


async def test_a_client_sees_its_own_and_nobody_elses(desk: Desk) -> None:
    colleague = await desk.agency.client("Grace Hopper")
    await desk.invoice(amount=10)
    await desk.invoice(amount=77, clientId=colleague.id)
    own = await desk.client.http.get(STATEMENT)
    assert (own.status_code, own.json()["closing"]) == (200, 10)
    assert "method" in str(own.json()["entries"])
    answers = [
        await desk.client.http.get(STATEMENT, params={"clientId": id})
        for id in (colleague.id, "01900000-0000-7000-8000-000000000000")
    ]
    assert {answer.status_code for answer in answers} == {404}
    assert answers[0].json()["detail"] == answers[1].json()["detail"]


async def test_a_companys_people_say_whose_statement_they_want(desk: Desk) -> None:
    company = await desk.agency.company("Engines")
    ada, grace = await company.client("Ada"), await company.client("Grace")
    await desk.invoice(amount=5, clientId=ada.id)
    await desk.invoice(amount=7, clientId=grace.id)
    unsaid = await company.http.get(STATEMENT)
    assert (unsaid.status_code, unsaid.json()["errors"][0]["field"]) == (400, "clientId")
    closings = [
        (await company.http.get(STATEMENT, params={"clientId": one.id})).json()["closing"] for one in (ada, grace)
    ]
    assert closings == [5, 7]


async def test_another_agency_finds_nobody(desk: Desk, house: House) -> None:
    stranger = await open_desk(house)
    answer = await stranger.http.get(STATEMENT, params={"clientId": desk.client.id})
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


async def test_a_client_without_papers_has_an_empty_statement(desk: Desk) -> None:
    fresh = await desk.agency.client()
    answer = await desk.http.get(STATEMENT, params={"clientId": fresh.id})
    assert answer.status_code == 200
    shown = answer.json()
    assert (shown["opening"], shown["entries"], shown["closing"], shown["currencies"]) == (0, [], 0, [])


@pytest.mark.parametrize(
    ("params", "field"),
    [
        ({"from": "2026-02-01", "to": "2026-01-31"}, "from"),
        ({"from": "yesterday"}, "from"),
        ({"to": "1"}, "to"),
        ({"currency": "EURO"}, "currency"),
        ({"clientId": "x"}, "clientId"),
        ({"format": "docx"}, "format"),
    ],
    ids=["backwards", "no-day", "a-number", "no-currency", "no-id", "no-format"],
)
async def test_questions_that_make_no_sense_are_refused(desk: Desk, params: dict[str, str], field: str) -> None:
    answer = await asked(desk, **params)
    assert answer.status_code == 400, answer.text
    assert field in [error["field"].removeprefix("query.") for error in answer.json()["errors"]]
    assert (await desk.http.get(STATEMENT)).json()["errors"][0]["field"] == "clientId"


async def test_the_pdf_says_the_same(desk: Desk) -> None:
    invoice = await desk.invoice(amount=1234.5, issueDate="2026-01-10")
    await paid(desk, invoice, 234.5, "2026-01-15")
    note = await credited(desk, invoice, amount=100)
    path = f"{STATEMENT}?from=2026-01-01&to=2030-12-31"
    answer = await desk.client.http.get(path, headers={"Accept": "application/pdf"})
    assert answer.headers["content-type"] == "application/pdf"
    assert 'filename="statement-2030-12-31-EUR.pdf"' in answer.headers["content-disposition"]
    text = text_of(reader_of(answer.content))
    for shown in (
        *("Studio North", "Ada Lovelace", "Statement of account", "1 January 2026 to 31 December 2030"),
        *("Invoice INV-0001 1,234.50 EUR 1,234.50 EUR", "Payment for invoice INV-0001, bank transfer -234.50 EUR"),
        f"Credit note {note['number']} for invoice INV-0001 -100.00 EUR 900.00 EUR",
    ):
        assert shown in text
    forced = await desk.client.http.get(f"{path}&format=json", headers={"Accept": "application/pdf"})
    assert forced.json()["closing"] == 900
    empty = await desk.client.http.get(f"{STATEMENT}?format=pdf&to=2020-01-01")
    assert "Nothing happened in this period." in text_of(reader_of(empty.content))
