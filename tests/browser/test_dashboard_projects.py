"""Projects in the dashboard: finding and making them, their page, and what the client is told."""

from datetime import date, timedelta

from playwright.async_api import expect

from tests.browser.people import a_member_at
from tests.browser.visit import Visit
from tests.browser.work import a_project, tasks_of, told, wrong_with
from tests.house import House


async def test_projects_are_found_by_status_client_and_words(house: House, visit: Visit) -> None:
    agency, _, project = await a_project(house)
    other = await agency.client(name="Grace Hopper")
    await agency.project(other, name="Compiler")
    await agency.http.patch(f"/api/projects/{project['id']}", json={"status": "on_hold"})
    await a_member_at(visit, agency, "/app/projects")
    page = visit.page
    names = page.get_by_role("table").locator(".row-way")
    await expect(names).to_have_text(["Compiler", "Website relaunch"])

    await page.get_by_role("button", name="On hold").click()
    await expect(names).to_have_text(["Website relaunch"])
    await page.reload()
    await expect(names).to_have_text(["Website relaunch"])
    await page.get_by_role("button", name="All", exact=True).click()
    await page.get_by_role("combobox", name="Client").fill("grace")
    await page.get_by_role("option", name="Grace Hopper").click()
    await expect(names).to_have_text(["Compiler"])
    await page.get_by_role("searchbox").fill("nothing of the kind")
    await expect(page.get_by_text("No project fits")).to_be_visible()
    await page.get_by_role("button", name="Show all projects").click()
    await expect(names).to_have_count(2)


async def test_a_project_is_made_from_an_empty_list_and_what_was_typed_survives_a_reload(
    house: House, visit: Visit
) -> None:
    agency = await house.agency()
    await agency.client(name="Ada Byron")
    await a_member_at(visit, agency, "/app/projects")
    page = visit.page
    await page.get_by_role("button", name="Create the first project").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_role("button", name="Create project").click()
    await expect(dialog.get_by_text("Choose the client the project is for.")).to_be_visible()
    await dialog.get_by_label("Name", exact=True).fill("Annual report")
    await page.reload()
    await expect(dialog.get_by_label("Name", exact=True)).to_have_value("Annual report")
    await dialog.get_by_role("combobox").fill("Ada")
    await dialog.get_by_role("option").first.click()
    assert await wrong_with(page) == []
    await dialog.get_by_role("button", name="Create project").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Annual report")
    await expect(page.get_by_role("link", name="Ada Byron").first).to_be_visible()


async def test_a_project_is_completed_with_words_for_its_client(house: House, visit: Visit) -> None:
    agency, client, project = await a_project(house)
    await a_member_at(visit, agency, f"/app/projects/{project['id']}")
    page = visit.page
    await page.get_by_role("button", name="Complete project").click()
    await page.get_by_label("Message to the client").fill("It was a pleasure.")
    await page.get_by_role("dialog").get_by_role("button", name="Complete project").click()
    await expect(page.locator(".page-head .badge")).to_have_text("Completed")
    await expect(page.get_by_role("button", name="Complete project")).to_have_count(0)

    async def told() -> bool:
        return any("It was a pleasure." in mail["text"] for mail in await house.mails(client.email))

    await house.eventually(told)
    assert (await client.http.post(f"/api/projects/{project['id']}/feedback", json={"rating": 4})).status_code == 201
    await expect(page.get_by_role("img", name="4 stars of 5")).to_be_visible()


async def test_a_change_of_status_can_be_undone(house: House, visit: Visit) -> None:
    agency, _, project = await a_project(house)
    await a_member_at(visit, agency, f"/app/projects/{project['id']}")
    page, state = visit.page, visit.page.locator(".page-head .badge")
    await page.locator(".page-head").get_by_role("button", name="More actions").click()
    await page.get_by_role("menuitem", name="Put on hold").click()
    await expect(state).to_have_text("On hold")
    await page.get_by_role("button", name="Undo").click()
    await expect(state).to_have_text("In progress")

    async def back() -> bool:
        return (await agency.http.get(f"/api/projects/{project['id']}")).json()["status"] == "active"

    await house.eventually(back)


async def test_facts_are_changed_and_a_project_is_deleted_after_a_question(house: House, visit: Visit) -> None:
    agency, _, project = await a_project(house)
    await a_member_at(visit, agency, f"/app/projects/{project['id']}/settings")
    page = visit.page
    await page.get_by_label("Name").fill("Another name")
    await page.get_by_label("Due").fill((date.today() - timedelta(days=3)).isoformat())
    await page.get_by_role("button", name="Save", exact=True).click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Another name")
    await page.get_by_label("An hour costs").fill("95.50")
    await page.get_by_role("button", name="Save settings").click()
    await expect(told(page, "The settings are saved.")).to_be_visible()
    settings = (await agency.http.get(f"/api/projects/{project['id']}/time-settings")).json()
    assert settings["rate"] == 95.5
    await page.get_by_role("button", name="Delete project").click()
    await page.get_by_role("dialog").get_by_role("button", name="Delete project").click()
    await expect(page.get_by_text("No projects yet")).to_be_visible()


async def test_an_update_is_drafted_changed_and_published(house: House, visit: Visit) -> None:
    agency, client, project = await a_project(house)
    await a_member_at(visit, agency, f"/app/projects/{project['id']}/updates")
    page = visit.page
    await page.get_by_role("button", name="Draft an update").click()
    words = page.get_by_label("What the client is told")
    await words.fill("The start page is ready.")
    await expect(page.locator(".update-preview")).to_contain_text("The start page is ready.")
    await expect(page.locator(".update-preview")).to_contain_text("What Ada Byron will see")
    assert await wrong_with(page) == []
    await page.get_by_role("button", name="Publish").click()
    await page.get_by_role("dialog").get_by_role("button", name="Publish").click()
    await expect(page.locator(".update-list > li > .update-sheet")).to_contain_text("Published")
    await expect(words).to_have_count(0)
    (seen,) = (await client.http.get("/api/ai")).json()
    assert seen["content"] == "The start page is ready."


async def test_a_draft_that_was_discarded_comes_back_with_undo(house: House, visit: Visit) -> None:
    agency, _, project = await a_project(house)
    draft = await agency.made("/api/ai", {"projectId": project["id"]})
    await a_member_at(visit, agency, f"/app/projects/{project['id']}/updates")
    page = visit.page
    await page.get_by_role("button", name="Discard").click()
    await expect(page.get_by_text("No updates yet")).to_be_visible()
    await page.get_by_role("button", name="Undo").click()
    await expect(page.get_by_label("What the client is told")).to_have_value(draft["content"])
    await page.get_by_role("button", name="Discard").click()
    await page.get_by_role("button", name="Close this message").click()

    async def gone() -> bool:
        return (await agency.http.get(f"/api/ai/{draft['id']}")).status_code == 404

    await house.eventually(gone)


async def test_messages_and_activity_of_a_project_arrive_while_one_looks_on(house: House, visit: Visit) -> None:
    agency, _, project = await a_project(house)
    await a_member_at(visit, agency, f"/app/projects/{project['id']}/messages")
    page = visit.page
    await page.get_by_role("button", name="New thread").click()
    await page.get_by_label("What is it about").fill("Colours")
    await page.get_by_role("button", name="Open thread").click()
    await expect(page.locator(".thread-title")).to_have_text("Colours")
    await page.get_by_label("Write to the client").fill("Which yellow?")
    await page.get_by_role("button", name="Send").click()
    await expect(page.locator(".talk")).to_contain_text("Which yellow?")
    await page.get_by_role("link", name="Activity", exact=True).click()
    await expect(page.locator(".timeline")).to_contain_text("Message in a thread: Colours")
    await tasks_of(agency, project["id"], Wireframes="complete")
    await expect(page.locator(".timeline")).to_contain_text("Task done: Wireframes")


async def test_a_project_that_is_not_there_is_not_found(house: House, visit: Visit) -> None:
    agency = await house.agency()
    visit.expected = ("404",)
    await a_member_at(visit, agency, "/app/projects/01999a3e-7a10-7c55-9d5e-2f6f3f1f0a11")
    await expect(visit.page.get_by_role("heading", name="There is nothing here")).to_be_visible()


async def test_a_part_that_no_project_has_is_not_found(house: House, visit: Visit) -> None:
    agency, _, project = await a_project(house)
    await a_member_at(visit, agency, f"/app/projects/{project['id']}/nonsense")
    await expect(visit.page.get_by_role("heading", name="There is nothing here")).to_be_visible()


async def test_the_filter_that_is_on_is_in_sight_on_a_phone(house: House, phone: Visit) -> None:
    agency, _, _ = await a_project(house)
    await a_member_at(phone, agency, "/app/projects?status=archived")
    await expect(phone.page.get_by_role("button", name="Archived")).to_be_in_viewport(ratio=1)


async def test_every_part_of_a_project_can_be_read_by_all_in_both_schemes(house: House, phone: Visit) -> None:
    agency, _, project = await a_project(house, name="A" * 200)
    await tasks_of(agency, project["id"], Wireframes="complete", Photography="query")
    await a_member_at(phone, agency, "/app/projects")
    await expect(phone.page.get_by_role("table")).to_be_visible()
    assert await wrong_with(phone.page) == []
    for part, sign in [
        ("", "Latest update"),
        ("/messages", "New thread"),
        ("/activity", "Task added"),
        ("/settings", "Rate and rounding"),
    ]:
        await phone.open(f"/app/projects/{project['id']}{part}")
        await expect(phone.page.get_by_text(sign).first).to_be_visible()
        assert await wrong_with(phone.page) == [], part
