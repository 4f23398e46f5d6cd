"""Overdue invoices: by the end of the day where the agency is, announced once, and never what is settled."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from chassis.events import Event
from chassis.principals import ActorKind
from services.billing.reminders.following import follow_up_invoices
from services.billing.tests.factories import Desk, open_desk
from services.billing.tests.schedules import go_to, held, local, meanwhile, move, set_turn
from tests.house import House
from tests.listening import listening

ZONES = ("Pacific/Kiritimati", "Europe/Berlin", "UTC", "America/Los_Angeles", "Pacific/Pago_Pago")


@pytest.fixture
async def desk(house: House) -> AsyncIterator[Desk]:
    """A desk in a house whose own loop leaves invoices alone, so that tests say when they are followed up."""
    async with held(house, "invoice_follow_up"):
        yield await open_desk(house)


async def follow_up(desk: Desk) -> None:
    await follow_up_invoices(desk.house.apps["billing"].state.context, desk.house.clock())


async def told(desk: Desk, invoice: dict[str, Any]) -> list[Event]:
    """What was announced of an invoice's being overdue."""
    async with desk.house.database("billing").reader(UUID(desk.agency.id)) as reader:
        rows = await reader.fetch("SELECT envelope FROM outbox WHERE subject = 'events.billing.invoice.overdue'")
    events = [Event.decode(bytes(row["envelope"])) for row in rows]
    return [event for event in events if str(event.aggregate_id) == invoice["id"]]


def in_days(desk: Desk, count: int) -> datetime:
    return desk.house.clock() + timedelta(days=count)


@pytest.mark.parametrize("zone", ZONES)
async def test_an_invoice_is_overdue_from_the_end_of_its_day_where_the_agency_is(desk: Desk, zone: str) -> None:
    await move(desk.house, desk.agency, zone)
    last = in_days(desk, 3).date()
    invoice = await desk.invoice(dueDate=last.isoformat())
    await follow_up(desk)
    midnight = local(zone, last.year, last.month, last.day) + timedelta(days=1)
    go_to(desk.house, midnight - timedelta(seconds=30))
    await follow_up(desk)
    assert ((await desk.reload(invoice))["overdue"], await told(desk, invoice)) == (False, [])
    assert (await desk.http.get("/api/invoices")).json()[0]["overdue"] is False
    go_to(desk.house, midnight + timedelta(seconds=1))
    assert (await desk.reload(invoice))["overdue"] is True
    assert (await desk.http.get("/api/invoices")).json()[0]["overdue"] is True
    await follow_up(desk)
    (event,) = await told(desk, invoice)
    assert (event.data, event.actor.kind) == (await desk.reload(invoice), ActorKind.SYSTEM)
    assert event.data["overdue"] is True


async def test_it_is_announced_once_however_many_look(desk: Desk) -> None:
    invoice = await desk.invoice(dueDate=in_days(desk, 2).date().isoformat())
    desk.house.clock.advance(days=4)
    await asyncio.gather(*(follow_up(desk) for _ in range(4)))
    await follow_up(desk)
    desk.house.clock.advance(days=1)
    await move(desk.house, desk.agency, "Asia/Tokyo")
    await follow_up(desk)
    assert len(await told(desk, invoice)) == 1


async def test_what_is_issued_late_is_overdue_at_once(desk: Desk) -> None:
    invoice = await desk.invoice(dueDate=in_days(desk, -9).date().isoformat())
    assert invoice["overdue"] is True
    await follow_up(desk)
    assert len(await told(desk, invoice)) == 1


async def test_drafts_and_what_is_paid_or_void_are_never_announced(desk: Desk) -> None:
    due = {"dueDate": in_days(desk, 2).date().isoformat()}
    draft, paid, void = await desk.invoice(draft=True, **due), await desk.invoice(**due), await desk.invoice(**due)
    await desk.act(paid, "payments", amount=100)
    await desk.act(void, "void")
    before = [await desk.reload(invoice) for invoice in (draft, paid, void)]
    desk.house.clock.advance(days=5)
    await follow_up(desk)
    for invoice in before:
        assert (await desk.reload(invoice), await told(desk, invoice)) == (invoice, [])


async def test_a_part_that_is_left_to_pay_is_overdue(desk: Desk) -> None:
    invoice = await desk.invoice(dueDate=in_days(desk, 2).date().isoformat())
    await desk.act(invoice, "payments", amount=40)
    desk.house.clock.advance(days=5)
    await follow_up(desk)
    (event,) = await told(desk, invoice)
    assert (event.data["status"], event.data["amountDue"]) == ("partially_paid", 60)


async def test_an_agency_that_moves_west_gets_its_day_back_and_hears_nothing_twice(desk: Desk) -> None:
    await move(desk.house, desk.agency, "Pacific/Kiritimati")
    last = in_days(desk, 2).date()
    invoice = await desk.invoice(dueDate=last.isoformat())
    await follow_up(desk)
    go_to(desk.house, local("Pacific/Kiritimati", last.year, last.month, last.day, 23, 59) + timedelta(minutes=2))
    await follow_up(desk)
    await move(desk.house, desk.agency, "Pacific/Pago_Pago")
    await follow_up(desk)
    assert (await desk.reload(invoice))["overdue"] is False
    desk.house.clock.advance(days=2)
    await follow_up(desk)
    assert ((await desk.reload(invoice))["overdue"], len(await told(desk, invoice))) == (True, 1)


async def test_looking_after_an_invoice_changes_nothing_that_anybody_sees(desk: Desk) -> None:
    invoice = await desk.invoice()
    before = await desk.http.get(f"/api/invoices/{invoice['id']}")
    await follow_up(desk)
    after = await desk.http.get(f"/api/invoices/{invoice['id']}")
    assert (after.json(), after.headers["etag"]) == (before.json(), before.headers["etag"])


async def test_one_that_fails_holds_up_no_other(desk: Desk) -> None:
    broken, other = [await desk.invoice(dueDate=in_days(desk, 1).date().isoformat()) for _ in range(2)]
    async with desk.house.database("billing").unit(UUID(desk.agency.id)) as session:
        spoil = text("UPDATE invoices SET shown = '{}', follow_up_at = '2001-01-01' WHERE id = :id RETURNING shown")
        await session.execute(spoil, {"id": broken["id"]})
    desk.house.clock.advance(days=4)
    await follow_up(desk)
    assert (await told(desk, broken), len(await told(desk, other))) == ([], 1)


async def test_one_that_is_voided_while_it_is_looked_at_is_left_alone(desk: Desk) -> None:
    invoice = await desk.invoice(dueDate=in_days(desk, 1).date().isoformat())
    desk.house.clock.advance(days=4)
    void = f"UPDATE invoices SET status = 'void', voided_at = now() WHERE id = '{invoice['id']}' RETURNING id"
    await meanwhile(desk.house, desk.agency, void, lambda: follow_up(desk))
    assert ((await desk.reload(invoice))["status"], await told(desk, invoice)) == ("void", [])


async def test_more_than_fit_a_batch_are_all_looked_after(desk: Desk) -> None:
    due = in_days(desk, 1).date().isoformat()
    invoices = [await desk.invoice(dueDate=due) for _ in range(5)]
    desk.house.clock.advance(days=4)
    await follow_up_invoices(desk.house.apps["billing"].state.context, desk.house.clock(), batch=2)
    assert [len(await told(desk, invoice)) for invoice in invoices] == [1] * 5


async def test_the_scheduler_runs_the_job_when_it_is_due(desk: Desk) -> None:
    invoice = await desk.invoice(dueDate=in_days(desk, 1).date().isoformat())
    desk.house.clock.advance(days=4)
    scheduler = desk.house.apps["billing"].state.context.scheduler
    await scheduler.tick()
    assert await told(desk, invoice) == []
    await set_turn(desk.house, "invoice_follow_up", datetime(2000, 1, 1, tzinfo=UTC))
    await scheduler.tick()
    await desk.house.eventually(lambda: told(desk, invoice))


async def test_clients_hear_of_it_as_they_see_the_invoice(desk: Desk) -> None:
    invoice = await desk.invoice(dueDate=in_days(desk, 1).date().isoformat())
    desk.house.clock.advance(days=4)
    await follow_up(desk)
    assert (await desk.client.http.get(f"/api/invoices/{invoice['id']}")).json()["overdue"] is True
    before_all = str(UUID(int=0))

    async def heard() -> list[dict[str, Any]]:
        async with listening(desk.house, desk.client.http, "/api/portal/events", after=before_all) as listener:
            return [one for one in await listener.backlog() if one["type"] == "invoice.overdue"]

    (event,) = await desk.house.eventually(heard)
    assert event["data"] == (await desk.client.http.get(f"/api/invoices/{invoice['id']}")).json()
    paper = await desk.client.http.get(f"/api/invoices/{invoice['id']}/pdf")
    assert "Overdue" in paper.text


async def test_a_list_is_narrowed_to_what_is_or_is_not_overdue(desk: Desk) -> None:
    issued = in_days(desk, -40).date().isoformat()
    late = [await desk.invoice(issueDate=issued, dueDate=in_days(desk, -days).date().isoformat()) for days in (2, 30)]
    settled = await desk.invoice(issueDate=issued, dueDate=in_days(desk, -3).date().isoformat())
    await desk.act(settled, "payments", amount=100)
    others = [settled, await desk.invoice(), await desk.invoice(draft=True, dueDate=issued)]

    async def found(**query: str) -> list[str]:
        return [one["id"] for one in (await desk.http.get("/api/invoices", params=query)).json()]

    assert await found(overdue="true") == [one["id"] for one in reversed(late)]
    assert await found(overdue="false") == [one["id"] for one in reversed(others)]
    assert await found(overdue="true", status="paid") == []
    assert len(await found()) == 5
    refused = await desk.http.get("/api/invoices", params={"overdue": "perhaps"})
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (400, "overdue")
