"""Credit notes: what they take back, never more than there is, and what becomes of their invoices."""

import asyncio
from typing import Any

import httpx
import pytest

from services.billing.tests.factories import Desk, open_desk
from services.billing.tests.test_papers import pdf_of, reader_of, text_of
from tests.house import House

KEYS = {
    *("id", "number", "invoiceId", "invoiceNumber", "clientId", "client", "projectId", "currency", "lines"),
    *("taxInclusive", "discount", "subtotal", "discountTotal", "taxes", "taxTotal", "amount", "reason", "issueDate"),
    "createdAt",
}
TAXED: list[dict[str, Any]] = [
    {"description": "Design", "quantity": 2, "unitPrice": 500, "taxRate": 19, "taxName": "VAT"},
    {"description": "Books", "unitPrice": 100, "taxRate": 7, "taxName": "VAT"},
]


@pytest.fixture
async def desk(house: House) -> Desk:
    return await open_desk(house)


async def try_to_credit(desk: Desk, invoice: dict[str, Any], **body: Any) -> httpx.Response:
    return await desk.http.post(f"/api/invoices/{invoice['id']}/credit-notes", json=body)


async def credit(desk: Desk, invoice: dict[str, Any], **body: Any) -> dict[str, Any]:
    answer = await try_to_credit(desk, invoice, **body)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def listed(http: httpx.AsyncClient, path: str) -> list[str]:
    answer = await http.get(path)
    assert answer.status_code == 200, answer.text
    return [note["number"] for note in answer.json()]


async def test_a_credit_note_takes_the_whole_of_an_invoice_with_its_lines_and_taxes(desk: Desk) -> None:
    invoice = await desk.invoice(lines=TAXED, discount={"type": "percent", "value": 10})
    note = await credit(desk, invoice, reason="Cancelled")
    assert set(note) == KEYS
    assert (note["number"], note["invoiceNumber"], note["reason"]) == ("CN-0001", "INV-0001", "Cancelled")
    same = ("lines", "discount", "subtotal", "discountTotal", "taxes", "taxTotal", "amount", "currency", "client")
    assert {name: note[name] for name in same} == {name: invoice[name] for name in same}
    after = await desk.reload(invoice)
    assert (after["amountCredited"], after["amountDue"], after["amountOverpaid"]) == (invoice["amount"], 0, 0)


async def test_an_invoice_that_is_credited_in_full_and_never_paid_is_void(desk: Desk) -> None:
    invoice = await desk.invoice()
    await credit(desk, invoice)
    assert (await desk.reload(invoice))["status"] == "void"
    assert (await desk.act(invoice, "payments", amount=1)).json()["code"] == "invoice_void"
    assert (await desk.announced(invoice))[-1] == "events.billing.invoice.voided"


async def test_an_invoice_whose_rest_is_credited_is_paid(desk: Desk) -> None:
    invoice = await desk.invoice()
    await desk.act(invoice, "payments", amount=60)
    await credit(desk, invoice, amount=40)
    after = await desk.reload(invoice)
    assert (after["status"], after["amountDue"], after["amountPaid"]) == ("paid", 0, 60)
    assert after["paidAt"]
    assert "events.billing.invoice.paid" in await desk.announced(invoice)


async def test_what_was_paid_beyond_shows_as_overpaid(desk: Desk) -> None:
    invoice = await desk.invoice()
    await desk.act(invoice, "payments", amount=100)
    await credit(desk, invoice, amount=30)
    after = await desk.reload(invoice)
    assert (after["status"], after["amountDue"], after["amountOverpaid"]) == ("paid", 0, 30)
    (in_list,) = (await desk.http.get("/api/invoices")).json()
    assert in_list == after


async def test_an_invoice_that_is_credited_and_paid_back_in_full_is_void(desk: Desk) -> None:
    invoice = await desk.invoice()
    payment = (await desk.act(invoice, "payments", amount=100)).json()
    await credit(desk, invoice)
    for amount in (30, 70):
        answer = await desk.http.post(f"/api/payments/{payment['id']}/refunds", json={"amount": amount})
        assert answer.status_code == 201, answer.text
    after = await desk.reload(invoice)
    assert (after["status"], after["amountPaid"], after["amountOverpaid"], after["paidAt"]) == ("void", 0, 0, None)
    assert (await desk.announced(invoice))[-1] == "events.billing.invoice.voided"


async def test_what_is_paid_back_beyond_what_was_credited_is_due_again(desk: Desk) -> None:
    invoice = await desk.invoice()
    payment = (await desk.act(invoice, "payments", amount=100)).json()
    await credit(desk, invoice, amount=30)
    await desk.http.post(f"/api/payments/{payment['id']}/refunds", json={"amount": 50})
    after = await desk.reload(invoice)
    assert (after["status"], after["amountDue"], after["paidAt"]) == ("partially_paid", 20, None)


async def test_a_part_leaves_the_rest_to_pay(desk: Desk) -> None:
    invoice = await desk.invoice()
    await desk.client.http.post(f"/api/invoices/{invoice['id']}/view")
    await credit(desk, invoice, amount=30)
    after = await desk.reload(invoice)
    assert (after["status"], after["amountCredited"], after["amountDue"]) == ("viewed", 30, 70)
    assert (await desk.act(invoice, "payments", amount=70.01)).json()["code"] == "payment_exceeds_amount_due"
    await desk.act(invoice, "payments", amount=70)
    assert (await desk.reload(invoice))["status"] == "paid"


async def test_an_amount_holds_its_tax_at_each_of_the_invoices_rates(desk: Desk) -> None:
    invoice = await desk.invoice(lines=TAXED)
    assert invoice["amount"] == 1297
    note = await credit(desk, invoice, amount=648.5)
    assert note["taxInclusive"] is True
    assert note["taxes"] == [
        {"name": "VAT", "rate": 7, "base": 50, "amount": 3.5},
        {"name": "VAT", "rate": 19, "base": 500, "amount": 95},
    ]
    assert [line["amount"] for line in note["lines"]] == [53.5, 595]
    rest = await credit(desk, invoice)
    assert rest["amount"] == 648.5


async def test_lines_are_taxed_at_the_invoices_rates(desk: Desk) -> None:
    invoice = await desk.invoice(lines=TAXED)
    note = await credit(desk, invoice, lines=[{"description": "Half", "unitPrice": 500, "taxRate": 19}])
    assert (note["subtotal"], note["taxTotal"], note["amount"]) == (500, 95, 595)
    assert note["lines"][0]["taxName"] == "VAT"
    single = await desk.invoice(lines=TAXED[:1])
    untold = await credit(desk, single, lines=[{"description": "Half", "unitPrice": 500}])
    assert (untold["lines"][0]["taxRate"], untold["amount"]) == (19, 595)


async def test_a_negative_quantity_takes_from_what_is_credited(desk: Desk) -> None:
    invoice = await desk.invoice(lines=TAXED[:1])
    lines = [{"description": "Back", "unitPrice": 500}, {"description": "Kept", "quantity": -0.5, "unitPrice": 100}]
    assert (await credit(desk, invoice, lines=lines))["subtotal"] == 450


@pytest.mark.parametrize(
    ("lines", "field"),
    [
        ([{"description": "x", "unitPrice": 1, "taxRate": 20}], "lines.0.taxRate"),
        ([{"description": "x", "unitPrice": 1}], "lines.0.taxRate"),
        ([{"description": "x", "unitPrice": 1, "quantity": -1, "taxRate": 7}], "lines"),
        ([{"description": "x", "unitPrice": 0, "taxRate": 7}], "lines"),
        ([{"description": "x", "unitPrice": 1, "quantity": 0, "taxRate": 7}], "lines.0.quantity"),
        (
            [
                {"description": "x", "unitPrice": 50, "taxRate": 19},
                {"description": "y", "unitPrice": 1, "quantity": -1, "taxRate": 7},
            ],
            "lines",
        ),
        ([], "lines"),
    ],
    ids=["another-rate", "no-rate", "negative", "nothing", "no-quantity", "one-rate-negative", "no-lines"],
)
async def test_lines_that_cannot_be_credited_are_refused(desk: Desk, lines: list[dict[str, Any]], field: str) -> None:
    invoice = await desk.invoice(lines=TAXED)
    answer = await try_to_credit(desk, invoice, lines=lines)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, field)
    assert (await desk.reload(invoice))["amountCredited"] == 0


@pytest.mark.parametrize(
    "body",
    [
        {"amount": 1, "lines": [{"description": "x", "unitPrice": 1}]},
        *({"amount": 0}, {"amount": -1}, {"amount": 1.001}, {"lines": None, "unknown": 1}, {"reason": 7}),
    ],
    ids=["both", "nothing", "negative", "too-fine", "unknown", "no-text"],
)
async def test_bodies_that_say_nothing_sensible_are_refused(desk: Desk, body: dict[str, Any]) -> None:
    assert (await try_to_credit(desk, await desk.invoice(), **body)).status_code == 400


async def test_no_more_than_the_invoice_is_credited_in_all_or_at_one_rate(desk: Desk) -> None:
    invoice = await desk.invoice(lines=TAXED)
    refused = {"title": "Conflict", "code": "credit_exceeds_invoice"}
    for body in (
        {"amount": 1297.01},
        {"lines": [{"description": "x", "unitPrice": 100.01, "taxRate": 7}]},
        {"lines": [{"description": "x", "unitPrice": 1000.01, "taxRate": 19}]},
    ):
        answer = await try_to_credit(desk, invoice, **body)
        assert (answer.status_code, {name: answer.json()[name] for name in refused}) == (409, refused)
    await credit(desk, invoice, amount=1297)
    assert (await try_to_credit(desk, invoice)).json()["code"] == "invoice_void"


async def test_a_paid_invoice_is_credited_once_and_no_more(desk: Desk) -> None:
    invoice = await desk.invoice()
    await desk.act(invoice, "payments", amount=100)
    await credit(desk, invoice)
    assert (await try_to_credit(desk, invoice)).json()["code"] == "credit_exceeds_invoice"
    assert (await desk.reload(invoice))["status"] == "paid"


async def test_drafts_and_void_invoices_are_not_credited(desk: Desk) -> None:
    draft, void = await desk.invoice(draft=True), await desk.invoice()
    await desk.act(void, "void")
    assert (await try_to_credit(desk, draft)).json()["code"] == "invoice_not_issued"
    assert (await try_to_credit(desk, void)).json()["code"] == "invoice_void"


async def test_many_at_once_credit_no_more_than_there_is_and_leave_no_gap(desk: Desk) -> None:
    invoice = await desk.invoice(amount=100)
    answers = await asyncio.gather(*(try_to_credit(desk, invoice, amount=15) for _ in range(12)))
    assert sorted(answer.status_code for answer in answers) == [201] * 6 + [409] * 6
    assert (await desk.reload(invoice))["amountDue"] == 10
    notes = await listed(desk.http, f"/api/invoices/{invoice['id']}/credit-notes")
    assert notes == [f"CN-000{number}" for number in (6, 5, 4, 3, 2, 1)]
    await credit(desk, await desk.invoice())
    assert (await listed(desk.http, "/api/credit-notes"))[0] == "CN-0007"


async def test_a_client_reads_its_own_and_nobody_elses(desk: Desk) -> None:
    colleague = await desk.agency.client()
    mine, theirs = await desk.invoice(), await desk.invoice(clientId=colleague.id)
    note, foreign = await credit(desk, mine, amount=5, reason="Sorry"), await credit(desk, theirs, amount=5)
    assert await listed(desk.client.http, "/api/credit-notes") == ["CN-0001"]
    assert await listed(desk.client.http, f"/api/credit-notes?clientId={colleague.id}") == []
    assert (await desk.client.http.get(f"/api/credit-notes/{note['id']}")).json() == note
    random = "01900000-0000-7000-8000-000000000000"
    for path in ("/api/credit-notes/{}", "/api/credit-notes/{}/pdf"):
        answers = [await desk.client.http.get(path.format(id)) for id in (foreign["id"], random)]
        assert {answer.status_code for answer in answers} == {404}
        assert answers[0].json()["detail"] == answers[1].json()["detail"]
    assert (await desk.client.http.get(f"/api/invoices/{theirs['id']}/credit-notes")).status_code == 404
    refused = await desk.client.http.post(f"/api/invoices/{mine['id']}/credit-notes", json={})
    assert (refused.status_code, refused.json()["code"]) == (403, "staff_only")


async def test_another_agency_finds_nothing(desk: Desk, house: House) -> None:
    stranger = await open_desk(house)
    invoice = await desk.invoice()
    note = await credit(desk, invoice, amount=5)
    assert (await stranger.http.get(f"/api/credit-notes/{note['id']}")).status_code == 404
    assert (await try_to_credit(stranger, invoice, amount=5)).status_code == 404
    assert await listed(stranger.http, "/api/credit-notes") == []


async def test_the_list_is_filtered_searched_and_as_the_note_itself(desk: Desk) -> None:
    first, second = await desk.invoice(lines=TAXED), await desk.invoice(currency="JPY", amount=500)
    note = await credit(desk, first, lines=[{"description": "x", "unitPrice": 0.5, "taxRate": 19}])
    await credit(desk, second, amount=3)
    assert (await desk.http.get(f"/api/credit-notes?invoiceId={first['id']}")).json() == [note]
    for q, found in (("cn-0001", 1), ("INV-0002", 1), ("ada", 2), ("%", 0), ("nobody", 0)):
        assert (
            len(await listed(desk.http, f"/api/credit-notes?q={httpx.QueryParams(q=q)['q']}".replace("%", "%25")))
            == found
        )
    page = await desk.http.get("/api/credit-notes?limit=1")
    assert [one["number"] for one in page.json()] == ["CN-0002"]
    assert 'rel="next"' in page.headers["link"]


async def test_a_credit_note_is_never_changed(desk: Desk) -> None:
    note = await credit(desk, await desk.invoice(), amount=5)
    answer = await desk.http.get(f"/api/credit-notes/{note['id']}")
    assert answer.headers["etag"] == '"1"'
    async with desk.house.database("billing").reader(desk.agency.id) as reader:
        rights = await reader.fetch(
            "SELECT privilege_type FROM information_schema.role_table_grants"
            " WHERE table_name = 'credit_notes' AND grantee = current_user"
        )
    assert {row["privilege_type"] for row in rights} == {"SELECT", "INSERT"}


async def test_the_paper_shows_what_is_credited_and_the_invoice_says_so_too(desk: Desk) -> None:
    invoice = await desk.invoice(lines=TAXED)
    note = await credit(desk, invoice, amount=648.5, reason="<b>Late</b> #delivery")
    page = await desk.http.get(f"/api/credit-notes/{note['id']}/pdf")
    assert "<b>Late" not in page.text
    pdf = await desk.client.http.get(f"/api/credit-notes/{note['id']}/pdf", headers={"Accept": "application/pdf"})
    assert 'filename="CN-0001.pdf"' in pdf.headers["content-disposition"]
    text = text_of(reader_of(pdf.content))
    for shown in ("Credit note CN-0001", "INV-0001", "648.50 EUR", "VAT 19 % on 500.00 EUR", "<b>Late</b> #delivery"):
        assert shown in text
    text = text_of(await pdf_of(desk, invoice))
    assert "Credited 648.50 EUR Amount due 648.50 EUR" in text
    await credit(desk, invoice)
    text = text_of(await pdf_of(desk, invoice))
    assert "Credited" in text
    assert "VOID" not in text


async def test_it_is_announced_with_what_rest_shows_and_mailed_when_asked(desk: Desk) -> None:
    invoice = await desk.invoice()
    note = await credit(desk, invoice, amount=5, sendEmail=True)
    assert await desk.announced(note) == ["events.billing.credit_note.created"]
    nobody = await desk.agency.made("/api/companies", {"name": "Engines"})
    contact = await desk.agency.made(f"/api/companies/{nobody['id']}/clients", {"name": "No address"})
    unreachable = await desk.invoice(clientId=contact["id"])
    assert (await try_to_credit(desk, unreachable, sendEmail=True)).json()["code"] == "client_has_no_email"
