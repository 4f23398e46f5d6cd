"""What is deleted from its own page: out of its list at once, back by Undo, and gone once nobody wanted it back."""

from typing import Any

import pytest
from playwright.async_api import Page, expect

from tests.browser.people import a_client, a_member_at
from tests.browser.visit import Visit
from tests.house import Client, House

NAME = "Standard"


async def a_thing(house: House, client: Client, kind: str) -> tuple[str, str]:
    """Something of that name: where the API has it, and its page."""
    agency = client.agency
    text: dict[str, Any] = {"title": NAME, "body": "# Terms"}
    if kind == "contract":
        made = await agency.made("/api/contracts", text | {"clientId": client.id})
        return f"/api/contracts/{made['id']}", f"/app/contracts/{made['id']}"
    if kind == "template":
        made = await agency.made("/api/contract-templates", text | {"name": NAME})
        return f"/api/contract-templates/{made['id']}", f"/app/contracts/templates/{made['id']}"
    form = await agency.made("/api/intake-forms", {"name": NAME, "slug": "standard", "fields": []})
    if kind == "form":
        return f"/api/intake-forms/{form['id']}", f"/app/leads/forms/{form['id']}"
    body = {"name": NAME, "email": "grace@navy.test", "message": "A compiler, please.", "answers": {}}
    answer = await house.gateway.post(f"/api/portal/intake/{agency.slug}/{form['slug']}", json=body)
    assert answer.status_code == 201, answer.text
    (lead,) = (await agency.http.get("/api/leads")).json()
    return f"/api/leads/{lead['id']}", f"/app/leads/{lead['id']}"


async def delete(page: Page) -> None:
    await page.locator(".page-head").get_by_role("button", name="More").click()
    await page.get_by_role("menuitem", name="Delete").click()


@pytest.mark.parametrize("kind", ["contract", "template", "form", "lead"])
async def test_what_is_deleted_can_be_had_back_until_its_message_is_closed(
    house: House, visit: Visit, kind: str
) -> None:
    agency, client = await a_client(house)
    where, path = await a_thing(house, client, kind)
    await a_member_at(visit, agency, path)
    page = visit.page
    rows = page.get_by_role("table").locator(".row-way")
    await delete(page)
    await expect(page.get_by_role("button", name="Undo")).to_be_visible()
    await expect(rows).to_have_count(0)
    await page.get_by_role("button", name="Undo").click()
    await expect(rows).to_have_text([NAME])
    assert (await agency.http.get(where)).status_code == 200

    await rows.click()
    await delete(page)
    await page.get_by_role("button", name="Close this message").click()

    async def is_gone() -> bool:
        return bool((await agency.http.get(where)).status_code == 404)

    await house.eventually(is_gone)
    await expect(rows).to_have_count(0)
