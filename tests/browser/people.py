"""What people of the browser's tests do more than once: read their mail, sign in, look around."""

from playwright.async_api import Locator, Page, expect

from chassis.http.credentials import cookie_name
from tests.browser.visit import Visit
from tests.house import ORIGIN, Agency, Client, House


async def a_client(house: House, *, name: str = "Ada Byron", agency: str = "Northwind Studio") -> tuple[Agency, Client]:
    """A client of an agency of their own, with a project."""
    owner = await house.agency(name=agency)
    client = await owner.client(name=name)
    await owner.project(client, name="Website relaunch")
    return owner, client


async def mailed_link(house: House, to: str, start: str, *, besides: str = "") -> str:
    """The link with that beginning in somebody's mailbox, once it is there; without the origin.

    `besides` is one that is there already and not meant.
    """

    async def found() -> str | None:
        links = [link.removeprefix(ORIGIN) for mail in await house.mails(to) for link in mail["links"]]
        return next((link for link in links if link.startswith(start) and link != besides), None)

    return str(await house.eventually(found))


async def a_member_at(visit: Visit, agency: Agency, path: str = "/app", *, token: str = "") -> None:
    """Open a page of the dashboard as the agency's owner, or as whoever has that token, and wait for its heading."""
    settings = agency.house.chassis("auth").settings
    cookie = {"name": cookie_name(settings), "value": token or agency.token, "url": visit.address, "httpOnly": True}
    await visit.page.context.add_cookies([cookie])  # type: ignore[list-item]
    await visit.open(path)
    await visit.page.get_by_role("heading", level=1).first.wait_for()


async def magic_link(client: Client) -> str:
    """A fresh magic link of a client, without the origin."""
    return f"/portal/{client.agency.slug}#magic={await client.magic_link()}"


async def sign_in(visit: Visit, client: Client) -> str:
    """Sign a client in by magic link, and wait for the portal; returns the link, which is used up."""
    link = await magic_link(client)
    await visit.open(link)
    await press_sign_in(visit.page, client)
    return link


async def press_sign_in(page: Page, client: Client) -> None:
    """Press the one button of a magic link's page."""
    await page.get_by_role("button", name="Sign in").click()
    await expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    await expect(page.locator(".client-name")).to_have_text(str(client.body["name"]))


def toast(page: Page, text: str) -> Locator:
    """What an action came to, as it is shown at the edge of the page."""
    return page.get_by_label("Messages of this page").get_by_text(text)


def arrived(page: Page, words: str) -> Locator:
    """A message of the client's own that is no longer on its way."""
    return page.get_by_role("log").locator(".message-client:not(.message-leaving, .message-failed)", has_text=words)


def project_link(page: Page, name: str = "Website relaunch") -> Locator:
    """The way to a project from the portal's first page."""
    return page.get_by_role("region", name="Projects").get_by_role("link", name=name)


async def open_part(page: Page, part: str, name: str = "Website relaunch") -> None:
    """Go from the portal's first page to a part of a project."""
    await project_link(page, name).click()
    await page.get_by_role("navigation", name="Parts of the project").get_by_role("link", name=part).click()
