"""Numbers without gaps and requests with one effect, however many come at once (TRUST 12 and 15)."""

import asyncio
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import event

from services.billing.invoices import repository
from services.billing.tests.factories import open_desk
from tests.house import House

ISSUES = 100
REPEATS = 1000


async def test_a_hundred_issues_at_once_are_numbered_without_gaps(house: House) -> None:
    desk = await open_desk(house)
    drafts = [await desk.invoice(draft=True) for _ in range(10)]
    wanted = [desk.create() for _ in range(ISSUES - len(drafts))]
    issues = [*wanted, *(desk.act(draft, "send", sendEmail=False) for draft in drafts)]
    failures = [_fail_after_numbering(house, UUID(desk.agency.id)) for _ in range(ISSUES // 4)]
    answers, _ = await asyncio.gather(asyncio.gather(*issues), asyncio.gather(*failures))
    assert {answer.status_code for answer in answers} <= {200, 201}
    numbers = sorted(answer.json()["number"] for answer in answers)
    assert numbers == [f"INV-{n:04d}" for n in range(1, ISSUES + 1)]


async def _fail_after_numbering(house: House, agency_id: UUID) -> None:
    with pytest.raises(ConnectionError):
        async with house.database("billing").unit(agency_id) as session:
            await repository.next_number(session, agency_id)
            raise ConnectionError


async def test_a_refused_issue_takes_no_number(house: House) -> None:
    desk = await open_desk(house)
    assert (await desk.invoice())["number"] == "INV-0001"
    assert (await desk.create(currency="XYZ")).status_code == 400
    void = await desk.invoice()
    await desk.act(void, "void")
    assert (await desk.act(void, "send")).status_code == 409
    assert (await desk.invoice())["number"] == "INV-0003"


async def test_a_draft_sent_many_times_at_once_gets_one_number(house: House) -> None:
    desk = await open_desk(house)
    draft = await desk.invoice(draft=True)
    answers = await asyncio.gather(*(desk.act(draft, "send") for _ in range(20)))
    assert {answer.json()["number"] for answer in answers} == {"INV-0001"}
    assert (await desk.invoice())["number"] == "INV-0002"


async def test_each_agency_counts_for_itself(house: House) -> None:
    desks = [await open_desk(house) for _ in range(2)]
    assert [(await desk.invoice())["number"] for desk in desks] == ["INV-0001", "INV-0001"]


async def test_numbers_go_on_beyond_four_digits(house: House) -> None:
    desk = await open_desk(house)
    await desk.invoice()
    async with house.database("billing").unit(UUID(desk.agency.id)) as session:
        connection = await session.connection()
        await connection.exec_driver_sql("UPDATE invoice_numbers SET last = 9999")
    assert (await desk.invoice())["number"] == "INV-10000"
    assert (await desk.http.get("/api/invoices?q=INV-10000")).json()[0]["number"] == "INV-10000"


async def test_a_thousand_requests_with_one_key_have_one_effect_and_identical_answers(house: House) -> None:
    desk = await open_desk(house)
    key = {"Idempotency-Key": "one-invoice"}
    posts = (desk.http.post("/api/invoices", json=desk.body(), headers=key) for _ in range(REPEATS))
    answers = await asyncio.gather(*posts)
    assert {(answer.status_code, answer.content) for answer in answers} == {(201, answers[0].content)}
    assert len((await desk.http.get("/api/invoices?limit=200")).json()) == 1
    assert (await desk.invoice())["number"] == "INV-0002"


async def test_one_key_with_another_body_is_refused(house: House) -> None:
    desk = await open_desk(house)
    key = {"Idempotency-Key": "another-body"}
    first = await desk.http.post("/api/invoices", json=desk.body(amount=1), headers=key)
    second = await desk.http.post("/api/invoices", json=desk.body(amount=2), headers=key)
    assert (first.status_code, second.status_code) == (201, 422)


async def test_a_payment_repeated_with_its_key_is_recorded_once(house: House) -> None:
    desk = await open_desk(house)
    invoice = await desk.invoice(amount=100)
    path, key = f"/api/invoices/{invoice['id']}/payments", {"Idempotency-Key": "half"}
    answers = await asyncio.gather(*(desk.http.post(path, json={"amount": 50}, headers=key) for _ in range(20)))
    assert {answer.status_code for answer in answers} == {201}
    assert (await desk.reload(invoice))["amountPaid"] == 50


async def test_who_waits_for_the_first_answer_does_not_look_for_it_in_the_database(house: House) -> None:
    desk = await open_desk(house)
    engine, looks = house.database("billing")._engine.sync_engine, []

    def count(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
        if "FROM idempotency_keys" in statement:
            looks.append(statement)

    event.listen(engine, "before_cursor_execute", count)
    key = {"Idempotency-Key": "one-invoice"}
    try:
        posts = (desk.http.post("/api/invoices", json=desk.body(), headers=key) for _ in range(50))
        answers = await asyncio.gather(*posts)
    finally:
        event.remove(engine, "before_cursor_execute", count)
    assert {(answer.status_code, answer.content) for answer in answers} == {(201, answers[0].content)}
    assert sum(answer.headers.get("idempotency-replayed") == "true" for answer in answers) == 49
    assert len(looks) == 1
    other = await desk.http.post("/api/invoices", json=desk.body(notes="Other"), headers=key)
    assert other.status_code == 422
