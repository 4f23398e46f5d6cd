"""Conversations in the portal, and what shows itself while the portal is open."""

import re
from typing import Any

from playwright.async_api import Route, expect

from tests.browser.people import arrived, open_part, project_link, toast
from tests.browser.visit import Visit
from tests.browser.work import a_file, a_project, wrong_with
from tests.house import Agency, Client, House


async def a_thread(agency: Agency, project: dict[str, Any], name: str = "Design feedback") -> dict[str, Any]:
    return await agency.made(f"/api/projects/{project['id']}/threads", {"name": name})


async def say(agency: Agency, thread: dict[str, Any], content: str) -> None:
    await agency.made(f"/api/threads/{thread['id']}/messages", {"content": content})


async def messages_of(client: Client, project: dict[str, Any]) -> list[dict[str, Any]]:
    return list((await client.http.get("/api/portal/messages", params={"projectId": project["id"]})).json())


async def test_an_answer_arrives_live_and_waits_until_it_is_read(house: House, visit: Visit) -> None:
    agency, client, project = await a_project(house)
    thread = await a_thread(agency, project)
    await visit.open_portal(client.token)
    page = visit.page
    await expect(page.get_by_text("Nothing waits for you.")).to_be_visible()
    await visit.listen()
    await say(agency, thread, "Here is the first draft.")
    await expect(toast(page, "wrote to you.")).to_be_visible()
    waiting = page.get_by_role("region", name="Waiting for you").get_by_role("link")
    await expect(waiting).to_contain_text("Here is the first draft.")
    section = page.get_by_role("navigation", name="Sections").get_by_role("link", name="Messages")
    await expect(section).to_have_accessible_name(re.compile("1 waits for you"))
    await waiting.click()
    await expect(page.get_by_role("log")).to_contain_text("Here is the first draft.")
    await expect(section).not_to_have_accessible_name(re.compile("waits"))
    await say(agency, thread, "And the second one.")
    await expect(page.get_by_role("log")).to_contain_text("And the second one.")
    await expect(section).not_to_have_accessible_name(re.compile("waits"))
    await page.reload()
    await expect(page.get_by_role("log")).to_contain_text("And the second one.")
    assert await wrong_with(page) == []


async def test_a_conversation_is_begun_and_gone_on_with_by_keyboard(house: House, visit: Visit) -> None:
    _, client, project = await a_project(house)
    await visit.open_portal(client.token)
    page = visit.page
    await page.get_by_role("navigation", name="Sections").get_by_role("link", name="Messages").click()
    await page.get_by_role("button", name="New conversation").click()
    await page.get_by_label("What it is about").fill("The logo")
    await page.get_by_role("dialog").get_by_role("button", name="Send").click()
    await expect(page.get_by_label("Your message")).to_be_focused()
    await page.get_by_label("Your message").fill("Can it be larger?")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", name="The logo")).to_be_visible()
    await expect(page.get_by_role("log")).to_contain_text("Can it be larger?")
    await page.get_by_label("Write a message").fill("Twice as large?")
    await page.keyboard.press("ControlOrMeta+Enter")
    await expect(page.get_by_label("Write a message")).to_have_value("")

    async def both() -> bool:
        return [one["content"] for one in await messages_of(client, project)] == [
            "Can it be larger?",
            "Twice as large?",
        ]

    await house.eventually(both)
    await expect(page.get_by_role("log").get_by_text("Twice as large?")).to_have_count(1)


async def test_drafts_are_kept_for_each_conversation(house: House, visit: Visit) -> None:
    agency, client, project = await a_project(house)
    await a_thread(agency, project)
    await visit.open_portal(client.token)
    page = visit.page
    await page.get_by_role("navigation", name="Sections").get_by_role("link", name="Messages").click()
    for name, words in (("Design feedback", "The yellow"), ("General", "The invoice")):
        await page.get_by_role("list").get_by_role("link", name=name).click()
        await page.get_by_label("Write a message").fill(words)
    await page.get_by_role("list").get_by_role("link", name="Design feedback").click()
    await expect(page.get_by_label("Write a message")).to_have_value("The yellow")


async def test_a_file_goes_along_with_a_message(house: House, visit: Visit) -> None:
    agency, client, project = await a_project(house)
    await visit.open_portal(client.token)
    await open_part(visit.page, "Messages")
    page = visit.page
    chosen: Any = {"name": "Logo.txt", "mimeType": "text/plain", "buffer": b"A logo"}
    await page.get_by_label("Add a file").set_input_files(chosen)
    await expect(page.get_by_role("button", name="Leave out Logo.txt")).to_be_visible()
    await expect(page.get_by_role("progressbar")).to_have_count(0)
    await page.get_by_label("Write a message").fill("Our logo")
    await page.get_by_role("button", name="Send").click()
    await expect(arrived(page, "Our logo")).to_be_visible()
    await page.get_by_role("log").get_by_role("link", name="Logo.txt").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Logo.txt")
    (message,) = await messages_of(client, project)
    (file,) = (await agency.http.get("/api/files", params={"projectId": project["id"]})).json()
    assert message["attachments"] == [file["id"]]


async def test_older_messages_are_fetched_on_demand(house: House, visit: Visit) -> None:
    agency, client, project = await a_project(house)
    thread = await a_thread(agency, project)
    for number in range(53):
        await say(agency, thread, f"Message {number:02}")
    await visit.open_portal(client.token)
    await visit.page.evaluate(f"location.hash = '#/messages/{thread['id']}'")
    log = visit.page.get_by_role("log")
    await expect(log.get_by_text("Message 52")).to_be_in_viewport()
    await expect(log.get_by_text("Message 02")).to_have_count(0)
    await visit.page.get_by_role("button", name="Show older messages").click()
    await expect(log.locator(".message-text")).to_have_text([f"Message {number:02}" for number in range(53)])


async def test_what_the_agency_does_shows_itself(house: House, visit: Visit) -> None:
    agency, client, project = await a_project(house)
    await visit.open_portal(client.token)
    page = visit.page
    await expect(page.get_by_text("Nothing waits for you.")).to_be_visible()
    await visit.listen()
    await a_file(agency, project["id"], "Home page.txt")
    await expect(toast(page, "shared Home page.txt.")).to_be_visible()
    await expect(page.get_by_role("link", name="Review Home page.txt")).to_be_visible()
    body = {"amount": 100, "currency": "EUR", "dueDate": "2099-03-15", "clientId": client.id}
    invoice = await agency.made("/api/invoices", body)
    await expect(page.get_by_role("link", name=f"Pay {invoice['number']}")).to_be_visible()
    other = await agency.project(client, name="Annual report")
    await expect(project_link(page, other["name"])).to_be_visible()


async def test_while_the_portal_is_away_it_says_how_old_what_is_shown_is(house: House, visit: Visit) -> None:
    _, client, _ = await a_project(house)
    visit.expected = ("net::ERR_INTERNET_DISCONNECTED", "Failed to load resource")
    await visit.open_portal(client.token)
    page = visit.page
    await project_link(page).click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Website relaunch")
    await page.context.set_offline(True)
    bar = page.get_by_text("What is shown is from")
    await expect(bar).to_be_visible()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Website relaunch")
    await page.get_by_role("button", name="Try again").click()
    await expect(bar).to_be_visible()
    await page.context.set_offline(False)
    await expect(bar).not_to_be_visible()


async def test_the_first_page_has_no_faults_full_empty_and_on_a_phone(house: House, visit: Visit, phone: Visit) -> None:
    agency, client, project = await a_project(house)
    await visit.open_portal(client.token)
    await expect(visit.page.get_by_text("Nothing waits for you.")).to_be_visible()
    assert await wrong_with(visit.page) == []
    await visit.listen()
    await a_file(agency, project["id"], "Home page.txt")
    await say(agency, await a_thread(agency, project), "Here it is.")
    await expect(visit.page.get_by_role("link", name="Review Home page.txt")).to_be_visible()
    await expect(visit.page.locator(".toast")).to_have_count(0, timeout=15_000)
    assert await wrong_with(visit.page) == []
    await phone.open_portal(client.token)
    sections = phone.page.get_by_role("navigation", name="Sections")
    await expect(sections.get_by_role("link", name="Documents")).not_to_be_visible()
    assert await wrong_with(phone.page) == []
    await sections.get_by_role("link", name="More").tap()
    await phone.page.get_by_role("main").get_by_role("link", name="Documents").tap()
    await expect(phone.page.get_by_role("heading", level=1)).to_have_text("Documents")


async def test_the_portal_speaks_german(house: House, visit: Visit) -> None:
    _, client, _ = await a_project(house)

    async def in_german(route: Route) -> None:
        await route.continue_(headers={**route.request.headers, "accept-language": "de-DE,de;q=0.9"})

    await visit.page.route("**/client-portal/**", in_german)
    await visit.open_portal(client.token)
    await expect(visit.page.get_by_role("heading", level=1)).to_have_text("Guten Tag, Ada Byron")
    await expect(visit.page.get_by_text("Nichts wartet auf Sie.")).to_be_visible()
    assert await visit.page.evaluate("document.documentElement.lang") == "de"
