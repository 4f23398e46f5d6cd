"""Reminders: on the days that the agency has set, in its zone, each once, and never about what is settled."""

import asyncio
from collections.abc import AsyncIterator
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest

from chassis.events import Event
from services.billing.reminders.following import follow_up_invoices
from services.billing.tests.factories import Desk, open_desk
from services.billing.tests.schedules import go_to, held, local, move
from tests.house import House

DAYS = {"daysBeforeDue": [3], "daysAfterDue": [1, 7, 14]}
ZONE = "America/New_York"


@pytest.fixture
async def desk(house: House) -> AsyncIterator[Desk]:
    """A desk in New York at noon, when the date there is that of UTC; the house's own loop leaves invoices alone."""
    async with held(house, "invoice_follow_up"):
        tomorrow = house.clock().date() + timedelta(days=1)
        go_to(house, local(ZONE, tomorrow.year, tomorrow.month, tomorrow.day, 12))
        desk = await open_desk(house)
        await move(house, desk.agency, ZONE)
        yield desk


async def set_days(desk: Desk, **more: Any) -> httpx.Response:
    answer = await desk.http.put("/api/reminder-settings", json={**DAYS, "active": True, **more})
    assert answer.status_code == 200, answer.text
    return answer


async def follow_up(desk: Desk) -> None:
    await follow_up_invoices(desk.house.apps["billing"].state.context, desk.house.clock())


async def on(desk: Desk, day: date, *clock: int) -> None:
    """Follow up at a time of a day in New York, at ten unless it says otherwise."""
    go_to(desk.house, local(ZONE, day.year, day.month, day.day, *(clock or (10,))))
    await follow_up(desk)


async def due_in(desk: Desk, count: int, **more: Any) -> tuple[dict[str, Any], date]:
    """An issued invoice that is due in so many days, and the day."""
    day = (desk.house.clock() + timedelta(days=count)).date()
    invoice = await desk.invoice(dueDate=day.isoformat(), **more)
    await follow_up(desk)
    return invoice, day


async def sent(desk: Desk, invoice: dict[str, Any]) -> list[int]:
    """The reminders of an invoice by their days from the due date, oldest first, as REST lists them."""
    answer = await desk.http.get(f"/api/invoices/{invoice['id']}/reminders")
    assert answer.status_code == 200, answer.text
    return [one["daysFromDue"] for one in reversed(answer.json())]


async def events(desk: Desk, invoice: dict[str, Any]) -> list[Event]:
    """The reminders that were announced."""
    async with desk.house.database("billing").reader(UUID(desk.agency.id)) as reader:
        rows = await reader.fetch(
            "SELECT envelope FROM outbox WHERE subject = 'events.billing.invoice.reminded' ORDER BY id"
        )
    found = [Event.decode(bytes(row["envelope"])) for row in rows]
    return [event for event in found if str(event.aggregate_id) == invoice["id"]]


async def test_nothing_is_sent_until_the_agency_has_it_so(desk: Desk) -> None:
    shown = await desk.http.get("/api/reminder-settings")
    assert shown.json() == {**DAYS, "active": False, "updatedAt": None}
    invoice, day = await due_in(desk, 5)
    for offset in (-3, 1, 7):
        await on(desk, day + timedelta(days=offset))
    assert await sent(desk, invoice) == []


async def test_what_was_set_is_shown_in_order_and_each_day_once(desk: Desk) -> None:
    answer = await set_days(desk, daysBeforeDue=[7, 0, 7], daysAfterDue=[])
    assert {**answer.json(), "updatedAt": "x"} == {
        "daysBeforeDue": [0, 7],
        "daysAfterDue": [],
        "active": True,
        "updatedAt": "x",
    }
    again = await desk.http.get("/api/reminder-settings")
    assert (again.json(), again.headers["etag"]) == (answer.json(), answer.headers["etag"])


async def test_settings_are_each_agencys_own(desk: Desk, house: House) -> None:
    await set_days(desk)
    stranger = await house.agency()
    assert (await stranger.http.get("/api/reminder-settings")).json()["active"] is False


async def test_settings_that_somebody_else_has_changed_are_not_overwritten(desk: Desk) -> None:
    before = (await desk.http.get("/api/reminder-settings")).headers["etag"]
    body = {**DAYS, "active": True}
    assert (await desk.http.put("/api/reminder-settings", json=body, headers={"If-Match": before})).status_code == 200
    late = await desk.http.put("/api/reminder-settings", json=body, headers={"If-Match": before})
    assert (late.status_code, late.json()["code"]) == (412, "precondition_failed")


async def test_settings_that_are_set_at_once_are_one(desk: Desk) -> None:
    await asyncio.gather(*(set_days(desk, daysBeforeDue=[count]) for count in range(5)))
    assert len((await desk.http.get("/api/reminder-settings")).json()["daysBeforeDue"]) == 1


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"daysBeforeDue": [-1]}, "daysBeforeDue.0"),
        ({"daysAfterDue": [0]}, "daysAfterDue.0"),
        ({"daysAfterDue": [366]}, "daysAfterDue.0"),
        ({"daysAfterDue": ["7"]}, "daysAfterDue.0"),
        ({"daysAfterDue": list(range(1, 12))}, "daysAfterDue"),
        ({"active": None}, "active"),
        ({"agencyId": "x"}, "agencyId"),
    ],
)
async def test_settings_that_make_no_sense_are_refused(desk: Desk, wrong: dict[str, Any], field: str) -> None:
    answer = await desk.http.put("/api/reminder-settings", json={**DAYS, "active": True, **wrong})
    assert answer.status_code == 400
    assert [error["field"] for error in answer.json()["errors"]] == [field]


async def test_each_reminder_is_sent_once_at_nine_where_the_agency_is(desk: Desk) -> None:
    await set_days(desk)
    invoice, day = await due_in(desk, 6)
    expected: list[int] = []
    for offset in (-3, 1, 7, 14):
        then = day + timedelta(days=offset)
        await on(desk, then, 8, 59, 58)
        assert await sent(desk, invoice) == expected
        await on(desk, then, 9, 0, 1)
        expected.append(offset)
        assert await sent(desk, invoice) == expected
        await asyncio.gather(*(follow_up(desk) for _ in range(3)))
    await on(desk, day + timedelta(days=21))
    assert await sent(desk, invoice) == expected
    told = await events(desk, invoice)
    assert [event.internal for event in told] == [{"daysFromDue": offset} for offset in expected]
    assert [event.data["overdue"] for event in told] == [False, True, True, True]


async def test_nothing_happens_on_other_days(desk: Desk) -> None:
    await set_days(desk, daysBeforeDue=[2], daysAfterDue=[2])
    invoice, day = await due_in(desk, 5)
    for offset in (-3, -1, 0, 1):
        await on(desk, day + timedelta(days=offset))
        assert await sent(desk, invoice) == ([-2] if offset > -2 else [])


async def test_after_a_standstill_only_the_newest_of_those_missed_is_sent(desk: Desk) -> None:
    await set_days(desk)
    invoice, day = await due_in(desk, 6)
    await on(desk, day + timedelta(days=9))
    assert await sent(desk, invoice) == [7]
    await on(desk, day + timedelta(days=14))
    assert await sent(desk, invoice) == [7, 14]


async def test_what_is_settled_or_no_invoice_yet_is_not_reminded_of(desk: Desk) -> None:
    await set_days(desk)
    draft, day = await due_in(desk, 6, draft=True)
    paid, _ = await due_in(desk, 6)
    void, _ = await due_in(desk, 6)
    await desk.act(paid, "payments", amount=100)
    await desk.act(void, "void")
    for offset in (-3, 1):
        await on(desk, day + timedelta(days=offset))
    assert [await sent(desk, one) for one in (draft, paid, void)] == [[], [], []]


async def test_one_that_is_paid_between_reminders_is_reminded_of_no_more(desk: Desk) -> None:
    await set_days(desk)
    invoice, day = await due_in(desk, 6)
    await on(desk, day + timedelta(days=-3))
    await desk.act(invoice, "payments", amount=30)
    await on(desk, day + timedelta(days=1))
    assert [event.data["amountDue"] for event in await events(desk, invoice)] == [100, 70]
    await desk.act(invoice, "payments", amount=70)
    await on(desk, day + timedelta(days=7))
    assert await sent(desk, invoice) == [-3, 1]


async def test_the_day_of_issue_is_no_day_to_remind(desk: Desk) -> None:
    await set_days(desk)
    soon, day = await due_in(desk, 3)
    late, _ = await due_in(desk, -1)
    await on(desk, desk.house.clock().date(), 23, 0)
    assert [await sent(desk, one) for one in (soon, late)] == [[], []]
    await on(desk, day + timedelta(days=1))
    assert await sent(desk, soon) == [1]


async def test_days_before_the_settings_were_made_are_not_made_up_for(desk: Desk) -> None:
    invoice, day = await due_in(desk, 4)
    await on(desk, day + timedelta(days=5))
    await set_days(desk)
    await follow_up(desk)
    assert await sent(desk, invoice) == []
    await on(desk, day + timedelta(days=7))
    assert await sent(desk, invoice) == [7]


async def test_a_change_of_the_days_repeats_nothing(desk: Desk) -> None:
    await set_days(desk)
    invoice, day = await due_in(desk, 4)
    await on(desk, day + timedelta(days=1))
    await set_days(desk, daysAfterDue=[1, 2])
    await follow_up(desk)
    assert await sent(desk, invoice) == [1]
    await on(desk, day + timedelta(days=2))
    assert await sent(desk, invoice) == [1, 2]
    await set_days(desk, daysAfterDue=[1, 2, 5], active=False)
    await on(desk, day + timedelta(days=5))
    assert await sent(desk, invoice) == [1, 2]


async def test_a_client_without_an_address_is_not_written_to(desk: Desk) -> None:
    await set_days(desk)
    company = await desk.agency.company()
    contact = await desk.agency.made(f"/api/companies/{company.id}/clients", {"name": "No Address"})
    invoice, day = await due_in(desk, 4, clientId=contact["id"])
    await on(desk, day + timedelta(days=1))
    assert (await sent(desk, invoice), await events(desk, invoice)) == ([], [])


async def test_the_client_is_mailed_with_the_way_to_pay(desk: Desk) -> None:
    await set_days(desk)
    invoice, day = await due_in(desk, 6)

    async def mailed(subject: str) -> list[dict[str, Any]]:
        return [mail for mail in await desk.house.mails(desk.client.email) if subject in mail["subject"]]

    for offset, subject in ((-3, "Reminder: invoice INV-0001 is due on"), (1, "Invoice INV-0001 was due on")):
        await on(desk, day + timedelta(days=offset))
        (mail,) = await desk.house.eventually(lambda subject=subject: mailed(subject))
        assert invoice["paymentUrl"] in mail["links"]
        assert "€100.00" in mail["text"]


async def test_reminders_are_for_the_agency_alone(desk: Desk, house: House) -> None:
    invoice, _ = await due_in(desk, 6)
    path = f"/api/invoices/{invoice['id']}/reminders"
    assert (await desk.client.http.get(path)).status_code == 403
    assert (await (await house.agency()).http.get(path)).status_code == 404
    member = await desk.agency.member("member")
    assert (await member.get(path)).json() == []
    assert (await member.get("/api/reminder-settings")).status_code == 403


async def test_a_zone_that_changes_moves_the_reminder(desk: Desk) -> None:
    await set_days(desk)
    invoice, day = await due_in(desk, 6)
    morning: datetime = local("Asia/Tokyo", day.year, day.month, day.day, 9, 0, 1) - timedelta(days=3)
    go_to(desk.house, morning)
    await follow_up(desk)
    assert await sent(desk, invoice) == []
    await move(desk.house, desk.agency, "Asia/Tokyo")
    await follow_up(desk)
    assert await sent(desk, invoice) == [-3]
