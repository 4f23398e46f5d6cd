"""A client's projects and files in the portal: what is read, decided, said and handed in by hand."""

from io import BytesIO
from typing import Any

import pypdfium2
from PIL import Image
from playwright.async_api import expect

from tests.browser.people import a_client, open_part, project_link, toast
from tests.browser.visit import Visit
from tests.browser.work import a_file, a_project, tasks_of, wrong_with
from tests.house import House


async def test_the_board_shows_what_clients_may_see_in_its_columns(house: House, visit: Visit) -> None:
    agency, client, project = await a_project(house)
    await tasks_of(agency, project["id"], Wireframes="complete", Design="in_review", Launch="todo")
    hidden = await agency.made(f"/api/projects/{project['id']}/tasks", {"title": "Margin", "visibleToClient": False})
    await visit.open_portal(client.token)
    await open_part(visit.page, "Board")
    page = visit.page
    for column, title in (("Complete", "Wireframes"), ("In review", "Design"), ("To do", "Launch")):
        await expect(page.get_by_role("region", name=column).get_by_text(title)).to_be_visible()
    await expect(page.get_by_role("region", name="Query")).to_contain_text("Nothing here")
    await expect(page.get_by_text(hidden["title"])).to_have_count(0)
    assert await wrong_with(page) == []


async def test_a_picture_is_looked_at_and_commented_on(house: House, visit: Visit) -> None:
    agency, client, project = await a_project(house)
    file = await a_file(agency, project["id"], "Home page.png", a_picture())
    await visit.open_portal(client.token)
    await visit.page.get_by_role("link", name="Review Home page.png").click()
    page = visit.page
    picture = page.get_by_role("img", name="Picture of Home page.png")
    await expect(picture).to_be_visible()
    assert await picture.evaluate("(image) => image.naturalWidth") == 600
    comments = page.get_by_role("region", name="Comments")
    await comments.get_by_role("button", name="Send comment").click()
    await expect(comments).to_contain_text("Write something first.")
    await page.get_by_label("Write a comment").fill("A little larger, see https://example.com/logo.")
    await page.reload()
    await expect(page.get_by_label("Write a comment")).to_have_value("A little larger, see https://example.com/logo.")
    await comments.get_by_role("button", name="Send comment").click()
    await expect(comments.get_by_role("log")).to_contain_text("A little larger")
    await expect(comments.get_by_role("link", name="https://example.com/logo")).to_be_visible()
    await expect(page.get_by_label("Write a comment")).to_have_value("")
    (said,) = (await agency.http.get(f"/api/files/{file['id']}/comments")).json()
    assert (said["content"], said["version"]) == ("A little larger, see https://example.com/logo.", 1)
    await agency.made(f"/api/files/{file['id']}/comments", {"content": "It is larger now.", "visibility": "client"})
    await expect(comments.get_by_role("log")).to_contain_text("It is larger now.")
    assert await wrong_with(page) == []


async def test_the_pages_of_a_document_are_turned(house: House, visit: Visit) -> None:
    agency, client, project = await a_project(house)
    await a_file(agency, project["id"], "Brief.pdf", a_document(pages=2))
    await visit.open_portal(client.token)
    await visit.page.get_by_role("link", name="Review Brief.pdf").click()
    page = visit.page
    await expect(page.get_by_role("img", name="Page 1 of 2 of Brief.pdf")).to_be_visible()
    await page.get_by_role("button", name="Next page").click()
    await expect(page.get_by_role("img", name="Page 2 of 2 of Brief.pdf")).to_be_visible()
    await page.keyboard.press("ArrowLeft")
    await expect(page.get_by_text("Page 1 of 2", exact=True)).to_be_visible()


async def test_an_older_version_can_be_looked_at(house: House, visit: Visit) -> None:
    agency, client, project = await a_project(house)
    for colour in ("red", "blue"):
        await a_file(agency, project["id"], "Home page.png", a_picture(colour))
    await visit.open_portal(client.token)
    await visit.page.get_by_role("link", name="Review Home page.png").click()
    versions = visit.page.get_by_role("region", name="Versions")
    await expect(versions.get_by_role("button", name="Version 2 newest")).to_have_attribute("aria-pressed", "true")
    async with visit.page.expect_response("**/preview?version=1**") as drawn:
        await versions.get_by_role("button", name="Version 1", exact=False).first.click()
    assert (await drawn.value).status == 200
    async with visit.page.expect_download() as started:
        await versions.get_by_role("button", name="Download version 1").click()
    assert (await (await started.value).path()).read_bytes() == a_picture("red")


async def test_a_file_is_handed_in_and_one_that_failed_is_tried_again(house: House, visit: Visit) -> None:
    agency, client, project = await a_project(house)
    visit.expected = ("net::ERR_FAILED", "Failed to load resource")
    await visit.open_portal(client.token)
    await open_part(visit.page, "Files")
    page = visit.page
    await expect(page.get_by_text("No files yet")).to_be_visible()
    await page.route("**/api/files", lambda route: route.abort())
    chosen: Any = {"name": "Logo.txt", "mimeType": "text/plain", "buffer": b"A logo"}
    await page.get_by_label("Choose files").set_input_files(chosen)
    await expect(page.get_by_role("alert").filter(has_text="could not reach")).to_be_visible()
    await page.unroute("**/api/files")
    await page.get_by_role("button", name="Try again").click()
    await expect(toast(page, "Logo.txt has arrived.")).to_be_visible()
    await expect(page.get_by_role("link", name="Logo.txt")).to_contain_text("Sent by you")
    (file,) = (await agency.http.get("/api/files", params={"projectId": project["id"]})).json()
    assert (file["name"], file["uploadedBy"]["kind"]) == ("Logo.txt", "client")


async def test_time_is_listed_with_its_sum(house: House, visit: Visit) -> None:
    agency, client, project = await a_project(house)
    path = f"/api/projects/{project['id']}/time-entries"
    await agency.made(path, {"description": "Wireframes", "minutes": 95, "billable": True})
    await agency.made(path, {"description": "A call", "minutes": 30, "billable": True})
    await agency.made(path, {"description": "Our own doing", "minutes": 600, "billable": False})
    await visit.open_portal(client.token)
    await open_part(visit.page, "Time")
    await expect(visit.page.get_by_text("2 hrs 5 mins in all")).to_be_visible()
    await expect(visit.page.get_by_role("row", name="Wireframes")).to_contain_text("1 hr 35 mins")
    await expect(visit.page.get_by_text("Our own doing")).to_have_count(0)
    assert await wrong_with(visit.page) == []


async def test_a_completed_project_is_rated_once_and_its_client_thanked(house: House, visit: Visit) -> None:
    agency, client, project = await a_project(house)
    answer = await agency.http.post(f"/api/projects/{project['id']}/complete", json={})
    assert answer.status_code == 200, answer.text
    await visit.open_portal(client.token)
    await project_link(visit.page).click()
    page = visit.page
    await page.get_by_role("button", name="Send feedback").click()
    await expect(page.get_by_text("Choose one to five stars.")).to_be_visible()
    await page.get_by_role("radio", name="4 stars of 5").focus()
    await page.keyboard.press("Space")
    await page.get_by_label("What was good").fill("Calm and on time.")
    assert await wrong_with(page) == []
    await page.get_by_role("button", name="Send feedback").click()
    await expect(page.get_by_role("heading", name="Thank you for your feedback")).to_be_visible()
    await page.reload()
    await expect(page.get_by_role("img", name="You gave 4 stars of 5")).to_be_visible()
    (given,) = (await agency.http.get(f"/api/projects/{project['id']}/feedback")).json()
    assert (given["rating"], given["comment"]) == (4, "Calm and on time.")


async def test_parts_that_are_switched_off_do_not_exist(house: House, visit: Visit) -> None:
    agency, client = await a_client(house)
    modules = ["projects", "messages"]
    await agency.http.patch("/api/v1/client-portal/config", json={"enabled_modules": modules})
    await visit.open_portal(client.token)
    sections = visit.page.get_by_role("navigation", name="Sections").get_by_role("link")
    await expect(sections).to_have_text(["Home", "Projects", "Messages", "Profile"])
    await project_link(visit.page).click()
    parts = visit.page.get_by_role("navigation", name="Parts of the project").get_by_role("link")
    await expect(parts).to_have_text(["Overview", "Messages"])
    await visit.page.evaluate("location.hash = '#/papers'")
    await expect(visit.page.get_by_role("heading", level=1)).to_have_text("There is nothing here")


def a_picture(colour: str = "teal") -> bytes:
    body = BytesIO()
    Image.new("RGB", (600, 400), colour).save(body, "PNG")
    return body.getvalue()


def a_document(*, pages: int) -> bytes:
    body, document = BytesIO(), pypdfium2.PdfDocument.new()
    for _ in range(pages):
        document.new_page(300, 400)
    document.save(body)
    return body.getvalue()
