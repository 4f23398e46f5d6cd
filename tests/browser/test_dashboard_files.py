"""Files in the dashboard: uploads, versions, what the client sees, and what is said and decided about one."""

import io

from PIL import Image
from playwright.async_api import FilePayload, Page, Route, expect

from tests.browser.people import a_member_at
from tests.browser.visit import Visit
from tests.browser.work import a_file, a_project, told, wrong_with
from tests.house import House


def picture(colour: str = "teal") -> bytes:
    """A small PNG."""
    drawn = io.BytesIO()
    Image.new("RGB", (640, 400), colour).save(drawn, "PNG")
    return drawn.getvalue()


def payload(name: str, body: bytes = b"words", mime: str = "text/plain") -> FilePayload:
    return {"name": name, "mimeType": mime, "buffer": body}


async def choose(page: Page, *files: FilePayload) -> None:
    """Choose files in the list's own field."""
    await page.get_by_label("Choose files").set_input_files(list(files))


async def test_many_files_are_uploaded_and_one_of_the_same_name_is_the_next_version(house: House, visit: Visit) -> None:
    agency, _, project = await a_project(house)
    await a_file(agency, project["id"], "Brief.txt")
    await a_member_at(visit, agency, f"/app/projects/{project['id']}/files")
    page = visit.page
    await choose(page, *[payload(name) for name in ("Brief.txt", "One.txt", "Two.txt", "Three.txt", "Four.txt")])
    await expect(page.get_by_text("5 of 5 uploaded")).to_be_visible(timeout=30_000)
    await expect(page.get_by_text("Uploaded as version 2")).to_be_visible()
    await expect(page.locator("table .file-name")).to_have_count(5)
    files = (await agency.http.get(f"/api/files?projectId={project['id']}")).json()
    assert {file["name"]: file["version"] for file in files}["Brief.txt"] == 2
    assert all(file["visibleToClient"] for file in files)
    assert await wrong_with(page) == []
    await page.get_by_role("button", name="Clear finished").click()
    await expect(page.get_by_role("region", name="Uploads")).to_have_count(0)


async def test_an_upload_that_fails_is_tried_again_under_the_same_key(house: House, visit: Visit) -> None:
    agency, _, project = await a_project(house)
    await a_member_at(visit, agency, f"/app/projects/{project['id']}/files")
    page, keys = visit.page, []
    visit.expected = ("Failed to load resource",)

    async def once(route: Route) -> None:
        keys.append(route.request.headers.get("idempotency-key"))
        await (route.abort() if len(keys) == 1 else route.continue_())

    await page.route(lambda address: address.endswith("/api/files"), once)
    await page.get_by_label("Show new files to the client").click()
    await choose(page, payload("Brief.txt"))
    await page.get_by_role("button", name="Try Brief.txt again").click()
    await expect(page.get_by_text("1 of 1 uploaded")).to_be_visible()
    assert len(keys) == 2
    assert keys[0] == keys[1] is not None
    (file,) = (await agency.http.get(f"/api/files?projectId={project['id']}")).json()
    assert file["visibleToClient"] is False


async def test_uploads_that_a_lost_connection_cuts_off_go_on_once_it_is_back(house: House, visit: Visit) -> None:
    agency, _, project = await a_project(house)
    await a_member_at(visit, agency, f"/app/projects/{project['id']}/files")
    page, uploads = visit.page, visit.page.get_by_role("region", name="Uploads")
    visit.expected = ("Failed to load resource",)
    await choose(page, payload("There.txt"))
    await expect(page.get_by_text("1 of 1 uploaded")).to_be_visible()
    await page.context.set_offline(True)
    await choose(page, payload("One.txt"), payload("Two.txt"))
    await expect(uploads.get_by_role("status")).to_have_text("1 of 3 uploaded · 2 failed")
    await expect(uploads.get_by_text("The connection was lost before all of it was there.")).to_have_count(2)
    await expect(uploads.get_by_role("listitem").first).to_contain_text("One.txt")
    await expect(uploads.get_by_role("listitem").last).to_contain_text("There.txt")
    assert await wrong_with(page) == []
    await page.context.set_offline(False)
    await expect(page.get_by_text("3 of 3 uploaded")).to_be_visible()
    await expect(page.locator("table .file-name")).to_have_count(3)


async def test_many_uploads_are_tried_again_or_called_off_at_once(house: House, visit: Visit) -> None:
    agency, _, project = await a_project(house)
    await a_member_at(visit, agency, f"/app/projects/{project['id']}/files")
    page, uploads = visit.page, visit.page.get_by_role("region", name="Uploads")
    visit.expected = ("Failed to load resource",)

    async def refuse(route: Route) -> None:
        await route.fulfill(status=503, content_type="application/problem+json", body="{}")

    await page.route(lambda address: address.endswith("/api/files"), refuse)
    await choose(page, *[payload(f"{number}.txt") for number in range(5)])
    await expect(uploads.get_by_role("status")).to_have_text("0 of 5 uploaded · 5 failed")
    await page.unroute_all()
    await page.get_by_role("button", name="Cancel 4.txt").click()
    await uploads.get_by_role("button", name="Try all again").click()
    await expect(uploads.get_by_role("status")).to_have_text("4 of 4 uploaded")

    async def hold(route: Route) -> None:
        """Let it wait for ever."""

    await page.route(lambda address: address.endswith("/api/files"), hold)
    await choose(page, *[payload(f"{number}.bin") for number in range(5)])
    await uploads.get_by_role("button", name="Cancel the rest").click()
    await expect(uploads.get_by_role("status")).to_have_text("4 of 4 uploaded")
    await page.unroute_all(behavior="ignoreErrors")


async def test_an_upload_that_has_stalled_is_given_up(house: House, visit: Visit) -> None:
    agency, _, project = await a_project(house)
    await visit.page.clock.install()
    await a_member_at(visit, agency, f"/app/projects/{project['id']}/files")
    page, held = visit.page, []
    visit.expected = ("Failed to load resource",)

    async def hold(route: Route) -> None:
        held.append(route)

    await page.route(lambda address: address.endswith("/api/files"), hold)
    await choose(page, payload("Large.bin"))

    async def on_its_way() -> bool:
        return bool(held)

    await house.eventually(on_its_way)
    await page.clock.fast_forward("01:01")
    await expect(page.get_by_role("button", name="Try Large.bin again")).to_be_visible()
    await page.unroute_all(behavior="ignoreErrors")


async def test_an_upload_is_paused_resumed_and_cancelled_while_one_works_elsewhere(house: House, visit: Visit) -> None:
    agency, _, project = await a_project(house)
    await a_member_at(visit, agency, f"/app/projects/{project['id']}/files")
    page, held = visit.page, []
    visit.expected = ("Failed to load resource",)

    async def hold(route: Route) -> None:
        held.append(route)

    await page.route(lambda address: address.endswith("/api/files"), hold)
    await choose(page, payload("Large.bin"), payload("Other.bin"))

    async def both_on_their_way() -> bool:
        return len(held) == 2

    await house.eventually(both_on_their_way)
    # What is called off has to be so before nobody holds it back any more.
    async with page.expect_event("requestfailed"):
        await page.get_by_role("button", name="Pause Large.bin").click()
    await expect(page.get_by_text("Paused")).to_be_visible()
    async with page.expect_event("requestfailed"):
        await page.get_by_role("button", name="Cancel Other.bin").click()
    await expect(page.get_by_text("Other.bin")).to_have_count(0)
    await page.unroute_all(behavior="ignoreErrors")
    await page.get_by_role("button", name="Go on with Large.bin").click()
    parts = page.get_by_role("navigation", name="Parts of the project")
    await parts.get_by_role("link", name="Settings").click()
    await parts.get_by_role("link", name="Files").click()
    await expect(page.locator("table .file-name")).to_have_text(["Large.bin"])


DROP = """([element, folder]) => {
  const data = new DataTransfer()
  data.items.add(new File(['words'], 'Brief.txt'))
  const event = new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: data })
  const items = [{ webkitGetAsEntry: () => ({ isDirectory: folder }) }]
  Object.defineProperty(data, 'items', { value: items })
  return element.dispatchEvent(event)
}"""


async def test_a_drop_beside_its_place_does_not_replace_the_page_and_a_folder_is_refused(
    house: House, visit: Visit
) -> None:
    agency, _, project = await a_project(house)
    await a_member_at(visit, agency, f"/app/projects/{project['id']}/files")
    page = visit.page
    place = page.locator(".drop-zone")
    beside = await page.get_by_role("heading", level=1).element_handle()
    assert await page.evaluate(DROP, [beside, False]) is False, "the browser would open the file"
    await expect(page.get_by_role("region", name="Uploads")).to_have_count(0)
    await page.evaluate(DROP, [await place.element_handle(), True])
    await expect(page.get_by_text("A folder cannot be uploaded.")).to_be_visible()
    await expect(page.get_by_role("region", name="Uploads")).to_have_count(0)
    await page.evaluate(DROP, [await place.element_handle(), False])
    await expect(page.locator("table .file-name")).to_have_text(["Brief.txt"])
    await expect(page.get_by_text("A folder cannot be uploaded.")).to_have_count(0)


async def test_files_are_shown_and_hidden_one_by_one_and_many_at_once(house: House, visit: Visit) -> None:
    agency, client, project = await a_project(house)
    for name in ("One.txt", "Two.txt"):
        await a_file(agency, project["id"], name)
    await a_member_at(visit, agency, f"/app/projects/{project['id']}/files")
    page = visit.page

    async def seen(count: int) -> None:
        async def right() -> bool:
            return len((await client.http.get("/api/files")).json()) == count

        await house.eventually(right)

    await page.get_by_role("switch", name="One.txt is visible to the client").click()
    await expect(told(page, "1 file is hidden")).to_be_visible()
    await seen(1)
    await page.get_by_role("button", name="Undo").click()
    await seen(2)
    await page.get_by_label("Choose all").check()
    await page.get_by_role("button", name="Hide from the client").click()
    await expect(page.locator('table [role=switch][aria-checked="true"]')).to_have_count(0)
    await seen(0)
    await page.get_by_role("group", name="Chosen files").get_by_role("button", name="Delete").click()
    await expect(page.get_by_text("No files yet")).to_be_visible()
    await page.get_by_role("button", name="Undo").last.click()
    await expect(page.locator("table .file-name")).to_have_count(2)


async def test_a_file_is_looked_at_version_by_version(house: House, visit: Visit) -> None:
    agency, client, project = await a_project(house)
    file = await a_file(agency, project["id"], "Home.png", picture())
    await client.http.post(f"/api/files/{file['id']}/request-changes", json={"comment": "More yellow, please."})
    await a_member_at(visit, agency, f"/app/files/{file['id']}")
    page = visit.page
    preview = page.get_by_role("img", name="Preview of Home.png")
    await expect(preview).to_have_js_property("naturalWidth", 640)
    await expect(page.locator(".review-words")).to_have_text("More yellow, please.")
    await expect(page.get_by_text("asked for changes to version 1")).to_be_visible()
    assert await wrong_with(page) == []
    await page.get_by_label("Upload a new version").set_input_files([payload("x.png", picture("gold"), "image/png")])
    await expect(page.get_by_text("Version 2", exact=True)).to_be_visible()
    await expect(page.get_by_text("The client has not decided yet.")).to_be_visible()
    await page.get_by_role("button", name="Show version 1").click()
    await expect(preview).to_have_attribute("src", f"/api/files/{file['id']}/preview?page=1&version=1")
    assert (await client.http.post(f"/api/files/{file['id']}/approve", json={})).status_code == 200
    await expect(page.get_by_text("approved version 2")).to_be_visible()


async def test_comments_go_to_the_client_or_stay_among_colleagues(house: House, visit: Visit) -> None:
    agency, client, project = await a_project(house)
    file = await a_file(agency, project["id"], "Brief.txt")
    await a_member_at(visit, agency, f"/app/files/{file['id']}")
    page, said = visit.page, visit.page.locator(".comment")
    await expect(page.get_by_text("No preview for this file")).to_be_visible()
    await page.get_by_label("Comment", exact=True).fill("Have a look.")
    await page.get_by_role("button", name="Comment", exact=True).click()
    await expect(said).to_have_count(1)
    await page.get_by_role("button", name="Internal note").click()
    await page.get_by_label("Comment", exact=True).fill("They are picky.")
    await page.get_by_role("button", name="Add note").click()
    await expect(said.last).to_contain_text("Internal")
    heard = (await client.http.get(f"/api/files/{file['id']}/comments")).json()
    assert [comment["content"] for comment in heard] == ["Have a look."]
    await client.http.post(f"/api/files/{file['id']}/comments", json={"content": "Lovely."})
    await expect(said.last).to_contain_text("Lovely.")
    await said.first.get_by_role("button", name="Delete this comment").click()
    await expect(said).to_have_count(2)
    await page.get_by_role("button", name="Undo").click()
    await expect(said).to_have_count(3)


async def test_a_file_is_renamed_hidden_approved_and_deleted_with_undo(house: House, visit: Visit) -> None:
    agency, _, project = await a_project(house)
    file = await a_file(agency, project["id"], "Brief.txt")
    await a_member_at(visit, agency, f"/app/files/{file['id']}")
    page = visit.page
    more = page.locator(".page-head").get_by_role("button", name="More actions")
    await more.click()
    await page.get_by_role("menuitem", name="Rename").click()
    await page.get_by_role("dialog").get_by_label("Name").fill("Plan.txt")
    await page.get_by_role("dialog").get_by_role("button", name="Rename").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Plan.txt")
    await page.get_by_role("switch", name="Visible to the client").click()
    await expect(page.get_by_text("Hidden, so the client cannot decide.")).to_be_visible()
    await page.get_by_role("button", name="Mark as approved").click()
    await page.get_by_role("dialog").get_by_role("button", name="Mark as approved").click()
    await expect(page.locator(".page-head .badge")).to_have_text("Approved")
    stored = (await agency.http.get(f"/api/files/{file['id']}")).json()
    assert (stored["name"], stored["visibleToClient"], stored["status"]) == ("Plan.txt", False, "approved")
    await more.click()
    await page.get_by_role("menuitem", name="Delete").click()
    await expect(page.get_by_text("No files yet")).to_be_visible()
    await page.get_by_role("button", name="Undo").last.click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Plan.txt")


async def test_a_signature_is_told_with_its_record(house: House, visit: Visit) -> None:
    agency, client, project = await a_project(house)
    file = await a_file(agency, project["id"], "Brief.txt")
    signed = await client.http.post(
        f"/api/portal/sign/{file['id']}", json={"signatureData": "Ada Byron", "clientName": "Ada Byron"}
    )
    assert signed.status_code < 300, signed.text
    await a_member_at(visit, agency, f"/app/files/{file['id']}")
    card = visit.page.get_by_role("region", name="Signature")
    await expect(card).to_contain_text("Ada Byron")
    await expect(card).to_contain_text("Verified")
    await expect(card.get_by_role("link", name="Download the sealed PDF")).to_be_visible()
    assert await wrong_with(visit.page) == []
