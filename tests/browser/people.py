"""What people of the browser's tests do more than once: read their mail, sign in, look around."""

from playwright.async_api import Page, expect

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
