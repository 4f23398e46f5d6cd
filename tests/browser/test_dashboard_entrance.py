"""How members come in to the dashboard, and come back to it when their session has ended."""

import secrets

import pyotp
import pytest
from playwright.async_api import Page, expect

from tests.browser.axe import violations
from tests.browser.people import a_client, a_member_at
from tests.browser.reading import faults_of
from tests.browser.visit import Visit
from tests.house import PASSWORD, Agency, House

NOT_YET = ("401",)


async def fill_in(page: Page, email: str, password: str = PASSWORD) -> None:
    await page.get_by_label("E-mail address").fill(email)
    await page.get_by_label("Password", exact=True).fill(password)
    await page.keyboard.press("Enter")


async def second_factor(house: House, agency: Agency) -> tuple[pyotp.TOTP, list[str]]:
    """Switch the owner's second factor on; the app and the recovery codes."""
    secret = (await agency.http.post("/api/auth/totp", json={"password": PASSWORD})).json()["secret"]
    app = pyotp.TOTP(secret)
    confirmed = await agency.http.post("/api/auth/totp/confirm", json={"code": app.at(house.clock())})
    assert confirmed.status_code == 200, confirmed.text
    return app, confirmed.json()["recoveryCodes"]


async def forget_session(page: Page) -> None:
    """What happens to a session that somebody ended elsewhere, or that is too old."""
    await page.context.clear_cookies()


async def test_whoever_signs_in_comes_where_they_wanted_to_go(house: House, visit: Visit) -> None:
    agency, page = await house.agency(name="Northwind Studio"), visit.page
    visit.expected = NOT_YET
    await visit.open("/app/search?q=yellow")
    await expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    assert await violations(page) == []
    assert await faults_of(page) == []
    await fill_in(page, agency.email, "not the password")
    await expect(page.get_by_role("alert").get_by_text("is not right")).to_be_visible()
    await fill_in(page, agency.email)
    await expect(page.get_by_role("heading", level=1)).to_have_text("Search")
    await expect(page).to_have_url(f"{visit.address}/app/search?q=yellow")
    await expect(page).to_have_title("yellow · Search · Northwind Studio")


@pytest.mark.parametrize(
    "wanted", ["https://evil.test/app", "//evil.test/app", "/docs", "/app/../docs", "/app/sign-in"]
)
async def test_nobody_is_sent_out_of_the_dashboard(house: House, visit: Visit, wanted: str) -> None:
    agency = await house.agency()
    await visit.open(f"/app/sign-in?next={wanted}")
    await fill_in(visit.page, agency.email)
    await expect(visit.page.get_by_role("heading", level=1)).to_contain_text("Welcome to")
    await expect(visit.page).to_have_url(f"{visit.address}/app")


async def test_a_second_factor_is_asked_for_where_it_is_on(house: House, visit: Visit) -> None:
    agency, page = await house.agency(), visit.page
    app, recovery = await second_factor(house, agency)
    visit.expected = NOT_YET
    await visit.open("/app/sign-in")
    await fill_in(page, agency.email)
    code = page.get_by_label("Code from your app")
    await expect(code).to_be_focused()
    await expect(code).to_have_attribute("autocomplete", "one-time-code")
    await code.fill("000000")
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("This code is not right")).to_be_visible()
    assert await faults_of(page) == []
    house.clock.advance(seconds=30)
    await code.fill(app.at(house.clock()))
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", level=1)).to_contain_text("Welcome to")
    await visit.open("/app/sign-in")
    await fill_in(page, agency.email)
    await page.get_by_role("button", name="Use a recovery code instead").click()
    await page.get_by_label("Recovery code", exact=True).fill(recovery[0])
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", level=1)).to_contain_text("Welcome to")


async def test_an_agency_begins_with_its_owner(house: House, visit: Visit) -> None:
    page, email = visit.page, f"olga-{secrets.token_hex(6)}@agency.test"
    await visit.open("/")
    await page.get_by_role("link", name="Create an agency").click()
    await page.get_by_role("button", name="Create an agency").click()
    await expect(page.get_by_label("Your name")).to_be_focused()
    await expect(page.get_by_label("Name of your agency")).to_have_accessible_description(
        "Clients see it. You can change it later. Tell us what your agency is called."
    )
    await page.get_by_label("Your name").fill("Olga Owner")
    await page.get_by_label("Name of your agency").fill("Harbour & Sons")
    await page.get_by_label("E-mail address").fill(email)
    await page.reload()
    await expect(page.get_by_label("Name of your agency")).to_have_value("Harbour & Sons")
    await page.get_by_label("Choose a password").fill(PASSWORD)
    await page.get_by_role("button", name="Create an agency").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Welcome to Harbour & Sons")
    assert (await house.gateway.post("/api/auth/login", json={"email": email, "password": PASSWORD})).status_code == 200


async def test_a_forgotten_password_is_asked_for_by_mail(house: House, visit: Visit) -> None:
    agency, page = await house.agency(), visit.page
    await visit.open("/app/sign-in")
    await page.get_by_label("E-mail address").fill(agency.email)
    await page.get_by_role("link", name="Forgot your password?").click()
    await expect(page.get_by_label("E-mail address")).to_have_value(agency.email)
    await page.get_by_role("button", name="Send me a link").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Check your mail")
    await agency.mailed(agency.email, "/app/reset-password#token=")


async def test_too_many_attempts_are_told_kindly(house: House, visit: Visit) -> None:
    agency, page = await house.agency(), visit.page
    wrong = {"email": agency.email, "password": "not the password"}
    while (await house.gateway.post("/api/auth/login", json=wrong)).status_code != 429:
        pass
    visit.expected = ("429",)
    await visit.open("/app/sign-in")
    await fill_in(page, agency.email)
    await expect(page.get_by_text("That was tried often. Try again in")).to_be_visible()


async def test_a_session_that_ended_goes_on_where_it_was_with_nothing_lost(house: House, visit: Visit) -> None:
    agency, client = await a_client(house)
    project = (await agency.http.get("/api/projects")).json()[0]
    thread = await agency.made(f"/api/projects/{project['id']}/threads", {"name": "Colours"})
    await client.http.post(
        "/api/portal/messages", json={"content": "Hello?", "projectId": project["id"], "threadId": thread["id"]}
    )
    page = visit.page
    await page.emulate_media(reduced_motion="reduce")
    await a_member_at(visit, agency, f"/app/inbox/{thread['id']}")
    await expect(page.get_by_role("region", name="Messages", exact=True)).to_contain_text("Hello?")
    await expect(page.get_by_role("link", name="Inbox 1 conversation waits for you")).to_be_visible()
    await page.get_by_label("Write to the client").fill("Yes, we are here.")
    visit.expected = NOT_YET
    await forget_session(page)
    await page.get_by_role("button", name="Send", exact=True).click()
    ended = page.get_by_role("dialog", name="Your session has ended")
    await expect(ended.get_by_label("E-mail address")).to_have_value(agency.email)
    await expect(ended.get_by_label("Password", exact=True)).to_be_focused()
    assert await violations(page) == []
    await page.keyboard.press("Escape")
    await page.keyboard.press("Escape")
    await expect(ended).to_be_visible()
    await ended.get_by_label("Password", exact=True).fill(PASSWORD)
    await page.keyboard.press("Enter")
    await expect(ended).not_to_be_visible()
    await page.get_by_role("button", name="Try again").click()
    await expect(page.get_by_text("Not sent")).not_to_be_visible()

    async def arrived() -> bool:
        messages = (await agency.http.get(f"/api/threads/{thread['id']}/messages")).json()
        return bool([one["content"] for one in messages] == ["Yes, we are here.", "Hello?"])

    await house.eventually(arrived)


async def test_other_tabs_follow_whoever_signs_in_and_out(house: House, visit: Visit) -> None:
    agency = await house.agency(name="Northwind Studio")
    visit.expected = NOT_YET
    await visit.open("/app/sign-in?next=/app/search")
    other = await visit.tab("/app/sign-in?next=/app/inbox")
    await fill_in(visit.page, agency.email)
    await expect(other.get_by_role("heading", level=1)).to_have_text("Inbox")
    await visit.page.get_by_role("banner").get_by_role("button", name="Olivia Owner").click()
    await visit.page.get_by_role("menuitem", name="Sign out").click()
    await expect(visit.page.get_by_role("heading", level=1)).to_have_text("Sign in")
    await expect(other.get_by_role("dialog", name="Your session has ended")).to_be_visible()


async def test_another_person_who_signs_in_finds_nothing_of_the_first(house: House, visit: Visit) -> None:
    first, second, page = await house.agency(name="First"), await house.agency(name="Second"), visit.page
    await a_member_at(visit, first, "/app")
    await page.evaluate("sessionStorage.setItem('portico.draft.thread.1', 'A secret')")
    visit.expected = NOT_YET
    await forget_session(page)
    other = await visit.tab("/app/sign-in")
    await fill_in(other, second.email)
    await expect(page.get_by_role("banner")).to_contain_text("Second")
    assert await page.evaluate("sessionStorage.getItem('portico.draft.thread.1')") is None
