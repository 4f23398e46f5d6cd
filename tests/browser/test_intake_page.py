"""An agency's intake form: filled in by somebody who is no client yet, with everything kept that was typed."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from playwright.async_api import Browser, FilePayload, expect

from services.portal.tests.intake import from_elsewhere
from tests.browser.reading import faults_of
from tests.browser.visit import Front, Visit, visiting
from tests.house import Agency, House

LONG = "Wilhelmina " * 18
ARABIC = "مكتب الشمال للتصميم"
FIELDS: list[dict[str, Any]] = [
    {"key": "goal", "label": "What is it for?", "type": "text", "required": True, "hint": "One line is enough."},
    {"key": "story", "label": "Tell us more", "type": "long_text"},
    {"key": "budget", "label": "Budget in euros", "type": "number"},
    {"key": "mail2", "label": "Another address", "type": "email"},
    {"key": "phone", "label": "Telephone", "type": "phone"},
    {"key": "site", "label": "Present website", "type": "url"},
    {"key": "size", "label": "How large?", "type": "select", "required": True, "options": ["Small", "Large"]},
    {
        "key": "parts",
        "label": "What do you need?",
        "type": "multi_select",
        "options": ["Design", "Photos", LONG[:199].strip()],
    },
    {"key": "terms", "label": "You may call me about this", "type": "checkbox", "required": True},
    {"key": "start", "label": "When should it begin?", "type": "date"},
    {"key": "brief", "label": "Your brief", "type": "file", "hint": "A PDF is best."},
]
BRIEF: FilePayload = {"name": "brief.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 hello"}


@pytest.fixture
async def agency(house: House) -> Agency:
    agency = await house.agency(name="Northwind Studio")
    form = {
        "name": "Start a project",
        "slug": "start",
        "description": "Tell us what you have in mind.",
        "fields": FIELDS,
    }
    await agency.made("/api/intake-forms", form)
    return agency


async def leads_of(agency: Agency, **query: str) -> list[dict[str, Any]]:
    return list((await agency.http.get("/api/leads", params=query)).json())


async def open_form(visit: Visit, agency: Agency) -> None:
    await visit.open(f"/intake/{agency.slug}/start")
    await expect(visit.page.get_by_role("heading", level=1)).to_have_text("Start a project")


async def fill_in(visit: Visit) -> None:
    """Answer what has to be answered."""
    await visit.page.get_by_label("Your name").fill("Mira Okafor")
    await visit.page.get_by_label("Your e-mail address").fill("mira@okafor.test")
    await visit.page.get_by_label("What is it for?").fill("A pottery")
    await visit.page.get_by_label("How large?").select_option("Small")
    await visit.page.get_by_label("You may call me about this").check()


async def send(visit: Visit) -> None:
    await visit.page.get_by_role("button", name="Send", exact=True).click()


async def test_a_form_with_every_sort_of_question_is_filled_in_and_sent(agency: Agency, visit: Visit) -> None:
    await open_form(visit, agency)
    await fill_in(visit)
    page = visit.page
    await page.get_by_label("Tell us more").fill("Two\nlines")
    await page.get_by_label("Budget in euros").fill("1500.5")
    await page.get_by_label("Another address").fill("studio@okafor.test")
    await page.get_by_label("Telephone").fill("+47 22 00 00 00")
    await page.get_by_label("Present website").fill("https://okafor.example")
    await page.get_by_label("Photos").check()
    await page.get_by_label("Design").check()
    await page.get_by_label("When should it begin?").fill("2027-01-15")
    await page.get_by_label("Your brief").set_input_files(BRIEF)
    await page.get_by_label("Your message").fill("Hello there.")
    await send(visit)
    await expect(page.get_by_role("heading", level=1)).to_have_text("Thank you")
    await expect(page.get_by_role("heading", level=1)).to_be_focused()
    await expect(page.get_by_text("mira@okafor.test")).to_be_visible()
    [lead] = await leads_of(agency)
    brief = lead["answers"].pop("brief")
    assert (brief["name"], brief["size"], brief["mimeType"]) == ("brief.pdf", 14, "application/pdf")
    assert (lead["name"], lead["message"], lead["spam"]) == ("Mira Okafor", "Hello there.", False)
    assert lead["answers"] == {
        "goal": "A pottery",
        "story": "Two\nlines",
        "budget": 1500.5,
        "mail2": "studio@okafor.test",
        "phone": "+47 22 00 00 00",
        "site": "https://okafor.example",
        "size": "Small",
        "parts": ["Design", "Photos"],
        "terms": True,
        "start": "2027-01-15",
    }


async def test_it_can_be_filled_in_by_keyboard_alone(agency: Agency, visit: Visit) -> None:
    await open_form(visit, agency)
    await visit.page.get_by_label("Your name").focus()
    for typed in ("Mira Okafor", "mira@okafor.test", "A pottery"):
        await visit.page.keyboard.type(typed)
        await visit.page.keyboard.press("Tab")
    for _ in range(5):
        await visit.page.keyboard.press("Tab")
    await expect(visit.page.get_by_label("How large?")).to_be_focused()
    await visit.page.keyboard.type("Large")
    for _ in range(4):
        await visit.page.keyboard.press("Tab")
    await visit.page.keyboard.press("Space")
    await expect(visit.page.get_by_label("You may call me about this")).to_be_checked()
    await visit.page.keyboard.press("Enter")
    await expect(visit.page.get_by_role("heading", level=1)).to_have_text("Thank you")
    [lead] = await leads_of(agency)
    assert (lead["answers"]["size"], lead["spam"]) == ("Large", False)


async def test_what_is_missing_is_said_beside_its_field_before_anything_is_sent(agency: Agency, visit: Visit) -> None:
    await open_form(visit, agency)
    await send(visit)
    page = visit.page
    await expect(page.get_by_label("Your name")).to_be_focused()
    await expect(page.get_by_label("Your name")).to_have_accessible_description("Tell us your name.")
    goal = page.get_by_label("What is it for?")
    await expect(goal).to_have_accessible_description("One line is enough. Fill this in.")
    await expect(page.get_by_label("How large?")).to_have_accessible_description("Choose one.")
    await expect(page.get_by_label("You may call me about this")).to_have_accessible_description("Tick this to go on.")
    assert not [url for url in visit.requests if url.endswith("/start") and "/api/" in url][1:]


async def test_what_the_server_refuses_is_said_beside_its_field_and_nothing_is_lost(
    agency: Agency, visit: Visit
) -> None:
    await open_form(visit, agency)
    await fill_in(visit)
    await visit.page.get_by_label("Telephone").fill("call me")
    await visit.page.get_by_label("Your brief").set_input_files(BRIEF)
    visit.expected = ("400",)
    await send(visit)
    telephone = visit.page.get_by_label("Telephone")
    await expect(telephone).to_be_focused()
    await expect(telephone).to_have_accessible_description("Must be a telephone number.")
    await telephone.fill("+47 22 00 00 00")
    await expect(telephone).to_have_accessible_description("")
    await expect(telephone).to_be_focused()
    await send(visit)
    await expect(visit.page.get_by_role("heading", level=1)).to_have_text("Thank you")
    [lead] = await leads_of(agency)
    assert lead["answers"]["brief"]["size"] == 14


async def test_what_was_typed_survives_a_reload_and_a_failed_request_and_is_sent_once(
    house: House, agency: Agency, visit: Visit
) -> None:
    await open_form(visit, agency)
    await fill_in(visit)
    await visit.page.reload()
    await expect(visit.page.get_by_label("Your name")).to_have_value("Mira Okafor")
    await expect(visit.page.get_by_label("How large?")).to_have_value("Small")
    await expect(visit.page.get_by_label("You may call me about this")).to_be_checked()
    visit.expected = ("net::ERR_FAILED", "Failed to load resource")

    # It arrives, and the answer is lost on the way.
    async def lose(route: Any) -> None:
        request = route.request
        if request.method == "POST":
            names = ("content-type", "idempotency-key")
            headers = from_elsewhere() | {name: request.headers[name] for name in names}
            sent = await house.gateway.post(request.url, content=request.post_data_buffer, headers=headers)
            assert sent.status_code == 201
            await route.abort()
        else:
            await route.continue_()

    await visit.page.route("**/api/portal/intake/**", lose)
    await send(visit)
    await expect(visit.page.get_by_text("could not reach")).to_be_visible()
    await visit.page.unroute("**/api/portal/intake/**")
    await send(visit)
    await expect(visit.page.get_by_role("heading", level=1)).to_have_text("Thank you")
    assert len(await leads_of(agency)) == 1
    await visit.page.reload()
    await expect(visit.page.get_by_label("Your name")).to_have_value("")


async def test_a_machine_that_fills_in_all_it_finds_is_thanked_and_goes_to_the_spam(
    agency: Agency, visit: Visit
) -> None:
    await open_form(visit, agency)
    await fill_in(visit)
    await visit.page.locator("input[name=website]").evaluate("(trap) => { trap.value = 'https://buy.example' }")
    await send(visit)
    await expect(visit.page.get_by_role("heading", level=1)).to_have_text("Thank you")
    assert await leads_of(agency) == []
    assert len(await leads_of(agency, spam="true")) == 1


async def test_a_form_that_is_not_open_says_so(agency: Agency, visit: Visit) -> None:
    visit.expected = ("404",)
    await visit.open(f"/intake/{agency.slug}/other")
    await expect(visit.page.get_by_role("heading", level=1)).to_have_text("This form is not open")
    await open_form(visit, agency)
    await fill_in(visit)
    [form] = (await agency.http.get("/api/intake-forms")).json()
    await agency.http.patch(f"/api/intake-forms/{form['id']}", json={"active": False})
    await send(visit)
    await expect(visit.page.get_by_text("This form has been closed meanwhile.")).to_be_visible()
    await expect(visit.page.get_by_label("Your name")).to_have_value("Mira Okafor")


@pytest.fixture(params=["phone-light", "phone-dark", "desk-light", "desk-dark"])
async def reader(request: pytest.FixtureRequest, browser: Browser, front: Front, house: House) -> AsyncIterator[Visit]:
    """A person with each kind of screen and each colour scheme."""
    screen, scheme = request.param.split("-")
    size = {"width": 390, "height": 844} if screen == "phone" else {"width": 1280, "height": 900}
    async with visiting(browser, front, **size, color_scheme=scheme) as visit:
        yield visit


async def test_the_page_has_no_faults(house: House, reader: Visit) -> None:
    agency = await house.agency(name=ARABIC)
    colours = {"primary_color": "#FFE066", "portal_name": LONG.strip()[:200]}
    assert (await agency.http.patch("/api/v1/client-portal/config", json=colours)).status_code == 200
    form = {"name": LONG.strip()[:200], "slug": "start", "description": "Tell us. " * 60, "fields": FIELDS}
    await agency.made("/api/intake-forms", form)
    page, faults = reader.page, {}
    await reader.open(f"/intake/{agency.slug}/start")
    await page.get_by_label("Your name").wait_for()
    faults["form"] = await faults_of(page)
    await send(reader)
    await page.get_by_text("Tell us your name.").wait_for()
    faults["complaints"] = await faults_of(page)
    await fill_in(reader)
    await page.get_by_label("Your brief").set_input_files(BRIEF)
    await send(reader)
    await page.get_by_role("heading", name="Thank you").wait_for()
    faults["sent"] = await faults_of(page)
    assert {name: found for name, found in faults.items() if found} == {}
