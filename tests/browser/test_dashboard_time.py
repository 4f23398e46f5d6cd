"""Time in the dashboard: the timer, entries as people type them, sums, and invoices of what was worked."""

import re

from playwright.async_api import expect

from tests.browser.people import a_member_at
from tests.browser.visit import Visit
from tests.browser.work import a_project, told, wrong_with
from tests.house import House


async def test_a_timer_runs_on_show_and_becomes_an_entry(house: House, visit: Visit) -> None:
    agency, _, project = await a_project(house)
    await a_member_at(visit, agency, "/app/time")
    page = visit.page
    timer = page.get_by_role("region", name="Timer")
    await timer.get_by_label("What are you working on?").fill("Wireframes")
    await timer.get_by_role("button", name="Start timer").click()
    await expect(timer.get_by_text("Choose a project.")).to_be_visible()
    await timer.get_by_role("combobox", name="Project").fill("web")
    await timer.get_by_role("option", name="Website relaunch").click()
    await timer.get_by_role("button", name="Start timer").click()
    clock = timer.get_by_role("timer")
    before = await clock.text_content()
    await expect(clock).not_to_have_text(str(before))
    await expect(timer.get_by_role("link", name="Website relaunch")).to_be_visible()
    await timer.get_by_role("button", name="Stop").click()
    await expect(page.locator(".entry")).to_contain_text("Wireframes")
    (entry,) = (await agency.http.get("/api/time-entries")).json()
    assert (entry["description"], entry["projectId"]) == ("Wireframes", project["id"])


async def test_a_timer_is_discarded_after_a_question(house: House, visit: Visit) -> None:
    agency, _, project = await a_project(house)
    await agency.made("/api/timer/start", {"projectId": project["id"]})
    await a_member_at(visit, agency, f"/app/projects/{project['id']}/time")
    page = visit.page
    await page.get_by_role("button", name="Discard").click()
    await page.get_by_role("dialog").get_by_role("button", name="Discard").click()
    await expect(page.get_by_role("button", name="Start timer")).to_be_visible()
    assert (await agency.http.get("/api/time-entries")).json() == []


async def test_the_timer_is_one_in_all_tabs_and_keeps_the_focus(house: House, visit: Visit) -> None:
    agency, _, project = await a_project(house)
    await a_member_at(visit, agency, f"/app/projects/{project['id']}/time")
    page, other = visit.page, await visit.tab("/app/time")
    visit.expected = ("409",)
    mine = page.get_by_role("region", name="Timer")
    theirs = other.get_by_role("region", name="Timer")
    await expect(theirs.get_by_role("button", name="Start timer")).to_be_visible()
    await mine.get_by_label("What are you working on?").fill("Wireframes")
    await page.keyboard.press("Enter")
    await expect(mine.get_by_role("button", name="Stop")).to_be_focused()
    await expect(theirs.get_by_role("timer")).to_be_visible()
    await theirs.get_by_role("button", name="Stop").press("Enter")
    await expect(theirs.get_by_label("What are you working on?")).to_be_focused()
    await expect(mine.get_by_role("button", name="Start timer")).to_be_visible()
    await expect(page.locator(".entry-what")).to_have_text(["Wireframes"])

    await agency.made("/api/timer/start", {"projectId": project["id"], "description": "On the phone"})
    await mine.get_by_label("What are you working on?").fill("At the desk")
    await mine.get_by_role("button", name="Start timer").click()
    await expect(told(page, "A timer runs already.")).to_be_visible()
    await expect(mine.get_by_text("On the phone")).to_be_visible()
    await mine.get_by_role("button", name="Stop").click()
    await expect(mine.get_by_label("What are you working on?")).to_have_value("At the desk")


async def test_the_focus_stays_among_the_entries_when_one_is_deleted(house: House, visit: Visit) -> None:
    agency, _, project = await a_project(house)
    for what in ("Design", "Print"):
        await agency.made(f"/api/projects/{project['id']}/time-entries", {"description": what, "minutes": 30})
    await a_member_at(visit, agency, "/app/time")
    page = visit.page
    for what, left in (("Print", "Design"), ("Design", "")):
        await page.get_by_role("button", name=f"Actions for {what}").press("Enter")
        await page.get_by_role("menuitem", name="Delete").press("Enter")
        await expect(page.get_by_role("button", name=f"Actions for {what}")).to_have_count(0)
        goal = page.get_by_role("button", name=f"Actions for {left}") if left else page.locator("#main")
        await expect(goal).to_be_focused()


async def test_time_is_added_changed_and_deleted_and_the_day_says_its_sum(house: House, visit: Visit) -> None:
    agency, _, project = await a_project(house)
    await a_member_at(visit, agency, f"/app/projects/{project['id']}/time")
    page, dialog = visit.page, visit.page.get_by_role("dialog")
    await page.get_by_role("button", name="Add time").first.click()
    await dialog.get_by_label("What was done").fill("Wireframes")
    await dialog.get_by_label("Duration").fill("soon")
    await dialog.get_by_role("button", name="Save").click()
    await expect(dialog.get_by_text("Write it like 1:30, 90m or 1.5h.")).to_be_visible()
    await dialog.get_by_label("Duration").fill("1.5h")
    await dialog.get_by_label("Rate per hour").fill("-5")
    await dialog.get_by_role("button", name="Save").click()
    await expect(dialog.get_by_text("Write a number, 0 or more.")).to_be_visible()
    await expect(dialog.get_by_label("Rate per hour")).to_be_focused()
    await dialog.get_by_label("Rate per hour").fill("")
    await expect(dialog.get_by_text("That is 1:30 h.")).to_be_visible()
    assert await wrong_with(page) == []
    await dialog.get_by_role("button", name="Save").click()
    await expect(page.locator(".entry-time")).to_have_text("1:30")
    await agency.made(f"/api/projects/{project['id']}/time-entries", {"description": "Call", "minutes": 30})

    await page.get_by_role("button", name="Actions for Wireframes").click()
    await page.get_by_role("menuitem", name="Edit").click()
    await dialog.get_by_label("Duration").fill("2h 15m")
    await dialog.get_by_label("Rate per hour").fill("80")
    await dialog.get_by_role("button", name="Save").click()
    await expect(page.locator(".day-sum")).to_have_text("2:45 h")
    await expect(page.locator(".time-total").first).to_contain_text("2:45 h")
    await page.get_by_role("button", name="Actions for Wireframes").click()
    await page.get_by_role("menuitem", name="Delete").click()
    await expect(page.locator(".entry")).to_have_count(1)
    await page.get_by_role("button", name="Undo").click()
    await expect(page.locator(".entry")).to_have_count(2)
    rates = {row["description"]: row["rate"] for row in (await agency.http.get("/api/time-entries")).json()}
    assert rates == {"Wireframes": 80, "Call": None}


async def test_time_is_narrowed_and_charted(house: House, visit: Visit) -> None:
    agency, client, project = await a_project(house)
    other = await agency.project(client, name="Annual report")
    for where, what, minutes, billable in [
        (project, "Design", 90, True),
        (other, "Print", 60, True),
        (other, "Chat", 15, False),
    ]:
        path = f"/api/projects/{where['id']}/time-entries"
        await agency.made(path, {"description": what, "minutes": minutes, "billable": billable})
    await agency.made(
        f"/api/projects/{other['id']}/time-entries", {"description": "Old", "minutes": 600, "date": "2020-03-01"}
    )
    await a_member_at(visit, agency, "/app/time")
    page, rows = visit.page, visit.page.locator(".entry-what")
    await expect(page.locator(".time-total").first).to_contain_text("12:45 h")
    await expect(page.get_by_text("Hours by project")).to_be_visible()
    await page.get_by_text("Show as a table").click()
    await expect(page.get_by_role("row", name="Annual report")).to_contain_text("11")
    assert await wrong_with(page) == []
    await page.get_by_role("button", name="This month").click()
    await expect(rows).to_have_count(3)
    await page.get_by_label("Billing").select_option("free")
    await expect(rows).to_have_text(["Chat"])
    await expect(page.locator(".time-total").last).to_contain_text("0:15 h")
    await page.reload()
    await expect(rows).to_have_text(["Chat"])


async def test_worked_time_becomes_a_draft_of_an_invoice_and_is_locked(house: House, visit: Visit) -> None:
    agency, _, project = await a_project(house)
    path = f"/api/projects/{project['id']}/time-entries"
    await agency.made(path, {"description": "Design", "minutes": 90, "rate": 100})
    await a_member_at(visit, agency, f"/app/projects/{project['id']}/time")
    page = visit.page
    await page.get_by_role("button", name="Invoice time").click()
    assert await wrong_with(page) == []
    await page.get_by_role("button", name="Make draft").click()
    await expect(page).to_have_url(re.compile(r"/app/invoices/[0-9a-f-]{36}$"), timeout=30_000)
    (invoice,) = (await agency.http.get("/api/invoices")).json()
    assert (invoice["status"], invoice["amount"]) == ("draft", 150)
    await visit.open(f"/app/projects/{project['id']}/time")
    await expect(page.locator(".entry .badge")).to_have_text("Billed")
    await page.get_by_role("button", name="Actions for Design").click()
    await expect(page.get_by_role("menuitem", name="Edit")).to_have_count(0)


async def test_rate_and_rounding_of_the_agency_are_for_owners_and_admins(house: House, visit: Visit) -> None:
    agency, _, _ = await a_project(house)
    await a_member_at(visit, agency, "/app/time")
    page = visit.page
    more = page.locator(".page-head").get_by_role("button", name="More actions")
    await more.click()
    await page.get_by_role("menuitem", name="Rate and rounding").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("An hour costs").fill("95.5")
    await dialog.get_by_label("Rounding").select_option("15")
    await dialog.get_by_role("button", name="Save settings").click()
    await expect(told(page, "The settings are saved.")).to_be_visible()
    settings = (await agency.http.get("/api/time-settings")).json()
    assert (settings["rate"], settings["roundingMinutes"]) == (95.5, 15)
    member = await agency.member()
    await a_member_at(visit, agency, "/app/time", token=member.headers["Authorization"].removeprefix("Bearer "))
    await expect(page.get_by_role("button", name="Add time").first).to_be_visible()
    await expect(more).to_have_count(0)


TYPED = {
    "1:30": 90, "90m": 90, "1.5h": 90, "1,5 Std": 90, "1h 30m": 90, "1h30": 90, "90": 90, "1.5": 90, "0:05": 5,
    "2 hours": 120, "24h": 1440, "1:75": None, "soon": None, "": None, "-5m": None,
}  # fmt: skip


async def test_lengths_of_time_are_read_as_people_type_them(house: House, visit: Visit) -> None:
    await visit.open("/app/sign-in")
    read = """async (typed) => {
      const [, prefix] = document.querySelector('script[type=module]').src.match(/^(.*)\\/app\\//)
      const { minutesOf } = await import(prefix + '/app/time/duration.js')
      return typed.map(minutesOf)
    }"""
    assert dict(zip(TYPED, await visit.page.evaluate(read, list(TYPED)), strict=True)) == TYPED
