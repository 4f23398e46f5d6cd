"""Time settings through REST: the agency's, a project's own, and who may set them."""

import asyncio
from typing import Any
from uuid import uuid4

import pytest

from services.projects.tests.office import Office, without_time
from services.projects.tests.signing_doors import problem

PATH = "/api/time-settings"
UNSET = {"rate": None, "currency": None, "roundingMinutes": None}


def of_project(office: Office) -> str:
    return f"/api/projects/{office.project['id']}/time-settings"


async def test_nothing_is_set_at_first(office: Office) -> None:
    for path in (PATH, of_project(office)):
        answer = await office.staff.get(path)
        assert (answer.json(), answer.headers["etag"]) == (UNSET, '"0"')


async def test_what_is_set_is_read_and_what_is_left_out_is_unset(office: Office) -> None:
    wanted = {"rate": 87.5, "currency": "EUR", "roundingMinutes": 15}
    for path in (PATH, of_project(office)):
        assert (await office.staff.put(path, json=wanted)).json() == wanted
        assert (await office.staff.get(path)).json() == wanted
        assert (await office.staff.put(path, json={"roundingMinutes": 6})).json() == UNSET | {"roundingMinutes": 6}
        assert (await office.staff.put(path, json={})).json() == UNSET


async def test_a_project_has_its_own(office: Office) -> None:
    other = await office.agency.project(office.client, "Other")
    await office.staff.put(PATH, json={"rate": 60, "currency": "EUR"})
    await office.staff.put(of_project(office), json={"rate": 90, "currency": "CHF"})
    assert (await office.staff.get(PATH)).json()["rate"] == 60
    assert (await office.staff.get(of_project(office))).json()["currency"] == "CHF"
    assert (await office.staff.get(f"/api/projects/{other['id']}/time-settings")).json() == UNSET


async def test_a_rate_without_a_currency_is_in_the_agencys(office: Office) -> None:
    await office.staff.patch("/api/auth/agency", json={"currency": "JPY"})
    assert (await office.staff.put(PATH, json={"rate": 9000})).json()["currency"] == "JPY"
    answer = await office.staff.put(PATH, json={"rate": 0.5})
    assert problem(answer, 400, "invalid")["errors"][0]["field"] == "rate"


WRONG: list[dict[str, Any]] = [
    {"rate": -1},
    {"rate": "80"},
    {"rate": 1.005, "currency": "EUR"},
    {"rate": 80, "currency": "XXX"},
    {"currency": "EUR"},
    {"roundingMinutes": 7},
    {"roundingMinutes": 0},
    {"roundingMinutes": "15"},
    {"projectId": "0199f1e2-6a10-4c55-8f3d-2b6c9e4d7a01"},
    {"agencyId": "0199f1e2-6a10-4c55-8f3d-2b6c9e4d7a01"},
]


@pytest.mark.parametrize("body", WRONG, ids=str)
async def test_settings_that_cannot_be_are_refused_and_change_nothing(office: Office, body: dict[str, Any]) -> None:
    for path in (PATH, of_project(office)):
        problem(await office.staff.put(path, json=body), 400, "invalid")
        assert (await office.staff.get(path)).json() == UNSET


async def test_a_stale_change_is_refused(office: Office) -> None:
    for path in (PATH, of_project(office)):
        first = await office.staff.put(path, json={"rate": 60}, headers={"If-Match": '"0"'})
        assert (first.status_code, first.headers["etag"]) == (200, '"1"')
        problem(
            await office.staff.put(path, json={"rate": 70}, headers={"If-Match": '"0"'}), 412, "precondition_failed"
        )
        second = await office.staff.put(path, json={"rate": 70}, headers={"If-Match": '"1"'})
        assert (second.status_code, second.headers["etag"]) == (200, '"2"')


async def test_of_many_who_set_them_first_none_fails(office: Office) -> None:
    answers = await asyncio.gather(*(office.staff.put(PATH, json={"rate": rate}) for rate in range(10, 20)))
    assert [answer.status_code for answer in answers] == [200] * 10
    assert (await office.staff.get(PATH)).headers["etag"] == '"10"'


async def test_members_set_what_a_project_costs_and_managers_what_counts_for_all(office: Office) -> None:
    member = await office.agency.member()
    problem(await member.put(PATH, json={"rate": 1}), 403, "forbidden")
    assert (await member.get(PATH)).json() == UNSET
    assert (await member.put(of_project(office), json={"rate": 70})).status_code == 200
    reader = await office.agency.api_key("read")
    problem(await reader.put(of_project(office), json={"rate": 1}), 403, "scope_missing")


async def test_clients_and_strangers_see_no_rates(office: Office) -> None:
    await office.staff.put(PATH, json={"rate": 60})
    for path in (PATH, of_project(office)):
        for method in ("GET", "PUT"):
            body = {"json": {"rate": 1}} if method == "PUT" else {}
            problem(await office.visitor.request(method, path, **body), 403, "staff_only")
            problem(await office.house.gateway.request(method, path, **body), 401, "unauthenticated")


async def test_foreign_deleted_and_unknown_projects_answer_alike(office: Office) -> None:
    other = await office.house.agency("Other")
    gone = await office.agency.project(office.client, "Gone")
    await office.staff.delete(f"/api/projects/{gone['id']}")
    for door, project_id in ((other.http, office.project["id"]), (office.staff, gone["id"])):
        for method in ("GET", "PUT"):
            body = {"json": {"rate": 1}} if method == "PUT" else {}
            answers = [
                await door.request(method, f"/api/projects/{one}/time-settings", **body)
                for one in (project_id, str(uuid4()))
            ]
            assert [answer.status_code for answer in answers] == [404, 404]
            assert without_time(answers[0]) == without_time(answers[1])
    assert (await other.http.get(PATH)).json() == UNSET
    assert (await office.staff.get(of_project(office))).json() == UNSET
