"""Timers through REST: one a member, measured by the clock, made a time entry or forgotten."""

import asyncio
from datetime import datetime
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import httpx
import pytest

from services.projects.tests.office import Office
from services.projects.tests.signing_doors import problem

STARTED = {"id", "projectId", "memberId", "description", "startedAt"}


async def start(office: Office, by: httpx.AsyncClient | None = None, **fields: Any) -> dict[str, Any]:
    answer = await (by or office.staff).post("/api/timer/start", json={"projectId": office.project["id"]} | fields)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def stop(office: Office, by: httpx.AsyncClient | None = None, **fields: Any) -> dict[str, Any]:
    answer = await (by or office.staff).post("/api/timer/stop", json=fields)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def entries(office: Office) -> list[dict[str, Any]]:
    return list((await office.staff.get("/api/time-entries")).json())


async def test_a_timer_that_was_started_is_shown_to_its_member(office: Office) -> None:
    assert (await office.staff.get("/api/timer")).json() is None
    timer = await start(office, description="Wireframes")
    me = (await office.staff.get("/api/auth/me")).json()["user"]
    assert set(timer) == STARTED
    assert (timer["projectId"], timer["memberId"], timer["description"]) == (
        office.project["id"],
        me["id"],
        "Wireframes",
    )
    assert (await office.staff.get("/api/timer")).json() == timer


async def test_a_timer_without_a_description_has_the_projects_name(office: Office) -> None:
    await start(office)
    assert (await stop(office))["description"] == office.project["name"]


async def test_a_stopped_timer_is_a_time_entry_and_runs_no_more(office: Office) -> None:
    timer = await start(office, description="Wireframes")
    office.house.clock.advance(minutes=89, seconds=30)
    stopped = await stop(office, note="With a call", billable=False)
    assert stopped.pop("cutShort") is False
    assert (stopped["minutes"], stopped["billable"], stopped["note"]) == (90, False, "With a call")
    assert (stopped["memberId"], stopped["description"]) == (timer["memberId"], "Wireframes")
    assert await entries(office) == [stopped]
    assert (await office.staff.get("/api/timer")).json() is None
    problem(await office.staff.post("/api/timer/stop"), 409, "timer_not_running")


async def test_a_timer_is_stopped_without_a_body(office: Office) -> None:
    await start(office)
    answer = await office.staff.post("/api/timer/stop")
    assert (answer.status_code, answer.headers["etag"]) == (201, '"1"')
    assert (answer.json()["billable"], answer.json()["note"], answer.json()["rate"]) == (True, "", None)


@pytest.mark.parametrize(
    ("ran", "minutes"), [({"seconds": 0}, 1), ({"seconds": 55}, 1), ({"seconds": 60}, 2), ({"seconds": 115}, 2)]
)
async def test_a_begun_minute_counts_whole(office: Office, ran: dict[str, float], minutes: int) -> None:
    await start(office)
    office.house.clock.advance(**ran)
    assert (await stop(office))["minutes"] == minutes


async def test_a_timer_stops_at_24_hours_and_says_so(office: Office) -> None:
    await start(office)
    office.house.clock.advance(hours=23, minutes=59, seconds=30)
    short = await stop(office)
    assert (short["minutes"], short["cutShort"]) == (1440, False)
    await start(office)
    office.house.clock.advance(hours=24)
    long = await stop(office)
    assert (long["minutes"], long["cutShort"]) == (1440, True)
    await start(office)
    office.house.clock.advance(days=20)
    longer = await stop(office)
    assert (longer["minutes"], longer["cutShort"]) == (1440, True)


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago"])
async def test_the_entry_is_of_the_day_on_which_the_timer_was_started_where_the_agency_is(
    office: Office, zone: str
) -> None:
    assert (await office.staff.patch("/api/auth/agency", json={"timeZone": zone})).status_code == 200
    timer = await start(office)
    office.house.clock.advance(days=3)
    started_on = datetime.fromisoformat(timer["startedAt"]).astimezone(ZoneInfo(zone)).date()
    assert (await stop(office))["date"] == str(started_on)


async def test_a_second_start_is_refused_and_the_first_runs_on(office: Office) -> None:
    timer = await start(office)
    other = await office.agency.project(office.client, "Other")
    answer = await office.staff.post("/api/timer/start", json={"projectId": other["id"]})
    problem(answer, 409, "timer_running")
    assert (await office.staff.get("/api/timer")).json() == timer


async def test_of_starts_at_once_one_counts(office: Office) -> None:
    body = {"projectId": office.project["id"]}
    answers = await asyncio.gather(*(office.staff.post("/api/timer/start", json=body) for _ in range(8)))
    assert sorted(answer.status_code for answer in answers) == [201] + [409] * 7
    [started] = [answer.json() for answer in answers if answer.status_code == 201]
    assert (await office.staff.get("/api/timer")).json() == started


async def test_of_stops_and_discards_at_once_one_counts(office: Office) -> None:
    for _ in range(3):
        before = len(await entries(office))
        await start(office)
        doors = [office.staff.post("/api/timer/stop") for _ in range(5)]
        answers = await asyncio.gather(*doors, *(office.staff.delete("/api/timer") for _ in range(3)))
        won = [answer for answer in answers if answer.status_code < 400]
        assert len(won) == 1
        assert {answer.json()["code"] for answer in answers if answer not in won} == {"timer_not_running"}
        assert len(await entries(office)) - before == (1 if won[0].status_code == 201 else 0)


async def test_a_discarded_timer_leaves_nothing(office: Office) -> None:
    timer = await start(office)
    answer = await office.staff.delete("/api/timer")
    assert (answer.status_code, answer.json()) == (200, {"id": timer["id"], "deleted": True})
    assert (await office.staff.get("/api/timer")).json() is None
    assert await entries(office) == []
    problem(await office.staff.delete("/api/timer"), 409, "timer_not_running")


async def test_each_member_has_a_timer_of_its_own(office: Office) -> None:
    member = await office.agency.member()
    mine, theirs = await start(office, description="Mine"), await start(office, by=member, description="Theirs")
    assert (await office.staff.get("/api/timer")).json() == mine
    assert (await member.get("/api/timer")).json() == theirs
    assert (await stop(office, by=member))["memberId"] == theirs["memberId"] != mine["memberId"]
    assert (await office.staff.get("/api/timer")).json() == mine


async def test_a_timer_is_for_people(office: Office) -> None:
    await start(office)
    machine = await office.agency.api_key("read", "write")
    for method, path, body in (
        ("GET", "/api/timer", None),
        ("POST", "/api/timer/start", {"projectId": office.project["id"]}),
        ("POST", "/api/timer/stop", {}),
        ("DELETE", "/api/timer", None),
    ):
        problem(await machine.request(method, path, json=body), 403, "people_only")
        problem(await office.visitor.request(method, path, json=body), 403, "staff_only")
        problem(await office.house.gateway.request(method, path, json=body), 401, "unauthenticated")
    assert (await office.staff.get("/api/timer")).json() is not None


async def test_a_foreign_project_answers_like_an_unknown_one(office: Office) -> None:
    other = await office.house.agency("Other")
    for project_id in (office.project["id"], str(uuid4())):
        problem(await other.http.post("/api/timer/start", json={"projectId": project_id}), 404, "not_found")
    assert (await other.http.get("/api/timer")).json() is None


async def test_a_timer_of_a_deleted_project_can_only_be_discarded(office: Office) -> None:
    await start(office)
    await office.staff.delete(f"/api/projects/{office.project['id']}")
    problem(await office.staff.post("/api/timer/stop"), 409, "timer_project_deleted")
    assert (await office.staff.get("/api/timer")).json() is not None
    assert (await office.staff.delete("/api/timer")).status_code == 200


@pytest.mark.parametrize("body", [{"description": ""}, {"startedAt": "2026-01-01T00:00:00Z"}, {"projectId": "x"}])
async def test_a_start_that_cannot_be_is_refused(office: Office, body: dict[str, Any]) -> None:
    answer = await office.staff.post("/api/timer/start", json={"projectId": office.project["id"]} | body)
    problem(answer, 400, "invalid")
    assert (await office.staff.get("/api/timer")).json() is None


@pytest.mark.parametrize("body", [{"minutes": 5}, {"billable": None}, {"note": "x" * 10_001}])
async def test_a_stop_that_cannot_be_is_refused_and_the_timer_runs_on(office: Office, body: dict[str, Any]) -> None:
    await start(office)
    problem(await office.staff.post("/api/timer/stop", json=body), 400, "invalid")
    assert (await office.staff.get("/api/timer")).json() is not None
    assert await entries(office) == []


async def test_a_stop_that_is_repeated_with_its_key_makes_one_entry(office: Office) -> None:
    await start(office)
    headers = {"Idempotency-Key": f"stop-{uuid4()}"}
    first, second = [await office.staff.post("/api/timer/stop", headers=headers) for _ in range(2)]
    assert first.json() == second.json()
    assert len(await entries(office)) == 1
