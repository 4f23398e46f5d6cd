"""Contracts in the dashboard: written of a template, sent, signed by the client, and withdrawn."""

from typing import Any

from playwright.async_api import expect

from tests.browser.papers import act, choose_client, now
from tests.browser.people import a_member_at
from tests.browser.visit import Visit
from tests.browser.work import a_project, wrong_with
from tests.house import Client, House

TEXT = "# Terms of work\n\n{{agency.name}} works for **{{client.name}}**."


async def a_contract(client: Client, *, send: bool = False) -> dict[str, Any]:
    body = {"clientId": client.id, "title": "Terms of work", "body": TEXT}
    contract = await client.agency.made("/api/contracts", body)
    return await act(client.agency, f"/api/contracts/{contract['id']}/send") if send else contract


async def test_a_contract_is_written_of_a_template_and_sent(house: House, visit: Visit) -> None:
    agency, _, _ = await a_project(house)
    await agency.made("/api/contract-templates", {"name": "Standard", "title": "Terms of work", "body": TEXT})
    await a_member_at(visit, agency, "/app/contracts/new")
    page = visit.page
    await page.get_by_label("Begin with a template").select_option(label="Standard")
    await expect(page.get_by_label("Title")).to_have_value("Terms of work")
    await choose_client(page, "Ada Byron")
    await page.get_by_label("Text", exact=True).press("End")
    await page.get_by_role("button", name="Date").click()
    preview = page.get_by_role("region", name="Preview")
    await expect(preview).to_contain_text("Northwind Studio works for Ada Byron.")
    await page.reload()
    await expect(preview).to_contain_text("Northwind Studio works for Ada Byron.")
    await page.get_by_role("button", name="Save").click()
    await page.get_by_role("button", name="Send", exact=True).click()
    await page.get_by_role("dialog").get_by_role("button", name="Send").click()
    await expect(page.get_by_role("button", name="Send again")).to_be_visible()
    (contract,) = await now(agency, "/api/contracts")
    assert contract["status"] == "sent"


async def test_a_signature_shows_itself_and_its_record(house: House, visit: Visit) -> None:
    agency, client, _ = await a_project(house)
    contract = await a_contract(client, send=True)
    await a_member_at(visit, agency, f"/app/contracts/{contract['id']}")
    page = visit.page
    await expect(page.get_by_role("heading", level=1, name="Terms of work")).to_be_visible()
    shown = (await client.http.get(f"/api/contracts/{contract['id']}")).json()
    body = {"signatureData": "Ada Byron", "clientName": "Ada Byron", "textSha256": shown["textSha256"], "consent": True}
    answer = await client.http.post(f"/api/contracts/{contract['id']}/sign", json=body)
    assert answer.is_success, answer.text
    await expect(page.get_by_text("The trail of signatures is unbroken")).to_be_visible()
    await expect(page.get_by_role("button", name="Sealed PDF")).to_be_visible()


async def test_a_contract_is_withdrawn_only_after_a_question(house: House, visit: Visit) -> None:
    agency, client, _ = await a_project(house)
    contract = await a_contract(client, send=True)
    await a_member_at(visit, agency, f"/app/contracts/{contract['id']}")
    page = visit.page
    await page.get_by_role("button", name="More for Terms of work").click()
    await page.get_by_role("menuitem", name="Withdraw").click()
    await page.get_by_role("dialog").get_by_role("button", name="Withdraw").click()
    await expect(page.locator(".page-head .badge")).to_have_text("Withdrawn")
    assert (await now(agency, f"/api/contracts/{contract['id']}"))["status"] == "void"


async def test_the_pages_of_contracts_can_be_read_by_everyone(house: House, visit: Visit, phone: Visit) -> None:
    agency, client, _ = await a_project(house)
    contract = await a_contract(client, send=True)
    draft = await a_contract(client)
    paths = (
        "contracts",
        f"contracts/{contract['id']}",
        f"contracts/{draft['id']}/edit",
        "contracts/templates",
        "contracts/templates/new",
    )
    for path in paths:
        for seen in (visit, phone):
            await a_member_at(seen, agency, f"/app/{path}")
            await expect(seen.page.locator(".bones, .bone")).to_have_count(0)
            assert await wrong_with(seen.page) == [], path


async def test_a_template_replaces_what_was_written_with_a_way_back(house: House, visit: Visit) -> None:
    agency, client, project = await a_project(house)
    await agency.made("/api/contract-templates", {"name": "Standard", "title": "Terms of work", "body": TEXT})
    await a_member_at(visit, agency, "/app/contracts/new")
    page = visit.page
    await expect(page.get_by_role("combobox", name="Project")).to_be_disabled()
    await choose_client(page, str(client.body["name"]))
    await page.get_by_role("combobox", name="Project").click()
    await page.get_by_role("option", name=str(project["name"])).click()
    await page.get_by_label("Title").fill("My own words")
    await page.get_by_label("Begin with a template").select_option(label="Standard")
    await expect(page.get_by_label("Title")).to_have_value("Terms of work")
    await page.get_by_role("button", name="Undo").click()
    await expect(page.get_by_label("Title")).to_have_value("My own words")
    await page.get_by_label("Text", exact=True).fill("{{client.name}} ({{client.company}}) for {{project.name}}")
    await expect(page.get_by_role("region", name="Preview")).to_contain_text(f"Ada Byron () for {project['name']}")
