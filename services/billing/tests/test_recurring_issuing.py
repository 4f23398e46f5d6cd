"""Issuing recurring invoices: each period once, as its day begins where the agency is, whatever stood still."""

import asyncio
from calendar import monthrange
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from chassis.principals import ActorKind
from services.billing.recurring_invoices.issuing import issue_due
from services.billing.tests.retaining import Retainer, retainer_in
from services.billing.tests.schedules import go_to, meanwhile, move, set_turn
from tests.house import House

ZONE = "Europe/Berlin"


@pytest.fixture
async def retainer(house: House) -> AsyncIterator[Retainer]:
    async with retainer_in(house, ZONE) as made:
        yield made


def month_ends(year: int) -> list[date]:
    return [date(year, month, monthrange(year, month)[1]) for month in range(1, 13)]


# Clocks that change at the end of a month, and at midnight itself.
@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/Santiago"])
async def test_a_year_brings_each_period_once_as_its_day_begins_with_two_schedulers_at_work(
    house: House, zone: str
) -> None:
    async with retainer_in(house, zone) as retainer:
        year = retainer.day().year + 1
        start = date(year, 1, 31)
        driven = [date(year, 1, 30) + timedelta(days=count) for count in range(366)]
        expected: dict[str, list[date]] = {
            "weekly": driven[1::7],
            "monthly": month_ends(year),
            "quarterly": month_ends(year)[::3],
            "yearly": [start],
        }
        for frequency in expected:
            await retainer.recurring(frequency=frequency, startsOn=str(start), notes=frequency)
        context = house.apps["billing"].state.context
        for day in driven:
            for second in (-30, 30):
                go_to(house, retainer.at(day).astimezone(UTC) + timedelta(seconds=second))
                await asyncio.gather(issue_due(context, house.clock()), issue_due(context, house.clock()))
        invoices = await retainer.invoices()
        for frequency, days in expected.items():
            found = [invoice for invoice in invoices if invoice["notes"] == frequency]
            assert [invoice["issueDate"] for invoice in found] == [str(day) for day in days], frequency
            for invoice, day in zip(found, days, strict=True):
                after = datetime.fromisoformat(invoice["sentAt"]) - retainer.at(day).astimezone(UTC)
                assert timedelta(0) < after < timedelta(minutes=1), (frequency, day)
        numbers = sorted(invoice["number"] for invoice in invoices)
        assert numbers == [f"INV-{number:04d}" for number in range(1, len(invoices) + 1)]


async def test_an_invoice_is_issued_like_one_that_somebody_makes(retainer: Retainer) -> None:
    lines = [{"description": "Care", "quantity": 2, "unitPrice": 50, "taxRate": 19, "taxName": "VAT"}]
    discount = {"type": "percent", "value": 10}
    content = {"lines": lines, "discount": discount, "notes": "Thank you.", "taxInclusive": True}
    recurring = await retainer.recurring(**content, daysUntilDue=10)
    by_hand = await retainer.agency.made(
        "/api/invoices", {"clientId": retainer.client.id, "currency": "EUR", "dueDate": "2100-01-31", **content}
    )
    await retainer.on(retainer.day(1), 0, 0, 1)
    made = (await retainer.invoices())[-1]
    same = ("lines", "discount", "taxes", "amount", "amountDue", "notes", "taxInclusive", "client", "status")
    assert {name: made[name] for name in same} == {name: by_hand[name] for name in same}
    assert (made["issueDate"], made["dueDate"]) == (str(retainer.day()), str(retainer.day(10)))
    (created,), (sent,) = [
        [event for event in await retainer.announced(subject) if event.data["id"] == made["id"]]
        for subject in ("invoice.created", "invoice.sent")
    ]
    assert (created.actor.kind, sent.actor.kind, sent.internal) == (
        ActorKind.SYSTEM,
        ActorKind.SYSTEM,
        {"sendEmail": False},
    )
    after = await retainer.reload(recurring)
    assert (after["lastInvoiceId"], after["issuedCount"], after["status"]) == (made["id"], 1, "active")
    assert (await retainer.client.http.get(f"/api/invoices/{made['id']}")).status_code == 200


async def test_the_first_day_is_today_when_it_says_so(retainer: Retainer) -> None:
    await retainer.recurring(startsOn=str(retainer.day()))
    await retainer.issue()
    await retainer.issue()
    assert [invoice["issueDate"] for invoice in await retainer.invoices()] == [str(retainer.day())]


async def test_days_before_it_was_made_are_left_out_and_still_counted_from(retainer: Retainer) -> None:
    start = date(retainer.day().year - 1, 1, 31)
    recurring = await retainer.recurring(startsOn=str(start))
    await retainer.issue()
    assert await retainer.invoices() == []
    month = retainer.day().replace(day=1)
    expected = [day for year in (month.year, month.year + 1) for day in month_ends(year) if day >= retainer.day()]
    assert await retainer.upcoming(recurring) == [str(day) for day in expected[:12]]


async def test_after_a_standstill_each_missed_period_has_its_invoice_in_order(retainer: Retainer) -> None:
    recurring = await retainer.recurring(frequency="weekly")
    first = retainer.day(1)
    await retainer.on(first + timedelta(weeks=5, days=3), 12)
    invoices = await retainer.invoices()
    assert await retainer.periods(recurring) == [str(first + timedelta(weeks=week)) for week in range(6)]
    assert [invoice["number"] for invoice in invoices] == [f"INV-{number:04d}" for number in range(1, 7)]
    # They leave the house on the day that they are made, and nobody is late because of us.
    assert {invoice["issueDate"] for invoice in invoices} == {str(retainer.day())}
    assert {invoice["dueDate"] for invoice in invoices} == {str(retainer.day(14))}
    assert (await retainer.reload(recurring))["nextOn"] == str(first + timedelta(weeks=6))


async def test_many_that_come_at_once_make_one_invoice(retainer: Retainer) -> None:
    recurring = await retainer.recurring(frequency="weekly")
    go_to(retainer.house, retainer.at(retainer.day(10)))
    await asyncio.gather(*(retainer.issue() for _ in range(8)))
    assert len(await retainer.periods(recurring)) == len(await retainer.invoices()) == 2


async def test_it_ends_after_its_last_day(retainer: Retainer) -> None:
    first = retainer.day(1)
    recurring = await retainer.recurring(frequency="weekly", endsOn=str(first + timedelta(weeks=2)))
    assert await retainer.upcoming(recurring) == [str(first + timedelta(weeks=week)) for week in range(3)]
    await retainer.on(first + timedelta(weeks=9))
    after = await retainer.reload(recurring)
    assert (after["status"], after["nextOn"], after["issuedCount"]) == ("ended", None, 3)
    assert await retainer.upcoming(recurring) == []


async def test_it_ends_after_its_last_occurrence_and_goes_on_with_more(retainer: Retainer) -> None:
    first = retainer.day(1)
    recurring = await retainer.recurring(frequency="weekly", occurrences=2)
    assert len(await retainer.upcoming(recurring)) == 2
    await retainer.on(first + timedelta(weeks=3, days=1))
    assert (await retainer.reload(recurring))["status"] == "ended"
    more = (await retainer.change(recurring, occurrences=3)).json()
    assert (more["status"], more["nextOn"]) == ("active", str(first + timedelta(weeks=4)))
    await retainer.on(first + timedelta(weeks=9))
    assert [(await retainer.reload(recurring))[name] for name in ("status", "issuedCount")] == ["ended", 3]


async def test_the_periods_of_a_pause_are_not_made_up_for(retainer: Retainer) -> None:
    first = retainer.day(1)
    recurring = await retainer.recurring(frequency="weekly")
    await retainer.on(first)
    paused = (await retainer.act(recurring, "pause")).json()
    assert (paused["status"], paused["nextOn"], await retainer.upcoming(recurring)) == ("paused", None, [])
    await retainer.on(first + timedelta(weeks=3, days=1))
    resumed = (await retainer.act(recurring, "resume")).json()
    assert (resumed["status"], resumed["nextOn"]) == ("active", str(first + timedelta(weeks=4)))
    await retainer.on(first + timedelta(weeks=4))
    assert await retainer.periods(recurring) == [str(first), str(first + timedelta(weeks=4))]


async def test_one_that_is_paused_while_it_is_looked_at_issues_nothing(retainer: Retainer) -> None:
    recurring = await retainer.recurring()
    go_to(retainer.house, retainer.at(retainer.day(1)))
    pause = "UPDATE recurring_invoices SET status = 'paused', next_on = NULL, due_at = NULL"
    change = f"{pause} WHERE id = '{recurring['id']}' RETURNING id"
    await meanwhile(retainer.house, retainer.agency, change, retainer.issue)
    assert ((await retainer.reload(recurring))["status"], await retainer.invoices()) == ("paused", [])


async def test_a_period_is_not_invoiced_again_when_its_day_is_given_anew(retainer: Retainer) -> None:
    first = retainer.day(1)
    recurring = await retainer.recurring(frequency="weekly")
    await retainer.on(first)
    await retainer.act(recurring, "pause")
    resumed = (await retainer.act(recurring, "resume")).json()
    assert resumed["nextOn"] == str(first + timedelta(weeks=1))
    changed = (await retainer.change(recurring, startsOn=str(first), frequency="monthly")).json()
    assert changed["nextOn"] > str(first)
    await retainer.issue()
    assert await retainer.periods(recurring) == [str(first)]


async def test_drafts_wait_to_be_sent_and_may_be_thrown_away(retainer: Retainer) -> None:
    recurring = await retainer.recurring(draft=True)
    await retainer.on(retainer.day(1))
    (draft,) = await retainer.invoices()
    assert (draft["status"], draft["number"], draft["issueDate"]) == ("draft", None, None)
    assert (await retainer.client.http.get("/api/invoices")).json() == []
    assert (await retainer.http.delete(f"/api/invoices/{draft['id']}")).status_code == 200
    after = await retainer.reload(recurring)
    assert (after["lastInvoiceId"], after["issuedCount"]) == (None, 1)
    (period,) = await retainer.read(f"/api/recurring-invoices/{recurring['id']}/periods")
    assert (period["periodOn"], period["invoiceId"]) == (str(retainer.day()), None)
    await retainer.issue()
    assert await retainer.invoices() == []


async def test_the_client_is_mailed_when_it_says_so(retainer: Retainer) -> None:
    await retainer.recurring(sendEmail=True)
    await retainer.on(retainer.day(1))
    (invoice,) = await retainer.invoices()

    async def mailed() -> list[dict[str, Any]]:
        mails = await retainer.house.mails(retainer.client.email)
        return [mail for mail in mails if mail["subject"].startswith("Invoice INV-0001")]

    (mail,) = await retainer.house.eventually(mailed)
    assert invoice["paymentUrl"] in mail["links"]


async def test_more_than_fit_a_batch_are_all_issued(retainer: Retainer) -> None:
    made = [await retainer.recurring() for _ in range(5)]
    go_to(retainer.house, retainer.at(retainer.day(1)))
    await issue_due(retainer.house.apps["billing"].state.context, retainer.house.clock(), batch=2)
    assert [len(await retainer.periods(one)) for one in made] == [1] * 5


async def test_an_agency_that_moves_has_its_days_begin_elsewhere(retainer: Retainer) -> None:
    day = retainer.day(2)
    await retainer.recurring(startsOn=str(day))
    await move(retainer.house, retainer.agency, "Pacific/Pago_Pago")
    await retainer.on(day, 1)
    assert await retainer.invoices() == []
    there = Retainer(retainer.house, retainer.agency, retainer.client, retainer.http, "Pacific/Pago_Pago")
    await there.on(day, 0, 0, 1)
    assert [invoice["issueDate"] for invoice in await there.invoices()] == [str(day)]


async def test_the_scheduler_runs_the_job_when_it_is_due(retainer: Retainer) -> None:
    await retainer.recurring()
    go_to(retainer.house, retainer.at(retainer.day(1)))
    scheduler = retainer.house.apps["billing"].state.context.scheduler
    await scheduler.tick()
    assert await retainer.invoices() == []
    await set_turn(retainer.house, "recurring_invoices", datetime(2000, 1, 1, tzinfo=UTC))
    await scheduler.tick()
    await retainer.house.eventually(retainer.invoices)
