"""The pages of members' mails: joining by an invitation, and choosing a password anew."""

import secrets

from playwright.async_api import expect

from tests.browser.people import mailed_link
from tests.browser.visit import Visit
from tests.house import PASSWORD, Agency, House

NEW_PASSWORD = "a loud place in the hills"


async def invite(house: House, agency: Agency, role: str = "admin") -> tuple[str, str]:
    """Invite somebody; returns their address and the mailed link."""
    email = f"max-{secrets.token_hex(6)}@agency.test"
    await agency.made("/api/invitations", {"email": email, "role": role})
    return email, await mailed_link(house, email, "/app/invitation#token=")


async def forget(house: House, agency: Agency) -> str:
    """Ask for another password; returns the mailed link."""
    assert (await house.gateway.post("/api/auth/forgot-password", json={"email": agency.email})).status_code == 204
    return await mailed_link(house, agency.email, "/app/reset-password#token=")


async def fill_in(visit: Visit, name: str = "Max Member", password: str = PASSWORD) -> None:
    await visit.page.get_by_label("Your name").fill(name)
    await visit.page.get_by_label("Choose a password").fill(password)
    await visit.page.get_by_role("button", name="Join", exact=True).click()


async def test_an_invited_person_joins(house: House, visit: Visit) -> None:
    agency = await house.agency(name="Northwind Studio")
    email, link = await invite(house, agency)
    await visit.open(link)
    await expect(visit.page.get_by_role("heading", level=1)).to_have_text("Join Northwind Studio")
    await expect(visit.page.get_by_text("You are invited as an admin.")).to_be_visible()
    await expect(visit.page.get_by_label("Your e-mail address")).to_have_value(email)
    await expect(visit.page.get_by_label("Your e-mail address")).not_to_be_editable()
    await fill_in(visit)
    await expect(visit.page.get_by_role("heading", level=1)).to_have_text("You have joined")
    members = (await agency.http.get("/api/members")).json()
    assert ("Max Member", email, "admin") in [(one["name"], one["email"], one["role"]) for one in members]
    await visit.page.get_by_role("link", name="Go on").click()
    await expect(visit.page.get_by_role("banner").get_by_role("button", name="Max Member")).to_be_visible()


async def test_the_token_leaves_the_address_and_a_reload_keeps_what_was_typed(house: House, visit: Visit) -> None:
    _, link = await invite(house, await house.agency())
    token = link.partition("=")[2]
    await visit.open(link)
    await visit.page.get_by_label("Your name").fill("Max Member")
    await expect(visit.page).to_have_url(f"{visit.address}/app/invitation")
    assert not [url for url in visit.requests if token in url.partition("#")[0]]
    await visit.page.reload()
    await expect(visit.page.get_by_label("Your name")).to_have_value("Max Member")
    await visit.page.get_by_label("Choose a password").fill(PASSWORD)
    await visit.page.get_by_role("button", name="Join", exact=True).click()
    await expect(visit.page.get_by_role("heading", level=1)).to_have_text("You have joined")
    assert token not in await visit.page.evaluate("JSON.stringify(history.state)")


async def test_what_is_wrong_is_said_beside_its_field(house: House, visit: Visit) -> None:
    _, link = await invite(house, await house.agency())
    await visit.open(link)
    await fill_in(visit, name=" ", password="short")
    name, password = visit.page.get_by_label("Your name"), visit.page.get_by_label("Choose a password")
    await expect(name).to_have_accessible_description("Tell us your name.")
    await expect(name).to_be_focused()
    await expect(password).to_have_accessible_description(
        "At least 8 characters; a sentence is good. Take at least 8 characters."
    )
    visit.expected = ("400",)
    await fill_in(visit, password="password1")
    await expect(visit.page.get_by_text("among the first that anybody would guess")).to_be_visible()
    await expect(password).to_be_focused()
    await expect(password).to_have_attribute("aria-invalid", "true")
    await fill_in(visit)
    await expect(visit.page.get_by_role("heading", level=1)).to_have_text("You have joined")


async def test_an_invitation_that_is_over_says_so(house: House, visit: Visit) -> None:
    _, link = await invite(house, await house.agency())
    visit.expected = ("401",)
    house.clock.advance(days=7, seconds=1)
    await visit.open(link)
    await expect(visit.page.get_by_role("heading", level=1)).to_have_text("This invitation is not open")


async def test_an_invitation_taken_back_while_one_types_says_so(house: House, visit: Visit) -> None:
    agency = await house.agency()
    _, link = await invite(house, agency)
    await visit.open(link)
    await visit.page.get_by_label("Your name").wait_for()
    (invitation,) = (await agency.http.get("/api/invitations")).json()
    await agency.http.delete(f"/api/invitations/{invitation['id']}")
    visit.expected = ("401",)
    await fill_in(visit)
    await expect(visit.page.get_by_role("heading", level=1)).to_have_text("This invitation is not open")


async def test_the_newest_invitation_can_be_opened_in_the_same_tab(house: House, visit: Visit) -> None:
    agency = await house.agency()
    _, old = await invite(house, agency)
    email, new = await invite(house, agency)
    await visit.open(old)
    await visit.page.get_by_label("Your name").wait_for()
    await visit.page.evaluate("(link) => { location.href = link }", new)
    await expect(visit.page.get_by_label("Your e-mail address")).to_have_value(email)


async def test_a_member_chooses_a_new_password(house: House, visit: Visit) -> None:
    agency = await house.agency()
    await visit.open(await forget(house, agency))
    await expect(visit.page).to_have_url(f"{visit.address}/app/reset-password")
    field = visit.page.get_by_label("New password")
    await field.fill(NEW_PASSWORD)
    await visit.page.get_by_role("button", name="Show the password").click()
    await expect(field).to_have_attribute("type", "text")
    await visit.page.get_by_role("button", name="Save the password").click()
    await expect(visit.page.get_by_role("heading", level=1)).to_have_text("Your new password holds from now on")
    await expect(visit.page.get_by_role("link", name="Sign in")).to_have_attribute("href", "/app/sign-in")
    for password, status in ((NEW_PASSWORD, 200), (PASSWORD, 401)):
        answer = await house.gateway.post("/api/auth/login", json={"email": agency.email, "password": password})
        assert answer.status_code == status


async def test_a_reset_link_works_once(house: House, visit: Visit) -> None:
    agency = await house.agency()
    link = await forget(house, agency)
    token = link.partition("=")[2]
    used = {"token": token, "password": NEW_PASSWORD}
    assert (await house.gateway.post("/api/auth/reset-password", json=used)).status_code == 200
    visit.expected = ("401",)
    await visit.open(link)
    await visit.page.get_by_label("New password").fill("quite another sentence")
    await visit.page.get_by_role("button", name="Save the password").click()
    await expect(visit.page.get_by_role("heading", level=1)).to_have_text("This link is not valid any longer")


async def test_a_new_password_survives_a_failed_request(house: House, visit: Visit) -> None:
    visit.expected = ("net::ERR_FAILED", "Failed to load resource")
    await visit.open(await forget(house, await house.agency()))
    await visit.page.route("**/reset-password", lambda route: route.abort())
    await visit.page.get_by_label("New password").fill(NEW_PASSWORD)
    await visit.page.get_by_role("button", name="Save the password").click()
    await expect(visit.page.get_by_text("could not reach")).to_be_visible()
    await visit.page.unroute("**/reset-password")
    await visit.page.get_by_role("button", name="Save the password").click()
    await expect(visit.page.get_by_role("heading", level=1)).to_have_text("Your new password holds from now on")


async def test_without_a_token_both_pages_send_one_to_the_mail(visit: Visit) -> None:
    await visit.open("/app/invitation")
    await expect(visit.page.get_by_role("heading", level=1)).to_have_text("This invitation is not open")
    await visit.page.get_by_role("link", name="Sign in").click()
    await expect(visit.page.get_by_role("heading", level=1)).to_have_text("Sign in")
    await visit.open("/app/reset-password")
    await expect(visit.page.get_by_role("heading", level=1)).to_have_text("This link is not valid any longer")
