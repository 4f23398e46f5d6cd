"""Recurring invoices as staff handle them: what may be asked for, what is shown, and who may."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from services.billing.tests.quoting import code
from services.billing.tests.retaining import Retainer, retainer_in
from tests.house import House

KEYS = {
    *("id", "status", "clientId", "client", "projectId", "currency", "lines", "taxInclusive", "discount", "subtotal"),
    *("discountTotal", "taxes", "taxTotal", "amount", "notes", "frequency", "interval", "startsOn", "endsOn"),
    *("occurrences", "daysUntilDue", "sendEmail", "draft", "nextOn", "lastInvoiceId", "issuedCount"),
    *("error", "failedAt", "createdAt", "updatedAt"),
}
LINES = [{"description": "Care", "quantity": 2, "unitPrice": 50.25, "taxRate": 19, "taxName": "VAT"}]


@pytest.fixture
async def retainer(house: House) -> AsyncIterator[Retainer]:
    async with retainer_in(house, "America/Los_Angeles") as made:
        yield made


async def test_what_was_made_is_shown_alike_alone_and_in_the_list(retainer: Retainer) -> None:
    project = await retainer.agency.project(retainer.client)
    discount = {"type": "amount", "value": 0.5}
    made = await retainer.recurring(
        lines=LINES, discount=discount, projectId=project["id"], interval=2, occurrences=6, notes="Each second month"
    )
    assert set(made) == KEYS
    assert (made["status"], made["interval"], made["nextOn"]) == ("active", 2, str(retainer.day(1)))
    assert (made["subtotal"], made["discountTotal"], made["taxTotal"], made["amount"]) == (100.5, 0.5, 19, 119)
    assert (made["daysUntilDue"], made["sendEmail"], made["draft"], made["lastInvoiceId"]) == (14, False, False, None)
    assert await retainer.reload(made) == made
    assert await retainer.read("/api/recurring-invoices") == [made]


async def test_the_currency_is_the_agencys_unless_it_says_otherwise(retainer: Retainer) -> None:
    answer = await retainer.agency.http.patch("/api/auth/agency", json={"currency": "JPY"})
    assert answer.status_code == 200
    retainer.house.clock.advance(minutes=6)
    body = {name: value for name, value in retainer.body(amount=1500).items() if name != "currency"}
    assert (await retainer.agency.made("/api/recurring-invoices", body))["currency"] == "JPY"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"frequency": "daily"}, "frequency"),
        ({"interval": 0}, "interval"),
        ({"interval": 101}, "interval"),
        ({"interval": "1"}, "interval"),
        ({"startsOn": "2027-02-30"}, "startsOn"),
        ({"endsOn": "2020-01-31"}, "endsOn"),
        ({"startsOn": "2020-01-31", "endsOn": "2021-01-31"}, "endsOn"),
        ({"occurrences": 0}, "occurrences"),
        ({"occurrences": 3, "endsOn": "2099-01-31"}, "occurrences"),
        ({"daysUntilDue": -1}, "daysUntilDue"),
        ({"daysUntilDue": 366}, "daysUntilDue"),
        ({"draft": True, "sendEmail": True}, "sendEmail"),
        ({"clientId": str(uuid4())}, "clientId"),
        ({"projectId": "01890a5d-ac96-774b-bcce-b302099a8057"}, "projectId"),
        ({"amount": 0.001}, "amount"),
        ({"lines": []}, "lines"),
        ({"lines": [{"description": "Free", "unitPrice": 0}]}, "amount"),
        ({"status": "ended"}, "status"),
        ({"nextOn": "2027-01-31"}, "nextOn"),
        ({"issuedCount": 5}, "issuedCount"),
    ],
    ids=lambda value: str(sorted(value)) if isinstance(value, dict) else str(value),
)
async def test_what_makes_no_sense_is_refused(retainer: Retainer, wrong: dict[str, Any], field: str) -> None:
    answer = await retainer.create(**wrong)
    assert answer.status_code == 400, answer.text
    assert [error["field"] for error in answer.json()["errors"]] == [field]
    assert await retainer.read("/api/recurring-invoices") == []


async def test_a_client_without_an_address_cannot_be_mailed(retainer: Retainer) -> None:
    company = await retainer.agency.company()
    contact = await retainer.agency.made(f"/api/companies/{company.id}/clients", {"name": "No Address"})
    assert code(await retainer.create(clientId=contact["id"], sendEmail=True)) == (409, "client_has_no_email")
    quiet = await retainer.recurring(clientId=contact["id"])
    assert code(await retainer.change(quiet, sendEmail=True)) == (409, "client_has_no_email")


async def test_a_change_holds_for_what_comes_and_not_for_what_was_issued(retainer: Retainer) -> None:
    first = retainer.day(1)
    recurring = await retainer.recurring(frequency="weekly")
    await retainer.on(first)
    changed = (await retainer.change(recurring, lines=LINES, notes="Dearer", daysUntilDue=3)).json()
    assert (changed["amount"], changed["notes"], changed["nextOn"]) == (
        119.6,
        "Dearer",
        str(first + timedelta(weeks=1)),
    )
    await retainer.on(first + timedelta(weeks=1))
    assert [(invoice["amount"], invoice["notes"]) for invoice in await retainer.invoices()] == [
        (100, ""),
        (119.6, "Dearer"),
    ]


async def test_a_changed_rhythm_counts_from_its_first_day(retainer: Retainer) -> None:
    recurring = await retainer.recurring()
    start = retainer.day(-40)
    changed = (await retainer.change(recurring, startsOn=str(start), frequency="weekly", interval=6)).json()
    assert (changed["nextOn"], changed["interval"]) == (str(start + timedelta(weeks=6)), 6)
    ended = (await retainer.change(recurring, endsOn=str(start + timedelta(weeks=1)))).json()
    assert (ended["status"], ended["nextOn"]) == ("ended", None)
    again = (await retainer.change(recurring, endsOn=None)).json()
    assert (again["status"], again["nextOn"]) == ("active", changed["nextOn"])


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"currency": "JPY"}, "currency"),
        ({"endsOn": "2020-01-31"}, "endsOn"),
        ({"occurrences": 2, "endsOn": "2099-01-31"}, "occurrences"),
        ({"draft": True, "sendEmail": True}, "sendEmail"),
        ({"clientId": str(uuid4())}, "clientId"),
        ({"lastInvoiceId": None}, "lastInvoiceId"),
        ({"notes": None}, "notes"),
    ],
    ids=lambda value: str(sorted(value)) if isinstance(value, dict) else str(value),
)
async def test_a_change_that_makes_no_sense_is_refused(retainer: Retainer, wrong: dict[str, Any], field: str) -> None:
    recurring = await retainer.recurring()
    answer = await retainer.change(recurring, **wrong)
    assert answer.status_code == 400, answer.text
    assert [error["field"] for error in answer.json()["errors"]] == [field]
    assert await retainer.reload(recurring) == recurring


async def test_a_stale_page_changes_and_deletes_nothing(retainer: Retainer) -> None:
    recurring = await retainer.recurring()
    path = f"/api/recurring-invoices/{recurring['id']}"
    etag = (await retainer.http.get(path)).headers["etag"]
    changed = await retainer.http.patch(path, json={"notes": "New"}, headers={"If-Match": etag})
    assert (changed.status_code, changed.headers["etag"] != etag) == (200, True)
    stale = {"If-Match": etag}
    assert code(await retainer.http.patch(path, json={"notes": "Newer"}, headers=stale)) == (412, "precondition_failed")
    assert code(await retainer.http.delete(path, headers=stale)) == (412, "precondition_failed")
    assert (await retainer.reload(recurring))["notes"] == "New"


async def test_only_what_goes_on_is_paused_and_only_what_stopped_is_resumed(retainer: Retainer) -> None:
    recurring = await retainer.recurring()
    assert code(await retainer.act(recurring, "resume")) == (409, "recurring_invoice_active")
    assert (await retainer.act(recurring, "pause")).status_code == 200
    assert code(await retainer.act(recurring, "pause")) == (409, "recurring_invoice_paused")
    await retainer.change(recurring, endsOn=str(retainer.day(1)))
    assert (await retainer.reload(recurring))["status"] == "paused"
    retainer.house.clock.advance(days=3)
    assert (await retainer.act(recurring, "resume")).json()["status"] == "ended"
    for verb in ("pause", "resume"):
        assert code(await retainer.act(recurring, verb)) == (409, "recurring_invoice_ended")


async def test_what_is_deleted_issues_nothing_and_leaves_its_invoices(retainer: Retainer) -> None:
    recurring = await retainer.recurring(frequency="weekly")
    await retainer.on(retainer.day(1))
    answer = await retainer.http.delete(f"/api/recurring-invoices/{recurring['id']}")
    assert answer.json() == {"id": recurring["id"], "deleted": True}
    await retainer.on(retainer.day(8))
    assert len(await retainer.invoices()) == 1
    for part in ("", "/upcoming", "/periods"):
        assert (await retainer.http.get(f"/api/recurring-invoices/{recurring['id']}{part}")).status_code == 404


async def test_lists_are_filtered_searched_and_paged(retainer: Retainer) -> None:
    other = await retainer.agency.client("Grace Hopper")
    first, second = await retainer.recurring(notes="100% care"), await retainer.recurring(clientId=other.id)
    await retainer.act(second, "pause")

    async def ids(query: str) -> list[str]:
        return [one["id"] for one in await retainer.read(f"/api/recurring-invoices?{query}")]

    assert await ids("") == [second["id"], first["id"]]
    assert await ids("status=paused") == [second["id"]]
    assert await ids(f"clientId={retainer.client.id}") == [first["id"]]
    assert (await ids("q=hopper"), await ids("q=0%25%20c"), await ids("q=%25%25")) == (
        [second["id"]],
        [first["id"]],
        [],
    )
    page = await retainer.http.get("/api/recurring-invoices?limit=1")
    assert [one["id"] for one in page.json()] == [second["id"]]
    assert [one["id"] for one in await retainer.read(page.links["next"]["url"])] == [first["id"]]


async def test_periods_are_paged(retainer: Retainer) -> None:
    recurring = await retainer.recurring(frequency="weekly")
    first = retainer.day(1)
    await retainer.on(first + timedelta(weeks=2))
    path = f"/api/recurring-invoices/{recurring['id']}/periods"
    page = await retainer.http.get(f"{path}?limit=2")
    rest = await retainer.read(page.links["next"]["url"])
    assert [one["periodOn"] for one in [*page.json(), *rest]] == [
        str(first + timedelta(weeks=week)) for week in (2, 1, 0)
    ]
    assert {one["invoiceId"] for one in [*page.json(), *rest]} == {one["id"] for one in await retainer.invoices()}


async def test_the_next_twelve_days_are_told(retainer: Retainer) -> None:
    recurring = await retainer.recurring(frequency="yearly", startsOn="2096-02-29")
    assert await retainer.upcoming(recurring) == [
        f"{year}-02-{29 if year in (2096, 2104) else 28}" for year in range(2096, 2108)
    ]


async def test_nobody_else_sees_or_touches_them(retainer: Retainer, house: House) -> None:
    recurring = await retainer.recurring()
    path = f"/api/recurring-invoices/{recurring['id']}"
    stranger = await house.agency()
    assert (await stranger.http.get("/api/recurring-invoices")).json() == []
    for http, status in ((stranger.http, 404), (retainer.client.http, 403)):
        for method, where, body in (
            ("GET", path, None),
            ("PATCH", path, {"notes": "x"}),
            ("DELETE", path, None),
            ("POST", f"{path}/pause", None),
            ("POST", f"{path}/resume", None),
            ("GET", f"{path}/upcoming", None),
            ("GET", f"{path}/periods", None),
        ):
            assert (await http.request(method, where, json=body)).status_code == status, (method, where)
    assert (await retainer.client.http.get("/api/recurring-invoices")).status_code == 403
    foreign = await stranger.client()
    assert (await retainer.create(clientId=foreign.id)).status_code == 400
    member = await retainer.agency.member("member")
    assert (await member.get(path)).status_code == 200
    reader = await retainer.agency.api_key("read")
    assert code(await reader.post(f"{path}/pause")) == (403, "scope_missing")
