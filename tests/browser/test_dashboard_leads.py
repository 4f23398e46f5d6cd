"""Leads in the dashboard: a form is built, somebody fills it in, and becomes a client."""

from playwright.async_api import expect

from tests.browser.papers import now
from tests.browser.people import a_member_at
from tests.browser.visit import Visit
from tests.browser.work import wrong_with
from tests.house import Agency, House


async def a_lead(house: House, agency: Agency, **more: object) -> None:
    fields = [{"key": "budget", "label": "Budget", "type": "number", "required": True}]
    form = await agency.made("/api/intake-forms", {"name": "New project", "slug": "new-project", "fields": fields})
    body = {
        "name": "Grace Hopper",
        "email": "grace@navy.test",
        "message": "A compiler, please.",
        "answers": {"budget": 9},
    }
    answer = await house.gateway.post(f"/api/portal/intake/{agency.slug}/{form['slug']}", json=body | more)
    assert answer.status_code == 201, answer.text


async def test_a_form_is_built_and_filled_in_and_the_lead_becomes_a_client(house: House, visit: Visit) -> None:
    agency = await house.agency(name="Northwind Studio")
    await a_member_at(visit, agency, "/app/leads/forms/new")
    page = visit.page
    await page.get_by_label("Name of the form").fill("New project")
    await page.get_by_role("button", name="Add a question").click()
    await page.get_by_role("button", name="Save").click()
    await expect(page.get_by_text("Every question needs its words.")).to_be_visible()
    await page.get_by_label("Question", exact=True).fill("What is your budget?")
    await page.get_by_label("Kind of answer").select_option("number")
    await page.get_by_label("Has to be answered").check()
    await page.get_by_role("button", name="Save").click()
    address = await page.get_by_label("Address of the form").input_value()
    assert address.endswith(f"/intake/{agency.slug}/new-project")

    stranger = await visit.tab(f"/intake/{agency.slug}/new-project")
    await stranger.get_by_label("Your name").fill("Grace Hopper")
    await stranger.get_by_label("Your e-mail address").fill("grace@navy.test")
    await stranger.get_by_label("What is your budget?").fill("9000")
    await stranger.get_by_role("button", name="Send").click()
    await expect(stranger.get_by_role("heading", level=1)).to_have_text("Thank you")
    await stranger.close()

    await page.goto(f"{visit.address}/app/leads")
    await page.get_by_role("link", name="Grace Hopper").click()
    await expect(page.get_by_text("9,000")).to_be_visible()
    await page.get_by_role("button", name="Make a client").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("Name of the project").fill("Compiler")
    await dialog.get_by_role("button", name="Make a client").click()
    await expect(page.get_by_role("heading", level=1, name="Compiler")).to_be_visible()
    (client,) = await now(agency, "/api/clients")
    assert client["email"] == "grace@navy.test"


async def test_a_lead_is_moved_and_noted_about(house: House, visit: Visit) -> None:
    agency = await house.agency(name="Northwind Studio")
    await a_lead(house, agency)
    (lead,) = await now(agency, "/api/leads")
    await a_member_at(visit, agency, f"/app/leads/{lead['id']}")
    page = visit.page
    await page.get_by_label("State").select_option("contacted")
    await expect(page.get_by_role("main").get_by_text("Contacted").first).to_be_visible()
    await page.get_by_role("textbox", name="Note").fill("Called on Monday.")
    await page.reload()
    await expect(page.get_by_role("textbox", name="Note")).to_have_value("Called on Monday.")
    await page.get_by_role("button", name="Save").click()
    await expect(page.get_by_role("button", name="Save")).to_have_count(0)
    shown = await now(agency, f"/api/leads/{lead['id']}")
    assert (shown["status"], shown["note"]) == ("contacted", "Called on Monday.")


async def test_questions_come_and_go_by_keyboard(house: House, visit: Visit) -> None:
    agency = await house.agency(name="Northwind Studio")
    await a_member_at(visit, agency, "/app/leads/forms/new")
    page = visit.page
    questions = page.get_by_label("Question", exact=True)
    for number, words in enumerate(("Budget", "Deadline")):
        await page.get_by_role("button", name="Add a question").press("Enter")
        await expect(questions.nth(number)).to_be_focused()
        await page.keyboard.type(words)
    await page.get_by_role("button", name="Remove").first.press("Enter")
    await expect(questions).to_have_count(1)
    await expect(questions).to_be_focused()
    await expect(questions).to_have_value("Deadline")
    await page.get_by_role("button", name="Remove").press("Enter")
    await expect(page.get_by_role("button", name="Add a question")).to_be_focused()
    await page.get_by_role("button", name="Undo").last.click()
    await expect(questions).to_have_value("Deadline")
    await page.get_by_label("Name of the form").fill("New project")
    await page.reload()
    await page.get_by_role("button", name="Discard").press("Enter")
    await expect(page.get_by_role("main")).to_be_focused()
    await expect(questions).to_have_count(0)


async def test_the_pages_of_leads_can_be_read_by_everyone(house: House, visit: Visit, phone: Visit) -> None:
    agency = await house.agency(name="Northwind Studio")
    await a_lead(house, agency)
    (lead,) = await now(agency, "/api/leads")
    for path in ("/app/leads", "/app/leads/forms", "/app/leads/forms/new", f"/app/leads/{lead['id']}"):
        for seen in (visit, phone):
            await a_member_at(seen, agency, path)
            await expect(seen.page.locator(".bones")).to_have_count(0)
            assert await wrong_with(seen.page) == [], path
