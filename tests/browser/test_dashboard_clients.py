"""Clients in the dashboard: added, invited, looked at as they look at their portal, and let go."""

import re

from playwright.async_api import Route, expect

from tests.browser.papers import an_invoice, now
from tests.browser.people import a_member_at, toast
from tests.browser.visit import Visit
from tests.browser.work import a_project, wrong_with
from tests.house import House


async def test_a_client_is_added_and_sent_the_welcome(house: House, visit: Visit) -> None:
    agency = await house.agency(name="Northwind Studio")
    await a_member_at(visit, agency, "/app/clients")
    page = visit.page
    await page.get_by_role("button", name="New client").first.click()
    dialog = page.get_by_role("dialog", name="New client")
    await dialog.get_by_role("button", name="Add and welcome").click()
    await expect(dialog.get_by_text("Enter a name.")).to_be_visible()
    await dialog.get_by_label("Name").fill("Ada Byron")
    await dialog.get_by_label("E-mail address").fill(email := f"ada-{agency.slug}@client.test")
    await page.reload()
    await expect(dialog.get_by_label("E-mail address")).to_have_value(email)
    await dialog.get_by_role("button", name="Add and welcome").click()
    await expect(page.get_by_role("heading", level=1, name="Ada Byron")).to_be_visible()
    (client,) = await now(agency, "/api/clients")
    assert client["email"] == email
    assert await agency.mailed(email, "/client-portal/")


async def test_the_link_is_copied_an_invitation_sent_in_own_words_and_the_link_ended(
    house: House, visit: Visit
) -> None:
    agency, client, _ = await a_project(house)
    await a_member_at(visit, agency, f"/app/clients/{client.id}")
    page = visit.page
    await expect(page.get_by_label("Portal link")).to_have_value(re.compile(re.escape(client.token)))
    await page.get_by_role("button", name="Invite to portal").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("Your own words").fill("We are looking forward to this.")
    await dialog.get_by_role("button", name="Send the invitation").click()
    await expect(toast(page, "Ada Byron is being invited.")).to_be_visible()

    async def invited() -> bool:
        mails = await house.mails(str(client.body["email"]))
        return any("We are looking forward to this." in mail["text"] for mail in mails)

    await house.eventually(invited)
    await page.get_by_role("button", name="End the link").click()
    await page.get_by_role("dialog").get_by_role("button", name="End the link").click()
    await expect(page.get_by_text("There is no link at the moment.")).to_be_visible()
    answer = await house.gateway.get("/api/portal", headers={"X-Portal-Token": client.token})
    assert answer.status_code == 401


async def test_staff_see_what_the_client_sees_and_leave_no_trace(house: House, visit: Visit) -> None:
    agency, client, project = await a_project(house)
    await agency.made(f"/api/projects/{project['id']}/tasks", {"title": "Not for their eyes", "visibleToClient": False})
    await agency.made(f"/api/projects/{project['id']}/tasks", {"title": "For their eyes"})
    invoice = await an_invoice(client)
    await an_invoice(await agency.client(name="Somebody Else"), notes="Other client")
    await a_member_at(visit, agency, f"/app/clients/{client.id}")
    way = await visit.page.get_by_role("link", name="View as client").get_attribute("href")
    page = await visit.tab(str(way))
    await expect(page.get_by_role("heading", level=1)).to_have_text("Hello Ada Byron")
    await expect(page.get_by_role("note")).to_contain_text("as its client does")
    await page.mouse.move(200, 200)
    await page.mouse.move(220, 210)
    await page.get_by_role("link", name=re.compile("INV-0001")).first.click()
    await expect(page.get_by_role("heading", level=1)).to_contain_text("INV-0001")
    await page.goto(f"{visit.address}{way}#/projects/{project['id']}/board")
    await expect(page.get_by_text("For their eyes", exact=True)).to_be_visible()
    await expect(page.get_by_text("Not for their eyes")).to_have_count(0)
    shown = await now(agency, f"/api/invoices/{invoice['id']}")
    assert (shown["status"], shown.get("viewCount", 0)) == ("sent", 0)


async def test_what_was_typed_and_not_saved_is_told_so_and_thrown_away(house: House, visit: Visit) -> None:
    agency, client, _ = await a_project(house)
    await a_member_at(visit, agency, f"/app/clients/{client.id}")
    page, dialog = visit.page, visit.page.get_by_role("dialog", name="Edit client")
    await page.get_by_role("button", name="Edit").click()
    await dialog.get_by_label("Name").fill("Ada King")
    await page.keyboard.press("Escape")
    await page.get_by_role("button", name="Edit").click()
    await expect(dialog.get_by_label("Name")).to_have_value("Ada King")
    await expect(dialog.get_by_text("It is not saved yet.")).to_be_visible()
    await dialog.get_by_role("button", name="Discard").click()
    await expect(dialog.get_by_label("Name")).to_have_value("Ada Byron")
    await dialog.get_by_label("Name").fill("Ada Lovelace")
    await dialog.get_by_role("button", name="Save").click()
    await expect(page.get_by_role("heading", level=1, name="Ada Lovelace")).to_be_visible()


async def test_a_client_with_open_invoices_is_kept_and_one_without_goes(house: House, visit: Visit) -> None:
    agency, client, _ = await a_project(house)
    await an_invoice(client)
    other = await agency.client(name="Somebody Else")
    visit.expected = ("Failed to load resource",)
    page = visit.page
    for one, kept in ((client, True), (other, False)):
        await a_member_at(visit, agency, f"/app/clients/{one.id}")
        await page.get_by_role("button", name="More actions").click()
        await page.get_by_role("menuitem", name="Delete").click()
        await page.get_by_role("dialog").get_by_role("button", name="Delete").click()
        if kept:
            await expect(page.get_by_role("dialog").get_by_role("alert")).not_to_be_empty()
        else:
            await expect(page.get_by_role("heading", level=1, name="Clients")).to_be_visible()
    assert [row["id"] for row in await now(agency, "/api/clients")] == [client.id]


async def test_a_long_list_keeps_its_place_when_something_changes(house: House, visit: Visit) -> None:
    agency = await house.agency(name="Northwind Studio")
    for number in range(52):
        await agency.client(name=f"Client {number}")
    await a_member_at(visit, agency, "/app/clients")
    page, names = visit.page, visit.page.locator(".client-who-name")
    visit.expected = ("503",)
    await expect(names).to_have_count(50)

    async def refuse(route: Route) -> None:
        await route.fulfill(status=503, content_type="application/problem+json", body="{}")

    await page.route("**/api/clients?*", refuse)
    await page.get_by_role("button", name="Load more").click()
    await expect(page.locator(".toast-danger")).to_be_visible()
    await page.unroute_all()
    await page.get_by_role("button", name="Load more").click()
    await expect(names).to_have_count(52)
    await agency.client(name="Somebody New")
    await expect(names.first).to_have_text("Somebody New")
    await expect(names).to_have_count(52)
    await page.get_by_role("button", name="Load more").click()
    await expect(names).to_have_count(53)


async def test_companies_are_never_shown_in_the_clothes_of_clients(house: House, visit: Visit) -> None:
    agency, _, _ = await a_project(house)
    await a_member_at(visit, agency, "/app/clients")
    page, held = visit.page, []
    await expect(page.get_by_role("link", name="Ada Byron")).to_be_visible()

    async def hold(route: Route) -> None:
        held.append(route)

    await page.route("**/api/companies?*", hold)
    await page.get_by_role("link", name="Companies").click()
    await expect(page.locator(".bones")).to_be_visible()
    await expect(page.get_by_role("link", name="Ada Byron")).to_have_count(0)
    await held[0].continue_()
    await expect(page.get_by_text("No companies yet")).to_be_visible()


async def test_the_pages_of_clients_can_be_read_by_everyone(house: House, visit: Visit, phone: Visit) -> None:
    agency, client, _ = await a_project(house)
    company = await agency.company("Analytical Engines")
    await an_invoice(client)
    for path in (
        "/app/clients",
        "/app/clients?show=companies",
        f"/app/clients/{client.id}",
        f"/app/companies/{company.id}",
    ):
        for seen in (visit, phone):
            await a_member_at(seen, agency, path)
            await expect(seen.page.locator(".bones")).to_have_count(0)
            assert await wrong_with(seen.page) == [], path
