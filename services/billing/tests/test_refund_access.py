"""Who gives payments back, and who sees that."""

from typing import Any
from uuid import uuid4

import pytest

from services.billing.tests.factories import Desk, open_desk
from tests.house import House


@pytest.fixture
async def desk(house: House) -> Desk:
    return await open_desk(house)


async def a_payment(desk: Desk) -> dict[str, Any]:
    """A payment that was recorded by hand."""
    return dict((await desk.act(await desk.invoice(), "payments", amount=100)).json())


async def test_only_owner_and_admin_give_back(desk: Desk) -> None:
    path = f"/api/payments/{(await a_payment(desk))['id']}/refunds"
    refused = await (await desk.agency.member("member")).post(path, json={"amount": 1})
    assert (refused.status_code, refused.json()["code"]) == (403, "forbidden")
    readers = await (await desk.agency.api_key("read")).post(path, json={"amount": 1})
    assert readers.status_code == 403
    for http in (await desk.agency.member("admin"), await desk.agency.api_key("write"), desk.http):
        assert (await http.post(path, json={"amount": 1})).status_code == 201


async def test_members_see_refunds_and_clients_do_not(desk: Desk) -> None:
    path = f"/api/payments/{(await a_payment(desk))['id']}/refunds"
    await desk.http.post(path, json={"amount": 1})
    assert len((await (await desk.agency.member("member")).get(path)).json()) == 1
    for answer in (await desk.client.http.get(path), await desk.client.http.post(path, json={"amount": 1})):
        assert (answer.status_code, answer.json()["code"]) == (403, "staff_only")


async def test_another_agencys_payment_answers_as_one_that_is_not_there(desk: Desk) -> None:
    payment, other = await a_payment(desk), await desk.house.agency()
    told = set()
    for id in (payment["id"], str(uuid4())):
        path = f"/api/payments/{id}/refunds"
        for answer in (await other.http.get(path), await other.http.post(path, json={"amount": 1})):
            told.add((answer.status_code, answer.json()["code"], answer.json()["detail"]))
    assert len(told) == 1
    assert told.pop()[0] == 404
    assert (await desk.http.get(f"/api/payments/{payment['id']}/refunds")).json() == []


async def test_disputes_are_for_the_agency_alone(desk: Desk) -> None:
    assert (await (await desk.agency.member("member")).get("/api/disputes")).json() == []
    for path in ("/api/disputes", f"/api/disputes/{uuid4()}"):
        answer = await desk.client.http.get(path)
        assert (answer.status_code, answer.json()["code"]) == (403, "staff_only")
    assert (await desk.http.get(f"/api/disputes/{uuid4()}")).status_code == 404
    assert (await desk.http.get("/api/disputes?status=odd")).status_code == 400
