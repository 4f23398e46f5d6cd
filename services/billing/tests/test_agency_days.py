"""The day on a paper and of money is the one that it is where the agency is, while UTC has another."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from chassis.rpc import Peers
from services.billing.clients import Directory
from services.billing.context import Context
from services.billing.tests.factories import Desk, open_desk
from services.billing.tests.schedules import go_to, local, move
from services.billing.tests.test_sandbox import action, press_pay
from tests.house import House

LATE_THERE, EARLY_THERE = ("America/Los_Angeles", 20), ("Pacific/Auckland", 8)


@pytest.fixture(params=[LATE_THERE, EARLY_THERE], ids=["behind UTC", "ahead of UTC"])
def edge(request: pytest.FixtureRequest) -> tuple[str, int]:
    """A zone, and an hour there at which UTC has another day."""
    zone, hour = request.param
    return zone, hour


@pytest.fixture
def today(house: House, edge: tuple[str, int]) -> date:
    """The day that it is there."""
    zone, hour = edge
    day = house.clock().date() + timedelta(days=3)
    go_to(house, local(zone, day.year, day.month, day.day, hour))
    assert house.clock().date() != day
    return day


@pytest.fixture
async def desk(house: House, edge: tuple[str, int], today: date) -> Desk:
    """An agency there."""
    desk = await open_desk(house)
    await move(house, desk.agency, edge[0])
    return desk


async def paid(desk: Desk, invoice: dict[str, Any], amount: float = 100, **more: Any) -> dict[str, Any]:
    answer = await desk.act(invoice, "payments", amount=amount, **more)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def refunded(desk: Desk, payment: dict[str, Any], **body: Any) -> dict[str, Any]:
    return dict(await desk.agency.made(f"/api/payments/{payment['id']}/refunds", body))


async def test_an_invoice_has_the_day_on_which_it_is_issued(desk: Desk, today: date) -> None:
    at_once, draft = await desk.invoice(), await desk.invoice(draft=True)
    assert draft["issueDate"] is None
    sent = await desk.act(draft, "send", sendEmail=False)
    assert [at_once["issueDate"], sent.json()["issueDate"]] == [str(today)] * 2
    assert (await desk.invoice(issueDate="2026-01-10"))["issueDate"] == "2026-01-10"


async def test_what_is_due_today_is_not_overdue_until_tomorrow(desk: Desk, today: date) -> None:
    due_today, due_before = [await desk.invoice(dueDate=str(today - timedelta(days=back))) for back in (0, 1)]
    assert [due_today["overdue"], due_before["overdue"]] == [False, True]
    listed = {one["id"]: one["overdue"] for one in (await desk.http.get("/api/invoices")).json()}
    assert listed == {due_today["id"]: False, due_before["id"]: True}


async def test_a_credit_note_has_the_day_on_which_it_is_issued(desk: Desk, today: date) -> None:
    invoice = await desk.invoice()
    note = await desk.agency.made(f"/api/invoices/{invoice['id']}/credit-notes", {"amount": 50})
    assert note["issueDate"] == str(today)


async def test_money_that_is_recorded_came_and_went_back_today(desk: Desk, today: date) -> None:
    payment = await paid(desk, await desk.invoice())
    assert payment["receivedOn"] == str(today)
    assert (await refunded(desk, payment))["refundedOn"] == str(today)


async def test_money_that_a_provider_takes_and_gives_back_moves_today(desk: Desk, today: date) -> None:
    invoice = await desk.invoice()
    _, page = await press_pay(desk, invoice)
    await desk.house.gateway.post(action(page, "Approve"))
    (payment,) = (await desk.http.get(f"/api/invoices/{invoice['id']}/payments")).json()
    assert (payment["provider"], payment["receivedOn"]) == ("sandbox", str(today))
    await refunded(desk, payment)

    async def days() -> list[str]:
        return [one["refundedOn"] for one in (await desk.http.get(f"/api/payments/{payment['id']}")).json()["refunds"]]

    assert await desk.house.eventually(days) == [str(today)]


async def test_money_may_have_come_tomorrow_where_somebody_is_and_no_later(desk: Desk, today: date) -> None:
    invoice = await desk.invoice()
    await paid(desk, invoice, 10, receivedOn=str(today + timedelta(days=1)))
    refused = await desk.act(invoice, "payments", amount=10, receivedOn=str(today + timedelta(days=2)))
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (400, "receivedOn")


async def test_a_statement_goes_through_today_and_takes_back_what_is_voided_today(desk: Desk, today: date) -> None:
    await paid(desk, await desk.invoice())
    await desk.act(await desk.invoice(amount=30), "void")
    shown = (await desk.http.get("/api/invoices/statement", params={"clientId": desk.client.id})).json()
    assert shown["to"] == str(today)
    assert [(one["kind"], one["date"]) for one in shown["entries"]] == [
        (kind, str(today)) for kind in ("invoice", "invoice", "void", "payment")
    ]


async def test_a_report_counts_money_in_the_month_of_its_day(house: House, edge: tuple[str, int]) -> None:
    zone, hour = edge
    desk = await open_desk(house)
    machine = await desk.agency.api_key("read", "write")
    await move(house, desk.agency, zone)
    invoice = await desk.invoice()
    turn = (house.clock().date().replace(day=1) + timedelta(days=32)).replace(day=1)
    # The hour at which UTC has the other month.
    day = turn if hour < 12 else turn - timedelta(days=1)
    go_to(house, local(zone, day.year, day.month, day.day, hour))
    payment = (await machine.post(f"/api/invoices/{invoice['id']}/payments", json={"amount": 60})).json()
    assert payment["receivedOn"] == str(day)
    [euros] = (await machine.get("/api/reports/income", params={"months": 1})).json()["currencies"]
    assert [(one["month"], one["received"]) for one in euros["months"]] == [(f"{day:%Y-%m}", 60)]


async def test_while_nobody_can_tell_where_an_agency_is_its_day_is_that_of_utc(house: House) -> None:
    desk, app = await open_desk(house), house.apps["billing"]
    await move(house, desk.agency, LATE_THERE[0])
    day = house.clock().date() + timedelta(days=3)
    go_to(house, local(LATE_THERE[0], day.year, day.month, day.day, LATE_THERE[1]))
    draft = await desk.invoice(draft=True)
    chassis, context = house.chassis("billing"), app.state.context
    assert isinstance(context, Context)
    nobody = Peers(chassis.settings.model_copy(update={"auth_rpc": "127.0.0.1:1"}), "billing")
    async with house.database("billing").unit(UUID(desk.agency.id)) as session:
        await session.execute(text("DELETE FROM agencies RETURNING id"))
    app.state.context = replace(context, directory=Directory(nobody, house.clock))
    try:
        sent = await desk.act(draft, "send", sendEmail=False)
    finally:
        app.state.context = context
        await nobody.close()
    assert (sent.status_code, sent.json()["issueDate"]) == (200, str(day + timedelta(days=1)))
