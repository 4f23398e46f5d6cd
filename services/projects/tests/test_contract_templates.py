"""Contract templates: texts that an agency keeps, and begins its contracts with."""

import pytest

from services.projects.tests.contract_doors import TEXT, Desk, open_desk
from services.projects.tests.signing_doors import problem
from tests.house import House

GIVEN = {"name": "Monthly", "title": "Maintenance for {{client.name}}", "body": TEXT}
PATH = "/api/contract-templates"


@pytest.fixture
async def desk(house: House) -> Desk:
    return await open_desk(house)


async def test_a_template_is_kept_changed_and_deleted(desk: Desk) -> None:
    made = await desk.agency.http.post(PATH, json=GIVEN)
    template = made.json()
    assert (made.status_code, {name: template[name] for name in GIVEN}) == (201, GIVEN)
    one = f"{PATH}/{template['id']}"
    assert (await desk.agency.http.get(one)).json() == template
    match = {"If-Match": made.headers["etag"]}
    changed = await desk.agency.http.patch(one, json={"name": "Yearly"}, headers=match)
    assert changed.json() == template | {"name": "Yearly", "updatedAt": changed.json()["updatedAt"]}
    problem(await desk.agency.http.patch(one, json={"name": "Weekly"}, headers=match), 412, "precondition_failed")
    problem(await desk.agency.http.delete(one, headers=match), 412, "precondition_failed")
    assert (await desk.agency.http.delete(one)).json() == {"id": template["id"], "deleted": True}
    problem(await desk.agency.http.get(one), 404, "not_found")


async def test_templates_are_listed_newest_first_and_found_by_their_words(desk: Desk) -> None:
    for name in ("Monthly", "Yearly", "100 % discount"):
        await desk.agency.made(PATH, GIVEN | {"name": name})
    listed = await desk.agency.http.get(PATH, params={"limit": 2})
    rest = (await desk.agency.http.get(listed.links["next"]["url"])).json()
    assert [one["name"] for one in listed.json() + rest] == ["100 % discount", "Yearly", "Monthly"]
    for words, found in (("YEAR", ["Yearly"]), ("%", ["100 % discount"]), ("nothing", [])):
        assert [one["name"] for one in (await desk.agency.http.get(PATH, params={"q": words})).json()] == found


async def test_a_contract_copies_its_template(desk: Desk) -> None:
    template = await desk.agency.made(PATH, GIVEN)
    wanted = {"clientId": desk.client.id, "templateId": template["id"], "projectId": desk.project["id"]}
    draft = await desk.agency.made("/api/contracts", wanted)
    assert (draft["title"], draft["body"]) == (GIVEN["title"], TEXT)
    named = await desk.agency.made("/api/contracts", wanted | {"title": "Terms"})
    assert named["title"] == "Terms"
    await desk.agency.http.delete(f"{PATH}/{template['id']}")
    sent = await desk.act(draft, "send", {"sendEmail": False})
    assert sent.json()["title"] == "Maintenance for Zoë Client"


async def test_a_template_that_names_a_project_needs_one_where_it_is_used(desk: Desk) -> None:
    template = await desk.agency.made(PATH, GIVEN)
    wanted = {"clientId": desk.client.id, "templateId": template["id"]}
    problem(await desk.agency.http.post("/api/contracts", json=wanted), 400, "invalid")


@pytest.mark.parametrize(
    "wrong",
    [
        {"body": "Dear {{client.nmae}}"},
        {"title": "{{x}}"},
        {"body": ""},
        {"name": ""},
        {"body": "x" * 50_001},
        {"a": 1},
    ],
    ids=lambda wrong: str(wrong)[:30],
)
async def test_a_template_that_no_contract_could_be_made_of_is_refused(desk: Desk, wrong: dict[str, str]) -> None:
    problem(await desk.agency.http.post(PATH, json=GIVEN | wrong), 400, "invalid")
    template = await desk.agency.made(PATH, GIVEN)
    problem(await desk.agency.http.patch(f"{PATH}/{template['id']}", json=wrong), 400, "invalid")


async def test_templates_are_their_agencys_alone(house: House, desk: Desk) -> None:
    template = await desk.agency.made(PATH, GIVEN)
    stranger = await house.agency()
    one = f"{PATH}/{template['id']}"
    for answer in (
        await stranger.http.get(one),
        await stranger.http.patch(one, json={"name": "Mine"}),
        await stranger.http.delete(one),
    ):
        problem(answer, 404, "not_found")
    assert (await stranger.http.get(PATH)).json() == []
    for path in (PATH, one):
        assert (await desk.client.http.get(path)).status_code == 403
        assert (await house.gateway.get(path)).status_code == 401
    theirs = await stranger.client()
    wanted = {"clientId": theirs.id, "templateId": template["id"], "projectId": (await stranger.project(theirs))["id"]}
    problem(await stranger.http.post("/api/contracts", json=wanted), 400, "invalid")
