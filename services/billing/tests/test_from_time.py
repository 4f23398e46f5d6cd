"""Invoices from time through REST: which time, at which rate, in which lines; and that it is invoiced once."""

import asyncio
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import httpx
import pytest

from services.billing.tests.conftest import Till
from tests.house import Agency, Client, House

PATH = "/api/invoices/from-time"


@dataclass
class Bench:
    """An agency with a project whose time is worth 60 EUR an hour where an entry does not say."""

    house: House
    agency: Agency
    client: Client
    project: dict[str, Any]

    @property
    def http(self) -> httpx.AsyncClient:
        return self.agency.http

    async def work(self, minutes: int = 90, description: str = "Wireframes", **more: Any) -> dict[str, Any]:
        body = {"minutes": minutes, "description": description, "date": "2026-11-16"} | more
        return await self.agency.made(f"/api/projects/{self.project['id']}/time-entries", body)

    async def ask(self, **more: Any) -> httpx.Response:
        body = {"projectId": self.project["id"], "dueDate": "2030-01-31"} | more
        return await self.http.post(PATH, json=body)

    async def invoice(self, **more: Any) -> dict[str, Any]:
        answer = await self.ask(**more)
        assert answer.status_code == 201, answer.text
        return dict(answer.json())

    async def entry(self, entry: dict[str, Any]) -> dict[str, Any]:
        return dict((await self.http.get(f"/api/time-entries/{entry['id']}")).json())

    async def is_free(self, entry: dict[str, Any]) -> bool:
        return (await self.entry(entry))["invoiceId"] is None


@pytest.fixture
async def bench(house: House) -> Bench:
    agency = await house.agency()
    client = await agency.client()
    bench = Bench(house, agency, client, await agency.project(client))
    assert (await bench.http.patch("/api/auth/agency", json={"currency": "EUR"})).status_code == 200
    answer = await bench.http.put("/api/time-settings", json={"rate": 60, "currency": "EUR"})
    assert answer.status_code == 200, answer.text
    return bench


def refused(answer: httpx.Response) -> tuple[int, str, str | None]:
    body = answer.json()
    return answer.status_code, body["code"], body["errors"][0]["field"] if body.get("errors") else None


async def test_all_billable_time_becomes_a_draft_and_is_locked(bench: Bench) -> None:
    first, second = await bench.work(90), await bench.work(20, "Mails", date="2026-11-17", rate=90)
    spare = await bench.work(60, "Internal", billable=False)
    invoice = await bench.invoice(taxRate=19)
    assert (invoice["status"], invoice["number"], invoice["currency"]) == ("draft", None, "EUR")
    assert (invoice["clientId"], invoice["projectId"]) == (bench.client.id, bench.project["id"])
    assert [
        (line["description"], line["quantity"], line["unitPrice"], line["amount"]) for line in invoice["lines"]
    ] == [
        ("2026-11-16: Wireframes", 1.5, 60, 90),
        ("2026-11-17: Mails", 0.3333, 90, 30),
    ]
    assert (invoice["subtotal"], invoice["taxTotal"], invoice["amount"]) == (120, 22.8, 142.8)
    for entry in (first, second):
        assert (await bench.entry(entry))["invoiceId"] == invoice["id"]
        answer = await bench.http.patch(f"/api/time-entries/{entry['id']}", json={"minutes": 1})
        assert refused(answer) == (409, "time_entry_locked", None)
        assert refused(await bench.http.delete(f"/api/time-entries/{entry['id']}"))[1] == "time_entry_locked"
    assert await bench.is_free(spare)
    assert (await bench.http.get(f"/api/invoices/{invoice['id']}")).json() == invoice


async def test_the_etag_of_a_locked_entry_is_another(bench: Bench) -> None:
    entry = await bench.work()
    before = (await bench.http.get(f"/api/time-entries/{entry['id']}")).headers["etag"]
    await bench.invoice()
    assert (await bench.http.get(f"/api/time-entries/{entry['id']}")).headers["etag"] != before


async def test_time_is_found_by_its_invoice(bench: Bench) -> None:
    on, spare = await bench.work(), await bench.work(billable=False)
    invoice = await bench.invoice()

    async def found(**query: str) -> list[str]:
        return [one["id"] for one in (await bench.http.get("/api/time-entries", params=query)).json()]

    assert await found(invoiceId=invoice["id"]) == await found(invoiced="true") == [on["id"]]
    assert await found(invoiced="false") == [spare["id"]]
    assert await found(invoiceId=str(uuid4())) == []


async def test_it_is_issued_and_mailed_at_once_where_that_is_asked(bench: Bench) -> None:
    await bench.work()
    invoice = await bench.invoice(draft=False, sendEmail=True)
    assert (invoice["status"], invoice["number"]) == ("sent", "INV-0001")

    async def mailed() -> list[dict[str, Any]]:
        return [mail for mail in await bench.house.mails(bench.client.email) if "INV-0001" in mail["subject"]]

    assert len(await bench.house.eventually(mailed)) == 1


async def test_a_rate_is_the_entrys_else_the_projects_else_the_agencys(bench: Bench) -> None:
    await bench.work(60, "Own", rate=100)
    await bench.work(60, "Default")
    settings = f"/api/projects/{bench.project['id']}/time-settings"
    invoice = await bench.invoice()
    assert [line["unitPrice"] for line in invoice["lines"]] == [100, 60]
    await bench.http.delete(f"/api/invoices/{invoice['id']}")
    assert (await bench.http.put(settings, json={"rate": 75.5, "currency": "EUR"})).status_code == 200

    async def again() -> httpx.Response | None:
        answer = await bench.ask()
        return answer if answer.status_code == 201 else None

    invoice = (await bench.house.eventually(again)).json()
    assert [line["unitPrice"] for line in invoice["lines"]] == [100, 75.5]


async def test_time_without_any_rate_is_refused_and_stays_free(bench: Bench) -> None:
    entry = await bench.work()
    await bench.http.put("/api/time-settings", json={})
    assert refused(await bench.ask()) == (400, "invalid", "projectId")
    assert await bench.is_free(entry)
    await bench.http.put("/api/time-settings", json={"rate": 0, "currency": "EUR"})
    assert refused(await bench.ask()) == (400, "invalid", "projectId")
    assert await bench.is_free(entry)


async def test_currencies_are_not_mixed(bench: Bench) -> None:
    first = await bench.work()
    await bench.http.patch("/api/auth/agency", json={"currency": "JPY"})
    second = await bench.work(rate=9000)
    assert refused(await bench.ask()) == (400, "invalid", "projectId")
    assert await bench.is_free(first)
    invoice = await bench.invoice(timeEntryIds=[second["id"]])
    assert (invoice["currency"], invoice["amount"]) == ("JPY", 13_500)


async def test_time_is_chosen_by_days_both_included(bench: Bench) -> None:
    entries = [await bench.work(60, f"Day {day}", date=f"2026-11-{day}") for day in (15, 16, 17, 18)]
    invoice = await bench.invoice(**{"from": "2026-11-16", "to": "2026-11-17"})
    assert [line["description"][-6:] for line in invoice["lines"]] == ["Day 16", "Day 17"]
    assert [await bench.is_free(entry) for entry in entries] == [True, False, False, True]


async def test_time_is_chosen_by_entry(bench: Bench) -> None:
    first, second = await bench.work(), await bench.work()
    invoice = await bench.invoice(timeEntryIds=[second["id"], second["id"]])
    assert (len(invoice["lines"]), await bench.is_free(first)) == (1, True)


async def test_lines_are_grouped_and_rounded_as_asked(bench: Bench) -> None:
    shop = await bench.agency.made(
        f"/api/projects/{bench.project['id']}/tasks", {"title": "Shop", "visibleToClient": True}
    )
    for minutes, task in ((1, shop["id"]), (16, shop["id"]), (15, None)):
        await bench.work(minutes, taskId=task)
    invoice = await bench.invoice(groupBy="task", rounding={"minutes": 15, "per": "entry"})
    assert [(line["description"], line["quantity"]) for line in invoice["lines"]] == [("Shop", 0.75), ("Website", 0.25)]


async def test_the_rounding_is_that_of_the_settings_unless_the_invoice_says(bench: Bench) -> None:
    await bench.work(16)
    await bench.http.put("/api/time-settings", json={"rate": 60, "currency": "EUR", "roundingMinutes": 30})
    invoice = await bench.invoice()
    assert invoice["lines"][0]["quantity"] == 0.5
    await bench.http.delete(f"/api/invoices/{invoice['id']}")

    async def again() -> httpx.Response | None:
        answer = await bench.ask(rounding={"minutes": 1})
        return answer if answer.status_code == 201 else None

    assert (await bench.house.eventually(again)).json()["lines"][0]["quantity"] == 0.2667


async def test_a_task_that_the_client_does_not_see_is_not_named_on_its_invoice(bench: Bench) -> None:
    tasks = f"/api/projects/{bench.project['id']}/tasks"
    hidden = await bench.agency.made(tasks, {"title": "CANARY", "visibleToClient": False})
    gone = await bench.agency.made(tasks, {"title": "CANARY two", "visibleToClient": True})
    await bench.work(taskId=hidden["id"], note="CANARY three")
    await bench.work(taskId=gone["id"])
    await bench.http.delete(f"/api/tasks/{gone['id']}")
    invoice = await bench.invoice(groupBy="task", draft=False)
    assert [line["description"] for line in invoice["lines"]] == ["Website"]
    shown = await bench.client.http.get(f"/api/invoices/{invoice['id']}")
    assert (shown.status_code, "CANARY" in shown.text) == (200, False)


@pytest.mark.parametrize("verb", ["delete", "void"])
async def test_time_is_free_again_when_the_draft_is_deleted_or_the_invoice_voided(bench: Bench, verb: str) -> None:
    entry = await bench.work()
    invoice = await bench.invoice(draft=verb == "delete")
    place = f"/api/invoices/{invoice['id']}"
    answer = await (bench.http.delete(place) if verb == "delete" else bench.http.post(f"{place}/void"))
    assert answer.status_code == 200, answer.text
    await bench.house.eventually(lambda: bench.is_free(entry))
    changed = await bench.http.patch(f"/api/time-entries/{entry['id']}", json={"minutes": 30})
    assert changed.status_code == 200
    assert (await bench.invoice())["amount"] == 30


async def test_time_is_invoiced_once(bench: Bench) -> None:
    entry = await bench.work()
    assert refused(await bench.ask(**{"to": "2026-11-01"})) == (409, "no_billable_time", None)
    await bench.invoice()
    assert refused(await bench.ask()) == (409, "no_billable_time", None)
    answer = await bench.ask(timeEntryIds=[entry["id"]])
    assert refused(answer) == (409, "time_entry_locked", None)
    assert answer.json()["timeEntryIds"] == [entry["id"]]


async def test_of_many_at_once_one_gets_the_time(bench: Bench) -> None:
    entries = [await bench.work() for _ in range(3)]
    answers = await asyncio.gather(*(bench.ask() for _ in range(12)))
    assert sorted(answer.status_code for answer in answers) == [201] + [409] * 11
    [made] = [answer.json() for answer in answers if answer.status_code == 201]
    assert len(made["lines"]) == 3
    assert {(await bench.entry(entry))["invoiceId"] for entry in entries} == {made["id"]}
    assert [one["id"] for one in (await bench.http.get("/api/invoices")).json()] == [made["id"]]


async def test_a_repeat_with_the_same_key_makes_one_invoice(bench: Bench) -> None:
    await bench.work()
    headers = {"Idempotency-Key": f"time-{uuid4()}"}
    body = {"projectId": bench.project["id"], "dueDate": "2030-01-31"}
    first, second = [await bench.http.post(PATH, json=body, headers=headers) for _ in range(2)]
    assert (first.status_code, second.status_code, second.json()) == (201, 201, first.json())


async def test_what_fails_after_the_claim_leaves_the_time_free(bench: Bench) -> None:
    nameless = await bench.agency.made("/api/companies", {"name": "Quiet"})
    contact = await bench.agency.made(f"/api/companies/{nameless['id']}/clients", {"name": "No address"})
    project = await bench.agency.made("/api/projects", {"name": "Silent", "clientId": contact["id"]})
    entry = await bench.agency.made(
        f"/api/projects/{project['id']}/time-entries", {"minutes": 60, "description": "Work"}
    )
    answer = await bench.ask(projectId=project["id"], draft=False, sendEmail=True)
    assert refused(answer) == (409, "client_has_no_email", None)
    assert await bench.is_free(entry)
    assert (await bench.http.get("/api/invoices")).json() == []
    assert (await bench.ask(projectId=project["id"])).status_code == 201


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"dueDate": None}, "dueDate"),
    ({"dueDate": "tomorrow"}, "dueDate"),
    ({"from": "2026-13-01"}, "from"),
    ({"from": "2026-11-02", "to": "2026-11-01"}, ""),
    ({"timeEntryIds": []}, "timeEntryIds"),
    ({"timeEntryIds": ["0199f1e2-6a10-4c55-8f3d-2b6c9e4d7a01"], "from": "2026-11-02"}, ""),
    ({"timeEntryIds": ["0199f1e2-6a10-4c55-8f3d-2b6c9e4d7a01"]}, "timeEntryIds"),
    ({"groupBy": "member"}, "groupBy"),
    ({"rounding": {"minutes": 7}}, "rounding.minutes"),
    ({"rounding": {"minutes": 15, "per": "week"}}, "rounding.per"),
    ({"taxRate": 101}, "taxRate"),
    ({"sendEmail": True}, ""),
    ({"currency": "EUR"}, "currency"),
    ({"projectId": "0199f1e2-6a10-4c55-8f3d-2b6c9e4d7a01"}, "projectId"),
]


@pytest.mark.parametrize(("fields", "named"), WRONG, ids=[str(fields)[:40] for fields, _ in WRONG])
async def test_a_wish_that_cannot_be_is_refused_and_locks_nothing(
    bench: Bench, fields: dict[str, Any], named: str
) -> None:
    entry = await bench.work()
    assert refused(await bench.ask(**fields)) == (400, "invalid", named)
    assert await bench.is_free(entry)


async def test_entries_of_elsewhere_and_unbillable_ones_are_refused(bench: Bench) -> None:
    entry, spare = await bench.work(), await bench.work(billable=False)
    other = await bench.agency.project(bench.client, "Other")
    theirs = await bench.agency.made(
        f"/api/projects/{other['id']}/time-entries", {"minutes": 60, "description": "Work"}
    )
    for ids in ([theirs["id"], entry["id"]], [str(uuid4())], [spare["id"]]):
        assert refused(await bench.ask(timeEntryIds=ids)) == (400, "invalid", "timeEntryIds")
    assert await bench.is_free(entry)


async def test_foreign_deleted_and_unknown_projects_answer_alike(bench: Bench) -> None:
    await bench.work()
    other = await bench.house.agency("Other")
    gone = await bench.agency.project(bench.client, "Gone")
    await bench.http.delete(f"/api/projects/{gone['id']}")
    body = {"dueDate": "2030-01-31"}
    answers = [
        await other.http.post(PATH, json=body | {"projectId": bench.project["id"]}),
        await other.http.post(PATH, json=body | {"projectId": str(uuid4())}),
        await bench.ask(projectId=gone["id"]),
    ]
    assert {refused(answer) for answer in answers} == {(400, "invalid", "projectId")}


async def test_clients_and_strangers_invoice_nothing(bench: Bench) -> None:
    entry = await bench.work()
    body = {"projectId": bench.project["id"], "dueDate": "2030-01-31"}
    assert refused(await bench.client.http.post(PATH, json=body)) == (403, "staff_only", None)
    assert refused(await bench.house.gateway.post(PATH, json=body)) == (401, "unauthenticated", None)
    assert refused(await (await bench.agency.api_key("read")).post(PATH, json=body)) == (403, "scope_missing", None)
    assert await bench.is_free(entry)
    assert (await (await bench.agency.member()).post(PATH, json=body)).status_code == 201


async def test_while_projects_is_away_nothing_is_made(till: Till) -> None:
    body = {"projectId": str(uuid4()), "dueDate": "2030-01-31"}
    answer = await till.agency.http.post(PATH, json=body)
    assert refused(answer) == (503, "unavailable", None)
    assert (await till.agency.http.get("/api/invoices")).json() == []
