"""Payments in the dashboard: found with their invoice and client, and given back only after asking."""

from playwright.async_api import expect

from tests.browser.papers import act, an_invoice, now
from tests.browser.people import a_client, a_member_at
from tests.browser.visit import Visit
from tests.browser.work import wrong_with
from tests.house import House


async def test_payments_are_listed_by_invoice_and_client(house: House, visit: Visit, phone: Visit) -> None:
    agency, client = await a_client(house, name="Ada Byron")
    other = await agency.client(name="W" * 200)
    for one in (client, other):
        invoice = await an_invoice(one)
        await act(agency, f"/api/invoices/{invoice['id']}/payments", amount=100, method="cash")
    await a_member_at(visit, agency, "/app/payments")
    rows = visit.page.get_by_role("table").locator(".row-way")
    await expect(rows).to_have_text(["INV-0002", "INV-0001"])
    await visit.page.get_by_role("combobox", name="Any client").fill("Ada")
    await visit.page.get_by_role("option", name="Ada Byron").click()
    await expect(rows).to_have_text(["INV-0001"])
    await expect(visit.page.get_by_role("row", name="INV-0001")).to_contain_text("Cash")
    await a_member_at(phone, agency, "/app/payments")
    await phone.page.get_by_role("table").wait_for()
    for reader in (visit, phone):
        assert await wrong_with(reader.page) == []


async def test_a_payment_is_refunded_in_part_and_cannot_be_beyond_it(house: House, visit: Visit, phone: Visit) -> None:
    agency, client = await a_client(house)
    invoice = await an_invoice(client)
    payment = await act(agency, f"/api/invoices/{invoice['id']}/payments", amount=100, note="First half")
    await a_member_at(visit, agency, f"/app/payments/{payment['id']}")
    page, dialog = visit.page, visit.page.get_by_role("dialog")
    await page.get_by_role("button", name="Refund").click()
    await dialog.get_by_label("Amount").fill("100.01")
    await dialog.get_by_role("button", name="Refund €100.01").click()
    await expect(dialog.get_by_text("Only €100.00 is left of it.")).to_be_visible()
    await dialog.get_by_label("Amount").fill("40")
    await dialog.get_by_label("Reason").fill("One page less")
    assert await wrong_with(page) == []
    assert await now(agency, f"/api/payments/{payment['id']}/refunds") == []
    await dialog.get_by_role("button", name="Refund €40.00").click()
    await expect(page.locator(".page-head .badge")).to_have_text("Partly refunded")
    await expect(page.get_by_role("region", name="Refunds")).to_contain_text("One page less")
    (refund,) = await now(agency, f"/api/payments/{payment['id']}/refunds")
    assert (refund["amount"], refund["status"], refund["reason"]) == (40, "succeeded", "One page less")
    await a_member_at(phone, agency, f"/app/payments/{payment['id']}")
    assert await wrong_with(phone.page) == []


async def test_only_owners_and_admins_are_offered_refunds(house: House, visit: Visit) -> None:
    agency, client = await a_client(house)
    invoice = await an_invoice(client)
    payment = await act(agency, f"/api/invoices/{invoice['id']}/payments", amount=100)
    member = await agency.member()
    token = member.headers["Authorization"].removeprefix("Bearer ")
    await a_member_at(visit, agency, f"/app/payments/{payment['id']}", token=token)
    await expect(visit.page.get_by_role("link", name="INV-0001")).to_be_visible()
    await expect(visit.page.get_by_role("button", name="Refund")).to_have_count(0)
