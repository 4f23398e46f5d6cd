"""What waits for the client: what is late leads, no kind hides the others, and a phone counts what is behind "More"."""

import re

from playwright.async_api import expect

from tests.browser.visit import Visit
from tests.house import House


async def test_a_late_invoice_leads_and_many_files_hide_nothing(house: House, visit: Visit) -> None:
    agency = await house.agency()
    client = await agency.client(name="Ada Byron")
    project = await agency.project(client)
    for number in range(7):
        answer = await agency.http.post(
            "/api/files",
            data={"projectId": project["id"], "visibleToClient": "true"},
            files={"file": (f"Page {number}.txt", b"Hello", "text/plain")},
        )
        assert answer.status_code == 201, answer.text
    body = {"amount": 80, "currency": "EUR", "clientId": client.id}
    late = (await agency.http.post("/api/invoices", json=body | {"dueDate": "2020-01-01"})).json()
    due = (await agency.http.post("/api/invoices", json=body | {"dueDate": "2099-01-01"})).json()
    await visit.open_portal(client.token)
    rows = visit.page.get_by_role("region", name="Waiting for you").get_by_role("listitem")
    await expect(rows).to_have_count(7)
    await expect(rows.first).to_contain_text(f"Pay {late['number']}")
    await expect(rows.last).to_contain_text(f"Pay {due['number']}")
    await visit.page.get_by_role("button", name="Show all 9").click()
    await expect(rows).to_have_count(9)
    fewer = visit.page.get_by_role("button", name="Show fewer")
    await expect(fewer).to_be_focused()
    await fewer.click()
    await expect(rows).to_have_count(7)


async def test_a_phone_counts_what_waits_behind_more(house: House, phone: Visit) -> None:
    agency = await house.agency()
    client = await agency.client(name="Ada Byron")
    terms = {"clientId": client.id, "title": "Terms", "body": "Work for money."}
    contract = (await agency.http.post("/api/contracts", json=terms)).json()
    assert (await agency.http.post(f"/api/contracts/{contract['id']}/send", json={})).status_code == 200
    await phone.open_portal(client.token)
    more = phone.page.get_by_role("link", name=re.compile("^More"))
    await expect(more).to_contain_text("1 waits")
    await more.tap()
    await phone.page.get_by_role("main").get_by_role("link", name=re.compile("^Documents.*1 waits")).tap()
    await expect(phone.page.get_by_role("heading", level=1)).to_have_text("Documents")
