"""The page on which an invoice is paid, and TRUST 14: whatever the provider does, one checkout a try, and the truth."""

import asyncio
import re
import time
from typing import Any

import pytest

from services.billing.checkouts.reconciliation import reconcile
from services.billing.providers.protocol import PROVIDER_DEADLINE_S
from services.billing.tests.conftest import Till
from tests.fakes.stripe_server import SESSIONS, Mode

ANSWERED_WITHIN_S = 10


async def statuses(till: Till, invoice: dict[str, Any]) -> list[str]:
    """Of the invoice's checkouts, oldest first."""
    async with till.house.database("billing").reader(till.agency.id) as reader:
        rows = await reader.fetch("SELECT status FROM checkouts WHERE invoice_id = $1 ORDER BY id", invoice["id"])
    return [row["status"] for row in rows]


async def test_the_page_shows_what_is_due_and_one_button(till: Till) -> None:
    invoice = await till.invoice(1499.5)
    page = await till.house.gateway.get(invoice["paymentUrl"])
    assert page.status_code == 200
    assert "1,499.50 EUR" in page.text
    assert "INV-0001" in page.text
    assert "Studio North" in page.text
    assert page.text.count("<button") == 1


async def test_showing_the_page_writes_nothing(till: Till) -> None:
    invoice = await till.invoice()
    before = len(till.stripe.requests)
    for _ in range(3):
        await till.house.gateway.get(invoice["paymentUrl"])
    assert len(till.stripe.requests) == before
    assert await statuses(till, invoice) == []
    assert (await till.reload(invoice))["status"] == "sent"


async def test_the_page_allows_no_script_and_no_style_but_its_own_sheet(till: Till) -> None:
    page = await till.house.gateway.get((await till.invoice())["paymentUrl"])
    policy = page.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert not re.search(r"style=|<style|<script", page.text)
    (sheet,) = re.findall(r'<link rel="stylesheet" href="([^"]+)"', page.text)
    answer = await till.house.gateway.get(sheet)
    assert (answer.status_code, answer.headers["content-type"].partition(";")[0]) == (200, "text/css")


async def test_an_agencys_name_is_shown_as_text(till: Till) -> None:
    agency = await till.house.agency(name="<script>alert(1)</script>")
    client = await agency.client()
    made = await agency.http.post(
        "/api/invoices", json={"amount": 1, "currency": "EUR", "dueDate": "2030-01-01", "clientId": client.id}
    )
    page = await till.house.gateway.get(made.json()["paymentUrl"])
    assert "<script" not in page.text
    assert "&lt;script&gt;" in page.text


@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_a_wrong_link_shows_the_same_whatever_is_wrong(till: Till, method: str) -> None:
    invoice, draft = await till.invoice(), await till.invoice(draft=True)
    async with till.house.database("billing").reader(till.agency.id) as reader:
        draft_key = await reader.fetchval("SELECT pay_key FROM invoices WHERE id = $1", draft["id"])
    key = invoice["paymentUrl"].partition("k=")[2]
    paths = [
        f"/pay/{invoice['id']}",
        f"/pay/{invoice['id']}?k=",
        f"/pay/{invoice['id']}?k={key[:-1]}",
        f"/pay/{invoice['id']}?k=%C3%A9%00",
        f"/pay/01900000-0000-7000-8000-000000000000?k={key}",
        f"/pay/no-id?k={key}",
        f"/pay/{draft['id']}?k={draft_key}",
        f"/pay/{draft['id']}?k={key}",
    ]
    answers = [await till.house.gateway.request(method, path) for path in paths]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.text for answer in answers}) == 1


async def test_each_press_of_pay_opens_a_fresh_checkout_for_what_is_due(till: Till) -> None:
    invoice = await till.invoice(100)
    first = await till.checkout(invoice)
    await till.agency.http.post(f"/api/invoices/{invoice['id']}/payments", json={"amount": 30})
    second = await till.checkout(invoice)
    assert first["id"] != second["id"]
    assert (first["amount_total"], second["amount_total"]) == (10000, 7000)


async def test_the_checkout_names_invoice_and_agency_and_our_own_key(till: Till) -> None:
    invoice = await till.invoice()
    session = await till.checkout(invoice)
    assert session["metadata"]["invoice_id"] == invoice["id"]
    assert session["metadata"]["agency_id"] == till.agency.id
    sent = till.stripe.requests[-1]
    assert sent.headers["idempotency-key"] == f"portico-checkout-{session['client_reference_id']}"
    assert sent.form["success_url"].startswith(invoice["paymentUrl"])


async def test_a_connection_dropped_after_the_commit_is_healed_at_once(till: Till) -> None:
    invoice = await till.invoice()
    till.stripe.next(Mode.DROP)
    session = await till.checkout(invoice)
    assert till.stripe.sessions_of(invoice["id"]) == [session]
    assert await statuses(till, invoice) == ["open"]


async def test_a_provider_that_commits_and_never_says_so_is_found_out_later(till: Till) -> None:
    invoice = await till.invoice()
    till.stripe.next(Mode.DROP, Mode.DROP)
    answer = await till.house.gateway.post(invoice["paymentUrl"])
    assert answer.status_code == 503
    assert "try again" in answer.text
    assert await statuses(till, invoice) == ["opening"]
    (session,) = till.stripe.sessions_of(invoice["id"])
    till.stripe.pay(session["id"])
    await till.reconcile()
    assert till.stripe.sessions_of(invoice["id"]) == [session]
    assert await statuses(till, invoice) == ["paid"]
    assert (await till.reload(invoice))["status"] == "paid"


async def test_a_webhook_about_a_checkout_we_were_never_told_of_is_believed(till: Till) -> None:
    invoice = await till.invoice()
    till.stripe.next(Mode.DROP, Mode.DROP)
    await till.house.gateway.post(invoice["paymentUrl"])
    (session,) = till.stripe.sessions_of(invoice["id"])
    assert await till.deliver(*till.stripe.signed(till.stripe.pay(session["id"]))) == 200
    assert (await till.reload(invoice))["status"] == "paid"


async def test_a_provider_that_answers_500_has_one_checkout_and_the_payer_is_told(till: Till) -> None:
    invoice = await till.invoice()
    till.stripe.next(Mode.BREAK)
    answer = await till.house.gateway.post(invoice["paymentUrl"])
    assert answer.status_code == 503
    assert len(till.stripe.sessions_of(invoice["id"])) == 1
    assert await statuses(till, invoice) == ["opening"]
    # Stripe repeats a 500 for its key; once the key is forgotten the try is over.
    await till.reconcile()
    assert await statuses(till, invoice) == ["opening"]
    till.house.clock.advance(days=1)
    await till.reconcile()
    assert await statuses(till, invoice) == ["ended"]
    assert len(till.stripe.sessions_of(invoice["id"])) == 1


async def test_a_provider_that_hangs_keeps_nobody_waiting(till: Till) -> None:
    assert PROVIDER_DEADLINE_S < ANSWERED_WITHIN_S
    invoice = await till.invoice()
    till.stripe.next(Mode.HANG)
    async with asyncio.timeout(ANSWERED_WITHIN_S):
        answer = await till.house.gateway.post(invoice["paymentUrl"])
    assert answer.status_code == 503
    await till.reconcile()
    assert await statuses(till, invoice) == ["open"]
    assert len(till.stripe.sessions_of(invoice["id"])) == 1


async def test_a_hanging_provider_holds_no_database_connection(till: Till) -> None:
    invoices = [await till.invoice() for _ in range(12)]
    till.stripe.next(*[Mode.HANG] * 12)
    presses = [asyncio.create_task(till.house.gateway.post(invoice["paymentUrl"])) for invoice in invoices]
    await till.house.eventually(lambda: _hanging(till))
    assert (await till.reload(invoices[0]))["status"] == "sent"
    assert {(await press).status_code for press in presses} == {503}


async def _hanging(till: Till) -> bool:
    return not till.stripe.modes


@pytest.mark.parametrize("mode", [Mode.REFUSE, Mode.REFUSE_CARD])
async def test_a_refused_checkout_is_over_and_the_payer_is_told(till: Till, mode: Mode) -> None:
    invoice = await till.invoice()
    till.stripe.next(mode)
    answer = await till.house.gateway.post(invoice["paymentUrl"])
    assert answer.status_code == 409
    assert "another way to pay" in answer.text
    assert await statuses(till, invoice) == ["failed"]
    await till.checkout(invoice)


async def test_an_amount_that_stripe_cannot_count_is_refused_before_it_is_asked(till: Till) -> None:
    invoice = await till.invoice(12.345, "KWD")
    answer = await till.house.gateway.post(invoice["paymentUrl"])
    assert answer.status_code == 409
    assert till.stripe.sessions_of(invoice["id"]) == []


async def test_a_lost_webhook_is_found_by_reconciliation_once(till: Till) -> None:
    invoice = await till.invoice()
    session = await till.checkout(invoice)
    event = till.stripe.pay(session["id"])
    await till.reconcile()
    assert (await till.reload(invoice))["status"] == "paid"
    await till.reconcile()
    till.house.clock.reset()
    assert await till.deliver(*till.stripe.signed(event)) == 200
    assert len(await till.payments(invoice)) == 1
    assert await till.verdicts() == ["duplicate"]


async def test_reconciliation_and_webhook_at_once_pay_once(till: Till) -> None:
    invoice = await till.invoice()
    event = till.stripe.pay((await till.checkout(invoice))["id"])
    signed = till.stripe.signed(event, at=time.time() + 3660)
    await asyncio.gather(till.reconcile(), *(till.deliver(*signed) for _ in range(5)))
    assert len(await till.payments(invoice)) == 1


async def test_checkouts_of_a_paid_invoice_are_closed_at_the_provider(till: Till) -> None:
    invoice = await till.invoice()
    left, used = await till.checkout(invoice), await till.checkout(invoice)
    await till.deliver(*till.stripe.signed(till.stripe.pay(used["id"])))
    await till.reconcile()
    assert left["status"] == "expired"
    assert await statuses(till, invoice) == ["ended", "paid"]


async def test_checkouts_of_a_void_invoice_are_closed_at_the_provider(till: Till) -> None:
    invoice = await till.invoice()
    session = await till.checkout(invoice)
    await till.agency.http.post(f"/api/invoices/{invoice['id']}/void")
    await till.reconcile()
    assert session["status"] == "expired"
    assert await statuses(till, invoice) == ["ended"]


async def test_an_expired_checkout_is_left_alone_afterwards(till: Till) -> None:
    invoice = await till.invoice()
    session = await till.checkout(invoice)
    session["status"] = "expired"
    await till.reconcile()
    assert await statuses(till, invoice) == ["ended"]
    asked = len(till.stripe.requests)
    await till.reconcile()
    assert [r.path for r in till.stripe.requests[asked:] if session["id"] in r.path] == []


async def test_a_quick_look_is_not_taken_at_fresh_checkouts(till: Till) -> None:
    session = await till.checkout(await till.invoice())
    await reconcile(till.house.apps["billing"].state.context)
    assert f"{SESSIONS}/{session['id']}" not in [request.path for request in till.stripe.requests]


@pytest.mark.parametrize("state", ["paid", "void"])
async def test_what_is_settled_cannot_be_paid(till: Till, state: str) -> None:
    invoice = await till.invoice()
    if state == "paid":
        await till.agency.http.post(f"/api/invoices/{invoice['id']}/payments", json={"amount": 100})
    else:
        await till.agency.http.post(f"/api/invoices/{invoice['id']}/void")
    page = await till.house.gateway.get(invoice["paymentUrl"])
    assert "<button" not in page.text
    assert (await till.house.gateway.post(invoice["paymentUrl"])).status_code == 409
    assert till.stripe.sessions_of(invoice["id"]) == []


async def test_nobody_opens_checkouts_without_end(till: Till) -> None:
    invoice = await till.invoice()
    answers = [await till.house.gateway.post(invoice["paymentUrl"]) for _ in range(21)]
    assert [answer.status_code for answer in answers].count(429) >= 1
    assert answers[-1].status_code == 429
