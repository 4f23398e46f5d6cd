"""The client's portal in a real browser: the link is opened, and everything a client does is done by hand."""

import re
from typing import Any

from playwright.async_api import expect

from tests.browser.people import a_member_at, arrived, open_part, project_link, toast
from tests.browser.visit import Visit
from tests.house import Agency, Client, House

CONFIG = "/api/v1/client-portal/config"


async def upload(agency: Agency, project: dict[str, Any], name: str = "Home page.txt") -> dict[str, Any]:
    answer = await agency.http.post(
        "/api/files",
        data={"projectId": project["id"], "visibleToClient": "true"},
        files={"file": (name, b"Hello, world", "text/plain")},
    )
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def file_now(agency: Agency, file: dict[str, Any]) -> dict[str, Any]:
    return dict((await agency.http.get(f"/api/files/{file['id']}")).json())


async def a_client_with_a_project(house: House, name: str = "Ada Byron") -> tuple[Agency, Client, dict[str, Any]]:
    agency = await house.agency(name="Northwind Studio")
    client = await agency.client(name=name)
    return agency, client, await agency.project(client, name="Website relaunch")


async def open_project(visit: Visit, client: Client, part: str = "") -> None:
    await visit.open_portal(client.token)
    if part:
        await open_part(visit.page, part)
    else:
        await project_link(visit.page).click()
    await expect(visit.page.get_by_role("heading", level=1)).to_have_text("Website relaunch")


async def open_file(visit: Visit, client: Client, name: str = "Home page.txt") -> None:
    await visit.open_portal(client.token)
    await visit.page.get_by_role("link", name=f"Review {name}").click()
    await expect(visit.page.get_by_role("heading", level=1)).to_have_text(name)


async def test_the_link_opens_the_clients_own_portal(house: House, visit: Visit) -> None:
    agency, client, _ = await a_client_with_a_project(house)
    await agency.http.patch(CONFIG, json={"portal_name": "Northwind", "primary_color": "#0F766E"})
    await visit.open_portal(client.token)
    await expect(visit.page.get_by_role("heading", level=1)).to_have_text("Hello Ada Byron")
    await expect(visit.page).to_have_title("Northwind")
    await expect(project_link(visit.page)).to_be_visible()
    brand = await visit.page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--brand')")
    assert brand == "rgb(15 118 110)"


async def test_the_token_leaves_the_address_and_a_reload_still_works(house: House, visit: Visit) -> None:
    _, client, _ = await a_client_with_a_project(house)
    await open_project(visit, client)
    assert client.token not in visit.page.url
    assert [url for url in visit.requests if client.token in url] == [f"{visit.address}/client-portal/{client.token}"]
    await visit.page.reload()
    await expect(visit.page.get_by_role("heading", level=1)).to_have_text("Website relaunch")
    await visit.page.go_back()
    await expect(visit.page.get_by_role("heading", level=1)).to_have_text("Hello Ada Byron")
    assert client.token not in await visit.page.content()


async def test_a_pale_colour_is_darkened_until_it_can_be_read(house: House, visit: Visit) -> None:
    agency, client, _ = await a_client_with_a_project(house)
    await agency.http.patch(CONFIG, json={"primary_color": "#FFE066"})
    await visit.open_portal(client.token)
    brand = await visit.page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--brand')")
    red, green, blue = (int(part) for part in re.findall(r"\d+", brand))
    assert 0.2126 * red + 0.7152 * green + 0.0722 * blue < 128


async def test_a_message_is_written_and_arrives(house: House, visit: Visit) -> None:
    _, client, project = await a_client_with_a_project(house)
    await open_project(visit, client, "Messages")
    await visit.page.get_by_label("Write a message").fill("When can we\nsee it? <b>Soon?</b>")
    await visit.page.get_by_role("button", name="Send").click()
    await expect(arrived(visit.page, "<b>Soon?</b>")).to_be_visible()
    await expect(visit.page.get_by_label("Write a message")).to_have_value("")
    answer = await client.http.get("/api/portal/messages", params={"projectId": project["id"]})
    (message,) = answer.json()
    assert message["content"] == "When can we\nsee it? <b>Soon?</b>"
    assert message["author"]["kind"] == "client"


async def test_what_was_typed_survives_a_failed_request_and_a_reload(house: House, visit: Visit) -> None:
    _, client, project = await a_client_with_a_project(house)
    visit.expected = ("net::ERR_FAILED", "Failed to load resource")
    await open_project(visit, client, "Messages")
    await visit.page.route("**/api/portal/messages", lambda route: route.abort())
    await visit.page.get_by_label("Write a message").fill("Do not lose me")
    await visit.page.get_by_role("button", name="Send").click()
    await expect(visit.page.get_by_role("log").get_by_role("alert")).to_contain_text("could not reach the portal")
    await visit.page.get_by_label("Write a message").fill("Nor me")
    await visit.page.unroute("**/api/portal/messages")
    await visit.page.reload()
    await expect(visit.page.get_by_label("Write a message")).to_have_value("Nor me")
    await expect(visit.page.get_by_role("log")).to_contain_text("Do not lose me")
    await visit.page.get_by_role("log").get_by_role("button", name="Try again").click()
    await expect(arrived(visit.page, "Do not lose me")).to_be_visible()
    answer = await client.http.get("/api/portal/messages", params={"projectId": project["id"]})
    assert len(answer.json()) == 1


async def test_a_file_is_approved(house: House, visit: Visit) -> None:
    agency, client, project = await a_client_with_a_project(house)
    file = await upload(agency, project)
    await visit.open_portal(client.token)
    await visit.page.get_by_role("link", name="Review Home page.txt").click()
    await visit.page.get_by_role("button", name="Approve").click()
    await expect(toast(visit.page, "You approved Home page.txt.")).to_be_visible()
    await expect(visit.page.get_by_text("Approved by Ada Byron")).to_be_visible()
    assert (await file_now(agency, file))["approval"]["name"] == "Ada Byron"


async def test_changes_to_a_file_are_requested(house: House, visit: Visit) -> None:
    agency, client, project = await a_client_with_a_project(house)
    file = await upload(agency, project)
    await open_file(visit, client)
    await visit.page.get_by_role("button", name="Request changes").click()
    await visit.page.get_by_label("What should change in Home page.txt?").fill("A larger headline, please.")
    await visit.page.get_by_role("button", name="Send request").click()
    await expect(visit.page.get_by_text("Changes requested by Ada Byron")).to_be_visible()
    assert (await file_now(agency, file))["approval"]["comment"] == "A larger headline, please."


async def test_a_newer_version_stops_an_approval_and_is_shown(house: House, visit: Visit) -> None:
    agency, client, project = await a_client_with_a_project(house)
    file = await upload(agency, project)
    visit.expected = ("409",)
    await open_file(visit, client)
    answer = await agency.http.post(
        "/api/files",
        data={"projectId": project["id"], "visibleToClient": "true"},
        files={"file": ("Home page.txt", b"Hello again", "text/plain")},
    )
    assert answer.json()["version"] == 2
    await visit.page.get_by_role("button", name="Approve").click()
    await expect(visit.page.get_by_text("Version 2 ·")).to_be_visible()
    assert (await file_now(agency, file))["status"] == "uploaded"


async def test_a_file_is_signed_by_typing_with_the_keyboard_alone(house: House, visit: Visit) -> None:
    agency, client, project = await a_client_with_a_project(house)
    file = await upload(agency, project)
    await open_file(visit, client)
    await visit.page.get_by_role("button", name="Sign", exact=True).focus()
    await visit.page.keyboard.press("Enter")
    await expect(visit.page.get_by_label("Your full name")).to_be_focused()
    await visit.page.keyboard.press("ControlOrMeta+A")
    await visit.page.keyboard.type("Augusta Ada Byron")
    await visit.page.keyboard.press("Enter")
    await expect(visit.page.get_by_text("Signed by Augusta Ada Byron")).to_be_visible()
    signature = (await file_now(agency, file))["signature"]
    assert (signature["name"], signature["kind"]) == ("Augusta Ada Byron", "typed")
    await visit.page.get_by_role("main").get_by_role("link", name="Website relaunch").click()
    await expect(visit.page.get_by_text("Sealed copy")).to_be_visible()


async def test_a_file_is_signed_by_drawing(house: House, visit: Visit) -> None:
    agency, client, project = await a_client_with_a_project(house)
    file = await upload(agency, project)
    await open_file(visit, client)
    await visit.page.get_by_role("button", name="Sign", exact=True).click()
    await visit.page.get_by_label("Draw it").check()
    await visit.page.locator("form.panel").get_by_role("button", name="Sign", exact=True).click()
    await expect(visit.page.locator("form.panel")).to_contain_text("Draw your signature first")
    box = await visit.page.locator("canvas").bounding_box()
    assert box
    await visit.page.mouse.move(box["x"] + 30, box["y"] + 40)
    await visit.page.mouse.down()
    await visit.page.mouse.move(box["x"] + 120, box["y"] + 110, steps=10)
    await visit.page.mouse.move(box["x"] + 200, box["y"] + 50, steps=10)
    await visit.page.mouse.up()
    await visit.page.locator("form.panel").get_by_role("button", name="Sign", exact=True).click()
    await expect(toast(visit.page, "You signed Home page.txt.")).to_be_visible()
    assert (await file_now(agency, file))["signature"]["kind"] == "drawn"


async def test_a_file_is_downloaded_as_it_was_uploaded(house: House, visit: Visit) -> None:
    agency, client, project = await a_client_with_a_project(house)
    await upload(agency, project)
    await open_file(visit, client)
    async with visit.page.expect_download() as started:
        await visit.page.get_by_role("button", name="Download", exact=True).click()
    download = await started.value
    assert download.suggested_filename == "Home page.txt"
    assert (await download.path()).read_bytes() == b"Hello, world"
    assert client.token not in download.url


async def test_an_invoice_says_what_is_due_leads_to_payment_and_is_downloaded(house: House, visit: Visit) -> None:
    agency, client, _ = await a_client_with_a_project(house)
    body = {"amount": 1136.45, "currency": "EUR", "dueDate": "2099-03-15", "clientId": client.id}
    invoice = (await agency.http.post("/api/invoices", json=body)).json()
    await visit.open_portal(client.token)
    await visit.page.get_by_role("link", name=f"Pay {invoice['number']}").click()
    await expect(visit.page.get_by_text("€1,136.45 is due on 15 March 2099.")).to_be_visible()
    pay = visit.page.get_by_role("link", name="Pay €1,136.45")
    assert await pay.get_attribute("href") == invoice["paymentUrl"]
    async with visit.page.expect_download() as started:
        await visit.page.get_by_role("button", name="Download PDF").click()
    assert (await (await started.value).path()).read_bytes().startswith(b"%PDF-")

    async def viewed() -> bool:
        return bool((await agency.http.get(f"/api/invoices/{invoice['id']}")).json()["status"] == "viewed")

    await house.eventually(viewed)


async def test_an_invoice_tells_of_its_deposit_and_brings_its_credit_notes(house: House, visit: Visit) -> None:
    agency, client, _ = await a_client_with_a_project(house)
    deposit = {"type": "percent", "value": 20, "dueDate": "2099-01-15"}
    body = {"amount": 1000, "currency": "EUR", "dueDate": "2099-03-15", "clientId": client.id, "deposit": deposit}
    invoice = (await agency.http.post("/api/invoices", json=body)).json()
    note = await agency.made(f"/api/invoices/{invoice['id']}/credit-notes", {"amount": 100})
    await visit.open_portal(client.token)
    await visit.page.get_by_role("link", name=f"Pay {invoice['number']}").click()
    told = "A deposit of €200.00 is due on 15 January 2099, €900.00 in all on 15 March 2099."
    await expect(visit.page.get_by_text(told)).to_be_visible()
    await expect(visit.page.get_by_role("link", name="Pay €200.00")).to_be_visible()
    await expect(visit.page.get_by_role("row", name="Credited -€100.00")).to_be_visible()
    async with visit.page.expect_download() as started:
        await visit.page.get_by_role("button", name=f"Credit note {note['number']}").click()
    download = await started.value
    assert download.suggested_filename == f"{note['number']}.pdf"
    assert (await download.path()).read_bytes().startswith(b"%PDF-")


async def test_an_empty_portal_says_what_will_come(house: House, visit: Visit) -> None:
    client = await (await house.agency()).client()
    await visit.open_portal(client.token)
    for sentence in ("Nothing waits for you.", "No projects yet."):
        await expect(visit.page.get_by_text(sentence)).to_be_visible()


async def test_a_closed_portal_says_so_and_can_be_tried_again(house: House, visit: Visit) -> None:
    agency, client, _ = await a_client_with_a_project(house)
    await agency.http.patch(CONFIG, json={"is_active": False})
    visit.expected = ("403",)
    await visit.open_portal(client.token)
    await expect(visit.page.get_by_role("heading", level=1)).to_have_text("This portal is closed for now")
    await agency.http.patch(CONFIG, json={"is_active": True})

    async def is_open() -> bool:
        return (await client.http.get("/api/portal")).status_code == 200

    # Who may come in travels as an event, so it takes a moment.
    await house.eventually(is_open)
    await visit.page.get_by_role("button", name="Try again").click()
    await expect(visit.page.get_by_role("heading", level=1)).to_have_text("Hello Ada Byron")


async def test_looking_as_nobody_leads_back_to_the_dashboard(house: House, visit: Visit) -> None:
    agency = await house.agency()
    visit.expected = ("400",)
    await a_member_at(visit, agency, "/app/view-as?clientId=nonsense")
    await expect(visit.page.get_by_role("heading", level=1)).to_have_text("This portal cannot be shown")
    await expect(visit.page.get_by_role("link", name="To the dashboard")).to_be_visible()


async def test_a_page_whose_script_does_not_come_says_so_instead_of_staying_empty(house: House, visit: Visit) -> None:
    _, client, _ = await a_client_with_a_project(house)
    visit.expected = ("net::ERR_FAILED", "Failed to load resource")
    await visit.page.route("**/lib/api.js", lambda route: route.abort())
    await visit.page.goto(f"{visit.address}/client-portal/{client.token}")
    again = visit.page.get_by_role("link", name="Load the page again")
    await expect(again).to_be_visible()
    await visit.page.unroute("**/lib/api.js")
    await again.click()
    await expect(visit.page.get_by_role("heading", level=1)).to_have_text("Hello Ada Byron")
    await expect(again).to_have_count(0)


async def test_a_portal_that_does_not_answer_can_be_tried_again(house: House, visit: Visit) -> None:
    _, client, _ = await a_client_with_a_project(house)
    visit.expected = ("net::ERR_FAILED", "Failed to load resource")
    await visit.page.route("**/api/portal", lambda route: route.abort())
    await visit.open_portal(client.token)
    await expect(visit.page.get_by_role("heading", level=1)).to_have_text("The portal does not answer")
    await visit.page.unroute("**/api/portal")
    await visit.page.get_by_role("button", name="Try again").click()
    await expect(visit.page.get_by_role("heading", level=1)).to_have_text("Hello Ada Byron")


async def test_sections_that_are_away_say_that_nothing_is_lost(house: House, visit: Visit) -> None:
    _, client, _ = await a_client_with_a_project(house)
    snapshot = (await client.http.get("/api/portal")).json()
    snapshot |= {"projects": [], "unavailable": ["projects", "files", "threads"]}
    await visit.page.route("**/api/portal", lambda route: route.fulfill(json=snapshot))
    await visit.open_portal(client.token)
    await expect(visit.page.get_by_text("We cannot show your projects just now.")).to_be_visible()
    await visit.page.unroute("**/api/portal")
    await visit.page.get_by_role("button", name="Try again").click()
    await expect(project_link(visit.page)).to_be_visible()


async def test_a_phone_shows_everything_without_scrolling_sideways(house: House, phone: Visit) -> None:
    agency, client, project = await a_client_with_a_project(house, name="Wilhelmina " * 18)
    await upload(agency, project, name="a-very-long-name-" * 11 + ".txt")
    body = {"amount": 99999999.99, "currency": "EUR", "dueDate": "2099-03-15", "clientId": client.id}
    await agency.http.post("/api/invoices", json=body)
    for part in ("Board", "Files", "Messages", "Time"):
        await open_project(phone, client, part)
        assert await phone.overflow() <= 0, part
    await open_file(phone, client, "a-very-long-name-" * 11 + ".txt")
    await expect(phone.page.get_by_role("button", name="Approve")).to_be_in_viewport()
    assert await phone.overflow() <= 0
    await phone.page.get_by_role("button", name="Sign", exact=True).tap()
    await phone.page.get_by_label("Draw it").check()
    assert await phone.overflow() <= 0
    await phone.page.keyboard.press("Escape")
    await phone.page.get_by_role("link", name="Quotes and invoices").tap()
    await phone.page.get_by_role("link", name="INV-").tap()
    await expect(phone.page.get_by_role("link", name="Pay")).to_be_in_viewport()
    assert await phone.overflow() <= 0


async def test_buttons_and_links_of_a_phone_are_large_enough_to_touch(house: House, phone: Visit) -> None:
    agency, client, project = await a_client_with_a_project(house)
    await upload(agency, project)
    await open_project(phone, client, "Messages")
    await large_enough(phone)
    await open_file(phone, client)
    await large_enough(phone)


async def large_enough(phone: Visit) -> None:
    for button in await phone.page.get_by_role("button").all():
        box = await button.bounding_box()
        assert box
        assert box["height"] >= 44, await button.text_content()
