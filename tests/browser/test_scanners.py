"""Mail scanners follow every link before the reader does: they use nothing up, and nobody takes them for a person."""

import secrets
from typing import Any
from uuid import UUID

from playwright.async_api import Browser, Page, expect
from sqlalchemy import text

from tests.browser.people import a_client, magic_link, press_sign_in
from tests.browser.scanner import follow_in_a_browser, follow_plainly, press_everything
from tests.browser.visit import Front, Visit
from tests.house import ORIGIN, PASSWORD, Agency, House

ACCESSED = "SELECT count(*) FROM outbox WHERE subject = 'events.portal.token.accessed'"


async def visits(house: House, agency: Agency) -> int:
    """How often the agency was told that a portal was opened."""
    async with house.database("portal").unit(UUID(agency.id)) as session:
        return int((await session.execute(text(ACCESSED))).scalar_one())


async def scan(house: House, browser: Browser, front: Front, mail: dict[str, Any]) -> list[str]:
    """Do to a mail what scanners do; returns what the scanner's browser wrote."""
    links = list(mail["links"])
    assert links
    assert await follow_plainly(house.gateway, links) >= len(links)
    return await follow_in_a_browser(browser, front, links)


async def mail_with(house: House, to: str, part: str) -> dict[str, Any]:
    """The mail that has a link with that part, once it is there."""

    async def found() -> dict[str, Any] | None:
        return next((mail for mail in await house.mails(to) if any(part in link for link in mail["links"])), None)

    return dict(await house.eventually(found))


async def test_a_magic_link_signs_in_after_scanners_have_been_there(
    house: House, browser: Browser, front: Front, visit: Visit
) -> None:
    agency, client = await a_client(house)
    link = await magic_link(client)
    written = await scan(house, browser, front, await mail_with(house, client.email, "#magic="))
    assert written == []
    assert await visits(house, agency) == 0
    await visit.open(link)
    await press_sign_in(visit.page, client)


async def test_a_script_that_presses_every_button_does_not_use_a_magic_link_up(
    house: House, browser: Browser, visit: Visit
) -> None:
    _, client = await a_client(house)
    link = await magic_link(client)
    assert await press_everything(browser, ORIGIN + link) == []
    await visit.open(link)
    await press_sign_in(visit.page, client)


async def test_people_who_press_by_script_sign_in_with_the_second_press(house: House, visit: Visit) -> None:
    _, client = await a_client(house)
    await visit.open(await magic_link(client))
    button = visit.page.get_by_role("button", name="Sign in")
    await button.evaluate("(button) => button.click()")
    await expect(visit.page.get_by_role("alert")).to_have_text("Press the button once more to sign in.")
    await button.evaluate("(button) => button.click()")
    await expect(visit.page.get_by_role("heading", level=1)).to_have_text("Hello Ada Byron")


async def opened_by_person(house: House, visit: Visit, agency: Agency, page: Page) -> None:
    """The page counts as opened with the first touch, and not before."""
    assert await visits(house, agency) == 0
    async with page.expect_response("**/api/portal/opened") as told:
        await visit.touch()
    assert (await told.value).status == 204
    assert await visits(house, agency) == 1


async def test_a_scanned_welcome_mail_is_not_a_visit_and_a_person_is(
    house: House, browser: Browser, front: Front, visit: Visit
) -> None:
    agency, client = await a_client(house)
    mail = await mail_with(house, client.email, "/client-portal/")
    assert await scan(house, browser, front, mail) == []
    assert await visits(house, agency) == 0
    await visit.open_portal(client.token)
    await opened_by_person(house, visit, agency, visit.page)


async def test_a_scanned_invitation_to_the_portal_is_not_a_visit_and_still_opens_it(
    house: House, browser: Browser, front: Front, visit: Visit
) -> None:
    agency, client = await a_client(house)
    welcome = await mail_with(house, client.email, "/client-portal/")
    answer = await agency.http.post(f"/api/v1/client-portal/contacts/{client.id}/invite", json={})
    assert answer.status_code == 200, answer.text

    async def invited() -> dict[str, Any] | None:
        return next((mail for mail in await house.mails(client.email) if mail["id"] != welcome["id"]), None)

    assert await scan(house, browser, front, dict(await house.eventually(invited))) == []
    await visit.open_portal(answer.json()["token"])
    await opened_by_person(house, visit, agency, visit.page)


async def test_an_invoice_that_only_a_scanner_saw_is_not_viewed(
    house: House, browser: Browser, front: Front, visit: Visit
) -> None:
    agency, client = await a_client(house)
    body = {"amount": 100, "currency": "EUR", "dueDate": "2099-03-15", "clientId": client.id}
    invoice = (await agency.http.post("/api/invoices", json=body)).json()
    link = f"{ORIGIN}/client-portal/{client.token}#/invoices/{invoice['id']}"
    assert await follow_in_a_browser(browser, front, [link]) == []
    assert (await agency.http.get(f"/api/invoices/{invoice['id']}")).json()["status"] == "sent"
    await visit.open(link.removeprefix(ORIGIN))
    await visit.page.get_by_role("heading", name="Invoice").wait_for()
    await visit.touch()

    async def viewed() -> bool:
        return bool((await agency.http.get(f"/api/invoices/{invoice['id']}")).json()["status"] == "viewed")

    await house.eventually(viewed)


async def test_events_made_by_scripts_are_not_a_person(house: House, visit: Visit) -> None:
    agency, client = await a_client(house)
    await visit.open_portal(client.token)
    await visit.page.evaluate(
        "for (const type of ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'])"
        " document.body.dispatchEvent(new Event(type, { bubbles: true }))"
    )
    await visit.page.wait_for_timeout(500)
    await opened_by_person(house, visit, agency, visit.page)


async def test_a_member_joins_after_scanners_have_been_there(
    house: House, browser: Browser, front: Front, visit: Visit
) -> None:
    agency = await house.agency(name="Northwind Studio")
    email = f"max-{secrets.token_hex(6)}@agency.test"
    await agency.made("/api/invitations", {"email": email, "role": "member"})
    mail = await mail_with(house, email, "#token=")
    written = await scan(house, browser, front, mail)
    assert {address.removeprefix(ORIGIN) for address in written} == {"/api/invitations/lookup"}
    await visit.open(next(link for link in mail["links"] if "#token=" in link).removeprefix(ORIGIN))
    await visit.page.get_by_label("Your name").fill("Max Member")
    await visit.page.get_by_label("Choose a password").fill(PASSWORD)
    await visit.page.get_by_role("button", name="Join", exact=True).click()
    await expect(visit.page.get_by_role("heading", level=1)).to_have_text("You have joined")


async def test_a_scanned_password_reset_still_sets_a_password(
    house: House, browser: Browser, front: Front, visit: Visit
) -> None:
    agency = await house.agency()
    assert (await house.gateway.post("/api/auth/forgot-password", json={"email": agency.email})).status_code == 204
    mail = await mail_with(house, agency.email, "/app/reset-password#token=")
    assert await scan(house, browser, front, mail) == []
    link = next(link for link in mail["links"] if "#token=" in link)
    assert await press_everything(browser, link) == []
    await visit.open(link.removeprefix(ORIGIN))
    await visit.page.get_by_label("New password").fill("a loud place in the hills")
    await visit.page.get_by_role("button", name="Save the password").click()
    await expect(visit.page.get_by_role("heading", level=1)).to_have_text("Your new password holds from now on")
    signed_in = {"email": agency.email, "password": "a loud place in the hills"}
    assert (await house.gateway.post("/api/auth/login", json=signed_in)).status_code == 200
