"""Intake forms: made by owners and admins, read by anyone while they are open."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text

from services.portal.tests.intake import FIELDS, a_form, a_lead, door, leads_of
from tests.house import Agency, House
from tests.people import ORIGIN

FORMS = "/api/intake-forms"
CONFIG = "/api/v1/client-portal/config"
PUBLIC_KEYS = {
    "id", "name", "slug", "description", "fields", "active", "fromPageOnly", "url", "createdAt", "updatedAt",
}  # fmt: skip
FILE = {"label": "A file", "type": "file"}


@pytest.fixture
async def agency(house: House) -> Agency:
    return await house.agency()


async def refusal(house: House, agency: Agency, form: str = "enquiry") -> dict[str, Any]:
    """What a form that is not open answers, without the time."""
    answer = await house.gateway.get(door(agency, form))
    assert answer.status_code == 404, answer.text
    return {name: value for name, value in answer.json().items() if name != "time"}


async def test_a_form_is_made_with_what_was_asked_for(agency: Agency) -> None:
    form = await a_form(agency, description=" Tell us. ")
    assert set(form) == PUBLIC_KEYS
    assert (form["name"], form["slug"], form["description"]) == ("Enquiry", "enquiry", "Tell us.")
    assert form["fields"] == [{"required": False, "options": [], "hint": ""} | field for field in FIELDS]
    assert (form["active"], form["fromPageOnly"]) == (True, False)
    assert form["url"] == f"{ORIGIN}/intake/{agency.slug}/enquiry"
    assert (await agency.http.get(f"{FORMS}/{form['id']}")).json() == form


async def test_forms_are_listed_newest_first_page_by_page_and_found_by_words(agency: Agency) -> None:
    made = [await a_form(agency, name=f"Form {number}", slug=f"form-{number}") for number in range(3)]
    first = await agency.http.get(FORMS, params={"limit": 2})
    assert first.json() == [made[2], made[1]]
    rest = await agency.http.get(first.links["next"]["url"])
    assert rest.json() == [made[0]]
    assert "link" not in rest.headers
    found = (await agency.http.get(FORMS, params={"q": "orm-1"})).json()
    assert [form["id"] for form in found] == [made[1]["id"]]
    assert (await agency.http.get(FORMS, params={"q": "%"})).json() == []


async def test_members_read_forms_and_only_owners_and_admins_write_them(agency: Agency) -> None:
    form = await a_form(agency)
    member, admin = await agency.member("member"), await agency.member("admin")
    assert (await member.get(FORMS)).json() == [form]
    body = {"name": "Other", "slug": "other", "fields": []}
    refused = [
        await member.post(FORMS, json=body),
        await member.patch(f"{FORMS}/{form['id']}", json={"name": "Renamed"}),
        await member.delete(f"{FORMS}/{form['id']}"),
    ]
    assert {(answer.status_code, answer.json()["code"]) for answer in refused} == {(403, "forbidden")}
    assert (await admin.post(FORMS, json=body)).status_code == 201


async def test_a_slug_is_one_form_s_in_an_agency_and_free_in_others(house: House, agency: Agency) -> None:
    form = await a_form(agency)
    twice = await agency.http.post(FORMS, json={"name": "Again", "slug": "enquiry", "fields": []})
    assert (twice.status_code, twice.json()["code"]) == (409, "intake_form_slug_taken")
    await a_form(await house.agency())
    other = await a_form(agency, slug="other")
    moved = await agency.http.patch(f"{FORMS}/{other['id']}", json={"slug": "enquiry"})
    assert (moved.status_code, moved.json()["code"]) == (409, "intake_form_slug_taken")
    await agency.http.delete(f"{FORMS}/{form['id']}")
    assert (await agency.http.patch(f"{FORMS}/{other['id']}", json={"slug": "enquiry"})).status_code == 200


@pytest.mark.parametrize(
    "wrong",
    [
        {"slug": "Not a slug"},
        {"slug": "-"},
        {"slug": "a" * 61},
        {"name": ""},
        {"fields": [{"key": "a", "label": "A", "type": "select"}]},
        {"fields": [{"key": "a", "label": "A", "type": "text", "options": ["x"]}]},
        {"fields": [{"key": "a", "label": "A", "type": "select", "options": ["x", "x"]}]},
        {"fields": [{"key": "a", "label": "A", "type": "text"}, {"key": "a", "label": "B", "type": "text"}]},
        {"fields": [{"key": "a b", "label": "A", "type": "text"}]},
        {"fields": [{"key": "a", "label": "A", "type": "secret"}]},
        {"fields": [{"key": "a", "label": "A", "type": "text", "colour": "red"}]},
        {"fields": [{"key": f"f{number}", **FILE} for number in range(4)]},
        {"fields": [{"key": f"f{number}", "label": "A", "type": "text"} for number in range(41)]},
        {"fields": None},
        {"owner": "me"},
    ],
    ids=lambda wrong: str(sorted(wrong)) + str(len(str(wrong))),
)
async def test_a_form_that_makes_no_sense_is_refused(agency: Agency, wrong: dict[str, Any]) -> None:
    answer = await agency.http.post(FORMS, json={"name": "Enquiry", "slug": "enquiry", "fields": []} | wrong)
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid"), answer.text
    assert answer.json()["errors"]
    assert (await agency.http.get(FORMS)).json() == []


async def test_a_change_needs_the_version_it_names(agency: Agency) -> None:
    form = await a_form(agency)
    path = f"{FORMS}/{form['id']}"
    etag = (await agency.http.get(path)).headers["etag"]
    changed = await agency.http.patch(path, json={"name": "Renamed"}, headers={"If-Match": etag})
    assert (changed.status_code, changed.json()["name"], changed.json()["fields"]) == (200, "Renamed", form["fields"])
    for method in ("PATCH", "DELETE"):
        stale = await agency.http.request(
            method, path, headers={"If-Match": etag}, json={"name": "Lost"} if method == "PATCH" else None
        )
        assert stale.status_code == 412
    assert (await agency.http.patch(path, json={})).status_code == 400


async def test_a_deleted_form_leaves_its_leads_as_they_were(house: House, agency: Agency) -> None:
    lead = await a_lead(house, agency)
    answer = await agency.http.delete(f"{FORMS}/{lead['formId']}")
    assert answer.json() == {"id": lead["formId"], "deleted": True}
    assert (await agency.http.get(f"{FORMS}/{lead['formId']}")).status_code == 404
    [kept] = await leads_of(agency)
    assert kept["formId"] is None
    assert kept == lead | {"formId": None}


async def test_other_agencies_and_clients_have_nothing_to_do_with_a_form(house: House, agency: Agency) -> None:
    form = await a_form(agency)
    stranger, client = await house.agency(), await agency.client()
    for id in (form["id"], str(uuid4()), "77777"):
        answer = await stranger.http.patch(f"{FORMS}/{id}", json={"name": "Mine"})
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    assert (await stranger.http.get(FORMS)).json() == []
    assert (await client.http.get(FORMS)).json()["code"] == "staff_only"
    assert (await house.gateway.get(FORMS)).status_code == 401


async def test_anyone_gets_an_open_form_and_nothing_else_of_it(house: House, agency: Agency) -> None:
    form = await a_form(agency)
    answer = await house.gateway.get(door(agency))
    assert answer.status_code == 200
    assert set(answer.json()) == {"name", "slug", "description", "fields", "formToken"}
    assert answer.json()["fields"] == form["fields"]
    assert answer.headers["cache-control"] == "no-store"


async def test_a_form_is_open_before_the_portal_has_heard_of_its_agency(house: House, agency: Agency) -> None:
    await a_form(agency)

    async def unheard() -> int:
        async with house.database("portal").unit(UUID(agency.id)) as session:
            return len((await session.execute(text("DELETE FROM agencies RETURNING id"))).all())

    await house.eventually(unheard)
    assert (await house.gateway.get(door(agency))).status_code == 200
    [form] = (await agency.http.get(FORMS)).json()
    assert form["url"] == f"{ORIGIN}/intake/{agency.slug}/enquiry"


async def test_what_is_not_open_answers_as_what_is_not_there(house: House, agency: Agency) -> None:
    form = await a_form(agency)
    unknown = await refusal(house, agency, "nothing")
    await agency.http.patch(f"{FORMS}/{form['id']}", json={"active": False})
    assert await refusal(house, agency) == unknown
    await agency.http.patch(f"{FORMS}/{form['id']}", json={"active": True})
    assert (await house.gateway.get(door(agency))).status_code == 200
    settings = (await agency.http.get(CONFIG)).json()["data"]
    without = [module for module in settings["enabled_modules"] if module != "intake"]
    for off, on in (
        ({"enabled_modules": without}, {"enabled_modules": settings["enabled_modules"]}),
        ({"is_active": False}, {"is_active": True}),
    ):
        assert (await agency.http.patch(CONFIG, json=off)).status_code == 200
        assert await refusal(house, agency) == unknown
        sent = await house.gateway.post(door(agency), json={"name": "A", "email": "a@lead.test", "answers": {}})
        assert sent.status_code == 404
        assert (await agency.http.patch(CONFIG, json=on)).status_code == 200
        assert (await house.gateway.get(door(agency))).status_code == 200
    await agency.http.delete(f"{FORMS}/{form['id']}")
    assert await refusal(house, agency) == unknown
    assert (await house.gateway.get("/api/portal/intake/nobody-has-this/enquiry")).status_code == 404
    assert (await house.gateway.get(door(agency, "a%00b"))).status_code == 404


async def test_the_page_of_an_open_form_is_there_and_of_any_other_is_not(house: House, agency: Agency) -> None:
    await a_form(agency, name='Start <b>"now"</b>')
    page = await house.gateway.get(f"/intake/{agency.slug}/enquiry", headers={"Accept": "text/html"})
    assert page.status_code == 200
    assert "<title>Start &lt;b&gt;&quot;now&quot;&lt;/b&gt;</title>" in page.text
    assert "require-trusted-types-for 'script'" in page.headers["content-security-policy"]
    assert (await house.gateway.head(f"/intake/{agency.slug}/enquiry/")).status_code == 200
    for path in (f"/intake/{agency.slug}/other", "/intake/nobody-has-this/enquiry", f"/intake/{agency.slug}/a%00b"):
        missing = await house.gateway.get(path, headers={"Accept": "text/html"})
        assert (missing.status_code, "This form is not open" in missing.text) == (404, True)
