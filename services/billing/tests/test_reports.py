"""Reports: money by month and by age, in sums that agree with the papers, on the days of the agency."""

from collections.abc import AsyncIterator
from datetime import date, timedelta
from typing import Any

import httpx
import pytest

from services.billing.reports.models import Months
from services.billing.tests.factories import Desk, open_desk
from services.billing.tests.schedules import go_to, local, move
from tests.house import House

INCOME, OUTSTANDING = "/api/reports/income", "/api/reports/outstanding"
NOTHING = {"received": 0, "refunded": 0, "income": 0, "invoiced": 0, "credited": 0}
AGES = ["not_due", "1-30", "31-60", "61-90", "over_90"]


@pytest.fixture
async def desk(house: House) -> AsyncIterator[Desk]:
    yield await open_desk(house)
    house.clock.reset()


async def report(desk: Desk, path: str, http: httpx.AsyncClient | None = None, **query: Any) -> dict[str, Any]:
    answer = await (http or desk.http).get(path, params=query)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def paid(desk: Desk, invoice: dict[str, Any], amount: float, **more: Any) -> dict[str, Any]:
    answer = await desk.act(invoice, "payments", amount=amount, **more)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def refunded(desk: Desk, payment: dict[str, Any], amount: float) -> None:
    await desk.agency.made(f"/api/payments/{payment['id']}/refunds", {"amount": amount})


def months_ago(desk: Desk, count: int) -> date:
    """The tenth of a month before this one."""
    return Months.until(desk.house.clock().date(), count + 1).starts[0].replace(day=10)


async def test_what_came_in_went_back_and_was_invoiced_stands_in_its_month(desk: Desk) -> None:
    before, now = months_ago(desk, 2), desk.house.clock().date()
    first = await desk.invoice(amount=1000, issueDate=before.isoformat())
    second = await desk.invoice(amount=300.5)
    payment = await paid(desk, first, 700, receivedOn=before.isoformat())
    await paid(desk, second, 300.5)
    await refunded(desk, payment, 100.25)
    await desk.agency.made(f"/api/invoices/{first['id']}/credit-notes", {"amount": 50})
    shown = await report(desk, INCOME, months=3)
    assert (shown["from"], shown["timeZone"]) == (f"{before:%Y-%m}-01", "UTC")
    [euros] = shown["currencies"]
    earlier = NOTHING | {"received": 700, "income": 700, "invoiced": 1000}
    later = {"received": 300.5, "refunded": 100.25, "income": 200.25, "invoiced": 300.5, "credited": 50}
    assert euros["months"] == [
        {"month": f"{before:%Y-%m}"} | earlier,
        {"month": f"{months_ago(desk, 1):%Y-%m}"} | NOTHING,
        {"month": f"{now:%Y-%m}"} | later,
    ]
    assert {name: euros[name] for name in NOTHING} == {name: earlier[name] + later[name] for name in NOTHING}


async def test_months_before_those_that_are_asked_for_do_not_count(desk: Desk) -> None:
    before = months_ago(desk, 1)
    await paid(desk, await desk.invoice(issueDate=before.isoformat()), 100, receivedOn=before.isoformat())
    assert (await report(desk, INCOME, months=1))["currencies"] == []
    [euros] = (await report(desk, INCOME))["currencies"]
    assert (len(euros["months"]), euros["received"]) == (12, 100)


async def test_currencies_are_never_added_together(desk: Desk) -> None:
    await paid(desk, await desk.invoice(amount=500, currency="JPY"), 500)
    await paid(desk, await desk.invoice(amount=1.234, currency="KWD"), 1.234)
    await desk.invoice(amount=7.5)
    shown = (await report(desk, INCOME, months=1))["currencies"]
    assert [(one["currency"], one["received"], one["invoiced"]) for one in shown] == [
        ("EUR", 0, 7.5),
        ("JPY", 500, 500),
        ("KWD", 1.234, 1.234),
    ]


async def test_drafts_and_what_was_voided_or_credited_in_full_were_not_invoiced(desk: Desk) -> None:
    await desk.invoice(draft=True)
    voided, credited = await desk.invoice(), await desk.invoice()
    assert (await desk.act(voided, "void")).status_code == 200
    await desk.agency.made(f"/api/invoices/{credited['id']}/credit-notes", {"amount": 100})
    assert (await desk.reload(credited))["status"] == "void"
    assert (await report(desk, INCOME, months=1))["currencies"] == []


@pytest.mark.parametrize(
    ("zone", "hours", "is_next"), [("Pacific/Kiritimati", 1, True), ("Pacific/Pago_Pago", -1, False)]
)
async def test_money_counts_on_the_day_on_which_it_came_where_the_agency_is(
    desk: Desk, zone: str, hours: int, is_next: bool
) -> None:
    machine = await desk.agency.api_key("read", "write")
    await move(desk.house, desk.agency, zone)
    invoice = await desk.invoice()
    following = Months.until(desk.house.clock().date(), 1).following
    # In UTC it is still, or already, the other month.
    go_to(desk.house, local(zone, following.year, following.month, 1) + timedelta(hours=hours))
    payment = await machine.post(f"/api/invoices/{invoice['id']}/payments", json={"amount": 60})
    assert payment.status_code == 201, payment.text
    assert payment.json()["receivedOn"].startswith(f"{following:%Y-%m}") is is_next
    back = await machine.post(f"/api/payments/{payment.json()['id']}/refunds", json={"amount": 10})
    assert back.status_code == 201, back.text
    shown = await report(desk, INCOME, machine, months=2)
    assert shown["timeZone"] == zone
    by_month = {one["month"]: (one["received"], one["refunded"]) for one in shown["currencies"][0]["months"]}
    expected = following if is_next else following - timedelta(days=1)
    assert {month: sums for month, sums in by_month.items() if sums != (0, 0)} == {f"{expected:%Y-%m}": (60, 10)}


async def test_what_is_owed_stands_at_its_age(desk: Desk) -> None:
    today = desk.house.clock().date()
    long_ago = (today - timedelta(days=200)).isoformat()
    late = {-5: 1, 0: 2, 1: 4, 30: 8, 31: 16, 60: 32, 61: 64, 90: 128, 91: 256, 150: 512}
    for days, amount in late.items():
        await desk.invoice(amount=amount, issueDate=long_ago, dueDate=(today - timedelta(days=days)).isoformat())
    shown = await report(desk, OUTSTANDING)
    assert shown["on"] == today.isoformat()
    [euros] = shown["currencies"]
    assert [(one["age"], one["amount"], one["invoices"]) for one in euros["ages"]] == [
        ("not_due", 3, 2),
        ("1-30", 12, 2),
        ("31-60", 48, 2),
        ("61-90", 192, 2),
        ("over_90", 768, 2),
    ]
    assert (euros["amount"], euros["invoices"], euros["overdueAmount"], euros["overdueInvoices"]) == (1023, 10, 1020, 8)
    overdue = [one for one in (await desk.http.get("/api/invoices")).json() if one["overdue"]]
    assert (len(overdue), sum(one["amountDue"] for one in overdue)) == (8, 1020)


async def test_only_what_is_left_to_pay_is_owed(desk: Desk) -> None:
    partly, whole, void = [await desk.invoice(amount=100) for _ in range(3)]
    await desk.invoice(amount=100, draft=True)
    await paid(desk, partly, 30)
    await desk.agency.made(f"/api/invoices/{partly['id']}/credit-notes", {"amount": 20})
    await paid(desk, whole, 100)
    await desk.act(void, "void")
    await desk.invoice(amount=9, currency="USD")
    shown = (await report(desk, OUTSTANDING))["currencies"]
    assert [(one["currency"], one["amount"], one["invoices"]) for one in shown] == [("EUR", 50, 1), ("USD", 9, 1)]
    assert [one["age"] for one in shown[0]["ages"]] == AGES


async def test_a_day_ends_when_it_ends_where_the_agency_is(desk: Desk) -> None:
    machine = await desk.agency.api_key("read")
    zone = "America/Los_Angeles"
    await move(desk.house, desk.agency, zone)
    due = desk.house.clock().date() + timedelta(days=3)
    await desk.invoice(dueDate=due.isoformat())
    midnight = local(zone, due.year, due.month, due.day) + timedelta(days=1)
    for moment, age in ((midnight - timedelta(seconds=30), "not_due"), (midnight + timedelta(seconds=1), "1-30")):
        go_to(desk.house, moment)
        [euros] = (await report(desk, OUTSTANDING, machine))["currencies"]
        assert [one["age"] for one in euros["ages"] if one["invoices"]] == [age]


async def test_an_agency_without_money_has_reports_without_rows(desk: Desk, house: House) -> None:
    await paid(desk, await desk.invoice(), 50)
    other = await open_desk(house)
    for path in (INCOME, OUTSTANDING):
        assert (await report(other, path))["currencies"] == []


async def test_reports_are_for_the_agency_alone(desk: Desk) -> None:
    for path in (INCOME, OUTSTANDING):
        refused = await desk.client.http.get(path)
        assert (refused.status_code, refused.json()["code"]) == (403, "staff_only")


@pytest.mark.parametrize("months", ["0", "-1", "121", "x", "1.5"])
async def test_a_count_of_months_that_makes_no_sense_is_refused(desk: Desk, months: str) -> None:
    answer = await desk.http.get(INCOME, params={"months": months})
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, "months")


def test_months_go_on_over_the_turn_of_a_year() -> None:
    months = Months.until(date(2026, 2, 28), 4)
    assert months.names() == ["2025-11", "2025-12", "2026-01", "2026-02"]
    assert (months.starts[0], months.last) == (date(2025, 11, 1), date(2026, 2, 28))
    assert Months.until(date(2026, 12, 31), 1).following == date(2027, 1, 1)
