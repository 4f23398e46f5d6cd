"""The components that all pages are made of: each can be read, and used without a mouse."""

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, Page, expect

from tests.browser.axe import violations
from tests.browser.people import a_member_at
from tests.browser.reading import faults_of
from tests.browser.visit import Front, Visit, visiting
from tests.house import House

PAGE = "/app/components"


@pytest.fixture(params=["phone-light", "phone-dark", "desk-light", "desk-dark"])
async def reader(request: pytest.FixtureRequest, browser: Browser, front: Front, house: House) -> AsyncIterator[Visit]:
    """A person with each kind of screen and each colour scheme."""
    screen, scheme = request.param.split("-")
    size = {"width": 390, "height": 844} if screen == "phone" else {"width": 1280, "height": 900}
    async with visiting(browser, front, **size, color_scheme=scheme) as visit:
        yield visit


@pytest.fixture
async def page(house: House, visit: Visit) -> Page:
    """The page of all components."""
    await a_member_at(visit, await house.agency(), PAGE)
    await expect(visit.page.get_by_role("heading", level=1)).to_have_text("Components")
    return visit.page


async def test_no_component_has_a_fault_whichever_way_one_reads(house: House, reader: Visit) -> None:
    await a_member_at(reader, await house.agency(), PAGE)
    await expect(reader.page.get_by_role("heading", name="A heading of somebody's own")).to_be_visible()
    await expect(reader.page.locator(".uplot")).to_be_attached()
    assert await violations(reader.page) == []
    assert await faults_of(reader.page) == []
    await reader.page.get_by_role("button", name="Right to left").click()
    await expect(reader.page.locator("main")).to_have_attribute("dir", "rtl")
    assert await faults_of(reader.page) == []


async def test_axe_finds_what_is_wrong(page: Page) -> None:
    await page.evaluate(
        "document.querySelector('label').remove();"
        "document.documentElement.style.setProperty('--text-quiet', '#cccccc');"
    )
    found = "\n".join(await violations(page))
    assert "label:" in found
    assert "color-contrast:" in found


async def test_a_dialog_holds_the_focus_and_gives_it_back(page: Page) -> None:
    opener = page.get_by_role("button", name="Open a dialog")
    await opener.press("Enter")
    dialog = page.get_by_role("dialog", name="Edit the client")
    await expect(dialog.get_by_label("Name of the client")).to_be_focused()
    assert await violations(page) == []
    for _ in range(8):
        await page.keyboard.press("Tab")
        held = "document.activeElement === document.body || document.activeElement.closest('dialog') !== null"
        assert await page.evaluate(held)
    await page.keyboard.press("Escape")
    await expect(dialog).to_be_hidden()
    await expect(opener).to_be_focused()
    await opener.press("Enter")
    await dialog.get_by_label("Name of the client").fill("Ada")
    await page.keyboard.press("Enter")
    await expect(dialog).to_be_hidden()
    await expect(page.locator(".toast")).to_contain_text("Saved: Ada")


async def test_a_question_stays_until_it_is_answered_and_done(page: Page) -> None:
    await page.get_by_role("button", name="Ask first").click()
    dialog = page.get_by_role("dialog", name="Delete this client?")
    await expect(dialog.get_by_role("button", name="Cancel")).to_be_focused()
    await dialog.get_by_role("button", name="Delete").click()
    await expect(dialog.get_by_role("button", name="Delete")).to_have_attribute("aria-busy", "true")
    await expect(dialog).to_be_hidden()


async def test_escape_closes_what_is_open_in_a_drawer_before_the_drawer(page: Page) -> None:
    await page.get_by_role("button", name="Open a drawer").click()
    drawer = page.get_by_role("dialog", name="Filters")
    search = drawer.get_by_label("Search filters")
    await search.fill("a")
    await page.keyboard.press("Escape")
    await expect(search).to_have_value("")
    await drawer.get_by_role("combobox", name="Person").press("ArrowDown")
    options = drawer.get_by_role("option")
    await expect(options).to_have_count(5)
    await page.keyboard.press("Escape")
    await expect(options.first).to_be_hidden()
    await expect(drawer).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(drawer).to_be_hidden()


async def test_a_menu_is_walked_with_the_arrow_keys(page: Page) -> None:
    button = page.get_by_role("button", name="More of this")
    await button.press("ArrowDown")
    menu = page.get_by_role("menu", name="More of this")
    await expect(menu.get_by_role("menuitem", name="Edit")).to_be_focused()
    assert await violations(page) == []
    await page.keyboard.press("ArrowDown")
    await expect(menu.get_by_role("menuitem", name="Copy link")).to_be_focused()
    await page.keyboard.press("ArrowDown")
    await expect(menu.get_by_role("menuitem", name="Delete")).to_be_focused()
    await page.keyboard.press("ArrowDown")
    await expect(menu.get_by_role("menuitem", name="Edit")).to_be_focused()
    await page.keyboard.press("c")
    await expect(menu.get_by_role("menuitem", name="Copy link")).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(menu).to_be_hidden()
    await expect(page.get_by_role("status").filter(has_text="Link copied.")).to_be_visible()
    await button.press("Enter")
    await page.keyboard.press("Escape")
    await expect(menu).to_be_hidden()
    await expect(button).to_be_focused()


async def test_a_menu_opens_and_closes_by_its_button_and_closes_by_a_press_elsewhere(page: Page) -> None:
    button = page.get_by_role("button", name="More of this")
    menu = page.get_by_role("menu", name="More of this")
    await button.click()
    await expect(menu).to_be_visible()
    await button.click()
    await expect(menu).to_be_hidden()
    await expect(button).to_have_attribute("aria-expanded", "false")
    await button.click()
    await page.get_by_role("heading", level=1).click()
    await expect(menu).to_be_hidden()


async def test_a_toast_can_be_undone_and_bad_news_stays(page: Page) -> None:
    await page.get_by_role("button", name="Bad news").click()
    await page.get_by_role("button", name="Good news with undo").click()
    toasts = page.locator(".toast")
    await expect(toasts).to_have_count(2)
    assert await violations(page) == []
    await page.get_by_role("button", name="Undo", exact=True).click()
    await expect(toasts).to_have_count(1)
    await expect(toasts).to_contain_text("Not sent")
    for _ in range(4):
        await page.get_by_role("button", name="Good news with undo").click()
    await expect(toasts).to_have_count(3)


async def test_a_toast_is_read_and_undone_over_a_dialog_and_outlives_it(page: Page) -> None:
    await page.get_by_role("button", name="Good news with undo").click()
    await page.get_by_role("button", name="Open a dialog").click()
    dialog = page.get_by_role("dialog", name="Edit the client")
    field = dialog.get_by_label("Name of the client")
    await field.fill("Ada")
    clear = dialog.get_by_role("button", name="Clear the name")
    await clear.focus()
    await page.keyboard.press("Enter")
    await expect(field).to_have_value("")
    await expect(page.get_by_role("status").filter(has_text="Cleared.")).to_be_attached()
    toast = page.locator(".toast", has_text="Cleared.")
    assert await violations(page) == []
    await toast.get_by_role("button", name="Undo").focus()
    await page.keyboard.press("Enter")
    await expect(field).to_have_value("Ada")
    await expect(toast).to_have_count(0)
    await expect(clear).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(dialog).to_be_hidden()
    await page.locator(".toast", has_text="Saved.").get_by_role("button", name="Undo").click()
    await expect(page.locator(".toast")).to_have_count(0)


async def test_good_news_fades_by_itself_unless_it_is_being_read(house: House, visit: Visit) -> None:
    await visit.page.clock.install()
    await a_member_at(visit, await house.agency(), PAGE)
    await visit.page.get_by_role("button", name="Good news with undo").click()
    toast = visit.page.locator(".toast")
    await toast.hover()
    await visit.page.clock.run_for(30_000)
    await expect(toast).to_be_visible()
    await visit.page.mouse.move(0, 0)
    await visit.page.clock.run_for(13_000)
    await expect(toast).to_be_hidden()


async def test_one_of_many_is_found_by_typing_and_chosen_by_key(page: Page) -> None:
    field = page.get_by_role("combobox", name="Client")
    await field.press_sequentially("hop")
    options = page.get_by_role("listbox", name="Client").get_by_role("option")
    await expect(options).to_have_count(1)
    active = await field.get_attribute("aria-activedescendant")
    assert await options.first.get_attribute("id") == active
    assert await violations(page) == []
    await page.keyboard.press("Enter")
    await expect(field).to_have_value("Grace Hopper")
    await expect(options).to_have_count(0)
    await page.get_by_role("button", name="Clear").last.click()
    await expect(field).to_have_value("")
    await field.press("ArrowDown")
    await expect(options).to_have_count(5)
    await field.press("ArrowDown")
    await expect(options.first).to_have_class("option option-active")
    await page.keyboard.press("Escape")
    await expect(options.first).to_be_hidden()


async def test_options_lie_next_to_their_field_wherever_it_scrolls(page: Page) -> None:
    field = page.get_by_role("combobox", name="Client")
    await field.click()
    listbox = page.get_by_role("listbox", name="Client")
    await expect(listbox).to_be_visible()
    await page.mouse.wheel(0, 120)
    await page.wait_for_function("scrollY > 50")
    edge = "(list) => Math.round(list.getBoundingClientRect().top)"
    below = "(field) => Math.round(field.getBoundingClientRect().bottom)"
    assert 0 <= await listbox.evaluate(edge) - await field.evaluate(below) <= 12


async def test_nothing_found_is_said(page: Page) -> None:
    await page.get_by_role("combobox", name="Client").press_sequentially("zzz")
    await expect(page.get_by_text("Nothing found.")).to_be_visible()


async def test_tabs_are_walked_with_the_arrow_keys(page: Page) -> None:
    tabs = page.get_by_role("tablist", name="Parts").get_by_role("tab")
    await tabs.nth(1).focus()
    await page.keyboard.press("ArrowRight")
    await expect(tabs.nth(2)).to_be_focused()
    await expect(tabs.nth(2)).to_have_attribute("aria-selected", "true")
    await expect(page.get_by_role("tabpanel")).to_contain_text("messages")
    await page.keyboard.press("ArrowRight")
    await expect(tabs.nth(0)).to_be_focused()
    await page.keyboard.press("End")
    await expect(tabs.nth(2)).to_be_focused()


async def test_the_page_is_begun_at_its_top(page: Page) -> None:
    # By the time the chart is drawn every component has done what it does when it appears.
    await expect(page.locator(".uplot")).to_be_attached()
    assert await page.evaluate("scrollY") == 0


async def test_a_table_is_walked_ticked_and_sorted_by_key(page: Page) -> None:
    table = page.get_by_role("table", name="Invoices")
    first = table.get_by_role("link", name="INV-0042")
    await first.focus()
    await page.keyboard.press("ArrowDown")
    await expect(table.get_by_role("link", name="INV-0043")).to_be_focused()
    await table.get_by_label("Choose INV-0045").press("Space")
    await expect(table.get_by_label("Choose INV-0045")).to_be_checked()
    await table.get_by_label("Choose all").press("Space")
    await expect(table.get_by_role("checkbox", checked=True)).to_have_count(5)
    head = table.get_by_role("columnheader", name="Due")
    await expect(head).to_have_attribute("aria-sort", "ascending")
    await head.get_by_role("button").press("Enter")
    await expect(head).to_have_attribute("aria-sort", "descending")


async def test_amounts_are_read_as_people_type_them(page: Page) -> None:
    module = "document.querySelector('script[type=module]').src.replace('app/main.js', 'lib/amounts.js')"
    typed = ["1,499.50", "1.499,50", "1 499,5", "1499.5", "1,250", "0,250", "12,34,567", "-3", "CHF", "", "1.2.3,4"]
    read = f"async (typed) => typed.map((await import({module})).amountOf)"
    assert await page.evaluate(read, typed) == [
        1499.5,
        1499.5,
        1499.5,
        1499.5,
        1250,
        0.25,
        1234567,
        -3,
        None,
        None,
        123.4,
    ]


async def test_what_people_write_is_shown_without_what_could_harm(page: Page) -> None:
    text = page.locator("div.prose")
    await expect(text.get_by_role("heading", name="A heading of somebody's own", level=2)).to_be_visible()
    link = text.get_by_role("link", name="link")
    await expect(link).to_have_attribute("rel", "noopener noreferrer nofollow")
    await expect(text).to_contain_text("<script>alert(1)</script>")
    assert await text.locator("script, img, [onerror]").count() == 0
    assert await text.locator("a").count() == 1
