"""The frame around the pages of the dashboard, and where a member begins."""

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, Page, expect

from tests.browser.axe import violations
from tests.browser.people import a_client, a_member_at
from tests.browser.reading import faults_of
from tests.browser.visit import Front, Visit, visiting
from tests.house import House

LONG = "Donaudampfschifffahrtsgesellschaft" * 5


@pytest.fixture(params=["phone-light", "phone-dark", "desk-light", "desk-dark"])
async def reader(request: pytest.FixtureRequest, browser: Browser, front: Front, house: House) -> AsyncIterator[Visit]:
    """A person with each kind of screen and each colour scheme, for whom nothing moves: what fades in is faint."""
    screen, scheme = request.param.split("-")
    size = {"width": 390, "height": 844} if screen == "phone" else {"width": 1280, "height": 900}
    async with visiting(browser, front, **size, color_scheme=scheme, reduced_motion="reduce") as visit:
        yield visit


async def faults(page: Page) -> list[str]:
    return await violations(page) + await faults_of(page)


async def open_palette(page: Page) -> None:
    await page.keyboard.press("Control+k")
    await expect(page.get_by_role("combobox", name="Search or jump to")).to_be_focused()


async def test_the_frame_and_its_windows_have_no_faults(house: House, reader: Visit) -> None:
    agency, client = await a_client(house, name=LONG[:160], agency="مكتب الشمال للتصميم")
    invoice = {"clientId": client.id, "amount": 1200, "currency": "EUR", "dueDate": "2020-01-31"}
    await agency.made("/api/invoices", invoice)
    thread = await agency.made(
        f"/api/projects/{(await agency.http.get('/api/projects')).json()[0]['id']}/threads", {"name": LONG}
    )
    await client.http.post(
        "/api/portal/messages", json={"content": LONG, "projectId": thread["projectId"], "threadId": thread["id"]}
    )
    page, found = reader.page, {}
    await a_member_at(reader, agency, "/app")
    await expect(page.get_by_role("heading", name="Income by month")).to_be_visible()
    await expect(page.get_by_role("link", name="is overdue")).to_be_visible()
    found["home"] = await faults(page)
    await open_palette(page)
    await page.keyboard.type("Donau")
    await expect(page.get_by_role("option", name=LONG[:160]).first).to_be_visible()
    found["palette"] = await faults(page)
    await page.keyboard.press("Escape")
    await page.keyboard.press("?")
    await expect(page.get_by_role("dialog", name="Keyboard shortcuts")).to_be_visible()
    found["shortcuts"] = await faults(page)
    await page.keyboard.press("Escape")
    await reader.open("/app/search?q=Donau")
    await expect(page.get_by_role("link", name="Donau").first).to_be_visible()
    found["search"] = await faults(page)
    await reader.open(f"/app/inbox/{thread['id']}")
    await expect(page.get_by_label("Write to the client")).to_be_visible()
    await expect(page.locator(".talk-bubble")).to_have_count(1)
    found["inbox"] = await faults(page)
    assert {name: there for name, there in found.items() if there} == {}


async def test_the_palette_leads_anywhere_by_keyboard(house: House, visit: Visit) -> None:
    agency, client = await a_client(house)
    page = visit.page
    await a_member_at(visit, agency, "/app/search")
    await open_palette(page)
    await page.keyboard.type("new inv")
    await expect(page.get_by_role("option", name="New invoice")).to_have_attribute("aria-selected", "true")
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).not_to_be_visible()
    await open_palette(page)
    await page.keyboard.type("Ada B")
    hit = page.get_by_role("group", name="Clients").get_by_role("option", name="Ada Byron")
    await expect(hit).to_be_visible()
    await page.keyboard.press("ArrowUp")
    await expect(page.get_by_role("option", name="Show everything found for “Ada B”")).to_have_attribute(
        "aria-selected", "true"
    )
    await page.keyboard.press("ArrowDown")
    await expect(hit).to_have_attribute("aria-selected", "true")
    await page.keyboard.press("Enter")
    await expect(page).to_have_url(f"{visit.address}/app/clients/{client.id}")


async def test_keys_lead_to_sections_but_not_while_one_types(house: House, visit: Visit) -> None:
    page = visit.page
    await a_member_at(visit, await house.agency(name="Northwind Studio"), "/app/search")
    await expect(page.get_by_role("searchbox")).to_be_focused()
    await page.keyboard.type("gi")
    await expect(page.get_by_role("searchbox")).to_have_value("gi")
    await page.get_by_role("heading", level=1).click()
    await page.keyboard.press("g")
    await page.keyboard.press("i")
    await expect(page.get_by_role("heading", level=1)).to_have_text("Inbox")
    await expect(page).to_have_title("Inbox · Northwind Studio")
    await expect(page.get_by_role("link", name="Inbox", exact=True)).to_have_attribute("aria-current", "page")
    await page.keyboard.press("?")
    await page.get_by_role("switch", name="Single keys").click()
    await page.keyboard.press("Escape")
    await page.keyboard.press("g")
    await page.keyboard.press("h")
    await expect(page.get_by_role("heading", level=1)).to_have_text("Inbox")


async def test_an_agency_with_nothing_sees_first_steps_and_no_empty_boxes(house: House, visit: Visit) -> None:
    agency, page = await house.agency(), visit.page
    await a_member_at(visit, agency, "/app")
    steps = page.get_by_role("region", name="First steps")
    await expect(steps.get_by_role("link")).to_have_text(["Add a client", "Start a project", "Write an invoice"])
    await expect(page.get_by_role("region")).to_have_count(1)
    await agency.client(name="Ada Byron")
    await expect(steps.get_by_role("link")).to_have_text(["Start a project", "Write an invoice"])
    await expect(page.get_by_role("region", name="Waiting for you")).to_contain_text("Nothing waits for you.")


async def test_home_shows_what_waits_for_whom_as_it_happens(house: House, visit: Visit) -> None:
    agency, client = await a_client(house)
    page, project = visit.page, (await agency.http.get("/api/projects")).json()[0]
    quote = await agency.made(
        "/api/quotes",
        {
            "clientId": client.id,
            "title": "Relaunch",
            "currency": "EUR",
            "lines": [{"description": "Design", "quantity": 1, "unitPrice": 900}],
        },
    )
    await a_member_at(visit, agency, "/app")
    ours, theirs = (
        page.get_by_role("region", name="Waiting for you"),
        page.get_by_role("region", name="Waiting for clients"),
    )
    await expect(theirs).to_contain_text("No client has anything to answer.")
    sent = await agency.http.post(f"/api/quotes/{quote['id']}/send", json={})
    assert sent.status_code == 200, sent.text
    await expect(theirs.get_by_role("link", name="Quote Relaunch for Ada Byron")).to_be_visible()
    await client.http.post("/api/portal/messages", json={"content": "When do we start?", "projectId": project["id"]})
    await expect(ours.get_by_role("link", name="Ada Byron wrote in Website relaunch")).to_contain_text(
        "When do we start?"
    )
    accepted = await client.http.post(
        f"/api/quotes/{quote['id']}/accept", json={"revision": sent.json()["revision"], "name": "Ada Byron"}
    )
    assert accepted.status_code == 200, accepted.text
    await expect(ours.get_by_role("link", name="Ada Byron accepted Relaunch")).to_be_visible()
    await expect(theirs.get_by_role("link", name="Quote Relaunch")).not_to_be_visible()


async def test_the_table_under_the_income_is_exact_where_the_scale_is_rounded(house: House, visit: Visit) -> None:
    agency, client = await a_client(house)
    line = {"description": "Stamp", "quantity": 1, "unitPrice": 1.79}
    invoice = {"clientId": client.id, "currency": "EUR", "dueDate": "2030-01-31", "draft": False, "lines": [line]}
    await agency.made("/api/invoices", invoice)
    await a_member_at(visit, agency, "/app")
    income = visit.page.get_by_role("region", name="Income by month")
    await income.get_by_text("Show as a table").click()
    await expect(income.get_by_role("cell", name="€1.79")).to_be_visible()


async def test_a_search_for_a_kind_that_is_not_found_shows_what_is(house: House, visit: Visit) -> None:
    agency, page = (await a_client(house))[0], visit.page

    async def is_found() -> bool:
        answer = await agency.http.get("/api/search", params={"q": "Ada"})
        return any(one["kind"] == "client" for one in answer.json()["results"])

    await house.eventually(is_found)
    await a_member_at(visit, agency, "/app/search?q=Ada&kind=contract")
    await expect(page.get_by_role("group").get_by_role("button", pressed=True)).to_contain_text("All")
    await expect(page.get_by_role("region", name="Clients").get_by_role("link", name="Ada Byron")).to_be_visible()


async def test_a_phone_has_the_sections_in_a_drawer(house: House, phone: Visit) -> None:
    page = phone.page
    await page.emulate_media(reduced_motion="reduce")
    await a_member_at(phone, await house.agency(name="Northwind Studio"), "/app")
    await page.get_by_role("button", name="Menu", exact=True).click()
    drawer = page.get_by_role("dialog", name="Northwind Studio")
    await expect(drawer.get_by_role("link", name="Home")).to_have_attribute("aria-current", "page")
    assert await faults(page) == []
    await drawer.get_by_role("link", name="Inbox").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Inbox")
    await expect(drawer).not_to_be_visible()
    assert await phone.overflow() == 0


async def test_a_timer_that_runs_is_in_sight_and_can_be_stopped(house: House, visit: Visit) -> None:
    agency, _ = await a_client(house)
    project = (await agency.http.get("/api/projects")).json()[0]
    await agency.made("/api/timer/start", {"projectId": project["id"], "description": "Wireframes"})
    await a_member_at(visit, agency, "/app/search")
    timer = visit.page.get_by_role("group", name="Running timer")
    await expect(timer).to_contain_text("Wireframes")
    await timer.get_by_role("button", name="Stop the timer").click()
    await expect(visit.page.locator(".toast").get_by_text("1 minute noted for Website relaunch.")).to_be_visible()
    await expect(timer).not_to_be_visible()
    assert (await agency.http.get("/api/timer")).json() is None


async def test_language_and_colours_are_chosen_and_kept(house: House, visit: Visit) -> None:
    page = visit.page
    await a_member_at(visit, await house.agency(), "/app")
    await page.get_by_role("banner").get_by_role("button", name="Olivia Owner").click()
    await page.get_by_role("menuitem", name="Appearance and language").click()
    await page.get_by_role("radio", name="Dark").check()
    await expect(page.locator("html")).to_have_css("color-scheme", "dark")
    await page.get_by_role("radio", name="Deutsch").click()
    await expect(page.get_by_role("heading", level=1)).to_contain_text("Willkommen bei")
    await expect(page.locator("html")).to_have_attribute("lang", "de")
    await expect(
        page.get_by_role("navigation", name="Bereiche").get_by_role("link", name="Posteingang")
    ).to_be_visible()
    assert await faults(page) == []
    await page.reload()
    await expect(page.get_by_role("heading", level=1)).to_contain_text("Willkommen bei")
    await expect(page.locator("html")).to_have_css("color-scheme", "dark")
    await page.keyboard.press("Control+k")
    await page.keyboard.type("neue rech")
    await expect(page.get_by_role("option", name="Neue Rechnung")).to_have_attribute("aria-selected", "true")


async def test_a_page_that_throws_leaves_the_frame_standing(house: House, visit: Visit) -> None:
    page = visit.page
    visit.expected = ("out of order",)
    broken = "export default () => { throw new Error('out of order') }"
    await page.route("**/app/search/page.js", lambda route: route.fulfill(body=broken, content_type="text/javascript"))
    await a_member_at(visit, await house.agency(), "/app/search")
    await expect(page.get_by_role("heading", level=1)).to_have_text("This did not load")
    await page.get_by_role("link", name="Inbox", exact=True).click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Inbox")


async def test_whoever_is_offline_is_told_so(house: House, visit: Visit) -> None:
    await a_member_at(visit, await house.agency(), "/app/search")
    await visit.page.context.set_offline(True)
    await expect(visit.page.get_by_text("You are offline.")).to_be_visible()
    await visit.page.context.set_offline(False)
    await expect(visit.page.get_by_text("You are offline.")).not_to_be_visible()
