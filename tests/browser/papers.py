"""What tests of the money side of the dashboard share: papers to work on, and their fields in the editor."""

from typing import Any

from playwright.async_api import Locator, Page

from tests.house import Agency, Client

LINE = {"description": "Design of five pages", "quantity": 2, "unitPrice": 495, "taxRate": 20, "taxName": "VAT"}
PHOTOS = {"description": "Photos", "quantity": 1, "unitPrice": 100, "taxRate": 20, "optional": True}


async def a_quote(client: Client, *, send: bool = False, **more: Any) -> dict[str, Any]:
    """A quote of 1,188.00 EUR, with photos for 120.00 more as an option."""
    body = {"clientId": client.id, "title": "Relaunch", "currency": "EUR", "lines": [LINE, PHOTOS]} | more
    quote = await client.agency.made("/api/quotes", body)
    return await act(client.agency, f"/api/quotes/{quote['id']}/send") if send else quote


async def an_invoice(client: Client, **more: Any) -> dict[str, Any]:
    """An invoice of 1,188.00 EUR that is due long after this."""
    body = {"clientId": client.id, "currency": "EUR", "dueDate": "2199-12-31", "lines": [LINE]} | more
    return await client.agency.made("/api/invoices", body)


async def act(agency: Agency, path: str, **body: Any) -> dict[str, Any]:
    """What comes of a POST."""
    answer = await agency.http.post(path, json=body)
    assert answer.is_success, answer.text
    return dict(answer.json())


async def now(agency: Agency, path: str) -> Any:
    """What a GET answers."""
    return (await agency.http.get(path)).json()


def line(page: Page, number: int) -> Locator:
    """A line of the editor, counted from 1."""
    return page.locator(f'[data-line="{number - 1}"]')


def cell(page: Page, number: int, name: str) -> Locator:
    """A field of a line."""
    return line(page, number).get_by_label(name, exact=True)


def total(page: Page) -> Locator:
    """What the editor says it comes to."""
    return page.locator("[data-total]")


async def choose_client(page: Page, name: str) -> None:
    """Find the client of a paper by typing."""
    await page.get_by_role("combobox", name="Client", exact=True).fill(name)
    await page.get_by_role("option", name=name).click()
