"""Every way in can be read and used: on a phone and a desk, in light and dark, with long and with Arabic names."""

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, expect

from tests.browser.people import a_client, magic_link, mailed_link, open_part, project_link
from tests.browser.reading import faults_of
from tests.browser.visit import Front, Visit, visiting
from tests.house import PASSWORD, House

LONG = "Wilhelmina " * 18
ARABIC = "مكتب الشمال للتصميم"
CONFIG = "/api/v1/client-portal/config"


@pytest.fixture(params=["phone-light", "phone-dark", "desk-light", "desk-dark"])
async def reader(request: pytest.FixtureRequest, browser: Browser, front: Front, house: House) -> AsyncIterator[Visit]:
    """A person with each kind of screen and each colour scheme."""
    screen, scheme = request.param.split("-")
    size = {"width": 390, "height": 844} if screen == "phone" else {"width": 1280, "height": 900}
    async with visiting(browser, front, **size, color_scheme=scheme) as visit:
        yield visit


async def test_the_ways_into_a_portal_have_no_faults(house: House, reader: Visit) -> None:
    agency, client = await a_client(house, name=LONG.strip()[:200], agency=ARABIC)
    colours = {"primary_color": "#FFE066", "portal_name": LONG.strip()[:200], "welcome_message": "Welcome. " * 40}
    assert (await agency.http.patch(CONFIG, json=colours)).status_code == 200
    page, faults = reader.page, {}
    await reader.open(f"/portal/{agency.slug}")
    await page.get_by_label("Your e-mail address").wait_for()
    faults["sign in"] = await faults_of(page)
    await page.get_by_role("button", name="Send me a link").click()
    await page.get_by_text("Enter your whole e-mail address").wait_for()
    faults["complaint"] = await faults_of(page)
    await page.get_by_label("Your e-mail address").fill(f"{'a' * 60}@{'b' * 60}.{'c' * 60}.test")
    await page.get_by_role("button", name="Send me a link").click()
    await page.get_by_role("heading", name="Check your mail").wait_for()
    faults["check your mail"] = await faults_of(page)
    await reader.open(await magic_link(client))
    await page.get_by_role("button", name="Sign in").wait_for()
    faults["magic link"] = await faults_of(page)
    await page.get_by_role("button", name="Sign in").click()
    await project_link(page).wait_for()
    faults["portal"] = await faults_of(page)
    reader.expected = ("401",)
    await page.route("**/api/portal/messages", lambda route: route.fulfill(status=401, json={}))
    await page.route("**/auth/refresh", lambda route: route.fulfill(status=401, json={}))
    await open_part(page, "Messages")
    await page.get_by_label("Write a message").fill("Hello")
    await page.get_by_role("button", name="Send").click()
    await page.get_by_role("heading", name="Your session has ended").wait_for()
    faults["session ended"] = await faults_of(page)
    assert {name: found for name, found in faults.items() if found} == {}


async def test_the_pages_of_members_have_no_faults(house: House, reader: Visit) -> None:
    agency = await house.agency(name=ARABIC)
    email = f"{'m' * 60}@{agency.slug}.{'x' * 50}.test"
    await agency.made("/api/invitations", {"email": email, "role": "member"})
    page, faults = reader.page, {}
    await reader.open(await mailed_link(house, email, "/app/invitation#token="))
    await page.get_by_label("Your name").wait_for()
    faults["invitation"] = await faults_of(page)
    await page.get_by_role("button", name="Join", exact=True).click()
    await page.get_by_text("Tell us your name.").wait_for()
    faults["complaints"] = await faults_of(page)
    await page.get_by_label("Your name").fill(LONG.strip()[:200])
    await page.get_by_label("Choose a password").fill(PASSWORD)
    await page.get_by_role("button", name="Join", exact=True).click()
    await page.get_by_role("heading", name="You have joined").wait_for()
    faults["joined"] = await faults_of(page)
    await reader.open("/app/reset-password#token=nonsense")
    await page.get_by_label("New password").fill("short")
    await page.get_by_role("button", name="Save the password").click()
    await page.get_by_text("Take at least 8 characters.").wait_for()
    faults["reset"] = await faults_of(page)
    reader.expected = ("404",)
    await reader.open("/portal/nobody-has-this")
    faults["nobody"] = await faults_of(page)
    assert {name: found for name, found in faults.items() if found} == {}


async def test_the_check_finds_faults(visit: Visit) -> None:
    await visit.open("/app/reset-password#token=nonsense")
    await visit.page.get_by_label("New password").wait_for()
    await visit.page.evaluate(
        "for (const label of document.querySelectorAll('label')) label.remove();"
        "document.documentElement.style.setProperty('--text', '#cccccc');"
        "document.querySelector('h1').outerHTML"
    )
    faults = "\n".join(await faults_of(visit.page))
    assert "no label" in faults
    assert "contrast" in faults


async def test_an_arabic_name_is_read_from_the_right(house: House, visit: Visit) -> None:
    agency, client = await a_client(house, name="آدا لوفلايس", agency=ARABIC)
    await visit.open(f"/portal/{agency.slug}")
    name = visit.page.get_by_text(ARABIC)
    await expect(name).to_be_visible()
    assert await name.evaluate("(name) => getComputedStyle(name).direction") == "rtl"
    await visit.open_portal(client.token)
    shown = visit.page.locator(".client-name")
    assert await shown.evaluate("(name) => getComputedStyle(name).direction") == "rtl"


async def test_a_link_can_be_sent_again_after_a_while_and_to_another_address(house: House, visit: Visit) -> None:
    agency, client = await a_client(house)
    await visit.page.clock.install()
    await visit.open(f"/portal/{agency.slug}")
    await visit.page.get_by_label("Your e-mail address").fill(client.email)
    await visit.page.get_by_role("button", name="Send me a link").click()
    again = visit.page.get_by_role("button", name="Send again")
    await expect(again).to_have_attribute("aria-disabled", "true")
    for _ in range(2):
        for _ in range(31):
            await visit.page.clock.run_for(1000)
        await again.click()
        await expect(visit.page.get_by_role("status")).to_have_text("Sent again.")
    for _ in range(31):
        await visit.page.clock.run_for(1000)
    visit.expected = ("429",)
    await again.click()
    await expect(visit.page.get_by_role("status")).to_contain_text("A link was asked for several times already.")
    await visit.page.get_by_role("button", name="Use another address").click()
    await expect(visit.page.get_by_label("Your e-mail address")).to_have_value(client.email)
