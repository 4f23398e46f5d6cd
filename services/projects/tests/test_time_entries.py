"""Time entries through REST: what staff write, what their client may see of it, and what an invoice locks."""

import asyncio
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import httpx
import pytest
from sqlalchemy import text

from chassis.errors import Unavailable
from chassis.principals import Role, Staff
from chassis.rpc import Peers
from services.projects.clients import Directory
from services.projects.tests.office import Office, without_time
from services.projects.tests.signing_doors import problem
from services.projects.time_entries.schemas import TimeEntryCreate
from services.projects.time_entries.service import record_time

FOR_CLIENT = {"id", "projectId", "clientId", "description", "minutes", "billable", "date", "createdAt"}
FOR_STAFF = FOR_CLIENT | {"memberId", "taskId", "rate", "currency", "note", "invoiceId", "updatedAt"}


def path(office: Office) -> str:
    return f"/api/projects/{office.project['id']}/time-entries"


async def record(
    office: Office, by: httpx.AsyncClient | None = None, to: str | None = None, **fields: Any
) -> dict[str, Any]:
    body = {"description": "Wireframes", "minutes": 90} | fields
    answer = await (by or office.staff).post(to or path(office), json=body)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def put_on_invoice(office: Office, entry: dict[str, Any]) -> str:
    invoice_id = uuid4()
    async with office.house.database("projects").unit(UUID(office.agency.id)) as session:
        await session.execute(
            text("UPDATE time_entries SET invoice_id = :invoice WHERE id = :id"),
            {"invoice": invoice_id, "id": UUID(entry["id"])},
        )
    return str(invoice_id)


async def test_an_entry_is_written_with_what_was_asked_for(office: Office) -> None:
    me = (await office.staff.get("/api/auth/me")).json()["user"]
    entry = await record(office, rate=87.5, note="Second round", date="2026-03-31", billable=False)
    assert set(entry) == FOR_STAFF
    assert (entry["description"], entry["minutes"], entry["billable"]) == ("Wireframes", 90, False)
    assert (entry["rate"], entry["currency"], entry["note"]) == (87.5, "USD", "Second round")
    assert (entry["date"], entry["memberId"], entry["invoiceId"]) == ("2026-03-31", me["id"], None)
    assert (entry["projectId"], entry["clientId"]) == (office.project["id"], office.client.id)


async def test_an_entry_is_billable_and_has_no_rate_unless_said_otherwise(office: Office) -> None:
    entry = await record(office)
    assert (entry["billable"], entry["rate"], entry["currency"], entry["note"]) == (True, None, None, "")


async def test_the_single_read_and_both_lists_show_the_same(office: Office) -> None:
    entries = [await record(office, rate=rate) for rate in (None, 0, 80, 87.5, 0.05)]
    listed = (await office.staff.get(path(office))).json()
    assert listed == entries[::-1] == (await office.staff.get("/api/time-entries")).json()
    for entry in entries:
        assert (await office.staff.get(f"/api/time-entries/{entry['id']}")).json() == entry


async def test_the_client_reads_the_same_in_list_and_single_read(office: Office) -> None:
    entry = await record(office, rate=87.5, note="canary")
    shown = {name: entry[name] for name in FOR_CLIENT}
    assert (await office.visitor.get(path(office))).json() == [shown]
    assert (await office.visitor.get(f"/api/time-entries/{entry['id']}")).json() == shown


async def test_what_is_not_billable_is_nowhere_for_the_client(office: Office) -> None:
    entry = await record(office, description="Canary", billable=False)
    assert (await office.visitor.get(path(office))).json() == []
    assert (await office.visitor.get(f"{path(office)}?q=canary")).json() == []
    hidden = await office.visitor.get(f"/api/time-entries/{entry['id']}")
    unknown = await office.visitor.get(f"/api/time-entries/{uuid4()}")
    assert hidden.status_code == 404
    assert without_time(hidden) == without_time(unknown)
    await office.staff.patch(f"/api/time-entries/{entry['id']}", json={"billable": True})
    assert len((await office.visitor.get(path(office))).json()) == 1


async def test_the_note_is_never_searched(office: Office) -> None:
    await record(office, note="canary")
    for door in (office.visitor, office.staff):
        assert (await door.get(f"{path(office)}?q=canary")).json() == []
        assert len((await door.get(f"{path(office)}?q=WIRE")).json()) == 1


async def test_without_a_date_it_was_today_where_the_agency_is(office: Office) -> None:
    for zone in ("Pacific/Kiritimati", "Pacific/Pago_Pago"):
        assert (await office.staff.patch("/api/auth/agency", json={"timeZone": zone})).status_code == 200
        before = datetime.now(UTC).astimezone(ZoneInfo(zone)).date()
        entry = await record(office)
        after = datetime.now(UTC).astimezone(ZoneInfo(zone)).date()
        assert str(before) <= entry["date"] <= str(after), zone


async def test_while_auth_is_away_the_day_is_that_of_utc_and_a_rate_has_no_currency(office: Office) -> None:
    chassis = office.house.chassis("projects")
    peers = Peers(chassis.settings.model_copy(update={"auth_rpc": "127.0.0.1:1"}), "projects")
    agency_id, me = UUID(office.agency.id), uuid4()
    staff = Staff(agency_id, me, "Ada", "", Role.MEMBER, frozenset({"read", "write"}), uuid4(), "session")
    # Where the agency is, the next day has begun.
    await office.staff.patch("/api/auth/agency", json={"timeZone": "Pacific/Kiritimati"})
    late = datetime(2026, 3, 31, 23, 30, tzinfo=UTC)

    async def write(**fields: Any) -> str:
        async with chassis.database.unit(agency_id) as session:
            wanted = TimeEntryCreate(description="Work", minutes=1, **fields)
            project_id, directory = UUID(office.project["id"]), Directory(peers)
            entry = await record_time(
                session, staff, project_id=project_id, wanted=wanted, directory=directory, now=late
            )
            return str(entry.worked_on)

    assert await write() == "2026-03-31"
    with pytest.raises(Unavailable):
        await write(rate=80)
    await peers.close()
    assert [entry["date"] for entry in (await office.staff.get(path(office))).json()] == ["2026-03-31"]


@pytest.mark.parametrize(
    ("currency", "rate"), [("JPY", 9000), ("KWD", 12.345), ("EUR", 87.55), ("EUR", 0), ("EUR", 10**13)]
)
async def test_a_rate_is_exact_in_the_agencys_currency(office: Office, currency: str, rate: float) -> None:
    await office.staff.patch("/api/auth/agency", json={"currency": currency})
    entry = await record(office, rate=rate)
    assert (entry["rate"], entry["currency"]) == (rate, currency)
    assert (await office.staff.get(path(office))).json() == [entry]


@pytest.mark.parametrize(("currency", "rate"), [("JPY", 0.5), ("KWD", 1.2345), ("EUR", 1.005), ("EUR", 10**14)])
async def test_a_rate_finer_or_larger_than_its_currency_is_refused(office: Office, currency: str, rate: float) -> None:
    await office.staff.patch("/api/auth/agency", json={"currency": currency})
    answer = await office.staff.post(path(office), json={"description": "Work", "minutes": 1, "rate": rate})
    assert problem(answer, 400, "invalid")["errors"][0]["field"] == "rate"


async def test_a_rate_keeps_the_currency_that_it_was_given_in(office: Office) -> None:
    await office.staff.patch("/api/auth/agency", json={"currency": "JPY"})
    entry = await record(office, rate=9000)
    await office.staff.patch("/api/auth/agency", json={"currency": "EUR"})
    entry_path = f"/api/time-entries/{entry['id']}"
    assert (await office.staff.patch(entry_path, json={"minutes": 5})).json()["currency"] == "JPY"
    changed = (await office.staff.patch(entry_path, json={"rate": 80.25})).json()
    assert (changed["rate"], changed["currency"]) == (80.25, "EUR")
    taken = (await office.staff.patch(entry_path, json={"rate": None})).json()
    assert (taken["rate"], taken["currency"]) == (None, None)


WRONG: list[dict[str, Any]] = [
    {"minutes": 0},
    {"minutes": -1},
    {"minutes": 1441},
    {"minutes": 1.5},
    {"minutes": "60"},
    {"minutes": True},
    {"minutes": None},
    {"description": ""},
    {"description": " "},
    {"description": "x" * 1001},
    {"description": "a\x00b"},
    {"rate": -1},
    {"rate": "80"},
    {"rate": True},
    {"date": "2026-02-30"},
    {"date": "1969-12-31"},
    {"date": "2201-01-01"},
    {"date": 20260331},
    {"date": "20260331"},
    {"note": "x" * 10_001},
    {"note": None},
    {"billable": None},
    {"memberId": "0199f1e2-6a10-4c55-8f3d-2b6c9e4d7a01"},
    {"invoiceId": "0199f1e2-6a10-4c55-8f3d-2b6c9e4d7a01"},
    {"currency": "EUR"},
    {"agencyId": "0199f1e2-6a10-4c55-8f3d-2b6c9e4d7a01"},
]


@pytest.mark.parametrize("fields", WRONG, ids=[str(fields)[:40] for fields in WRONG])
async def test_a_body_that_cannot_be_is_refused_and_changes_nothing(office: Office, fields: dict[str, Any]) -> None:
    entry = await record(office)
    body = {"description": "Work", "minutes": 1} | fields
    named = next(iter(fields))
    for answer in (
        await office.staff.post(path(office), json=body),
        await office.staff.patch(f"/api/time-entries/{entry['id']}", json=fields),
    ):
        assert named in [error["field"] for error in problem(answer, 400, "invalid")["errors"]]
    assert (await office.staff.get(path(office))).json() == [entry]


@pytest.mark.parametrize("minutes", [1, 1440])
async def test_a_day_has_1440_minutes(office: Office, minutes: int) -> None:
    assert (await record(office, minutes=minutes))["minutes"] == minutes


async def test_time_is_put_to_a_task_of_its_project_and_to_no_other(office: Office) -> None:
    async def task(project_id: str, to: httpx.AsyncClient) -> str:
        answer = await to.post(f"/api/projects/{project_id}/tasks", json={"title": "Wireframes"})
        assert answer.status_code == 201, answer.text
        return str(answer.json()["id"])

    other = await office.house.agency("Other")
    theirs = await other.project(await other.client())
    elsewhere = await office.agency.project(office.client, "Elsewhere")
    own, gone = [await task(office.project["id"], office.staff) for _ in range(2)]
    assert (await office.staff.delete(f"/api/tasks/{gone}")).status_code == 200
    entry = await record(office, taskId=own)
    entry_path = f"/api/time-entries/{entry['id']}"
    assert entry["taskId"] == own
    assert (await office.staff.get(path(office))).json() == [entry]
    refused = []
    for task_id in (
        await task(elsewhere["id"], office.staff),
        await task(theirs["id"], other.http),
        gone,
        str(uuid4()),
    ):
        body = {"description": "Work", "minutes": 1, "taskId": task_id}
        for answer in (
            await office.staff.post(path(office), json=body),
            await office.staff.patch(entry_path, json={"taskId": task_id}),
        ):
            refused.append(problem(answer, 400, "invalid")["errors"])
    assert refused == [[{"field": "taskId", "message": "must be a task of the same project"}]] * 8
    assert (await office.staff.get(path(office))).json() == [entry]
    assert (await office.staff.patch(entry_path, json={"taskId": None})).json()["taskId"] is None


async def test_a_change_keeps_what_it_does_not_name(office: Office) -> None:
    entry = await record(office, rate=80, note="Mine", date="2026-03-31")
    answer = await office.staff.patch(f"/api/time-entries/{entry['id']}", json={"minutes": 75})
    assert answer.status_code == 200
    changed = answer.json()
    assert changed == entry | {"minutes": 75, "updatedAt": changed["updatedAt"]}
    problem(await office.staff.patch(f"/api/time-entries/{entry['id']}", json={}), 400, "invalid")


async def test_a_stale_change_is_refused(office: Office) -> None:
    entry = await record(office)
    entry_path = f"/api/time-entries/{entry['id']}"
    first = (await office.staff.get(entry_path)).headers["etag"]
    changed = await office.staff.patch(entry_path, json={"minutes": 5}, headers={"If-Match": first})
    assert changed.headers["etag"] != first
    stale = {"If-Match": first}
    problem(await office.staff.patch(entry_path, json={"minutes": 6}, headers=stale), 412, "precondition_failed")
    problem(await office.staff.delete(entry_path, headers=stale), 412, "precondition_failed")
    assert (await office.staff.get(entry_path)).json()["minutes"] == 5
    answer = await office.staff.delete(entry_path, headers={"If-Match": changed.headers["etag"]})
    assert (answer.status_code, answer.json()) == (200, {"id": entry["id"], "deleted": True})
    problem(await office.staff.get(entry_path), 404, "not_found")


async def test_of_changes_at_once_of_one_version_one_counts(office: Office) -> None:
    entry = await record(office)
    headers = {"If-Match": '"1"'}
    answers = await asyncio.gather(
        *(
            office.staff.patch(f"/api/time-entries/{entry['id']}", json={"minutes": n + 1}, headers=headers)
            for n in range(8)
        )
    )
    assert sorted(answer.status_code for answer in answers) == [200] + [412] * 7


@pytest.mark.parametrize(
    "change",
    [
        {"description": "Other"},
        {"minutes": 1},
        {"billable": False},
        {"rate": None},
        {"note": "x"},
        {"taskId": None},
        {"date": "2026-01-01"},
    ],
    ids=str,
)
async def test_time_on_an_invoice_is_locked(office: Office, change: dict[str, Any]) -> None:
    entry = await record(office, rate=80)
    invoice_id = await put_on_invoice(office, entry)
    entry_path = f"/api/time-entries/{entry['id']}"
    problem(await office.staff.patch(entry_path, json=change), 409, "time_entry_locked")
    problem(await office.staff.delete(entry_path), 409, "time_entry_locked")
    assert (await office.staff.get(entry_path)).json() == entry | {"invoiceId": invoice_id}
    assert set((await office.visitor.get(entry_path)).json()) == FOR_CLIENT


async def test_a_machines_time_is_no_members(office: Office) -> None:
    machine = await office.agency.api_key("read", "write")
    entry = await record(office, by=machine)
    assert entry["memberId"] is None
    reader = await office.agency.api_key("read")
    problem(await reader.post(path(office), json={"description": "Work", "minutes": 1}), 403, "scope_missing")
    assert (await reader.get("/api/time-entries")).json() == [entry]


async def test_time_is_filtered_by_project_member_billable_and_dates(office: Office) -> None:
    member = await office.agency.member()
    other = await office.agency.project(office.client, "Other")
    mine = await record(office, date="2026-03-01")
    theirs = await record(office, by=member, date="2026-03-31", billable=False)
    elsewhere = await record(
        office, to=f"/api/projects/{other['id']}/time-entries", date="2026-04-01", description="Bug"
    )

    async def found(**query: str) -> list[dict[str, Any]]:
        return list((await office.staff.get("/api/time-entries", params=query)).json())

    assert await found(projectId=other["id"]) == [elsewhere]
    assert await found(memberId=theirs["memberId"]) == [theirs]
    assert await found(billable="false") == [theirs]
    assert await found(billable="true") == [elsewhere, mine]
    assert await found(**{"from": "2026-03-31"}) == [elsewhere, theirs]
    assert await found(to="2026-03-31") == [theirs, mine]
    assert await found(**{"from": "2026-03-31", "to": "2026-03-31"}) == [theirs]
    assert await found(q="bug") == [elsewhere]
    assert await found(projectId=str(uuid4())) == await found(memberId=str(uuid4())) == []


@pytest.mark.parametrize(
    "query",
    ["from=x", "from=20260331", "to=1", "from=2026-03-31&to=2026-03-30", "billable=x", "memberId=x", "projectId=%00"],
)
async def test_a_filter_that_cannot_be_is_refused(office: Office, query: str) -> None:
    problem(await office.staff.get(f"/api/time-entries?{query}"), 400, "invalid")


async def test_entries_are_listed_in_pages_newest_first(office: Office) -> None:
    made = [(await record(office))["id"] for _ in range(3)]
    for door, list_path in ((office.staff, "/api/time-entries"), (office.visitor, path(office))):
        first = await door.get(f"{list_path}?limit=2")
        assert [entry["id"] for entry in first.json()] == made[:0:-1]
        second = await door.get(first.links["next"]["url"])
        assert [entry["id"] for entry in second.json()] == made[:1]
        assert "next" not in second.links


async def test_foreign_and_unknown_entries_answer_alike(office: Office) -> None:
    entry = await record(office)
    other = await office.house.agency("Other")
    neighbour = await office.agency.client()
    for door in (other.http, neighbour.http):
        for foreign, unknown in (
            (f"/api/time-entries/{entry['id']}", f"/api/time-entries/{uuid4()}"),
            (path(office), f"/api/projects/{uuid4()}/time-entries"),
        ):
            answers = [await door.get(foreign), await door.get(unknown)]
            assert [answer.status_code for answer in answers] == [404, 404]
            assert without_time(answers[0]) == without_time(answers[1])
    body = {"description": "Mine", "minutes": 1}
    problem(await other.http.post(path(office), json=body), 404, "not_found")
    problem(await other.http.patch(f"/api/time-entries/{entry['id']}", json=body), 404, "not_found")
    problem(await other.http.delete(f"/api/time-entries/{entry['id']}"), 404, "not_found")
    assert (await other.http.get("/api/time-entries", params={"projectId": office.project["id"]})).json() == []
    assert (await office.staff.get(f"/api/time-entries/{entry['id']}")).json() == entry


async def test_only_the_agency_writes_time(office: Office) -> None:
    entry = await record(office)
    body = {"description": "Mine", "minutes": 1}
    for method, to in (("POST", path(office)), ("PATCH", f"/api/time-entries/{entry['id']}")):
        problem(await office.visitor.request(method, to, json=body), 403, "staff_only")
        problem(await office.house.gateway.request(method, to, json=body), 401, "unauthenticated")
    problem(await office.visitor.delete(f"/api/time-entries/{entry['id']}"), 403, "staff_only")
    problem(await office.visitor.get("/api/time-entries"), 403, "staff_only")


async def test_the_time_of_a_deleted_project_is_gone(office: Office) -> None:
    entry = await record(office)
    assert (await office.staff.delete(f"/api/projects/{office.project['id']}")).status_code == 200
    for door in (office.staff, office.visitor):
        problem(await door.get(f"/api/time-entries/{entry['id']}"), 404, "not_found")
        problem(await door.get(path(office)), 404, "not_found")
    assert (await office.staff.get("/api/time-entries")).json() == []
    problem(await office.staff.post(path(office), json={"description": "Work", "minutes": 1}), 404, "not_found")


async def test_a_repeat_with_the_same_key_writes_once(office: Office) -> None:
    headers = {"Idempotency-Key": f"time-{uuid4()}"}
    body = {"description": "Work", "minutes": 30}
    first, second = [await office.staff.post(path(office), json=body, headers=headers) for _ in range(2)]
    assert first.json() == second.json()
    assert (await office.staff.get(path(office))).json() == [first.json()]
