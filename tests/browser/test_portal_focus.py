"""Answering in the portal: the focus stays in the page when its button goes, and what is said covers no button."""

from playwright.async_api import expect

from tests.browser.papers import a_quote
from tests.browser.people import a_client, toast
from tests.browser.visit import Visit
from tests.house import House


async def test_the_focus_stays_in_the_page_when_the_button_that_was_pressed_goes(house: House, visit: Visit) -> None:
    _, client = await a_client(house)
    await a_quote(client, send=True)
    await visit.open_portal(client.token)
    await visit.page.get_by_role("link", name="Relaunch").first.click()
    await visit.page.get_by_role("button", name="Accept", exact=True).focus()
    await visit.page.keyboard.press("Enter")
    await visit.page.get_by_role("dialog").get_by_label("Your full name").press("Enter")
    await expect(toast(visit.page, "Accepted.")).to_be_visible()
    await expect(visit.page.get_by_role("button", name="Accept", exact=True)).to_have_count(0)
    await expect(visit.page.get_by_role("main")).to_be_focused()


async def test_an_empty_request_for_changes_leads_to_its_field(house: House, visit: Visit) -> None:
    _, client = await a_client(house)
    await a_quote(client, send=True)
    await visit.open_portal(client.token)
    await visit.page.get_by_role("link", name="Relaunch").first.click()
    await visit.page.get_by_role("button", name="Request changes").click()
    dialog = visit.page.get_by_role("dialog")
    await dialog.get_by_role("button", name="Send request").click()
    await expect(dialog.get_by_role("textbox")).to_be_focused()
    await expect(dialog.get_by_role("textbox")).to_have_attribute("aria-invalid", "true")


async def test_what_is_said_does_not_cover_the_one_button_of_a_paper(house: House, phone: Visit) -> None:
    _, client = await a_client(house)
    await a_quote(client, send=True)
    await phone.open_portal(client.token)
    await phone.page.get_by_role("link", name="Relaunch").first.tap()
    await phone.page.get_by_role("main").get_by_role("button", name="Request changes").tap()
    dialog = phone.page.get_by_role("dialog")
    await dialog.get_by_role("textbox").fill("Without photos")
    await dialog.get_by_role("button", name="Send request").tap()
    await expect(toast(phone.page, "Your request has been sent")).to_be_visible()
    accept = phone.page.get_by_role("button", name="Accept", exact=True)
    await expect(accept).to_be_in_viewport()
    told, button = await phone.page.locator(".toast").bounding_box(), await accept.bounding_box()
    assert told
    assert button
    assert told["y"] + told["height"] <= button["y"]
