"""What was under way with a client ends when they are erased, and what came of it before stays."""

import secrets

import pytest

from tests.house import House
from tests.rights.lives import Life, born, erase, forgotten, sent


@pytest.fixture
async def life(house: House) -> Life:
    return await born(house, f"zq{secrets.token_hex(6)}")


async def test_no_invoice_follows_for_who_was_erased(life: Life) -> None:
    every_month = {
        "clientId": life.client.id,
        "currency": "EUR",
        "amount": 10,
        "frequency": "monthly",
        "startsOn": "2040-01-31",
        "daysUntilDue": 14,
    }
    made = await sent(life.agency.http.post("/api/recurring-invoices", json=every_month))
    assert made["status"] == "active"
    await erase(life)
    await forgotten(life)
    shown = await sent(life.agency.http.get(f"/api/recurring-invoices/{made['id']}"))
    assert (shown["status"], shown["nextOn"]) == ("ended", None)


@pytest.mark.parametrize(("before", "after"), [("draft", "draft"), ("sent", "void")])
async def test_a_contract_that_nobody_can_sign_any_more_is_void(life: Life, before: str, after: str) -> None:
    contract = {"clientId": life.client.id, "title": f"With Ada {life.word}", "body": "For {{client.name}}."}
    made = await sent(life.agency.http.post("/api/contracts", json=contract))
    if before == "sent":
        await sent(life.agency.http.post(f"/api/contracts/{made['id']}/send", json={}))
    await erase(life)
    await forgotten(life)
    shown = await sent(life.agency.http.get(f"/api/contracts/{made['id']}"))
    assert (shown["status"], shown["title"]) == (after, "With Erased client")
    assert life.word not in str(shown)


async def test_a_signed_contract_keeps_who_signed_it(life: Life) -> None:
    contract = {"clientId": life.client.id, "title": f"With Ada {life.word}", "body": "For {{client.name}}."}
    made = await sent(life.agency.http.post("/api/contracts", json=contract))
    await sent(life.agency.http.post(f"/api/contracts/{made['id']}/send", json={}))
    signing = {"signatureData": f"Ada {life.word}", "clientName": f"Ada {life.word}", "consent": True}
    signed = await sent(life.session.http.post(f"/api/contracts/{made['id']}/sign", json=signing))
    sealed = (await life.agency.http.get(f"/api/contracts/{made['id']}/pdf?format=pdf")).content
    await erase(life)
    await forgotten(life)
    shown = await sent(life.agency.http.get(f"/api/contracts/{made['id']}"))
    assert shown["status"] == "signed"
    assert (shown["title"], shown["signatures"]) == (signed["title"], signed["signatures"])
    assert (await life.agency.http.get(f"/api/contracts/{made['id']}/pdf?format=pdf")).content == sealed


async def test_work_that_was_done_stays_without_the_name(life: Life) -> None:
    staff, project = life.agency.http, life.project["id"]
    task = await sent(staff.post(f"/api/projects/{project}/tasks", json={"title": f"Call ada {life.word}: logo"}))
    spent = {"description": "Drew a logo", "minutes": 30, "rate": 80}
    entry = await sent(staff.post(f"/api/projects/{project}/time-entries", json=spent))
    await erase(life)
    await forgotten(life)
    assert (await sent(staff.get(f"/api/projects/{project}")))["name"] == "Website for Erased client"
    assert (await sent(staff.get(f"/api/tasks/{task['id']}")))["title"] == "Call Erased client: logo"
    assert (await sent(staff.get(f"/api/time-entries/{entry['id']}"))) == entry
