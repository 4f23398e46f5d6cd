"""Pages that anybody may open: what they say, and that they are drawn without breaking their policy."""

import pytest
from playwright.async_api import expect

from tests.browser.visit import Visit


@pytest.mark.parametrize("token", ["unknown", "0" * 32 + "." + "A" * 43])
async def test_an_unknown_link_is_told_so(visit: Visit, token: str) -> None:
    visit.expected = ("404",)
    await visit.open(f"/client-portal/{token}")
    await expect(visit.page.get_by_role("heading", level=1)).to_have_text("This link does not open a portal")


async def test_a_portal_opened_without_its_link_asks_for_it(visit: Visit) -> None:
    await visit.open("/client-portal")
    await expect(visit.page.get_by_role("heading", level=1)).to_have_text("This link does not open a portal")


async def test_the_reference_is_drawn_without_breaking_its_policy(visit: Visit) -> None:
    await visit.open("/docs")
    await visit.page.locator(".opblock").first.wait_for()
    seen: set[str] = set()
    # A chapter is drawn while the reader is near it.
    for _ in range(40):
        seen |= set(await visit.page.locator(".opblock").evaluate_all("(blocks) => blocks.map((block) => block.id)"))
        if len(seen) > 30:
            break
        await visit.page.mouse.wheel(0, 700)
        await visit.page.wait_for_timeout(200)
    assert len(seen) > 30
    await visit.page.locator(".opblock-summary-control").first.click()
    await expect(visit.page.locator(".opblock-body").first).to_be_visible()


async def test_the_first_page_and_the_error_codes_open(visit: Visit) -> None:
    await visit.open("/")
    await expect(visit.page.get_by_role("link", name="API", exact=True)).to_have_attribute("href", "/docs")
    await visit.open("/docs/errors#not_found")
    await expect(visit.page.locator("#not_found")).to_be_in_viewport()
