"""Invoices through REST: what can be made, changed, sent, viewed, voided and deleted, and what is refused."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from services.billing.tests.factories import Desk, open_desk
from tests.house import House

PUBLIC_KEYS = {
    *("id", "number", "status", "clientId", "client", "projectId", "currency", "lines", "taxInclusive", "discount"),
    *("subtotal", "discountTotal", "taxes", "taxTotal", "amount"),
    *("amountCredited", "amountPaid", "amountDue", "amountOverpaid", "issueDate", "dueDate"),
    *("deposit", "depositAmount", "depositDue", "allowPartialPayments", "minimumPayment"),
    *("overdue", "notes", "paymentUrl", "sentAt", "viewedAt", "paidAt", "createdAt", "updatedAt"),
}


@pytest.fixture
async def desk(house: House) -> Desk:
    return await open_desk(house)


async def test_an_amount_becomes_an_issued_invoice_with_number_and_payment_link(desk: Desk) -> None:
    answer = await desk.create(amount=1499.5, sendEmail=True)
    invoice = answer.json()
    assert (answer.status_code, invoice["status"], invoice["number"]) == (201, "sent", "INV-0001")
    assert (invoice["amount"], invoice["amountDue"], invoice["currency"]) == (1499.5, 1499.5, "EUR")
    assert invoice["paymentUrl"].startswith(f"http://localhost:8080/pay/{invoice['id']}?k=")
    assert invoice["issueDate"] == datetime.now(UTC).date().isoformat()
    assert invoice["client"] == {
        "id": desk.client.id,
        "name": "Ada Lovelace",
        "email": desk.client.email,
        "company": None,
    }


async def test_answers_carry_exactly_the_documented_fields(desk: Desk) -> None:
    invoice = await desk.invoice()
    assert set(invoice) == PUBLIC_KEYS
    of_client = (await desk.client.http.get(f"/api/invoices/{invoice['id']}")).json()
    assert set(of_client) == PUBLIC_KEYS - {"viewedAt"}


async def test_lines_are_totalled_with_taxes_and_discounts(desk: Desk) -> None:
    invoice = await desk.invoice(
        lines=[
            {"description": "Design", "quantity": 3, "unitPrice": 33.33, "taxRate": 19, "taxName": "VAT"},
            {"description": "Books", "unitPrice": 20, "taxRate": 7, "discount": {"type": "percent", "value": 10}},
        ],
        discount={"type": "amount", "value": 17.99},
    )
    assert [line["amount"] for line in invoice["lines"]] == [99.99, 18]
    assert (invoice["subtotal"], invoice["discountTotal"]) == (117.99, 17.99)
    assert invoice["taxes"] == [
        {"name": None, "rate": 7, "base": 15.26, "amount": 1.07},
        {"name": "VAT", "rate": 19, "base": 84.74, "amount": 16.1},
    ]
    assert (invoice["taxTotal"], invoice["amount"]) == (17.17, 117.17)


async def test_tax_may_be_within_the_prices(desk: Desk) -> None:
    invoice = await desk.invoice(lines=[{"description": "Design", "unitPrice": 119, "taxRate": 19}], taxInclusive=True)
    assert (invoice["amount"], invoice["taxTotal"], invoice["taxes"][0]["base"]) == (119, 19, 100)


async def test_a_draft_has_no_number_and_no_payment_link(desk: Desk) -> None:
    draft = await desk.invoice(draft=True)
    assert (draft["status"], draft["number"], draft["paymentUrl"], draft["issueDate"]) == ("draft", None, None, None)


async def test_a_draft_never_reaches_its_client(desk: Desk) -> None:
    draft = await desk.invoice(draft=True)
    assert (await desk.client.http.get("/api/invoices")).json() == []
    for path in ("", "/pdf", "/payments"):
        assert (await desk.client.http.get(f"/api/invoices/{draft['id']}{path}")).status_code == 404
    assert (await desk.client.http.post(f"/api/invoices/{draft['id']}/view")).status_code == 404


async def test_the_agencys_currency_is_taken_when_none_is_named(desk: Desk) -> None:
    body = desk.body()
    del body["currency"]
    assert (await desk.http.post("/api/invoices", json=body)).json()["currency"] == "USD"


async def test_list_and_single_show_the_same(desk: Desk) -> None:
    made = [
        await desk.invoice(amount=0.01),
        await desk.invoice(amount=5000, currency="JPY", notes="A\nB", issueDate="2026-01-01"),
        await desk.invoice(amount=1.234, currency="KWD", draft=True),
        await desk.invoice(
            lines=[{"description": 'Ä "q" </script>', "quantity": 0.3333, "unitPrice": 100.1, "taxRate": 8.875}],
            discount={"type": "percent", "value": 12.5},
            dueDate="2020-01-01",
        ),
    ]
    await desk.act(made[0], "payments", amount=0.01)
    await desk.act(made[1], "payments", amount=1)
    await desk.client.http.post(f"/api/invoices/{made[3]['id']}/view")
    listed = (await desk.http.get("/api/invoices")).json()
    assert listed == [await desk.reload(invoice) for invoice in reversed(made)]
    of_client = (await desk.client.http.get("/api/invoices")).json()
    singles = [(await desk.client.http.get(f"/api/invoices/{one['id']}")).json() for one in (made[3], made[1], made[0])]
    assert of_client == singles


async def test_creating_and_reading_show_the_same(desk: Desk) -> None:
    for more in ({}, {"draft": True}):
        invoice = await desk.invoice(**more)
        assert invoice == await desk.reload(invoice)


async def test_lists_come_in_pages_newest_first(desk: Desk) -> None:
    made = [(await desk.invoice())["number"] for _ in range(5)]
    seen, path = [], "/api/invoices?limit=2"
    while path:
        answer = await desk.http.get(path)
        seen.append([invoice["number"] for invoice in answer.json()])
        path = answer.links.get("next", {}).get("url", "")
    assert seen == [made[4:2:-1], made[2:0:-1], [made[0]]]


async def test_lists_are_filtered(desk: Desk) -> None:
    other = await desk.agency.client("Grace 100%_Hopper", company="Navy")
    sent, draft = await desk.invoice(), await desk.invoice(draft=True)
    theirs = await desk.invoice(clientId=other.id)
    await desk.act(sent, "void")

    async def ids(query: str) -> list[str]:
        return [one["id"] for one in (await desk.http.get(f"/api/invoices?{query}")).json()]

    assert await ids("status=draft") == [draft["id"]]
    assert await ids("status=void") == [sent["id"]]
    assert await ids("open=true") == [theirs["id"]]
    assert await ids("open=false") == [draft["id"], sent["id"]]
    assert await ids(f"clientId={other.id}") == [theirs["id"]]
    assert await ids("q=hopper") == [theirs["id"]]
    assert await ids("q=navy") == [theirs["id"]]
    assert await ids("q=INV-0002") == [theirs["id"]]
    assert await ids("q=100%25_") == [theirs["id"]]
    assert await ids("q=1%25_0") == []
    assert await ids(f"projectId={uuid4()}") == []


@pytest.mark.parametrize(
    "query", ["status=lost", "limit=0", "limit=201", "clientId=1", "cursor=%21", "q=a%00b", "q=" + "x" * 201]
)
async def test_filters_that_make_no_sense_are_refused(desk: Desk, query: str) -> None:
    assert (await desk.http.get(f"/api/invoices?{query}")).status_code == 400


async def test_another_agencys_client_is_refused_like_one_that_does_not_exist(desk: Desk, house: House) -> None:
    stranger = await open_desk(house)
    foreign = await desk.create(clientId=stranger.client.id)
    random = await desk.create(clientId=str(uuid4()))
    assert (foreign.status_code, foreign.json()["errors"]) == (random.status_code, random.json()["errors"])


async def test_the_largest_invoice_has_a_thousand_lines(desk: Desk) -> None:
    invoice = await desk.invoice(lines=[{"description": f"Line {n}", "unitPrice": 0.01} for n in range(1000)])
    assert (len(invoice["lines"]), invoice["amount"]) == (1000, 10)


async def test_a_draft_is_changed_and_totalled_anew(desk: Desk) -> None:
    draft = await desk.invoice(draft=True, lines=[{"description": "Work", "unitPrice": 100, "taxRate": 10}])
    path = f"/api/invoices/{draft['id']}"
    changed = (
        await desk.http.patch(path, json={"taxInclusive": True, "notes": "Thanks", "dueDate": "2031-01-01"})
    ).json()
    assert (changed["amount"], changed["taxTotal"], changed["notes"]) == (100, 9.09, "Thanks")
    assert changed["dueDate"] == "2031-01-01"
    discounted = (await desk.http.patch(path, json={"discount": {"type": "percent", "value": 50}})).json()
    assert discounted["amount"] == 50
    assert (await desk.http.patch(path, json={"discount": None})).json()["amount"] == 100
    dollars = (await desk.http.patch(path, json={"amount": 7, "currency": "USD"})).json()
    assert (dollars["amount"], dollars["currency"], len(dollars["lines"])) == (7, "USD", 1)
    assert dollars == await desk.reload(draft)


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"amount": None},
        {"amount": 0},
        {"dueDate": None},
        {"clientId": None},
        {"notes": None},
        {"currency": "JPY"},
        {"amount": 1, "lines": [{"description": "x", "unitPrice": 1}]},
        {"status": "paid"},
        {"paymentUrl": "https://evil.test"},
        {"issueDate": "2040-01-01"},
        {"clientId": "01900000-0000-7000-8000-000000000000"},
    ],
)
async def test_a_change_that_makes_no_sense_is_refused_whole(desk: Desk, change: dict[str, Any]) -> None:
    draft = await desk.invoice(draft=True)
    answer = await desk.http.patch(f"/api/invoices/{draft['id']}", json=change)
    assert answer.status_code == 400, answer.text
    assert await desk.reload(draft) == draft


async def test_an_issued_invoice_is_neither_changed_nor_deleted(desk: Desk) -> None:
    invoice = await desk.invoice()
    path = f"/api/invoices/{invoice['id']}"
    for answer in (await desk.http.patch(path, json={"notes": "x"}), await desk.http.delete(path)):
        assert (answer.status_code, answer.json()["code"]) == (409, "invoice_not_draft")
    assert await desk.reload(invoice) == invoice


async def test_a_draft_is_deleted_for_good(desk: Desk) -> None:
    draft = await desk.invoice(draft=True)
    answer = await desk.http.delete(f"/api/invoices/{draft['id']}")
    assert (answer.status_code, answer.json()) == (200, {"id": draft["id"], "deleted": True})
    assert (await desk.http.get(f"/api/invoices/{draft['id']}")).status_code == 404
    assert (await desk.announced(draft))[-1] == "events.billing.invoice.deleted"


async def test_a_stale_change_is_refused_by_its_etag(desk: Desk) -> None:
    draft = await desk.invoice(draft=True)
    path = f"/api/invoices/{draft['id']}"
    seen = (await desk.http.get(path)).headers["etag"]
    fresh = await desk.http.patch(path, json={"notes": "first"}, headers={"If-Match": seen})
    assert (fresh.status_code, fresh.headers["etag"] != seen) == (200, True)
    for method in ("PATCH", "DELETE"):
        body = {"json": {"notes": "second"}} if method == "PATCH" else {}
        stale = await desk.http.request(method, path, headers={"If-Match": seen}, **body)
        assert stale.status_code == 412
    assert (await desk.reload(draft))["notes"] == "first"


async def test_a_draft_is_issued_once_and_then_sent_again(desk: Desk) -> None:
    draft = await desk.invoice(draft=True)
    sent = (await desk.act(draft, "send")).json()
    again = (await desk.act(draft, "send", sendEmail=False)).json()
    assert (sent["status"], sent["number"], again["number"]) == ("sent", "INV-0001", "INV-0001")
    assert [name.rpartition(".")[2] for name in await desk.announced(draft)] == ["created", "sent", "sent"]


async def test_an_invoice_is_not_mailed_to_a_client_without_an_address(desk: Desk) -> None:
    draft = await desk.invoice(draft=True)
    async with desk.house.database("billing").unit(UUID(desk.agency.id)) as session:
        await (await session.connection()).exec_driver_sql("UPDATE clients SET email = NULL")
    for refused in (await desk.create(sendEmail=True), await desk.act(draft, "send")):
        assert (refused.status_code, refused.json()["code"]) == (409, "client_has_no_email")
    assert (await desk.act(draft, "send", sendEmail=False)).json()["number"] == "INV-0001"


async def test_only_the_clients_own_opening_counts_as_viewed_and_only_once(desk: Desk) -> None:
    invoice = await desk.invoice()
    path = f"/api/invoices/{invoice['id']}"
    for http in (desk.http, desk.client.http):
        for what in (path, f"{path}/pdf", f"{path}/payments"):
            assert (await http.get(what)).status_code == 200
    assert (await desk.reload(invoice))["status"] == "sent"
    assert (await desk.http.post(f"{path}/view")).status_code == 403
    seen = await desk.client.http.post(f"{path}/view")
    assert (seen.status_code, seen.json()["status"]) == (200, "viewed")
    await desk.client.http.post(f"{path}/view")
    assert (await desk.announced(invoice)).count("events.billing.invoice.viewed") == 1


async def test_a_client_may_open_an_invoice_with_the_token_in_the_body(desk: Desk) -> None:
    invoice = await desk.invoice()
    answer = await desk.house.gateway.post(f"/api/invoices/{invoice['id']}/view", json={"token": desk.client.token})
    assert answer.status_code == 200, answer.text


async def test_a_void_invoice_keeps_its_number_and_owes_nothing(desk: Desk) -> None:
    invoice = await desk.invoice()
    void = (await desk.act(invoice, "void")).json()
    assert (void["status"], void["number"], void["amountDue"], void["overdue"]) == ("void", "INV-0001", 0, False)
    for verb, body in (("void", {}), ("send", {}), ("payments", {"amount": 1})):
        assert (await desk.act(invoice, verb, **body)).json()["code"] == "invoice_void"


async def test_a_draft_can_neither_be_voided_nor_paid(desk: Desk) -> None:
    draft = await desk.invoice(draft=True)
    for verb, body in (("void", {}), ("payments", {"amount": 1})):
        answer = await desk.act(draft, verb, **body)
        assert (answer.status_code, answer.json()["code"]) == (409, "invoice_not_issued")


async def test_overdue_is_a_question_of_the_day(desk: Desk) -> None:
    today = datetime.now(UTC).date()
    invoice = await desk.invoice(dueDate=today.isoformat())
    assert invoice["overdue"] is False
    desk.house.clock.advance(days=1)
    assert (await desk.reload(invoice))["overdue"] is True
    assert (await desk.http.get("/api/invoices")).json()[0]["overdue"] is True
    await desk.act(invoice, "payments", amount=100)
    assert (await desk.reload(invoice))["overdue"] is False


async def test_a_due_date_may_have_passed_when_no_issue_date_is_given(desk: Desk) -> None:
    yesterday = datetime.now(UTC).date() - timedelta(days=1)
    assert (await desk.invoice(dueDate=yesterday.isoformat()))["overdue"] is True
