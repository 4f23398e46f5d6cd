"""Who sees and does what with invoices: foreign ids answer like random ones, clients do no part of the agency's."""

from uuid import uuid4

import pytest

from services.billing.tests.factories import Desk, open_desk
from tests.house import House


@pytest.fixture
async def desk(house: House) -> Desk:
    return await open_desk(house)


async def test_a_stranger_finds_nothing(desk: Desk, house: House) -> None:
    invoice = await desk.invoice()
    stranger = await open_desk(house)
    neighbour = await desk.agency.client()
    doors = [stranger.http, stranger.client.http, neighbour.http]
    for http in doors:
        for path in ("", "/pdf", "/payments"):
            found = await http.get(f"/api/invoices/{invoice['id']}{path}")
            random = await http.get(f"/api/invoices/{uuid4()}{path}")
            assert found.status_code == random.status_code == 404
            assert found.json()["detail"] == random.json()["detail"]
        assert (await http.get("/api/invoices")).json() == []
    for verb in ("send", "void", "view", "payments"):
        body = {"json": {"amount": 1}} if verb == "payments" else {}
        assert (await stranger.http.post(f"/api/invoices/{invoice['id']}/{verb}", **body)).status_code in (403, 404)
    assert await desk.reload(invoice) == invoice


async def test_a_client_cannot_do_the_agencys_part(desk: Desk) -> None:
    invoice = await desk.invoice()
    path = f"/api/invoices/{invoice['id']}"
    http = desk.client.http
    answers = [
        await http.post("/api/invoices", json=desk.body()),
        await http.patch(path, json={"notes": "x"}),
        await http.delete(path),
        await http.post(f"{path}/send"),
        await http.post(f"{path}/void"),
        await http.post(f"{path}/payments", json={"amount": 100}),
        await http.get("/api/payments"),
        await http.get("/api/payment-account"),
    ]
    assert {answer.status_code for answer in answers} == {403}


async def test_nobody_without_a_credential_sees_anything(desk: Desk) -> None:
    invoice = await desk.invoice()
    for path in (
        "/api/invoices",
        f"/api/invoices/{invoice['id']}",
        f"/api/invoices/{invoice['id']}/pdf",
        "/api/payments",
    ):
        assert (await desk.house.gateway.get(path)).status_code == 401
