"""The client's profile: a picture, an address, mails and sessions; and whether any paper's page has faults."""

from collections.abc import AsyncIterator
from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from playwright.async_api import Browser, Page, expect

from tests.browser.axe import violations
from tests.browser.people import a_client, sign_in
from tests.browser.reading import faults_of
from tests.browser.visit import Front, Visit, visiting
from tests.house import Agency, Client, House

LONG = "Wilhelmina" * 19
HEBREW = "הסכם עבודה"


def picture() -> bytes:
    drawn = BytesIO()
    Image.new("RGB", (640, 480), "#0F766E").save(drawn, "PNG")
    return drawn.getvalue()


async def go(page: Page, address: str) -> None:
    """To another page of the portal, as a link in it does."""
    await page.evaluate(
        """(hash) => { history.pushState(history.state, '', location.pathname + hash)
        dispatchEvent(new PopStateEvent('popstate')) }""",
        address,
    )


async def test_a_picture_and_an_address_are_saved(house: House, visit: Visit) -> None:
    _, client = await a_client(house)
    await visit.open_portal(client.token)
    page = visit.page
    await page.get_by_role("link", name="Profile").first.click()
    await expect(page.get_by_label("Street")).to_be_visible()
    visit.expected = ("400", "415")
    async with page.expect_file_chooser() as chooser:
        await page.get_by_role("button", name="Choose a picture").click()
    await (await chooser.value).set_files({"name": "a.png", "mimeType": "image/png", "buffer": b"no picture"})
    await expect(page.get_by_text("This is not a picture we can read.")).to_be_visible()
    async with page.expect_file_chooser() as chooser:
        await page.get_by_role("button", name="Choose a picture").click()
    await (await chooser.value).set_files({"name": "a.png", "mimeType": "image/png", "buffer": picture()})
    await expect(page.locator(".toast", has_text="Your picture is saved.")).to_be_visible()
    await expect(page.locator("main .avatar img")).to_be_visible()
    await page.get_by_label("Street").fill("Rue de la Paix")
    await page.get_by_role("textbox", name="Telephone").fill("+33 1 22 33 44 55")
    await page.reload()
    await expect(page.get_by_label("Street")).to_have_value("Rue de la Paix")
    await page.get_by_role("button", name="Save").click()
    await expect(page.locator(".toast", has_text="Saved.")).to_be_visible()
    profile = (await client.http.get("/api/v1/portal/client")).json()
    assert (profile["billingAddress"]["street"], profile["phone"]) == ("Rue de la Paix", "+33 1 22 33 44 55")
    assert profile["avatar"]["blobId"]
    await page.get_by_role("button", name="Remove").click()
    await expect(page.locator(".toast", has_text="Your picture is removed.")).to_be_visible()


async def test_which_mails_one_gets_is_chosen_and_holds_at_once(house: House, visit: Visit) -> None:
    _, client = await a_client(house)
    await visit.open_portal(client.token)
    page = visit.page
    await page.get_by_role("link", name="Profile").first.click()
    await page.get_by_label("A file is shared with you").select_option("Never")
    await page.get_by_label("You get a quote").select_option("Once a day")

    async def chosen() -> bool:
        found = (await client.http.get("/api/notification-preferences")).json()["preferences"]
        wished = {one["kind"]: one["frequency"] for one in found}
        return (wished["file_shared"], wished["quote_sent"], wished["file_commented"]) == ("never", "daily", "now")

    await house.eventually(chosen)
    await page.reload()
    await expect(page.get_by_label("A file is shared with you")).to_have_value("never")


async def test_other_sessions_are_ended_and_this_one_by_signing_out(house: House, visit: Visit) -> None:
    _, client = await a_client(house)
    elsewhere = [await client.session() for _ in range(2)]
    await sign_in(visit, client)
    page = visit.page
    await page.get_by_role("link", name="Profile").first.click()
    sessions = page.locator(".session")
    await expect(sessions).to_have_count(3)
    await expect(sessions.first).to_contain_text("Here")
    await page.get_by_role("button", name="Sign out everywhere else").click()
    await expect(sessions).to_have_count(1)
    for session in elsewhere:
        assert (await session.http.get("/api/v1/portal/auth/sessions")).status_code == 401
    await page.locator("main").get_by_role("button", name="Sign out", exact=True).click()
    await expect(page.get_by_text("You are signed out.")).to_be_visible()


@pytest.fixture(params=["phone-light", "phone-dark", "desk-light", "desk-dark"])
async def reader(request: pytest.FixtureRequest, browser: Browser, front: Front, house: House) -> AsyncIterator[Visit]:
    """A person with each kind of screen and each colour scheme."""
    screen, scheme = request.param.split("-")
    size = {"width": 390, "height": 844} if screen == "phone" else {"width": 1280, "height": 900}
    # What fades in has its contrast only afterwards.
    async with visiting(browser, front, **size, color_scheme=scheme, reduced_motion="reduce") as visit:
        yield visit


async def papers_of(agency: Agency, client: Client) -> list[str]:
    """Papers in many states, with names that ask for trouble; the addresses of their pages."""
    lines: list[dict[str, Any]] = [
        {"description": LONG, "quantity": 2.75, "unitPrice": 123456, "taxRate": 10, "taxName": HEBREW},
        {"description": HEBREW, "unitPrice": 5000, "optional": True, "discount": {"type": "percent", "value": 5}},
    ]
    body = {"clientId": client.id, "title": LONG, "currency": "JPY", "lines": lines, "notes": LONG}
    quote = await agency.made("/api/quotes", body)
    contract = await agency.made("/api/contracts", {"clientId": client.id, "title": HEBREW, "body": f"# A\n\n{LONG}"})
    signed = await agency.made("/api/contracts", {"clientId": client.id, "title": LONG, "body": "Text"})
    for path in (f"quotes/{quote['id']}", f"contracts/{contract['id']}", f"contracts/{signed['id']}"):
        assert (await agency.http.post(f"/api/{path}/send", json={"sendEmail": False})).status_code == 200
    signature = {"signatureData": "Ada", "clientName": "Ada", "consent": True}
    assert (await client.http.post(f"/api/contracts/{signed['id']}/sign", json=signature)).status_code == 200
    due = {"clientId": client.id, "currency": "EUR", "dueDate": "2099-03-15", "notes": HEBREW}
    invoice = await agency.made("/api/invoices", {**due, "amount": 9999999.99})
    await agency.made(f"/api/invoices/{invoice['id']}/payments", {"amount": 100, "method": "bank_transfer"})
    await agency.made(f"/api/invoices/{invoice['id']}/credit-notes", {"amount": 5, "reason": LONG})
    kinds = {"quotes": [quote], "contracts": [contract, signed], "invoices": [invoice]}
    return [f"#/{kind}/{one['id']}" for kind, some in kinds.items() for one in some]


async def test_no_page_of_papers_or_of_the_profile_has_faults(house: House, reader: Visit) -> None:
    agency, client = await a_client(house, name=LONG)
    addresses = [*await papers_of(agency, client), "#/papers", "#/papers/statement", "#/documents", "#/profile"]
    await reader.open_portal(client.token)
    page, found = reader.page, {}
    for address in addresses:
        await go(page, address)
        await expect(page.locator("main:not([aria-busy]) h1")).to_be_visible()
        await expect(page.locator("main .bones")).to_have_count(0)
        found[address] = await faults_of(page) + await violations(page)
    await go(page, addresses[0])
    for button, what in (("Accept", "accept"), ("Decline", "decline")):
        await page.get_by_role("button", name=button, exact=True).click()
        await expect(page.get_by_role("dialog")).to_be_visible()
        found[what] = await violations(page)
        await page.keyboard.press("Escape")
    await go(page, addresses[1])
    await page.get_by_label("Draw it").check()
    found["drawing"] = await faults_of(page) + await violations(page)
    assert {name: faults for name, faults in found.items() if faults} == {}
