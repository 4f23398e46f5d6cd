"""Leads: listed, moved through the pipeline, and taken away."""

from typing import Any
from uuid import uuid4

import pytest

from services.portal.tests.intake import a_form, a_lead, announced, leads_of, submit
from tests.house import Agency, House


@pytest.fixture
async def agency(house: House) -> Agency:
    return await house.agency()


@pytest.fixture
async def lead(house: House, agency: Agency) -> dict[str, Any]:
    return await a_lead(house, agency)


async def test_leads_are_listed_newest_first_page_by_page(house: House, agency: Agency) -> None:
    made = [await a_lead(house, agency, name=f"Lead {number}") for number in range(3)]
    first = await agency.http.get("/api/leads", params={"limit": 2})
    assert first.json() == [made[2], made[1]]
    assert (await agency.http.get(first.links["next"]["url"])).json() == [made[0]]


async def test_leads_are_found_by_status_form_and_words(house: House, agency: Agency) -> None:
    one = await a_lead(house, agency, name="Mira Okafor", message="100 % wool")
    form = await a_form(agency, slug="other", fields=[])
    await submit(house, agency, "other", name="Jo", answers={}, message="1000 bowls")
    other = (await leads_of(agency))[0]
    await agency.http.patch(f"/api/leads/{other['id']}", json={"status": "contacted"})

    async def found(**query: Any) -> list[str]:
        return [lead["name"] for lead in await leads_of(agency, **query)]

    assert await found(status="new") == ["Mira Okafor"]
    assert await found(formId=form["id"]) == ["Jo"]
    assert await found(formId=str(uuid4())) == []
    assert await found(q="okafor") == ["Jo", "Mira Okafor"]
    assert await found(q=one["email"].upper()) == ["Mira Okafor"]
    assert await found(q="100 %") == ["Mira Okafor"]
    assert await found(q="_") == []
    assert await found(q="bowls", status="lost") == []
    for wrong in ({"status": "maybe"}, {"formId": "1"}, {"spam": "perhaps"}):
        assert (await agency.http.get("/api/leads", params=wrong)).status_code == 400


async def test_a_lead_moves_through_the_pipeline(agency: Agency, lead: dict[str, Any]) -> None:
    path = f"/api/leads/{lead['id']}"
    for status in ("contacted", "lost", "new", "won"):
        answer = await agency.http.patch(path, json={"status": status})
        assert (answer.status_code, answer.json()["status"]) == (200, status)
    noted = await agency.http.patch(path, json={"note": "Called on Monday."})
    assert noted.json() == lead | {"status": "won", "note": "Called on Monday.", "updatedAt": noted.json()["updatedAt"]}


async def test_what_is_not_the_agency_s_to_change_is_refused(agency: Agency, lead: dict[str, Any]) -> None:
    for wrong in ({"status": "maybe"}, {"status": None}, {"email": "x@lead.test"}, {"clientId": str(uuid4())}, {}):
        answer = await agency.http.patch(f"/api/leads/{lead['id']}", json=wrong)
        assert (answer.status_code, answer.json()["code"]) == (400, "invalid"), wrong
    assert await leads_of(agency) == [lead]


async def test_a_change_needs_the_version_it_names(agency: Agency, lead: dict[str, Any]) -> None:
    path = f"/api/leads/{lead['id']}"
    etag = (await agency.http.get(path)).headers["etag"]
    assert (await agency.http.patch(path, json={"note": "One"}, headers={"If-Match": etag})).status_code == 200
    assert (await agency.http.patch(path, json={"note": "Two"}, headers={"If-Match": etag})).status_code == 412
    assert (await agency.http.delete(path, headers={"If-Match": etag})).status_code == 412
    assert (await agency.http.get(path)).json()["note"] == "One"


async def test_a_deleted_lead_is_gone(house: House, agency: Agency, lead: dict[str, Any]) -> None:
    path = f"/api/leads/{lead['id']}"
    assert (await agency.http.delete(path)).json() == {"id": lead["id"], "deleted": True}
    for answer in (
        await agency.http.get(path),
        await agency.http.delete(path),
        await agency.http.post(f"{path}/convert"),
    ):
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


async def test_members_work_with_leads_and_nobody_else_does(house: House, agency: Agency, lead: dict[str, Any]) -> None:
    path = f"/api/leads/{lead['id']}"
    member, client, stranger = await agency.member(), await agency.client(), await house.agency()
    reading = await agency.api_key("read")
    assert (await member.patch(path, json={"status": "contacted"})).status_code == 200
    assert (await reading.get(path)).status_code == 200
    assert (await reading.patch(path, json={"status": "lost"})).json()["code"] == "scope_missing"
    assert (await client.http.get(path)).json()["code"] == "staff_only"
    assert (await house.gateway.get("/api/leads")).status_code == 401
    for method in ("GET", "PATCH", "DELETE"):
        body = {"note": "Mine"} if method == "PATCH" else None
        foreign = await stranger.http.request(method, path, json=body)
        random = await stranger.http.request(method, f"/api/leads/{uuid4()}", json=body)
        shown = [{k: v for k, v in answer.json().items() if k != "time"} for answer in (foreign, random)]
        assert foreign.status_code == 404
        assert shown[0] == shown[1]
    assert len(await announced(house, agency, "portal.lead.created")) == 1
