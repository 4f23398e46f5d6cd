"""Contracts and invoices in the client's portal: signed by keyboard and by pen, declined, paid."""

from typing import Any

from playwright.async_api import Page, expect

from tests.browser.people import a_client
from tests.browser.visit import Visit
from tests.house import Agency, Client, House

CLAUSES = "\n\n".join(f"{number}. One more clause.\n\nWhat it says, at some length." for number in range(20))
BODY = f"# Terms of work\n\nFor **the client**.\n\n## What it costs\n\n- As in the quote\n\n<b>raw</b>\n\n{CLAUSES}"
# Sealing takes a busy machine a while.
SEALED_MS = 30_000


async def a_contract(agency: Agency, client: Client, **more: Any) -> dict[str, Any]:
    """A contract that waits for the client's signature."""
    body = {"clientId": client.id, "title": "Terms of work", "body": BODY, **more}
    contract = await agency.made("/api/contracts", body)
    answer = await agency.http.post(f"/api/contracts/{contract['id']}/send", json={"sendEmail": False})
    assert answer.status_code == 200, answer.text
    return contract


async def contract_now(agency: Agency, contract: dict[str, Any]) -> dict[str, Any]:
    return dict((await agency.http.get(f"/api/contracts/{contract['id']}")).json())


async def open_contract(visit: Visit, client: Client) -> None:
    await visit.open_portal(client.token)
    await visit.page.get_by_role("link", name="Documents").first.click()
    await visit.page.get_by_role("main").get_by_role("link", name="Terms of work").click()
    await expect(visit.page.get_by_role("heading", level=1)).to_have_text("Terms of work")


async def draw(page: Page) -> None:
    """Two strokes."""
    box = await page.locator("canvas").bounding_box()
    assert box
    for top in (40, 70):
        await page.mouse.move(box["x"] + 30, box["y"] + top)
        await page.mouse.down()
        await page.mouse.move(box["x"] + 220, box["y"] + top + 20, steps=8)
        await page.mouse.up()


async def inked(page: Page) -> int:
    """How many pixels of the paper have ink on them."""
    return int(
        await page.locator("canvas").evaluate(
            """(canvas) => {
              const copy = document.createElement('canvas').getContext('2d', { willReadFrequently: true })
              Object.assign(copy.canvas, { width: canvas.width, height: canvas.height })
              copy.drawImage(canvas, 0, 0)
              const { data } = copy.getImageData(0, 0, canvas.width, canvas.height)
              return data.filter((value, at) => at % 4 === 3 && value > 0).length
            }"""
        )
    )


async def test_a_contract_is_signed_by_keyboard_alone_and_downloaded_sealed(house: House, visit: Visit) -> None:
    agency, client = await a_client(house)
    contract = await a_contract(agency, client)
    await open_contract(visit, client)
    page, keys = visit.page, visit.page.keyboard
    await expect(page.get_by_role("article").get_by_role("heading", name="What it costs")).to_be_visible()
    await expect(page.get_by_role("article")).to_contain_text("<b>raw</b>")
    await page.get_by_role("button", name="Go to the signature").focus()
    await keys.press("Enter")
    await expect(page.get_by_label("Your full name")).to_be_focused()
    await keys.press("ControlOrMeta+A")
    await keys.press("Delete")
    await keys.press("Enter")
    name = page.get_by_label("Your full name")
    await expect(name).to_have_accessible_description("Write your full name.")
    await keys.type("Augusta Ada Byron")
    await keys.press("Enter")
    consent = page.get_by_role("checkbox")
    await expect(consent).to_be_focused()
    await expect(consent).to_have_accessible_description("Tick this to sign.")
    await keys.press("Space")
    await keys.press("Tab")
    await expect(page.get_by_role("button", name="Sign contract")).to_be_focused()
    await keys.press("Enter")
    await expect(page.get_by_text("Signed by Augusta Ada Byron on")).to_be_visible(timeout=SEALED_MS)
    [signature] = (await contract_now(agency, contract))["signatures"]
    assert (signature["name"], signature["kind"]) == ("Augusta Ada Byron", "typed")
    await expect(page.get_by_text(signature["sha256"])).to_be_visible()
    async with page.expect_download() as started:
        await page.get_by_role("button", name="Download the sealed document").click()
    assert b"/Sig" in (await (await started.value).path()).read_bytes()


async def test_a_drawing_can_be_undone_cleared_and_keeps_its_place_when_the_window_changes(
    house: House, visit: Visit
) -> None:
    agency, client = await a_client(house)
    contract = await a_contract(agency, client)
    await open_contract(visit, client)
    page = visit.page
    await page.get_by_label("Draw it").check()
    await page.get_by_role("checkbox").check()
    await page.get_by_role("button", name="Sign contract").click()
    await expect(page.get_by_text("Draw your signature first")).to_be_visible()
    await page.get_by_role("button", name="Undo").and_(page.locator("[aria-disabled=true]")).wait_for()
    await draw(page)
    both = await inked(page)
    await page.get_by_role("button", name="Undo").click()
    assert 0 < await inked(page) < both
    await page.get_by_role("button", name="Clear").click()
    assert await inked(page) == 0
    await page.get_by_role("button", name="Sign contract").click()
    await expect(page.get_by_text("Draw your signature first")).to_be_visible()
    await draw(page)
    await page.set_viewport_size({"width": 420, "height": 900})
    await page.wait_for_function("document.querySelector('canvas').width < 420")
    assert await inked(page) > 0
    await page.get_by_role("button", name="Sign contract").click()
    await expect(page.get_by_text("Signed by Ada Byron on")).to_be_visible(timeout=SEALED_MS)
    [signature] = (await contract_now(agency, contract))["signatures"]
    assert signature["kind"] == "drawn"


async def test_a_contract_is_declined_and_one_withdrawn_meanwhile_is_not_signed(house: House, phone: Visit) -> None:
    agency, client = await a_client(house)
    contract = await a_contract(agency, client)
    await phone.open_portal(client.token)
    page = phone.page
    await page.get_by_role("link", name="Sign Terms of work").click()
    await expect(page.get_by_role("button", name="Go to the signature")).to_be_in_viewport()
    await page.get_by_role("button", name="Decline").click()
    await page.get_by_role("dialog").get_by_label("Why not?").fill("Clause 2 is not clear.")
    await page.get_by_role("dialog").get_by_role("button", name="Decline").click()
    await expect(page.get_by_text("Declined on").first).to_be_visible()
    assert (await contract_now(agency, contract))["declineReason"] == "Clause 2 is not clear."

    other = await a_contract(agency, client, title="Another", body="Text")
    phone.expected = ("409", "net::ERR_FAILED", "Failed to load resource")
    await page.route("**/api/portal/events", lambda route: route.abort())
    await page.reload()
    await page.get_by_role("link", name="Documents").first.click()
    await page.get_by_role("link", name="Another").click()
    await page.get_by_role("checkbox").check()
    assert (await agency.http.post(f"/api/contracts/{other['id']}/void", json={})).status_code == 200
    await page.get_by_role("button", name="Sign contract").click()
    await expect(page.get_by_text("Nothing more was sent.")).to_be_visible()
    await expect(page.get_by_text("withdrew this contract on")).to_be_visible()


async def an_invoice(agency: Agency, client: Client, **more: Any) -> dict[str, Any]:
    body = {"amount": 1200, "currency": "EUR", "dueDate": "2099-03-15", "clientId": client.id, **more}
    return await agency.made("/api/invoices", body)


async def test_an_invoice_is_paid_in_the_sandbox_and_the_open_page_says_so(house: House, visit: Visit) -> None:
    agency, client = await a_client(house)
    invoice = await an_invoice(agency, client, allowPartialPayments=True)
    page = visit.page
    await visit.open_portal(client.token)
    await page.get_by_role("link", name="Quotes and invoices").first.click()
    await page.get_by_role("link", name=f"Invoice {invoice['number']}").click()
    await expect(page.get_by_text("€1,200.00 is due on 15 March 2099.")).to_be_visible()
    await expect(page.get_by_text("You can also pay a part of it")).to_be_visible()
    async with page.context.expect_page() as opened:
        await page.get_by_role("link", name="Pay €1,200.00").click()
    paying = await opened.value
    await paying.get_by_role("button", name="Pay 1,200.00 EUR").click()
    await paying.get_by_role("button", name="Approve").click()
    await paying.wait_for_url("**/pay/*")
    await paying.close()
    await expect(page.get_by_text("(online). Thank you.")).to_be_visible()
    await expect(page.get_by_role("row", name="Paid -€1,200.00")).to_be_visible()
    await expect(page.get_by_role("link", name="Pay €1,200.00")).to_be_hidden()


async def test_an_open_invoice_shows_a_payment_as_soon_as_it_arrives(house: House, visit: Visit) -> None:
    agency, client = await a_client(house)
    invoice = await an_invoice(agency, client)
    await visit.open_portal(client.token)
    page = visit.page
    await page.get_by_role("link", name="Quotes and invoices").first.click()
    await page.get_by_role("link", name=f"Invoice {invoice['number']}").click()
    await page.reload()
    await expect(page.get_by_text("is due on 15 March 2099.")).to_be_visible()
    await visit.listen()
    payment = {"amount": 1200, "method": "bank_transfer"}
    answer = await agency.http.post(f"/api/invoices/{invoice['id']}/payments", json=payment)
    assert answer.status_code == 201, answer.text
    await expect(page.get_by_text("(bank transfer). Thank you.")).to_be_visible()
    await page.get_by_role("link", name="Quotes and invoices").first.click()
    await page.get_by_role("link", name="Statement of account").click()
    await expect(page.get_by_text("nothing is owed.")).to_be_visible()
    await expect(page.get_by_role("link", name=f"Payment on {invoice['number']}, bank transfer")).to_be_visible()


async def test_what_is_open_stands_first_and_the_rest_below(house: House, visit: Visit) -> None:
    agency, client = await a_client(house)
    for due in ("2099-03-15", "2098-01-01"):
        await an_invoice(agency, client, dueDate=due)
    void = await an_invoice(agency, client)
    assert (await agency.http.post(f"/api/invoices/{void['id']}/void", json={})).status_code == 200
    await visit.open_portal(client.token)
    await visit.page.get_by_role("link", name="Quotes and invoices").first.click()
    page = visit.page
    await expect(page.get_by_text("€2,400.00 to pay in all.")).to_be_visible()
    await expect(page.get_by_role("region", name="Waiting for you").get_by_role("listitem")).to_have_count(2)
    earlier = page.get_by_role("region", name="Earlier").get_by_role("listitem")
    await expect(earlier).to_have_count(1)
    await expect(earlier).to_contain_text("Withdrawn")
    await earlier.get_by_role("link").click()
    await expect(page.get_by_text("This invoice has been withdrawn.")).to_be_visible()
