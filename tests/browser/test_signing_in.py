"""Signing in by mail, as a person does it: from the sign-in page to the portal, and out again."""

import re

from playwright.async_api import expect

from tests.browser.people import (
    a_client,
    arrived,
    magic_link,
    mailed_link,
    open_part,
    press_sign_in,
    project_link,
    sign_in,
)
from tests.browser.visit import Visit
from tests.house import House

AUTH = "/api/v1/portal/auth"


async def test_a_client_signs_in_by_mail(house: House, visit: Visit) -> None:
    agency, client = await a_client(house)
    await visit.open(f"/portal/{agency.slug}")
    await expect(visit.page).to_have_title("Sign in · Northwind Studio")
    await visit.page.get_by_label("Your e-mail address").fill(client.email)
    await visit.page.get_by_role("button", name="Send me a link").click()
    await expect(visit.page.get_by_role("heading", name="Check your mail")).to_be_focused()
    await expect(visit.page.get_by_text(client.email)).to_be_visible()
    await visit.open(await mailed_link(house, client.email, f"/portal/{agency.slug}#magic="))
    await press_sign_in(visit.page, client)
    await expect(visit.page.get_by_role("heading", level=1)).to_have_text("Hello Ada Byron")
    await expect(project_link(visit.page)).to_be_visible()


async def test_nothing_is_used_up_before_the_button_is_pressed(house: House, visit: Visit) -> None:
    _, client = await a_client(house)
    await visit.open(await magic_link(client))
    await visit.page.get_by_role("button", name="Sign in").wait_for()
    await visit.page.wait_for_load_state("networkidle")
    assert not [url for url in visit.requests if AUTH in url]
    assert len(await visit.page.get_by_role("button").all()) == 1
    await press_sign_in(visit.page, client)


async def test_the_secret_leaves_the_address_and_stands_in_no_request(house: House, visit: Visit) -> None:
    agency, client = await a_client(house)
    link = await magic_link(client)
    await visit.open(link)
    await expect(visit.page).to_have_url(f"{visit.address}/portal/{agency.slug}")
    await press_sign_in(visit.page, client)
    token = link.partition("=")[2]
    assert not [url for url in visit.requests if token in url.partition("#")[0]]
    assert token not in await visit.page.content()
    assert token not in await visit.page.evaluate(
        "JSON.stringify([history.state, {...localStorage, ...sessionStorage}])"
    )


async def test_a_reload_keeps_the_session_without_renewing_it(house: House, visit: Visit) -> None:
    _, client = await a_client(house)
    await sign_in(visit, client)
    await project_link(visit.page).click()
    visit.requests.clear()
    await visit.page.reload()
    await expect(visit.page.get_by_role("heading", level=1)).to_have_text("Website relaunch")
    assert not [url for url in visit.requests if AUTH in url]


async def test_a_page_reloaded_in_a_hurry_stays_signed_in(house: House, visit: Visit) -> None:
    agency, client = await a_client(house)
    await sign_in(visit, client)
    other = await visit.tab(f"/portal/{agency.slug}")
    visit.expected = ("401",)
    for time in range(4):
        # Left as soon as it has begun to renew the session; the new address has an entry that knows no access token.
        async with other.expect_request("**/auth/refresh"):
            await other.goto(f"{visit.address}/portal/{agency.slug}?time={time}", wait_until="commit")
    await expect(other.get_by_role("heading", level=1)).to_have_text("Hello Ada Byron")
    await visit.page.reload()
    await expect(visit.page.get_by_role("heading", level=1)).to_have_text("Hello Ada Byron")


async def test_a_second_tab_is_signed_in_too(house: House, visit: Visit) -> None:
    agency, client = await a_client(house)
    await sign_in(visit, client)
    other = await visit.tab(f"/portal/{agency.slug}")
    await expect(other.get_by_role("heading", level=1)).to_have_text("Hello Ada Byron")
    await open_part(visit.page, "Messages")
    await visit.page.get_by_label("Write a message").fill("Still here?")
    await visit.page.get_by_role("button", name="Send").click()
    await expect(arrived(visit.page, "Still here?")).to_be_visible()


async def test_a_tab_that_waits_for_the_mail_goes_in_by_itself(house: House, visit: Visit) -> None:
    agency, client = await a_client(house)
    await visit.open(f"/portal/{agency.slug}")
    await visit.page.get_by_label("Your e-mail address").fill(client.email)
    await visit.page.get_by_role("button", name="Send me a link").click()
    other = await visit.tab(await mailed_link(house, client.email, f"/portal/{agency.slug}#magic="))
    await press_sign_in(other, client)
    await expect(visit.page.get_by_role("heading", level=1)).to_have_text("Hello Ada Byron")


async def test_signing_out_ends_the_session_in_every_tab(house: House, visit: Visit) -> None:
    agency, client = await a_client(house)
    await sign_in(visit, client)
    other = await visit.tab(f"/portal/{agency.slug}")
    await expect(other.get_by_role("heading", level=1)).to_have_text("Hello Ada Byron")
    await visit.page.get_by_role("button", name="Sign out").click()
    for page in (visit.page, other):
        await expect(page.get_by_text("You are signed out.")).to_be_visible()
        assert "Ada Byron" not in await page.content()
    assert await visit.page.context.cookies() == []
    await visit.page.reload()
    await expect(visit.page.get_by_label("Your e-mail address")).to_be_visible()
    await visit.page.go_back()
    assert "Ada Byron" not in await visit.page.content()
    sessions = await agency.http.get(f"/api/clients/{client.id}/sessions")
    assert sessions.json() == []


async def test_a_link_that_was_used_asks_for_another_one(house: House, visit: Visit) -> None:
    _, client = await a_client(house)
    link = await magic_link(client)
    await visit.open(link)
    await press_sign_in(visit.page, client)
    visit.expected = ("401",)
    await visit.page.context.clear_cookies()
    other = await visit.tab(link)
    await other.get_by_role("button", name="Sign in").click()
    await expect(other.get_by_role("status")).to_have_text("This link is not valid any longer. Ask for a new one.")
    await expect(other.get_by_label("Your e-mail address")).to_be_focused()


async def test_a_link_that_has_run_out_asks_for_another_one(house: House, visit: Visit) -> None:
    _, client = await a_client(house)
    link = await magic_link(client)
    house.clock.advance(minutes=60, seconds=1)
    visit.expected = ("401",)
    await visit.open(link)
    await visit.page.get_by_role("button", name="Sign in").click()
    await expect(visit.page.get_by_text("This link is not valid any longer.")).to_be_visible()


async def test_a_link_opened_in_a_tab_that_is_there_already_works(house: House, visit: Visit) -> None:
    agency, client = await a_client(house)
    await visit.open(f"/portal/{agency.slug}")
    await visit.page.get_by_label("Your e-mail address").wait_for()
    await visit.page.evaluate("(link) => { location.href = link }", await magic_link(client))
    await expect(visit.page).to_have_url(f"{visit.address}/portal/{agency.slug}")
    await press_sign_in(visit.page, client)


async def test_a_link_survives_a_failed_request(house: House, visit: Visit) -> None:
    _, client = await a_client(house)
    visit.expected = ("net::ERR_FAILED", "Failed to load resource")
    await visit.page.route("**/auth/validate", lambda route: route.abort())
    await visit.open(await magic_link(client))
    await visit.page.get_by_role("button", name="Sign in").click()
    await expect(visit.page.get_by_role("alert")).to_contain_text("could not reach the portal")
    await visit.page.unroute("**/auth/validate")
    await press_sign_in(visit.page, client)


async def test_a_one_time_password_signs_in_at_once(house: House, visit: Visit) -> None:
    agency = await house.agency()
    made = await agency.custodian_client(name="Grace Hopper")
    custodian = await agency.api_key("custodian")
    otp = (await custodian.post(f"/api/v1/custodians/clients/{made.id}/web-otp")).json()["otp"]
    await visit.open(f"/portal/{agency.slug}#otp={otp}")
    await expect(visit.page.get_by_role("heading", level=1)).to_have_text("Hello Grace Hopper")
    await expect(visit.page).to_have_url(re.compile(f"/portal/{agency.slug}$"))
    visit.expected = ("401",)
    other = await visit.tab(f"/portal/{agency.slug}#otp={otp}")
    await expect(other.get_by_role("status")).to_contain_text("That way in has ended.")


async def test_it_can_be_done_with_the_keyboard_alone(house: House, visit: Visit) -> None:
    agency, client = await a_client(house)
    await visit.open(f"/portal/{agency.slug}")
    await expect(visit.page.get_by_label("Your e-mail address")).to_be_focused()
    await visit.page.keyboard.type(client.email)
    await visit.page.keyboard.press("Enter")
    await visit.page.get_by_role("heading", name="Check your mail").wait_for()
    await visit.open(await mailed_link(house, client.email, f"/portal/{agency.slug}#magic="))
    await visit.page.get_by_role("button", name="Sign in").wait_for()
    await visit.page.keyboard.press("Tab")
    await expect(visit.page.get_by_role("button", name="Sign in")).to_be_focused()
    await visit.page.keyboard.press("Enter")
    await expect(visit.page.get_by_role("heading", level=1)).to_have_text("Hello Ada Byron")
