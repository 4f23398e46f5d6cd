"""Quotes in the dashboard: written by keyboard with totals as the server has them, kept, sent, changed and followed."""

import re
from typing import Any

import pytest
from playwright.async_api import Page, expect

from chassis.money import _EXPONENT_OF
from tests.browser.papers import a_quote, cell, choose_client, line, now, total
from tests.browser.people import a_client, a_member_at, toast
from tests.browser.visit import Visit
from tests.browser.work import wrong_with
from tests.house import House

TOTALS = ("subtotal", "discountTotal", "taxes", "taxTotal", "amount")
OFF = {"type": "percent", "value": 33.333}
PAPERS: list[dict[str, Any]] = [
    {"currency": "EUR", "lines": [{"unitPrice": 0.15, "quantity": 0.5}, {"unitPrice": 0.05, "quantity": 0.5}]},
    {"currency": "EUR", "lines": [{"unitPrice": 10.01, "taxRate": rate, "taxName": "VAT"} for rate in (19, 7, 19, 0)]},
    {"currency": "EUR", "lines": [{"unitPrice": 1, "taxRate": rate} for rate in (20, 7.7, 12.345)], "discount": OFF},
    {"currency": "EUR", "lines": [{"unitPrice": 99.99, "taxRate": 19}] * 3, "taxInclusive": True, "discount": OFF},
    {"currency": "EUR", "lines": [{"unitPrice": 3, "discount": {"type": "amount", "value": 2.99}, "taxRate": 50}]},
    {"currency": "JPY", "lines": [{"unitPrice": 333, "quantity": 1.5, "taxRate": 10}, {"unitPrice": 7, "taxRate": 8}]},
    {"currency": "KWD", "lines": [{"unitPrice": 0.005, "quantity": 0.1, "taxRate": 5}, {"unitPrice": 1234567.891}]},
    {"currency": "KWD", "lines": [{"unitPrice": 9.999, "quantity": 3.3333, "taxRate": 19.5}], "taxInclusive": True},
    {"currency": "EUR", "lines": [{"unitPrice": 9_999_999.99, "quantity": 99_999.9999, "taxRate": 20}]},
    {"currency": "EUR", "lines": [{"unitPrice": 5}, {"unitPrice": 7, "optional": True}], "discount": OFF},
]


async def computed(page: Page, paper: dict[str, Any]) -> Any:
    """What the pages' own arithmetic makes of a paper."""
    return await page.evaluate(
        """async (paper) => {
          const main = document.querySelector('script[type="module"]').src
          const { totalsOf } = await import(new URL('../lib/totals.js', main).href)
          try { return totalsOf(paper) } catch (problem) { return `${problem.field} ${problem.reason}` }
        }""",
        paper,
    )


async def test_totals_in_the_page_are_those_of_the_server(house: House, visit: Visit) -> None:
    agency, client = await a_client(house)
    await a_member_at(visit, agency, "/app/quotes")
    for paper in PAPERS:
        lines = [{"description": "Work", "quantity": 1, **one} for one in paper["lines"]]
        quote = await a_quote(client, **{**paper, "lines": lines})
        expected = {name: quote[name] for name in TOTALS} | {"lineAmounts": [one["amount"] for one in quote["lines"]]}
        assert await computed(visit.page, {**paper, "lines": lines}) == expected, paper
    too_much = {"type": "amount", "value": 6}
    broken = {"currency": "EUR", "lines": [{"unitPrice": 5, "discount": too_much}]}
    assert await computed(visit.page, broken) == "lines.0.discount discount_too_large"
    assert (
        await computed(visit.page, {"currency": "JPY", "lines": [{"unitPrice": 0.5}]}) == "lines.0.unitPrice too_fine"
    )


async def test_currencies_have_the_decimals_that_the_server_gives_them(house: House, visit: Visit) -> None:
    agency, _ = await a_client(house)
    await a_member_at(visit, agency, "/app/quotes")
    known = await visit.page.evaluate(
        """async () => {
          const main = document.querySelector('script[type="module"]').src
          const { CURRENCIES, decimalsOf } = await import(new URL('../lib/currencies.js', main).href)
          return Object.fromEntries(CURRENCIES.map((code) => [code, decimalsOf(code)]))
        }"""
    )
    assert known == _EXPONENT_OF


async def test_a_quote_is_written_by_keyboard_alone(house: House, visit: Visit) -> None:
    agency, client = await a_client(house)
    await a_member_at(visit, agency, "/app/quotes/new?clientId=" + client.id)
    page, keys = visit.page, visit.page.keyboard
    await page.get_by_label("Title").fill("Relaunch")
    await cell(page, 1, "Description").fill("Design")
    for typed in ("3", "800", "19"):
        await keys.press("Tab")
        await keys.press("ControlOrMeta+a")
        await keys.type(typed)
    await expect(total(page)).to_have_text("US$2,856.00")

    await keys.press("Enter")
    await expect(cell(page, 2, "Description")).to_be_focused()
    await expect(cell(page, 2, "Tax %")).to_have_value("19")
    await keys.type("Build")
    await cell(page, 2, "Unit price").fill("1000.50")
    await keys.press("Alt+ArrowUp")
    await expect(cell(page, 1, "Unit price")).to_be_focused()
    await expect(cell(page, 1, "Description")).to_have_value("Build")
    await keys.press("ArrowDown")
    await expect(cell(page, 2, "Unit price")).to_be_focused()
    await keys.press("Enter")
    await keys.press("Backspace")
    await expect(page.locator("[data-line]")).to_have_count(2)
    await expect(cell(page, 2, "Description")).to_be_focused()
    await expect(total(page)).to_have_text("US$4,046.60")

    await keys.press("ControlOrMeta+s")
    await expect(page.get_by_role("heading", level=1)).to_have_text("Relaunch")
    (quote,) = await now(agency, "/api/quotes")
    assert [(one["description"], one["quantity"], one["unitPrice"]) for one in quote["lines"]] == [
        ("Build", 1, 1000.5),
        ("Design", 3, 800),
    ]
    assert (quote["amount"], quote["status"], quote["clientId"]) == (4046.6, "draft", client.id)


async def test_what_is_typed_survives_a_reload_and_a_request_that_fails(house: House, visit: Visit) -> None:
    agency, client = await a_client(house)
    await a_member_at(visit, agency, "/app/quotes/new")
    page = visit.page
    await page.get_by_role("button", name="Save", exact=True).click()
    await expect(page.get_by_text("Choose a client.")).to_be_visible()
    await choose_client(page, str(client.body["name"]))
    await page.get_by_label("Title").fill("Relaunch")
    await cell(page, 1, "Description").fill("Design")
    await cell(page, 1, "Unit price").fill("12.345")
    await expect(line(page, 1).get_by_text("At most 2 decimal places.")).to_be_visible()
    await cell(page, 1, "Unit price").fill("1234.50")
    await page.reload()
    await expect(page.get_by_text("It is not saved yet.")).to_be_visible()
    await expect(cell(page, 1, "Unit price")).to_have_value("1234.50")

    visit.expected = ("Failed to load resource", "net::ERR_FAILED")
    await page.route(
        "**/api/quotes", lambda route: route.abort() if route.request.method == "POST" else route.continue_()
    )
    await page.get_by_role("button", name="Save", exact=True).click()
    await expect(page.get_by_role("alert").filter(has_text="could not reach")).to_be_visible()
    await expect(page.get_by_label("Title")).to_have_value("Relaunch")
    await page.unroute("**/api/quotes")
    await page.get_by_role("button", name="Save", exact=True).click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Relaunch")
    assert [quote["amount"] for quote in await now(agency, "/api/quotes")] == [1234.5]
    await page.goto(visit.address + "/app/quotes/new")
    await expect(page.get_by_label("Title")).to_have_value("")


async def test_amounts_are_taken_as_they_are_pasted(house: House, visit: Visit) -> None:
    agency, client = await a_client(house)
    await a_member_at(visit, agency, f"/app/quotes/new?clientId={client.id}")
    page = visit.page
    await cell(page, 1, "Description").fill("Design")
    for pasted in ("1,499.50", " 1 499.50 ", "1.499,50", "€1,499.50", "1.499,50 €", "US$1,499.50", "EUR 1499.5"):
        await cell(page, 1, "Unit price").fill("")
        await expect(total(page)).to_have_text("US$0.00")
        await cell(page, 1, "Unit price").fill(pasted)
        await expect(total(page), pasted).to_have_text("US$1,499.50")
    await cell(page, 1, "Tax %").fill("20 %")
    await expect(total(page)).to_have_text("US$1,799.40")
    for wrong in ("-5", "five", "1,499.50 or so"):
        await cell(page, 1, "Unit price").fill(wrong)
        await expect(line(page, 1).get_by_text("Enter a number.")).to_be_visible()


async def test_options_and_discounts_are_offered_and_the_sheet_shows_them(house: House, visit: Visit) -> None:
    agency, client = await a_client(house)
    quote = await a_quote(client)
    await a_member_at(visit, agency, f"/app/quotes/{quote['id']}/edit")
    page = visit.page
    sheet = page.get_by_role("region", name="Preview: what the client gets")
    await expect(sheet.get_by_text("Optional, not in the total")).to_be_visible()
    await expect(total(page)).to_have_text("€1,188.00")
    await line(page, 2).get_by_role("button", name="More for line 2").click()
    await page.get_by_role("menuitem", name="No longer optional").click()
    await expect(total(page)).to_have_text("€1,308.00")
    await page.get_by_label("Discount on everything", exact=True).fill("10")
    await expect(total(page)).to_have_text("€1,177.20")
    await expect(sheet.get_by_text("€1,177.20").first).to_be_visible()
    await line(page, 2).get_by_role("button", name="More for line 2").click()
    await page.get_by_role("menuitem", name="Remove").click()
    await expect(total(page)).to_have_text("€1,069.20")
    await toast(page, "Line removed.").wait_for()
    await page.get_by_role("button", name="Undo").click()
    await expect(total(page)).to_have_text("€1,177.20")
    assert await wrong_with(page) == []


async def test_a_quote_is_sent_changed_and_sent_again(house: House, visit: Visit) -> None:
    agency, client = await a_client(house)
    quote = await a_quote(client)
    await a_member_at(visit, agency, f"/app/quotes/{quote['id']}")
    page = visit.page
    await page.get_by_role("button", name="Send", exact=True).click()
    await page.get_by_role("dialog").get_by_role("button", name="Send", exact=True).click()
    await expect(page.locator(".page-head .badge")).to_have_text("Sent")

    path = f"/api/quotes/{quote['id']}"
    assert (await client.http.post(f"{path}/request-changes", json={"comment": "Start in March?"})).is_success
    await expect(page.get_by_text("Start in March?")).to_be_visible()
    await page.get_by_role("link", name="Change", exact=True).click()
    await expect(page.get_by_text("the client no longer sees this quote")).to_be_visible()
    await cell(page, 1, "Quantity").fill("1")
    await page.get_by_role("button", name="Save and send").click()
    await page.get_by_role("dialog").get_by_role("button", name="Send", exact=True).click()
    await expect(page.locator(".page-head .badge")).to_have_text("Sent")
    await expect(page.get_by_text("Revision 2 sent")).to_be_visible()
    changed = await now(agency, path)
    assert (changed["revision"], changed["amount"]) == (2, 594)


async def test_an_accepted_quote_becomes_an_invoice_or_is_taken_back(house: House, visit: Visit) -> None:
    agency, client = await a_client(house)
    quote = await a_quote(client, send=True)
    path = f"/api/quotes/{quote['id']}"
    accepted = await client.http.post(f"{path}/accept", json={"revision": 1, "optionalLines": [1], "name": "Ada"})
    assert accepted.is_success
    await a_member_at(visit, agency, f"/app/quotes/{quote['id']}")
    page = visit.page
    await page.get_by_role("link", name="Make an invoice").click()
    await expect(total(page)).to_have_text("€1,308.00")
    await expect(page.get_by_label("Notes")).to_have_value("For quote QUO-0001: Relaunch")
    await page.get_by_role("link", name="Invoices", exact=True).last.click()
    await page.goto(visit.address + f"/app/quotes/{quote['id']}")

    await page.get_by_role("button", name="Take it back").click()
    await page.get_by_role("dialog").get_by_role("button", name="Take it back").click()
    await expect(page.locator(".page-head .badge")).to_have_text("Sent")
    await expect(page.get_by_text("Acceptance taken back")).to_be_visible()
    assert (await now(agency, path))["status"] == "sent"


async def test_quotes_are_found_and_a_draft_is_deleted_unless_one_thinks_better_of_it(
    house: House, visit: Visit
) -> None:
    agency, client = await a_client(house)
    await a_quote(client, title="Relaunch", send=True)
    draft = await a_quote(client, title="Maintenance")
    await a_member_at(visit, agency, "/app/quotes")
    page = visit.page
    rows = page.get_by_role("table").locator(".row-way")
    await expect(rows).to_have_count(2)
    await page.get_by_role("button", name="Draft", exact=True).click()
    await expect(rows).to_have_text(["Maintenance"])
    await delete_maintenance(page)
    await page.get_by_role("button", name="Undo").click()
    await expect(rows).to_have_text(["Maintenance"])
    await delete_maintenance(page)
    await page.get_by_role("button", name="Close this message").click()
    await house.eventually(lambda: _is_gone(agency, draft))
    await page.get_by_role("button", name="Show all").click()
    await page.get_by_role("searchbox").fill("relaun")
    await expect(rows).to_have_count(1)
    await expect(page).to_have_url(re.compile("q=relaun"))


async def delete_maintenance(page: Page) -> None:
    await page.get_by_role("button", name="More for Maintenance").click()
    await page.get_by_role("menuitem", name="Delete the draft").click()
    await expect(page.get_by_role("table").locator(".row-way")).to_have_count(0)


async def _is_gone(agency: Any, draft: dict[str, Any]) -> bool:
    return bool((await agency.http.get(f"/api/quotes/{draft['id']}")).status_code == 404)


@pytest.mark.parametrize("path", ["/app/quotes", "/app/quotes/new", "/app/quotes/{id}"])
async def test_pages_of_quotes_are_without_faults(house: House, visit: Visit, phone: Visit, path: str) -> None:
    agency, client = await a_client(house, name="W" * 200)
    quote = await a_quote(client, title="Q" * 200, send=True)
    asked = await client.http.post(f"/api/quotes/{quote['id']}/request-changes", json={"comment": "In March?"})
    assert asked.is_success
    for reader in (visit, phone):
        await a_member_at(reader, agency, path.format(**quote))
        await reader.page.locator(".sheet, table").first.wait_for(state="attached")
        assert await wrong_with(reader.page) == []
