"""The inbox: whose turn it is, answers that arrive live and are not lost, and notes that stay inside."""

from typing import Any

from playwright.async_api import expect

from tests.browser.people import a_client, a_member_at
from tests.browser.visit import Visit
from tests.house import Agency, Client, House


async def a_thread(house: House) -> tuple[Agency, Client, dict[str, Any]]:
    """A thread in which a client has written."""
    agency, client = await a_client(house)
    project = (await agency.http.get("/api/projects")).json()[0]
    thread = await agency.made(f"/api/projects/{project['id']}/threads", {"name": "Colours"})
    await write(client, thread, "Is the yellow final?")
    return agency, client, thread


async def write(client: Client, thread: dict[str, Any], content: str) -> None:
    body = {"content": content, "projectId": thread["projectId"], "threadId": thread["id"]}
    answer = await client.http.post("/api/portal/messages", json=body)
    assert answer.status_code == 201, answer.text


async def said(agency: Agency, thread: dict[str, Any]) -> list[str]:
    """What was written in a thread, oldest first."""
    messages = (await agency.http.get(f"/api/threads/{thread['id']}/messages")).json()
    return [str(one["content"]) for one in reversed(messages)]


async def test_a_client_is_answered_and_answers_live(house: House, visit: Visit) -> None:
    agency, client, thread = await a_thread(house)
    page = visit.page
    await a_member_at(visit, agency, "/app/inbox")
    row = page.get_by_role("link", name="Ada Byron").filter(has_text="Is the yellow final?")
    await expect(row).to_contain_text("1 unanswered message")
    await expect(page.get_by_role("link", name="Inbox 1 conversation waits for you")).to_be_visible()
    await row.click()
    talk = page.get_by_role("region", name="Messages", exact=True)
    await expect(talk).to_contain_text("Is the yellow final?")
    await page.get_by_label("Write to the client").fill("It is, unless you object.")
    await page.keyboard.press("Control+Enter")
    await expect(talk.get_by_text("It is, unless you object.")).to_have_count(1)
    await expect(page.get_by_label("Write to the client")).to_have_value("")
    await expect(page.get_by_text("Nobody waits for you")).to_be_visible()
    await expect(page.locator(".talk-head").get_by_text("Waiting for the client")).to_be_visible()
    await expect(page.get_by_role("link", name="Inbox", exact=True)).to_be_visible()
    await write(client, thread, "I do not object.")
    await expect(talk.get_by_text("I do not object.")).to_be_visible()
    await expect(page.get_by_role("status").get_by_text("New message from Ada Byron")).to_be_attached()
    await expect(row.or_(page.get_by_role("link", name="I do not object."))).to_be_visible()
    assert await said(agency, thread) == ["Is the yellow final?", "It is, unless you object.", "I do not object."]


async def test_an_answer_that_fails_is_kept_over_a_reload_and_sent_once(house: House, visit: Visit) -> None:
    agency, _, thread = await a_thread(house)
    page = visit.page
    visit.expected = ("net::ERR_FAILED", "Failed to load resource")
    await a_member_at(visit, agency, f"/app/inbox/{thread['id']}")
    await page.get_by_label("Write to the client").fill("It is.")
    await page.reload()
    await expect(page.get_by_label("Write to the client")).to_have_value("It is.")
    keys: list[str | None] = []

    async def lose(route: Any) -> None:
        if route.request.method != "POST":
            return await route.continue_()
        keys.append(await route.request.header_value("idempotency-key"))
        await visit.deliver(route)
        await route.abort()

    await page.route("**/api/threads/*/messages", lose)
    await page.get_by_role("button", name="Send", exact=True).click()
    await expect(page.get_by_text("could not reach")).to_be_visible()
    await page.unroute("**/api/threads/*/messages")
    await page.reload()
    again = page.get_by_role("button", name="Try again")
    async with page.expect_request(lambda request: request.method == "POST") as sent:
        await again.click()
    assert await (await sent.value).header_value("idempotency-key") == keys[0]
    await expect(again).not_to_be_visible()
    assert await said(agency, thread) == ["Is the yellow final?", "It is."]


async def test_what_one_writes_stays_in_sight_without_a_connection(house: House, visit: Visit) -> None:
    agency, _, thread = await a_thread(house)
    page = visit.page
    visit.expected = ("net::ERR_INTERNET_DISCONNECTED",)
    await a_member_at(visit, agency, f"/app/inbox/{thread['id']}")
    await expect(page.get_by_label("Write to the client")).to_be_visible()
    await page.context.set_offline(True)
    await expect(page.get_by_text("You are offline.")).to_be_in_viewport()
    await expect(page.get_by_role("button", name="Send", exact=True)).to_be_in_viewport(ratio=1)


async def test_a_file_goes_along(house: House, visit: Visit) -> None:
    agency, _, thread = await a_thread(house)
    page = visit.page
    await a_member_at(visit, agency, f"/app/inbox/{thread['id']}")
    file = {"name": "swatch.txt", "mimeType": "text/plain", "buffer": b"yellow"}
    await page.get_by_label("Attach files").set_input_files([file])  # type: ignore[list-item]
    await expect(page.get_by_role("button", name="Leave out swatch.txt")).to_be_visible()
    await expect(page.get_by_text("6 byte")).to_be_visible()
    await page.get_by_label("Write to the client").fill("Here it is.")
    await page.get_by_role("button", name="Send", exact=True).click()
    await expect(page.get_by_role("link", name="swatch.txt")).to_be_visible()
    (made,) = (await agency.http.get("/api/files")).json()
    assert (made["name"], made["visibleToClient"]) == ("swatch.txt", True)


async def test_notes_are_told_apart_and_stay_inside(house: House, visit: Visit) -> None:
    agency, client, thread = await a_thread(house)
    inside = await agency.made(
        f"/api/projects/{thread['projectId']}/threads", {"name": "Margins", "visibility": "internal"}
    )
    await agency.made(f"/api/threads/{inside['id']}/messages", {"content": "Price it in."})
    page = visit.page
    await a_member_at(visit, agency, "/app/inbox?show=internal")
    await page.get_by_role("link", name="Price it in.").click()
    await expect(page.get_by_text("Internal: your client never sees this.")).to_be_visible()
    await page.get_by_label("Write a note for your team").fill("Agreed.")
    await page.get_by_role("button", name="Add note").click()
    await expect(page.get_by_role("region", name="Messages", exact=True).get_by_text("Agreed.")).to_be_visible()
    shown = await client.http.get("/api/portal/messages", params={"projectId": thread["projectId"]})
    assert [one["content"] for one in shown.json()] == ["Is the yellow final?"]


async def test_a_phone_shows_the_list_or_one_conversation(house: House, phone: Visit) -> None:
    agency, _, _ = await a_thread(house)
    page = phone.page
    await a_member_at(phone, agency, "/app/inbox")
    await page.get_by_role("link", name="Is the yellow final?").click()
    await expect(page.get_by_label("Write to the client")).to_be_in_viewport()
    await expect(page.get_by_role("group", name="Show")).not_to_be_visible()
    await page.get_by_role("link", name="Inbox", exact=True).click()
    await expect(page.get_by_role("group", name="Show")).to_be_visible()
    await expect(page.get_by_label("Write to the client")).not_to_be_visible()


async def test_what_is_not_there_or_not_ours_is_told_so(house: House, visit: Visit) -> None:
    _, _, theirs = await a_thread(house)
    visit.expected = ("404",)
    await a_member_at(visit, await house.agency(), f"/app/inbox/{theirs['id']}")
    await expect(visit.page.get_by_role("heading", name="This conversation is not here")).to_be_visible()
