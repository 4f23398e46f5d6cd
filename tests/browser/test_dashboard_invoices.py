"""Invoices in the dashboard: what is due, sent and paid, taken back or credited; and those that come by themselves."""

import pytest
from playwright.async_api import expect

from services.billing.recurring_invoices.issuing import issue_due
from tests.browser.papers import LINE, act, an_invoice, cell, choose_client, now, total
from tests.browser.people import a_client, a_member_at, toast
from tests.browser.visit import Visit
from tests.browser.work import wrong_with
from tests.house import House

LATE = "2026-01-31"


async def test_the_list_says_what_is_due_and_leads_to_it(house: House, visit: Visit) -> None:
    agency, client = await a_client(house)
    await an_invoice(client, dueDate=LATE)
    await an_invoice(client, currency="JPY", lines=[{"description": "Hosting", "unitPrice": 4500}])
    await an_invoice(client, draft=True)
    await a_member_at(visit, agency, "/app/invoices")
    page = visit.page
    rows = page.get_by_role("table", name="Invoices").locator(".row-way")
    due = page.get_by_role("region", name="What is due")
    await expect(rows).to_have_text(["Draft", "INV-0002", "INV-0001"])
    await expect(due.get_by_text("€1,188.00", exact=True).first).to_be_visible()
    await expect(due.get_by_text("¥4,500")).to_be_visible()
    await due.get_by_role("button", name="€1,188.00 overdue").click()
    await expect(rows).to_have_text(["INV-0001"])
    await page.get_by_role("button", name="To be paid").click()
    await expect(rows).to_have_text(["INV-0002", "INV-0001"])

    await due.get_by_text("How late it is").click()
    await due.get_by_text("Show as a table").click()
    await expect(due.get_by_role("row", name="Over 90 days")).to_contain_text("€1,188.00")


async def test_an_invoice_is_written_with_its_terms_and_sent_at_once(house: House, visit: Visit) -> None:
    agency, client = await a_client(house)
    await a_member_at(visit, agency, "/app/invoices/new")
    page = visit.page
    await choose_client(page, str(client.body["name"]))
    await page.get_by_role("combobox", name="Project").click()
    await page.get_by_role("option", name="Website relaunch").click()
    await page.get_by_label("Currency").select_option("KWD")
    await page.get_by_label("Due on").fill("2199-12-31")
    await cell(page, 1, "Description").fill("Hosting")
    await cell(page, 1, "Unit price").fill("10.125")
    await page.get_by_text("Deposit and partial payments").click()
    await page.get_by_label("Deposit", exact=True).fill("30")
    await expect(page.get_by_text("That is KWD 3.038.")).to_be_visible()
    await page.get_by_label("The client may pay in parts").check()
    await page.get_by_label("Least at a time").fill("2.5")
    assert await wrong_with(page) == []
    await page.get_by_role("button", name="Save and send").click()
    dialog = page.get_by_role("dialog")
    await expect(dialog.get_by_label("Send an e-mail too")).to_be_checked()
    await dialog.get_by_role("button", name="Send", exact=True).click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("INV-0001")

    (invoice,) = await now(agency, "/api/invoices")
    assert (invoice["status"], invoice["amount"], invoice["depositAmount"]) == ("sent", 10.125, 3.038)
    assert (invoice["minimumPayment"], invoice["currency"], bool(invoice["projectId"])) == (2.5, "KWD", True)


async def test_a_draft_is_safe_where_it_cannot_be_sent(house: House, visit: Visit) -> None:
    agency, _ = await a_client(house)
    other = await agency.made("/api/clients", {"name": "Silent Partner", "email": "silent@client.test"})
    await a_member_at(visit, agency, f"/app/invoices/new?clientId={other['id']}")
    page = visit.page
    await cell(page, 1, "Description").fill("Hosting")
    await cell(page, 1, "Unit price").fill("10")
    await page.route("**/send", lambda route: route.abort())
    visit.expected = ("Failed to load resource", "net::ERR_FAILED")
    await page.get_by_role("button", name="Save and send").click()
    await page.get_by_role("dialog").get_by_role("button", name="Send", exact=True).click()
    await toast(page, "Saved, but not sent").wait_for()
    await expect(page.locator(".page-head .badge")).to_have_text("Draft")
    assert len(await now(agency, "/api/invoices")) == 1


async def test_a_part_is_paid_by_hand_and_the_rest_stays_due(house: House, visit: Visit) -> None:
    agency, client = await a_client(house)
    invoice = await an_invoice(client)
    await a_member_at(visit, agency, f"/app/invoices/{invoice['id']}")
    page, dialog = visit.page, visit.page.get_by_role("dialog")
    await page.get_by_role("button", name="Record a payment").click()
    await dialog.get_by_label("Received", exact=True).fill("2000")
    await dialog.get_by_role("button", name="Record €2,000.00").click()
    await expect(dialog.get_by_text("Only €1,188.00 is due.")).to_be_visible()
    await dialog.get_by_label("Received", exact=True).fill("500")
    await expect(dialog.get_by_text("€688.00 stays due.")).to_be_visible()
    assert await wrong_with(page) == []
    await dialog.get_by_role("button", name="Record €500.00").click()
    await expect(page.locator(".page-head .badge")).to_have_text("Partly paid")
    await expect(page.locator(".page-head .lead")).to_contain_text("€688.00 is due on 31 December 2199")
    (payment,) = await now(agency, f"/api/invoices/{invoice['id']}/payments")
    assert (payment["amount"], payment["method"]) == (500, "bank_transfer")


async def test_an_invoice_is_voided_only_after_asking(house: House, visit: Visit) -> None:
    agency, client = await a_client(house)
    invoice = await an_invoice(client)
    await a_member_at(visit, agency, f"/app/invoices/{invoice['id']}")
    page, dialog = visit.page, visit.page.get_by_role("dialog")
    for answer in ("Cancel", "Void the invoice"):
        await page.get_by_role("button", name="More for INV-0001").click()
        await page.get_by_role("menuitem", name="Void").click()
        assert (await now(agency, f"/api/invoices/{invoice['id']}"))["status"] == "sent"
        await dialog.get_by_role("button", name=answer).click()
        await expect(dialog).to_have_count(0)
    await expect(page.locator(".page-head .badge")).to_have_text("Void")
    assert (await now(agency, f"/api/invoices/{invoice['id']}"))["status"] == "void"


async def test_some_of_a_line_is_credited_with_its_tax(house: House, visit: Visit) -> None:
    agency, client = await a_client(house)
    discount = {"type": "amount", "value": 90}
    invoice = await an_invoice(client, lines=[LINE | {"discount": discount}, LINE])
    await a_member_at(visit, agency, f"/app/invoices/{invoice['id']}")
    page, dialog = visit.page, visit.page.get_by_role("dialog")
    await page.get_by_role("button", name="More for INV-0001").click()
    await page.get_by_role("menuitem", name="Credit note").click()
    await dialog.get_by_label("Some lines").check()
    await dialog.get_by_label("How much of Design of five pages").first.fill("1")
    await dialog.get_by_label("Reason").fill("One page less")
    assert await wrong_with(page) == []
    await dialog.get_by_role("button", name="Credit €540.00").click()
    await expect(page.get_by_text("CN-0001 credits €540.00", exact=True)).to_be_visible()
    (note,) = await now(agency, f"/api/invoices/{invoice['id']}/credit-notes")
    assert (note["amount"], note["taxTotal"], note["reason"]) == (540, 90, "One page less")


async def test_a_clients_account_is_told_entry_by_entry(house: House, visit: Visit, phone: Visit) -> None:
    agency, client = await a_client(house)
    invoice = await an_invoice(client)
    await act(agency, f"/api/invoices/{invoice['id']}/payments", amount=188)
    await a_member_at(visit, agency, f"/app/invoices?clientId={client.id}")
    page, dialog = visit.page, visit.page.get_by_role("dialog")
    await page.get_by_role("button", name="Statement").click()
    await expect(dialog.get_by_role("row", name="Payment for INV-0001")).to_contain_text("-€188.00")
    await expect(dialog.get_by_role("row", name="Owed in the end")).to_contain_text("€1,000.00")
    assert await wrong_with(page) == []
    async with page.expect_download() as download:
        await dialog.get_by_role("button", name="Download PDF").click()
    assert (await download.value).suggested_filename.endswith(".pdf")
    await a_member_at(phone, agency, f"/app/invoices?clientId={client.id}")
    await phone.page.get_by_role("button", name="Statement").click()
    entries = phone.page.get_by_role("region", name="Entries")
    await expect(entries.get_by_role("row", name="Payment for INV-0001")).to_contain_text("€1,000.00")
    assert await entries.evaluate("(region) => region.scrollWidth <= region.clientWidth")
    assert await wrong_with(phone.page) == []


async def test_a_recurring_invoice_says_its_rhythm_and_is_paused_with_a_way_back(house: House, visit: Visit) -> None:
    agency, client = await a_client(house)
    await a_member_at(visit, agency, f"/app/invoices/recurring/new?clientId={client.id}")
    page = visit.page
    await page.get_by_label("First on").fill("2199-01-31")
    await expect(page.get_by_text("Every month on the 31st In shorter months")).to_be_visible()
    await page.get_by_label("Ends").select_option("after")
    await page.get_by_label("How many").fill("3")
    await cell(page, 1, "Description").fill("Care of the website")
    await cell(page, 1, "Unit price").fill("250")
    await expect(total(page)).to_have_text("US$250.00")
    assert await wrong_with(page) == []
    await page.get_by_role("button", name="Save", exact=True).click()
    await expect(page.locator(".page-head .lead")).to_have_text("Every month on the 31st, next on 31 January 2199")
    coming = page.get_by_role("region", name="Coming up").get_by_role("listitem")
    await expect(coming).to_have_text(["31 January 2199", "28 February 2199", "31 March 2199"])

    await page.get_by_role("button", name="Pause").click()
    await expect(page.locator(".page-head .badge")).to_have_text("Paused")
    await page.get_by_role("button", name="Undo").click()
    await expect(page.locator(".page-head .badge")).to_have_text("Active")
    await page.get_by_role("link", name="Edit").click()
    await page.get_by_label("Rhythm").select_option("yearly")
    await page.get_by_role("button", name="Save", exact=True).click()
    await expect(page.locator(".page-head .lead")).to_contain_text("Every year on 31 January")
    (recurring,) = await now(agency, "/api/recurring-invoices")
    assert (recurring["frequency"], recurring["occurrences"], recurring["sendEmail"]) == ("yearly", 3, True)


async def test_what_came_of_a_recurring_invoice_is_told(house: House, visit: Visit) -> None:
    agency, client = await a_client(house)
    day = house.clock().date()
    body = {"clientId": client.id, "frequency": "weekly", "startsOn": day.isoformat(), "amount": 50, "currency": "EUR"}
    recurring = await agency.made("/api/recurring-invoices", body)
    # The scheduler looks once a minute.
    await issue_due(house.apps["billing"].state.context, house.clock())
    await a_member_at(visit, agency, f"/app/invoices/recurring/{recurring['id']}")
    issued = visit.page.get_by_role("region", name="1 invoice so far")
    await issued.get_by_role("link").click()
    await expect(visit.page.get_by_role("heading", level=1)).to_have_text("INV-0001")


@pytest.mark.parametrize("path", ["/app/invoices", "/app/invoices/{id}", "/app/invoices/recurring"])
async def test_pages_of_invoices_are_without_faults(house: House, visit: Visit, phone: Visit, path: str) -> None:
    agency, client = await a_client(house, name="W" * 200)
    lines = [LINE | {"description": "Z" * 200}] * 30
    invoice = await an_invoice(client, dueDate=LATE, currency="KWD", lines=lines, notes="N" * 300)
    await act(agency, f"/api/invoices/{invoice['id']}/payments", amount=5, method="M" * 50)
    body = {"clientId": client.id, "frequency": "weekly", "startsOn": "2199-01-01", "amount": 50}
    await agency.made("/api/recurring-invoices", body)
    for reader in (visit, phone):
        await a_member_at(reader, agency, path.format(**invoice))
        await reader.page.locator(".sheet, table").first.wait_for(state="attached")
        assert await wrong_with(reader.page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_an_invoice_is_printed_as_its_sheet_alone(house: House, visit: Visit, scheme: str) -> None:
    agency, client = await a_client(house)
    invoice = await an_invoice(client)
    await a_member_at(visit, agency, f"/app/invoices/{invoice['id']}")
    page = visit.page
    await page.evaluate("(scheme) => { document.documentElement.dataset.theme = scheme }", scheme)
    await page.emulate_media(media="print")
    sheet = page.get_by_role("article")
    await expect(sheet).to_contain_text("€1,188.00")
    for hidden in (page.get_by_role("navigation"), page.get_by_role("button"), page.get_by_role("heading", level=1)):
        await expect(hidden).to_have_count(0)
    await expect(page.get_by_text("What happened")).to_be_hidden()
    box = await sheet.bounding_box()
    assert box is not None and (box["x"], box["y"]) == (0, 0)
    colours = "({ color, backgroundColor }) => [color, backgroundColor]"
    text, ground = await sheet.evaluate(f"(sheet) => ({colours})(getComputedStyle(sheet))")
    assert (text, ground) == ("rgb(34, 32, 28)", "rgb(255, 255, 255)")


async def test_an_invoice_that_is_paid_needs_no_bar_on_a_phone(house: House, phone: Visit) -> None:
    agency, client = await a_client(house)
    invoice = await an_invoice(client)
    await act(agency, f"/api/invoices/{invoice['id']}/payments", amount=1188)
    await a_member_at(phone, agency, f"/app/invoices/{invoice['id']}")
    more = phone.page.get_by_role("button", name="More for INV-0001")
    title = phone.page.get_by_role("heading", level=1)
    here, there = await more.bounding_box(), await title.bounding_box()
    assert here is not None and there is not None
    assert abs(here["y"] + here["height"] / 2 - there["y"] - there["height"] / 2) <= there["height"]
