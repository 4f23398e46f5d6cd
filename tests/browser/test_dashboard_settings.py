"""Settings in the dashboard: what is saved there holds at once, for the agency and for its clients."""

import re
from io import BytesIO
from urllib.parse import urlsplit
from uuid import uuid4

import pyotp
from PIL import Image
from playwright.async_api import expect

from tests.browser.papers import now
from tests.browser.people import a_member_at, toast
from tests.browser.visit import Visit
from tests.browser.work import a_project, wrong_with
from tests.fakes.receiver import receiving
from tests.house import PASSWORD, House

PARTS = (
    "agency",
    "branding",
    "portal",
    "team",
    "payments",
    "reminders",
    "time",
    "keys",
    "webhooks",
    "data",
    "notifications",
    "security",
)


async def test_name_colour_and_sections_reach_the_clients_portal(house: House, visit: Visit) -> None:
    agency, client, _ = await a_project(house)
    await a_member_at(visit, agency, "/app/settings/branding")
    page = visit.page
    await page.get_by_label("Name of the portal").fill("Northwind")
    await page.get_by_role("textbox", name="Main colour").first.fill("#0F766E")
    await page.get_by_role("button", name="Save").click()
    await expect(toast(page, "Saved.")).to_be_visible()
    await a_member_at(visit, agency, "/app/settings/portal")
    await page.get_by_label("Messages", exact=True).uncheck()
    await page.get_by_role("button", name="Save").click()
    await expect(toast(page, "Saved.")).to_be_visible()

    async def followed() -> bool:
        answer = await client.http.get("/api/portal")
        return "messages" not in answer.json()["settings"]["enabled_modules"]

    await house.eventually(followed)
    portal = await visit.tab(f"/client-portal/{client.token}")
    await expect(portal).to_have_title(re.compile("Northwind"))
    await expect(portal.get_by_role("navigation").get_by_role("link", name="Projects")).to_be_visible()
    await expect(portal.get_by_role("navigation").get_by_role("link", name="Messages")).to_have_count(0)
    brand = await portal.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--brand')")
    assert brand == "rgb(15 118 110)"


async def test_a_logo_that_was_removed_can_be_had_back(house: House, visit: Visit) -> None:
    agency, page = await house.agency(name="Northwind Studio"), visit.page
    picture = BytesIO()
    Image.new("RGB", (400, 100), "#0F766E").save(picture, "PNG")
    await a_member_at(visit, agency, "/app/settings/branding")
    file = {"name": "logo.png", "mimeType": "image/png", "buffer": picture.getvalue()}
    await page.get_by_label("Choose a logo").set_input_files([file])  # type: ignore[list-item]
    await page.get_by_role("button", name="Remove the logo").click()
    await expect(page.get_by_role("button", name="Remove the logo")).to_have_count(0)
    await page.get_by_role("button", name="Undo").click()
    await expect(page.get_by_role("button", name="Remove the logo")).to_be_visible()
    assert (await now(agency, "/api/v1/client-portal/config"))["data"]["portal_logo"]


async def test_somebody_is_invited_and_taken_back(house: House, visit: Visit) -> None:
    agency = await house.agency(name="Northwind Studio")
    await a_member_at(visit, agency, "/app/settings/team")
    page = visit.page
    await page.get_by_role("button", name="Invite somebody").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("E-mail address").fill(email := f"grace-{agency.slug}@agency.test")
    await dialog.get_by_label("Admin").check()
    await dialog.get_by_role("button", name="Send the invitation").click()
    row = page.get_by_role("listitem").filter(has_text=email)
    await expect(row).to_contain_text("Admin")
    assert await agency.mailed(email, "/app/invitation")
    await row.get_by_role("button", name="Take back").click()
    await expect(page.get_by_text("Nobody is invited at the moment.")).to_be_visible()
    assert await now(agency, "/api/invitations") == []


async def test_an_api_key_is_shown_once_and_works_until_it_is_ended(house: House, visit: Visit) -> None:
    agency = await house.agency(name="Northwind Studio")
    await a_member_at(visit, agency, "/app/settings/keys")
    page = visit.page
    await page.get_by_role("button", name="New API key").click()
    await page.get_by_role("dialog").get_by_label("Name").fill("Backend")
    await page.get_by_role("button", name="Make the key").click()
    key = await page.get_by_role("dialog").get_by_label("API key").input_value()
    bearer = {"Authorization": f"Bearer {key}"}
    assert (await house.gateway.get("/api/clients", headers=bearer)).status_code == 200
    await page.get_by_role("button", name="I have it").click()
    assert key not in await page.content()
    await page.get_by_role("listitem").filter(has_text="Backend").get_by_role("button", name="End it").click()
    await page.get_by_role("dialog").get_by_role("button", name="End it").click()
    await expect(page.get_by_text("No API keys yet.")).to_be_visible()

    async def refused() -> bool:
        return (await house.gateway.get("/api/clients", headers=bearer)).status_code == 401

    await house.eventually(refused)


async def test_a_webhook_is_registered_tried_and_what_was_sent_is_sent_once_more(house: House, visit: Visit) -> None:
    agency = await house.agency(name="Northwind Studio")
    page = visit.page
    async with receiving() as receiver:
        await a_member_at(visit, agency, "/app/settings/webhooks")
        await page.get_by_role("button", name="New webhook").click()
        dialog = page.get_by_role("dialog")
        await dialog.get_by_label("Address").fill(receiver.url())
        await dialog.get_by_label("client.created", exact=True).check()
        await dialog.get_by_role("button", name="Register").click()
        await expect(dialog.get_by_label("Signing secret")).to_have_value(re.compile("^whsec_"))
        await dialog.get_by_role("button", name="I have it").click()
        await page.get_by_role("button", name=f"More for {receiver.url()}").click()
        await page.get_by_role("menuitem", name="Send a test event").click()
        await expect(toast(page, "A test event is on its way.")).to_be_visible()

        async def delivered() -> bool:
            return [row["status"] for row in await now(agency, "/api/webhook-deliveries")] == ["delivered"]

        await house.eventually(delivered)
        await page.reload()
        await page.get_by_role("link", name="webhook.test").click()
        await expect(page.get_by_text("Delivered", exact=True).first).to_be_visible()
        await page.get_by_role("button", name="Send once more").click()

        async def twice() -> bool:
            return len(receiver.received) == 2

        await house.eventually(twice)


async def test_a_webhook_of_all_events_is_chosen_at_once(house: House, visit: Visit) -> None:
    agency = await house.agency(name="Northwind Studio")
    await a_member_at(visit, agency, "/app/settings/webhooks")
    page = visit.page
    await page.get_by_role("button", name="New webhook").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("Address").fill("https://hooks.northwind.test/in")
    await dialog.get_by_label("All events").check()
    await dialog.get_by_label("client.created", exact=True).uncheck()
    await expect(dialog.get_by_label("All events")).not_to_be_checked()
    await dialog.get_by_role("button", name="Register").click()
    await dialog.get_by_role("button", name="I have it").click()
    (kept,) = await now(agency, "/api/zapier")
    types = [one["type"] for one in await now(agency, "/api/zapier/events")]
    assert sorted(kept["events"]) == sorted(set(types) - {"client.created"})
    await page.get_by_text(f"{len(kept['events'])} events").click()
    await expect(page.get_by_text("client.updated")).to_be_visible()


async def test_a_delivery_that_is_not_there_is_told_so(house: House, visit: Visit) -> None:
    visit.expected = ("404",)
    await a_member_at(visit, await house.agency(), f"/app/settings/webhooks/{uuid4()}")
    await expect(visit.page.get_by_role("heading", name="This delivery is not here")).to_be_visible()
    await visit.page.get_by_role("link", name="Back to webhooks").click()
    await expect(visit.page.get_by_role("heading", name="Deliveries")).to_be_visible()


async def test_stripe_is_told_of_before_it_tells_its_secret(house: House, visit: Visit) -> None:
    agency = await house.agency(name="Northwind Studio")
    await a_member_at(visit, agency, "/app/settings/payments")
    page = visit.page
    address = await page.get_by_label("Address for the provider's webhooks").input_value()
    await page.get_by_label("Secret key").fill("sk_test_northwind")
    await page.get_by_role("button", name="Keep and use").click()
    await expect(page.get_by_text("Enter the signing secret that Stripe shows for this address.")).to_be_visible()
    await page.get_by_label("Webhook signing secret").fill("whsec")
    await page.get_by_role("button", name="Keep and use").click()
    await expect(page.get_by_text("This is not the whole key.")).to_be_visible()
    await page.get_by_label("Webhook signing secret").fill("whsec_northwind")
    await page.get_by_role("button", name="Keep and use").click()
    await expect(toast(page, "Saved.")).to_be_visible()
    await expect(page.get_by_label("Address for the provider's webhooks")).to_have_count(1)
    (kept,) = (await now(agency, "/api/payment-account"))["accounts"]
    assert urlsplit(kept["webhookUrl"]).path == urlsplit(address).path


async def test_days_that_cannot_be_are_refused_in_plain_words_and_what_was_typed_is_kept(
    house: House, visit: Visit
) -> None:
    agency = await house.agency(name="Northwind Studio")
    await a_member_at(visit, agency, "/app/settings/reminders")
    page = visit.page
    days = page.get_by_label("Days before the due date")
    before = await days.input_value()
    await days.fill("91")
    await page.get_by_role("button", name="Save").click()
    await expect(page.get_by_text("Enter up to 10 whole numbers from 0 to 90")).to_be_visible()
    await expect(days).to_be_focused()
    await page.reload()
    await expect(page.get_by_text("It is not saved yet.")).to_be_visible()
    await expect(days).to_have_value("91")
    await page.get_by_role("button", name="Discard").click()
    await expect(days).to_have_value(before)


async def test_one_knows_the_devices_one_is_signed_in_on(house: House, visit: Visit) -> None:
    agency = await house.agency(name="Northwind Studio")
    firefox = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
    body = {"email": agency.email, "password": PASSWORD}
    (await house.gateway.post("/api/auth/login", json=body, headers={"User-Agent": firefox})).raise_for_status()
    await a_member_at(visit, agency, "/app/settings/security")
    other = visit.page.get_by_role("listitem").filter(has_text="Firefox on Windows")
    await other.get_by_role("button", name="Sign out there").click()
    await expect(other).to_have_count(0)


async def test_two_factor_sign_in_is_set_up_with_an_app(house: House, visit: Visit) -> None:
    agency = await house.agency(name="Northwind Studio")
    await a_member_at(visit, agency, "/app/settings/security")
    visit.expected = ("Failed to load resource",)
    page = visit.page
    await page.get_by_role("button", name="Set up two-factor sign-in").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("Current password").fill("not it at all")
    await dialog.get_by_role("button", name="Go on").click()
    await expect(dialog.get_by_text("This is not your password.")).to_be_visible()
    await dialog.get_by_label("Current password").fill(PASSWORD)
    await dialog.get_by_role("button", name="Go on").click()
    await expect(dialog.get_by_role("img", name="QR code for the authenticator app")).to_be_visible()
    await expect(dialog.get_by_label("Code of the app")).to_be_focused()
    secret = await dialog.get_by_label("Or enter this secret there").input_value()
    await dialog.get_by_label("Code of the app").fill(pyotp.TOTP(secret).at(house.clock()))
    await dialog.get_by_role("button", name="Switch on").click()
    await expect(dialog.locator(".recovery-codes li")).to_have_count(10)
    await page.evaluate("delete Navigator.prototype.clipboard")
    await page.evaluate("addEventListener('copy', () => { window.copied = String(document.activeElement.value) })")
    await dialog.get_by_role("button", name="Copy").click()
    await expect(toast(page, "Recovery codes copied.")).to_be_visible()
    assert (await page.evaluate("window.copied")).split("\n") == await dialog.locator(
        ".recovery-codes li"
    ).all_text_contents()
    await dialog.get_by_role("button", name="I have it").click()
    await expect(page.get_by_text("10 recovery codes left")).to_be_visible()
    assert (await now(agency, "/api/auth/totp"))["enabled"] is True


async def test_a_member_is_not_offered_what_only_admins_may(house: House, visit: Visit) -> None:
    agency = await house.agency(name="Northwind Studio")
    member = await agency.member("member")
    token = member.headers["Authorization"].removeprefix("Bearer ")
    await a_member_at(visit, agency, "/app/settings", token=token)
    nav = visit.page.get_by_role("navigation", name="Settings")
    await expect(nav.get_by_role("link")).to_have_text(["Team", "Notifications", "Security"])
    await expect(visit.page.get_by_role("button", name="Invite somebody")).to_have_count(0)
    await a_member_at(visit, agency, "/app/settings/keys", token=token)
    await expect(visit.page.get_by_role("heading", level=1)).to_have_text("There is nothing here")


async def test_every_part_of_the_settings_can_be_read_by_everyone(house: House, visit: Visit, phone: Visit) -> None:
    agency = await house.agency(name="Northwind Studio")
    for part in PARTS:
        for seen in (visit, phone):
            await a_member_at(seen, agency, f"/app/settings/{part}")
            await expect(seen.page.locator(".settings-shown .card").first).to_be_visible()
            await expect(seen.page.locator(".bones")).to_have_count(0)
            assert await wrong_with(seen.page) == [], part
