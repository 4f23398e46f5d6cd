"""The report of where time went: by project, largest first, and nothing lost in the rest."""

from typing import Any

import pytest

from services.projects.tests.office import Office, open_office
from tests.house import House

HOURS = "/api/reports/hours"
NOTHING = {"minutes": 0, "billableMinutes": 0, "nonBillableMinutes": 0}


async def work(office: Office, minutes: int, project: dict[str, Any] | None = None, **more: Any) -> None:
    path = f"/api/projects/{(project or office.project)['id']}/time-entries"
    await office.agency.made(path, {"description": "Wireframes", "minutes": minutes, "rate": 80, **more})


async def hours(office: Office, **query: Any) -> dict[str, Any]:
    answer = await office.staff.get(HOURS, params=query)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def test_time_is_summed_by_project_and_by_whether_it_is_charged(office: Office) -> None:
    await work(office, 60)
    await work(office, 30)
    await work(office, 15, billable=False, rate=None)
    shown = await hours(office)
    sums = {"minutes": 105, "billableMinutes": 90, "nonBillableMinutes": 15}
    assert shown == {
        "from": None,
        "to": None,
        **sums,
        "projects": [
            {
                "projectId": office.project["id"],
                "name": office.project["name"],
                "clientId": office.client.id,
                "clientName": "Ada Lovelace",
                **sums,
            }
        ],
        "others": {"projects": 0, **NOTHING},
    }


async def test_the_largest_come_first_and_the_rest_is_one_sum(office: Office) -> None:
    for number, minutes in enumerate((10, 300, 20, 200)):
        project = await office.agency.project(office.client, f"Project {number}")
        await work(office, minutes, project)
        await work(office, 1, project, billable=False, rate=None)
    shown = await hours(office, limit=2)
    assert [(one["name"], one["minutes"]) for one in shown["projects"]] == [("Project 1", 301), ("Project 3", 201)]
    assert shown["others"] == {"projects": 2, "minutes": 32, "billableMinutes": 30, "nonBillableMinutes": 2}
    assert (shown["minutes"], shown["billableMinutes"], shown["nonBillableMinutes"]) == (534, 530, 4)


async def test_only_the_days_that_are_asked_for_count(office: Office) -> None:
    for day, minutes in (("2026-01-31", 1), ("2026-02-01", 2), ("2026-02-28", 4), ("2026-03-01", 8)):
        await work(office, minutes, date=day)
    assert (await hours(office, **{"from": "2026-02-01", "to": "2026-02-28"}))["minutes"] == 6
    assert (await hours(office, **{"from": "2026-02-28"}))["minutes"] == 12
    assert (await hours(office, to="2026-02-01"))["minutes"] == 3
    empty = await hours(office, **{"from": "2020-01-01", "to": "2020-12-31"})
    assert empty == {"from": "2020-01-01", "to": "2020-12-31", **NOTHING, "projects": [], "others": empty["others"]}
    assert empty["others"] == {"projects": 0, **NOTHING}


async def test_time_of_a_deleted_project_is_not_counted_as_it_is_not_listed(office: Office) -> None:
    other = await office.agency.project(office.client, "Gone")
    await work(office, 60, other)
    await work(office, 5)
    assert (await office.staff.delete(f"/api/projects/{other['id']}")).status_code == 200
    shown = await hours(office)
    assert (shown["minutes"], [one["minutes"] for one in shown["projects"]]) == (5, [5])
    assert sum(one["minutes"] for one in (await office.staff.get("/api/time-entries")).json()) == 5


async def test_the_report_is_the_agencys_own(office: Office, house: House) -> None:
    await work(office, 60)
    refused = await office.visitor.get(HOURS)
    assert (refused.status_code, refused.json()["code"]) == (403, "staff_only")
    assert (await hours(await open_office(house)))["projects"] == []


@pytest.mark.parametrize(
    ("query", "field"),
    [("from=2026-02-02&to=2026-02-01", "from"), ("from=x", "from"), ("to=2026-02-30", "to"), ("limit=201", "limit")],
)
async def test_what_makes_no_sense_is_refused(office: Office, query: str, field: str) -> None:
    answer = await office.staff.get(f"{HOURS}?{query}")
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, field)
