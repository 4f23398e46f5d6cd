"""Two members who write at one thing: nobody's words are replaced before whoever replaces them has been told."""

import re
from typing import Any

import pytest
from playwright.async_api import expect

from tests.browser.papers import LINE
from tests.browser.people import a_client, a_member_at
from tests.browser.visit import Visit
from tests.house import Client, House

SAVE = re.compile("^Save( as draft)?$")
CHANGED = "Somebody has changed this since you opened it."


async def a_draft(client: Client, kind: str) -> tuple[str, str, str, str]:
    """Something to write at: where the API has it, its editor, a text's label there, and its name in the API."""
    agency = client.agency
    of_client: dict[str, Any] = {"clientId": client.id}
    if kind == "invoice":
        more = {"currency": "EUR", "dueDate": "2099-03-15", "draft": True, "lines": [LINE]}
        made = await agency.made("/api/invoices", of_client | more)
        return f"/api/invoices/{made['id']}", f"/app/invoices/{made['id']}/edit", "Notes", "notes"
    if kind == "quote":
        made = await agency.made("/api/quotes", of_client | {"title": "Relaunch", "currency": "EUR", "lines": [LINE]})
        return f"/api/quotes/{made['id']}", f"/app/quotes/{made['id']}/edit", "Notes", "notes"
    if kind == "recurring":
        more = {"currency": "EUR", "frequency": "weekly", "startsOn": "2199-01-01", "lines": [LINE]}
        made = await agency.made("/api/recurring-invoices", of_client | more)
        return f"/api/recurring-invoices/{made['id']}", f"/app/invoices/recurring/{made['id']}/edit", "Notes", "notes"
    if kind == "contract":
        made = await agency.made("/api/contracts", of_client | {"title": "Terms", "body": "# Terms"})
        return f"/api/contracts/{made['id']}", f"/app/contracts/{made['id']}/edit", "Title", "title"
    if kind == "template":
        made = await agency.made("/api/contract-templates", {"name": "Standard", "title": "Terms", "body": "# Terms"})
        return f"/api/contract-templates/{made['id']}", f"/app/contracts/templates/{made['id']}", "Title", "title"
    form = {"name": "Questions", "slug": f"questions-{client.id}", "fields": []}
    made = await agency.made("/api/intake-forms", form)
    return f"/api/intake-forms/{made['id']}", f"/app/leads/forms/{made['id']}", "Introduction", "description"


@pytest.mark.parametrize("kind", ["invoice", "recurring", "quote", "contract", "template", "form"])
async def test_what_another_wrote_meanwhile_is_not_replaced_unasked(house: House, visit: Visit, kind: str) -> None:
    agency, client = await a_client(house)
    where, editor, label, name = await a_draft(client, kind)
    visit.expected = ("412",)
    await a_member_at(visit, agency, editor)
    page = visit.page
    await page.get_by_label(label).fill("Mine")
    answer = await agency.http.patch(where, json={name: "Theirs"})
    assert answer.status_code == 200, answer.text
    save = page.get_by_role("button", name=SAVE)
    await save.click()
    await expect(page.get_by_text(CHANGED)).to_be_visible()
    assert (await agency.http.get(where)).json()[name] == "Theirs"
    await expect(page.get_by_label(label)).to_have_value("Mine")
    async with page.expect_response(lambda response: response.request.method == "PATCH") as saved:
        await save.click()
    assert (await saved.value).status == 200
    assert (await agency.http.get(where)).json()[name] == "Mine"


async def test_ones_own_changes_are_nobody_elses(house: House, visit: Visit) -> None:
    agency, client = await a_client(house)
    where, editor, label, name = await a_draft(client, "template")
    await a_member_at(visit, agency, editor)
    page = visit.page
    for words in ("First", "Second"):
        await page.get_by_label(label).fill(words)
        async with page.expect_response(lambda response: response.request.method == "PATCH") as saved:
            await page.get_by_role("button", name="Save").click()
        assert (await saved.value).status == 200
        await expect(page.get_by_label(label)).to_have_value(words)
    assert (await agency.http.get(where)).json()[name] == "Second"


@pytest.mark.parametrize("kind", ["contract", "template", "form"])
async def test_words_that_were_not_saved_say_so_and_can_be_thrown_away(house: House, visit: Visit, kind: str) -> None:
    agency, client = await a_client(house)
    where, editor, label, name = await a_draft(client, kind)
    saved = str((await agency.http.get(where)).json()[name])
    await a_member_at(visit, agency, editor)
    page = visit.page
    await page.get_by_label(label).fill("Mine")
    await page.reload()
    await expect(page.get_by_text("It is not saved yet.")).to_be_visible()
    await expect(page.get_by_label(label)).to_have_value("Mine")
    await page.get_by_role("button", name="Discard").click()
    await expect(page.get_by_label(label)).to_have_value(saved)
    await page.get_by_label(label).fill("Mine")
    answer = await agency.http.patch(where, json={name: "Theirs"})
    assert answer.status_code == 200, answer.text
    await page.reload()
    await page.get_by_label(label).fill("Mine again")
    await page.reload()
    await expect(page.get_by_text("It was changed elsewhere meanwhile")).to_be_visible()
    await expect(page.get_by_label(label)).to_have_value("Mine again")
    await page.get_by_role("button", name="Discard").click()
    await expect(page.get_by_label(label)).to_have_value("Theirs")
