"""The conversion: a lead becomes one client and one project, whatever happens in between."""

import asyncio
from typing import Any
from uuid import UUID

import httpx
import pytest
from sqlalchemy import text

from services.portal.tests.intake import a_lead, announced, leads_of, submit
from tests.house import Agency, House, running_house

CONVERTED = "portal.lead.converted"


@pytest.fixture
async def agency(house: House) -> Agency:
    return await house.agency()


@pytest.fixture
async def lead(house: House, agency: Agency) -> dict[str, Any]:
    return await a_lead(house, agency)


async def convert(agency: Agency, lead: dict[str, Any], **body: Any) -> httpx.Response:
    return await agency.http.post(f"/api/leads/{lead['id']}/convert", json=body)


async def made(agency: Agency) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The agency's clients and projects."""
    return (await agency.http.get("/api/clients")).json(), (await agency.http.get("/api/projects")).json()


async def forget_the_end(house: House, agency: Agency) -> None:
    """Leave a lead as a process leaves it that is killed before the last commit."""
    async with house.database("portal").unit(UUID(agency.id)) as session:
        await session.execute(text("UPDATE leads SET converted_at = NULL, status = 'new'"))
        await session.execute(text("DELETE FROM outbox WHERE subject = :one"), {"one": f"events.{CONVERTED}"})


async def test_a_lead_becomes_a_client_and_a_project(house: House, agency: Agency, lead: dict[str, Any]) -> None:
    answer = await convert(agency, lead, projectName="Pottery website")
    assert answer.status_code == 201, answer.text
    client, project = answer.json()["client"], answer.json()["project"]
    [[kept_client], [kept_project]] = await made(agency)
    assert (client["name"], client["email"], client["number"]) == (lead["name"], lead["email"], 1)
    assert {name: kept_client[name] for name in client if name != "_count"} == {
        name: client[name] for name in client if name != "_count"
    }
    assert kept_client["token"]
    assert kept_project == project
    assert (project["name"], project["clientId"], project["status"]) == ("Pottery website", client["id"], "active")
    [converted] = await leads_of(agency)
    assert (converted["status"], converted["clientId"], converted["projectId"]) == ("won", client["id"], project["id"])
    [event] = await announced(house, agency, CONVERTED)
    assert event.data == converted
    assert event.actor.name == "Olivia Owner"

    async def welcomed() -> list[dict[str, Any]]:
        return await house.mails(lead["email"])

    assert len(await house.eventually(welcomed)) == 1
    threads = (await agency.http.get(f"/api/projects/{project['id']}/threads")).json()
    assert [thread["name"] for thread in threads] == ["General"]


async def test_the_project_is_called_after_form_and_lead_where_nobody_says_otherwise(
    agency: Agency, lead: dict[str, Any]
) -> None:
    answer = await agency.http.post(f"/api/leads/{lead['id']}/convert")
    assert answer.json()["project"]["name"] == "Enquiry · Mira Okafor"


async def test_fifty_at_once_make_one_client_and_one_project(
    house: House, agency: Agency, lead: dict[str, Any]
) -> None:
    answers = await asyncio.gather(*(convert(agency, lead, projectName=f"Try {number}") for number in range(50)))
    statuses = sorted(answer.status_code for answer in answers)
    assert statuses == [200] * 49 + [201]
    assert len({(answer.json()["client"]["id"], answer.json()["project"]["id"]) for answer in answers}) == 1
    clients, projects = await made(agency)
    assert (len(clients), len(projects)) == (1, 1)
    assert len(await announced(house, agency, CONVERTED)) == 1


async def test_two_processes_at_once_make_one_client_and_one_project(
    house: House, agency: Agency, lead: dict[str, Any], variables: dict[str, str]
) -> None:
    async with running_house(variables) as other:
        doors = [agency.http, other.bearer(agency.token)]
        path = f"/api/leads/{lead['id']}/convert"
        answers = await asyncio.gather(*(doors[number % 2].post(path, json={}) for number in range(16)))
    assert sorted(answer.status_code for answer in answers) == [200] * 15 + [201]
    clients, projects = await made(agency)
    assert (len(clients), len(projects)) == (1, 1)
    assert len(await announced(house, agency, CONVERTED)) == 1


async def test_whoever_is_a_client_already_gets_the_project(house: House, agency: Agency) -> None:
    known = await agency.client(name="Mira", email="mira.known@okafor.test")
    await house.eventually(lambda: house.mails(known.email))
    lead = await a_lead(house, agency, email="MIRA.known@okafor.test")
    answer = await convert(agency, lead)
    assert answer.status_code == 201
    assert (answer.json()["client"]["id"], answer.json()["client"]["name"]) == (known.id, "Mira")
    assert answer.json()["project"]["clientId"] == known.id
    again = await convert(agency, lead)
    assert (again.status_code, again.json()["project"]) == (200, answer.json()["project"])
    assert [client["id"] for client in (await made(agency))[0]] == [known.id]
    assert len(await house.mails(known.email)) == 1


async def test_two_leads_of_one_person_become_one_client_with_two_projects(house: House, agency: Agency) -> None:
    leads = [await a_lead(house, agency, email="twice@okafor.test") for _ in range(4)]
    answers = await asyncio.gather(*(convert(agency, lead) for lead in leads))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["client"]["id"] for answer in answers}) == 1
    clients, projects = await made(agency)
    assert (len(clients), len(projects)) == (1, 4)
    assert clients[0]["number"] == 1


async def test_it_goes_on_after_projects_was_away(variables: dict[str, str]) -> None:
    async with running_house(variables, ("auth", "portal")) as partial:
        agency = await partial.agency()
        lead = await a_lead(partial, agency)
        for _ in range(2):
            answer = await convert(agency, lead)
            assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")
        [half] = await leads_of(agency)
        assert half == lead | {"updatedAt": half["updatedAt"]}
        [client] = (await agency.http.get("/api/clients")).json()
    async with running_house(variables) as whole:
        agency.http = whole.bearer(agency.token)
        answer = await convert(agency, lead)
        assert answer.status_code == 201
        assert answer.json()["client"]["id"] == client["id"]
        clients, projects = await made(agency)
        assert ([one["id"] for one in clients], len(projects)) == ([client["id"]], 1)
        assert len(await announced(whole, agency, CONVERTED)) == 1


async def test_a_kill_before_the_last_commit_makes_nothing_twice(
    house: House, agency: Agency, lead: dict[str, Any]
) -> None:
    first = (await convert(agency, lead, projectName="First")).json()
    await forget_the_end(house, agency)
    again = await convert(agency, lead, projectName="Second")
    assert again.status_code == 201
    assert again.json()["project"] == first["project"]
    assert again.json()["client"]["id"] == first["client"]["id"]
    clients, projects = await made(agency)
    assert (len(clients), len(projects)) == (1, 1)
    assert len(await announced(house, agency, CONVERTED)) == 1


async def test_a_try_that_broke_off_does_not_bring_back_what_was_deleted_since(
    house: House, agency: Agency, lead: dict[str, Any]
) -> None:
    first = (await convert(agency, lead)).json()
    await forget_the_end(house, agency)
    await agency.http.delete(f"/api/projects/{first['project']['id']}")
    second = (await convert(agency, lead)).json()
    assert second["client"]["id"] == first["client"]["id"]
    assert second["project"]["id"] != first["project"]["id"]
    await forget_the_end(house, agency)
    assert (await agency.http.delete(f"/api/clients/{first['client']['id']}")).status_code == 200

    async def forgotten() -> bool:
        async with house.database("portal").unit(UUID(agency.id)) as session:
            return (await session.execute(text("SELECT client_id FROM leads"))).scalar_one() is None

    await house.eventually(forgotten)
    third = await convert(agency, lead)
    assert third.status_code == 201
    assert third.json()["client"]["id"] != first["client"]["id"]
    assert third.json()["project"]["clientId"] == third.json()["client"]["id"]


async def test_what_a_lead_has_become_and_was_deleted_is_not_made_anew(agency: Agency, lead: dict[str, Any]) -> None:
    first = (await convert(agency, lead)).json()
    await agency.http.delete(f"/api/projects/{first['project']['id']}")
    answer = await convert(agency, lead)
    assert (answer.status_code, answer.json()["code"]) == (409, "lead_already_converted")
    assert (await made(agency))[1] == []


async def test_a_converted_lead_stays_won(agency: Agency, lead: dict[str, Any]) -> None:
    await convert(agency, lead)
    path = f"/api/leads/{lead['id']}"
    for change in ({"status": "lost"}, {"status": "new"}, {"spam": True}, {"status": "won", "spam": True}):
        answer = await agency.http.patch(path, json=change)
        assert (answer.status_code, answer.json()["code"]) == (409, "lead_already_converted")
    assert (await agency.http.patch(path, json={"note": "A good one.", "status": "won"})).status_code == 200
    assert (await agency.http.delete(path)).status_code == 200
    clients, projects = await made(agency)
    assert (len(clients), len(projects)) == (1, 1)


async def test_spam_does_not_become_a_client(house: House, agency: Agency, lead: dict[str, Any]) -> None:
    await submit(house, agency, website="https://buy.example")
    [spam] = await leads_of(agency, spam=True)
    answer = await convert(agency, spam)
    assert (answer.status_code, answer.json()["code"]) == (409, "lead_is_spam")
    assert await made(agency) == ([], [])


async def test_whose_lead_it_is_not_cannot_convert_it(house: House, agency: Agency, lead: dict[str, Any]) -> None:
    stranger, client = await house.agency(), await agency.client()
    reading, member = await agency.api_key("read"), await agency.member()
    path = f"/api/leads/{lead['id']}/convert"
    assert (await stranger.http.post(path)).status_code == 404
    assert (await client.http.post(path)).json()["code"] == "staff_only"
    assert (await reading.post(path)).json()["code"] == "scope_missing"
    assert (await house.gateway.post(path)).status_code == 401
    assert (await made(agency))[1] == []
    assert (await member.post(path)).status_code == 201


@pytest.mark.parametrize("body", [{"projectName": ""}, {"projectName": "x" * 201}, {"clientId": "x"}], ids=str)
async def test_a_bad_body_converts_nothing(agency: Agency, lead: dict[str, Any], body: dict[str, Any]) -> None:
    assert (await convert(agency, lead, **body)).status_code == 400
    assert await made(agency) == ([], [])


async def test_a_repeated_key_is_answered_alike(agency: Agency, lead: dict[str, Any]) -> None:
    headers = {"Idempotency-Key": f"convert-{lead['id']}"}
    path = f"/api/leads/{lead['id']}/convert"
    answers = await asyncio.gather(*(agency.http.post(path, json={}, headers=headers) for _ in range(10)))
    assert {(answer.status_code, answer.text) for answer in answers} == {(201, answers[0].text)}
