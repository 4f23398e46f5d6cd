"""Words that would be code: shown as words everywhere, on both faces. And a network that is slow, or away."""

from typing import Any

from playwright.async_api import Page, Route, expect

from tests.browser.papers import an_invoice, cell, choose_client, now
from tests.browser.people import a_client, a_member_at
from tests.browser.visit import Visit
from tests.house import Agency, Client, House

SCRIPT = "<img src=x onerror=window.hit=1><script>window.hit=1</script>"
MARKDOWN = f"""# Terms {SCRIPT}

[press](javascript:window.hit=1) <a href="javascript:window.hit=1">here</a> <svg onload=window.hit=1></svg>

![picture](https://evil.test/pixel.png) <iframe src="https://evil.test"></iframe> <style>* {{ display: none }}</style>
"""


async def a_hostile_portal(house: House) -> tuple[Agency, Client, dict[str, str]]:
    """Everything that may be named or written, by the agency and by the client; the pages that show it."""
    agency = await house.agency(name=f"Agency {SCRIPT}")
    await agency.http.patch("/api/v1/client-portal/config", json={"portal_name": SCRIPT, "welcome_message": SCRIPT})
    client = await agency.client(name=f"Ada {SCRIPT}", company=SCRIPT)
    project = await agency.project(client, name=SCRIPT)
    await agency.http.patch(f"/api/projects/{project['id']}", json={"description": MARKDOWN})
    await agency.made(f"/api/projects/{project['id']}/tasks", {"title": SCRIPT})
    said = {"content": MARKDOWN, "projectId": project["id"]}
    message = await client.http.post("/api/portal/messages", json=said)
    assert message.status_code == 201, message.text
    contract = await agency.made("/api/contracts", {"clientId": client.id, "title": SCRIPT, "body": MARKDOWN})
    assert (await agency.http.post(f"/api/contracts/{contract['id']}/send", json={})).is_success
    line = {"description": SCRIPT, "quantity": 1, "unitPrice": 10, "taxRate": 5, "taxName": "<b>VAT</b>"}
    invoice = await an_invoice(client, lines=[line], notes=MARKDOWN)
    ids = {"project": project["id"], "contract": contract["id"], "invoice": invoice["id"], "client": client.id}
    return agency, client, {**ids, "thread": message.json()["threadId"]}


async def harmless(page: Page) -> None:
    """The page is drawn, and nothing of what it shows has run."""
    await expect(page.get_by_role("heading", level=1).first).to_be_visible()
    await expect(page.locator(".bones, .bone")).to_have_count(0)
    assert await page.evaluate("window.hit") is None
    assert (
        await page.locator("main iframe, main style, main img[src^='https:'], main [onerror], main [onload]").count()
        == 0
    )
    links = await page.locator("a[href]").evaluate_all("(all) => all.map((link) => link.getAttribute('href'))")
    assert not [link for link in links if link.strip().lower().startswith(("javascript:", "data:"))]


async def test_hostile_words_are_only_words_in_the_portal(house: House, visit: Visit) -> None:
    _, client, made = await a_hostile_portal(house)
    await visit.open_portal(client.token)
    project = f"#/projects/{made['project']}"
    papers = ("#/papers", f"#/invoices/{made['invoice']}", "#/documents", f"#/contracts/{made['contract']}")
    for place in (
        "#/",
        project,
        f"{project}/board",
        "#/messages",
        f"#/messages/{made['thread']}",
        *papers,
        "#/profile",
    ):
        await visit.page.goto(f"{visit.address}/client-portal{place}")
        await harmless(visit.page)
    await visit.page.goto(f"{visit.address}/client-portal#/contracts/{made['contract']}")
    await expect(visit.page.get_by_role("article")).to_contain_text("<script>window.hit=1</script>")


async def test_hostile_words_are_only_words_in_the_dashboard(house: House, visit: Visit) -> None:
    agency, _, made = await a_hostile_portal(house)
    project = f"/app/projects/{made['project']}"
    papers = (
        "/app/invoices",
        f"/app/invoices/{made['invoice']}",
        "/app/contracts",
        f"/app/contracts/{made['contract']}",
    )
    work = ("/app", "/app/projects", project, f"{project}/board", f"{project}/messages", f"{project}/activity")
    people = ("/app/clients", f"/app/clients/{made['client']}", "/app/inbox", f"/app/inbox/{made['thread']}")
    for place in (*work, *people, *papers, "/app/search?q=img", "/app/settings/branding"):
        await a_member_at(visit, agency, place)
        await harmless(visit.page)


async def slow_down(page: Page) -> None:
    """A telephone far from its mast: 400 kbit/s, and a third of a second for each question."""
    devtools = await page.context.new_cdp_session(page)
    speed: dict[str, Any] = {"offline": False, "latency": 300, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
    await devtools.send("Network.emulateNetworkConditions", speed)


async def test_a_slow_and_failing_network_loses_nothing_of_an_invoice(house: House, visit: Visit) -> None:
    agency, _ = await a_client(house)
    page = visit.page
    visit.expected = ("503", "Failed to load resource")
    await slow_down(page)
    await a_member_at(visit, agency, "/app/invoices/new")
    await choose_client(page, "Ada Byron")
    await cell(page, 1, "Description").fill("Concept")
    await cell(page, 1, "Unit price").fill("1200")

    async def fail(route: Route) -> None:
        if route.request.method == "POST":
            await route.fulfill(status=503, json={"status": 503, "code": "unavailable", "detail": "Away."})
        else:
            await route.continue_()

    await page.route("**/api/invoices*", fail)
    await page.get_by_role("button", name="Save as draft").click()
    await expect(page.get_by_role("alert").filter(has_text="Something went wrong on our side").first).to_be_visible()
    await page.reload()
    await expect(cell(page, 1, "Description")).to_have_value("Concept")
    await expect(cell(page, 1, "Unit price")).to_have_value("1200")
    await page.unroute("**/api/invoices*")
    await page.get_by_role("button", name="Save as draft").click()
    await expect(page.get_by_role("button", name="Send", exact=True)).to_be_visible()
    (invoice,) = await now(agency, "/api/invoices")
    assert invoice["amount"] == 1200


async def test_a_slow_network_still_lets_a_client_read_and_reply(house: House, phone: Visit) -> None:
    _, client = await a_client(house)
    await slow_down(phone.page)
    await phone.open_portal(client.token)
    page = phone.page
    await page.get_by_role("navigation", name="Sections").get_by_role("link", name="Messages").click()
    await page.get_by_role("main").get_by_text("General").first.click()
    await page.get_by_label("Write a message").fill("From a train.")
    await page.get_by_role("button", name="Send").click()
    # Shown at once, sent when the network lets it.
    await expect(page.get_by_role("log")).to_contain_text("From a train.")

    async def arrived() -> bool:
        project = (await client.http.get("/api/portal")).json()["projects"][0]["id"]
        answer = await client.http.get("/api/portal/messages", params={"projectId": project})
        return [one["content"] for one in answer.json()] == ["From a train."]

    await house.eventually(arrived)
