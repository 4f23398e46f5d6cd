"""Sessions that end while a portal is open: nothing typed is lost, and nobody becomes somebody else."""

from playwright.async_api import Page, expect

from tests.browser.people import (
    a_client,
    arrived,
    magic_link,
    mailed_link,
    open_part,
    press_sign_in,
    project_link,
    sign_in,
    toast,
)
from tests.browser.visit import Visit
from tests.house import Agency, Client, House

TYPED = "When can we see it?"
ENDED = "Your session has ended"


async def begin_a_message(visit: Visit, client: Client) -> str:
    """Sign in, open the project and type; returns the link that is used up by it."""
    link = await sign_in(visit, client)
    await open_part(visit.page, "Messages")
    await visit.page.get_by_label("Write a message").fill(TYPED)
    return link


async def end_session(house: House, agency: Agency, client: Client, token: str) -> None:
    """Have the agency sign the client out everywhere, and wait until every service has heard."""
    assert (await agency.http.delete(f"/api/clients/{client.id}/sessions")).status_code == 200
    http = house.bearer(token)

    async def refused() -> bool:
        paths = ("/api/portal", "/api/projects", "/api/invoices", "/api/v1/portal/auth/sessions")
        return all([(await http.get(path)).status_code == 401 for path in paths])

    await house.eventually(refused)


async def token_of(page: Page) -> str:
    """The access token that the page uses."""
    return str(await page.evaluate("history.state.session"))


async def test_an_access_token_that_runs_out_is_renewed_unseen(house: House, visit: Visit) -> None:
    _, client = await a_client(house)
    await begin_a_message(visit, client)
    before = await token_of(visit.page)
    visit.expected = ("401",)
    house.clock.advance(minutes=15, seconds=1)
    await visit.page.get_by_role("button", name="Send").click()
    await expect(arrived(visit.page, TYPED)).to_be_visible()
    assert await token_of(visit.page) != before
    answer = await client.http.get("/api/portal")
    messages = [message for thread in answer.json()["threads"] for message in thread["messages"]]
    assert [message["content"] for message in messages] == [TYPED]


async def test_tabs_that_renew_at_the_same_time_all_go_on(house: House, visit: Visit) -> None:
    agency, client = await a_client(house)
    await sign_in(visit, client)
    tabs = [visit.page] + [await visit.tab(f"/portal/{agency.slug}") for _ in range(3)]
    for tab in tabs:
        await expect(tab.get_by_role("heading", level=1)).to_have_text("Hello Ada Byron")
    visit.expected = ("401",)
    house.clock.advance(minutes=15, seconds=1)
    for tab in tabs:
        await tab.evaluate("location.reload()")
    for tab in tabs:
        await expect(project_link(tab)).to_be_visible()
        await expect(tab.get_by_role("heading", level=1)).to_have_text("Hello Ada Byron")


async def test_nothing_typed_is_lost_and_the_tab_goes_on_by_itself(house: House, visit: Visit) -> None:
    agency, client = await a_client(house)
    used = await begin_a_message(visit, client)
    visit.expected = ("401",)
    await end_session(house, agency, client, await token_of(visit.page))
    await visit.page.get_by_role("button", name="Send").click()
    await expect(visit.page.get_by_role("heading", name=ENDED)).to_be_focused()
    await expect(visit.page.get_by_label("Your e-mail address")).to_have_value(client.email)
    await expect(visit.page.get_by_label("Write a message")).to_have_value(TYPED)
    await visit.page.get_by_role("button", name="Send me a link").click()
    await visit.page.get_by_role("heading", name="Check your mail").wait_for()

    other = await visit.tab(await mailed_link(house, client.email, f"/portal/{agency.slug}#magic=", besides=used))
    await press_sign_in(other, client)
    await expect(other.get_by_role("heading", level=1)).to_have_text("Website relaunch")
    await expect(other.get_by_label("Write a message")).to_have_value(TYPED)

    await expect(toast(visit.page, "You are signed in again.")).to_be_visible()
    await expect(visit.page.get_by_role("heading", name=ENDED)).not_to_be_visible()
    await expect(visit.page.get_by_label("Write a message")).to_have_value(TYPED)
    await visit.page.get_by_role("button", name="Send", exact=True).click()
    await expect(arrived(visit.page, TYPED)).to_be_visible()


async def test_a_reload_of_an_ended_session_comes_back_to_the_same_place(house: House, visit: Visit) -> None:
    agency, client = await a_client(house)
    used = await begin_a_message(visit, client)
    visit.expected = ("401",)
    await end_session(house, agency, client, await token_of(visit.page))
    await visit.page.reload()
    await expect(visit.page.get_by_role("status")).to_contain_text("Your session has ended.")
    assert TYPED not in await visit.page.content()
    await visit.page.get_by_label("Your e-mail address").fill(client.email)
    await visit.page.get_by_role("button", name="Send me a link").click()
    await visit.page.get_by_role("heading", name="Check your mail").wait_for()
    await visit.page.goto(
        visit.address + await mailed_link(house, client.email, f"/portal/{agency.slug}#magic=", besides=used)
    )
    await press_sign_in(visit.page, client)
    await expect(visit.page.get_by_role("heading", level=1)).to_have_text("Website relaunch")
    await expect(visit.page.get_by_label("Write a message")).to_have_value(TYPED)


async def test_what_one_client_typed_is_not_handed_to_another(house: House, visit: Visit) -> None:
    agency, client = await a_client(house)
    stranger = await agency.client(name="Charles Babbage")
    await begin_a_message(visit, client)
    visit.expected = ("401",)
    await end_session(house, agency, client, await token_of(visit.page))
    await visit.page.get_by_role("button", name="Send").click()
    await visit.page.get_by_role("button", name="Send me a link").click()
    await visit.page.get_by_role("heading", name="Check your mail").wait_for()
    other = await visit.tab(await magic_link(stranger))
    await press_sign_in(other, stranger)
    await expect(other.get_by_role("heading", level=1)).to_have_text("Hello Charles Babbage")
    assert TYPED not in await other.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")


async def test_a_tab_does_not_become_whoever_signs_in_beside_it(house: House, visit: Visit) -> None:
    agency, client = await a_client(house)
    stranger = await agency.client(name="Charles Babbage")
    await begin_a_message(visit, client)
    other = await visit.tab(await magic_link(stranger))
    await press_sign_in(other, stranger)
    visit.expected = ("401",)
    house.clock.advance(minutes=15, seconds=1)
    await visit.page.get_by_role("button", name="Send").click()
    await expect(visit.page.get_by_role("heading", name=ENDED)).to_be_visible()
    await expect(visit.page.get_by_label("Write a message")).to_have_value(TYPED)
    answer = await stranger.http.get("/api/portal")
    assert [thread["messages"] for thread in answer.json()["threads"]] == []


async def test_a_session_of_another_agency_opens_no_portal_here(house: House, visit: Visit) -> None:
    _, client = await a_client(house)
    other_agency = await house.agency(name="Southwind")
    await sign_in(visit, client)
    page = await visit.tab(f"/portal/{other_agency.slug}")
    await expect(page.get_by_label("Your e-mail address")).to_be_visible()
    assert "Ada Byron" not in await page.content()
    await visit.page.reload()
    await expect(visit.page.get_by_role("heading", level=1)).to_have_text("Hello Ada Byron")


async def test_an_ended_link_offers_the_sign_in_page(house: House, visit: Visit) -> None:
    agency, client = await a_client(house)
    await visit.open_portal(client.token)
    await visit.touch()
    await open_part(visit.page, "Messages")
    await visit.page.get_by_label("Write a message").fill(TYPED)
    visit.expected = ("401", "404")
    revoked = {"type": "contact", "id": client.id}
    answer = await agency.http.post("/api/v1/client-portal/token/revoke", json=revoked)
    assert answer.status_code == 200, answer.text

    async def refused() -> bool:
        answers = [await client.http.get(path) for path in ("/api/portal", "/api/projects")]
        return all(answer.status_code == 401 for answer in answers)

    await house.eventually(refused)
    # It is noticed while the portal lies open.
    way = visit.page.get_by_role("link", name="Sign in with your e-mail address")
    await expect(visit.page.get_by_role("heading", level=1)).to_have_text("This link does not open a portal")
    await way.click()
    await visit.page.get_by_label("Your e-mail address").fill(client.email)
    await visit.page.get_by_role("button", name="Send me a link").click()
    await visit.page.get_by_role("heading", name="Check your mail").wait_for()
    other = await visit.tab(await mailed_link(house, client.email, f"/portal/{agency.slug}#magic="))
    await press_sign_in(other, client)
    await expect(other.get_by_role("heading", level=1)).to_have_text("Website relaunch")
    await expect(other.get_by_label("Write a message")).to_have_value(TYPED)
    # Opened afresh, the old link still knows whose it was.
    again = await visit.tab(f"/client-portal/{client.token}")
    await expect(again.get_by_role("link", name="Sign in with your e-mail address")).to_have_attribute(
        "href", f"/portal/{agency.slug}"
    )
