"""GetClientBalance: what the portal is told that clients owe."""

from typing import Any

import grpc
import pytest
from portico.billing.v1 import papers_pb2, papers_pb2_grpc

from chassis.errors import PorticoError
from chassis.rpc import Peers
from services.billing.tests.factories import Desk, open_desk
from tests.house import House


@pytest.fixture
async def desk(house: House) -> Desk:
    return await open_desk(house)


async def balance(desk: Desk, *client_ids: str, agency_id: str | None = None) -> list[tuple[str, str, int]]:
    """Currency, amount and count of each line of the answer."""
    answer = await ask(desk, agency_id or desk.agency.id, *client_ids)
    assert answer.pending_quotes == 0
    return [(one.currency, one.amount, one.invoices) for one in answer.outstanding]


async def ask(desk: Desk, agency_id: str, *client_ids: str) -> Any:
    peers: Peers = desk.house.chassis("portal").peers
    stub = papers_pb2_grpc.PapersServiceStub(peers.channel("billing"))
    request = papers_pb2.GetClientBalanceRequest(agency_id=agency_id, client_ids=client_ids)
    return await peers.ask(stub.GetClientBalance, request)


async def test_nothing_is_owed_without_invoices(desk: Desk) -> None:
    assert await balance(desk, desk.client.id) == []
    assert await balance(desk) == []


async def test_amounts_are_exact_decimals_by_currency(desk: Desk) -> None:
    for amount, currency in ((0.1, "USD"), (0.2, "USD"), (100, "JPY"), (5, "EUR"), (12.345, "KWD"), (0.0001, "UYW")):
        await desk.invoice(amount=amount, currency=currency)
    assert await balance(desk, desk.client.id) == [
        ("EUR", "5", 1),
        ("JPY", "100", 1),
        ("KWD", "12.345", 1),
        ("USD", "0.3", 2),
        ("UYW", "0.0001", 1),
    ]


async def test_no_amount_is_written_with_an_exponent(desk: Desk) -> None:
    for amount, currency in ((10**15, "JPY"), (10**15, "JPY"), (9_999_999_999_999.99, "USD"), (1200, "EUR")):
        await desk.invoice(amount=amount, currency=currency)
    assert await balance(desk, desk.client.id) == [
        ("EUR", "1200", 1),
        ("JPY", "2000000000000000", 2),
        ("USD", "9999999999999.99", 1),
    ]


async def test_only_what_is_due_counts(desk: Desk) -> None:
    await desk.invoice(amount=1, draft=True)
    await desk.act(await desk.invoice(amount=2), "void")
    paid, partly, viewed = [await desk.invoice(amount=amount) for amount in (4, 8, 16)]
    await desk.act(paid, "payments", amount=4)
    await desk.act(partly, "payments", amount=0.5)
    await desk.client.http.post(f"/api/invoices/{viewed['id']}/view")
    assert (await desk.reload(viewed))["status"] == "viewed"
    assert await balance(desk, desk.client.id) == [("EUR", "23.5", 2)]


async def test_clients_are_taken_together_and_nobody_else(desk: Desk, house: House) -> None:
    colleague, neighbour = await desk.agency.client(), await desk.agency.client()
    stranger = await open_desk(house)
    await stranger.invoice(amount=1000)
    for amount, client in ((1, desk.client), (2, colleague), (4, neighbour)):
        await desk.invoice(amount=amount, clientId=client.id)
    assert await balance(desk, desk.client.id, colleague.id) == [("EUR", "3", 2)]
    assert await balance(desk, desk.client.id, stranger.client.id) == [("EUR", "1", 1)]
    assert await balance(desk, desk.client.id, agency_id=stranger.agency.id) == []


async def test_ids_that_are_none_are_refused(desk: Desk) -> None:
    for agency_id, client_id in ((desk.agency.id, "1 OR 1=1"), ("nobody", desk.client.id)):
        with pytest.raises(PorticoError):
            await ask(desk, agency_id, client_id)


async def test_nobody_without_a_service_token_is_answered(desk: Desk) -> None:
    async with grpc.aio.insecure_channel(desk.house.chassis("billing").settings.billing_rpc) as channel:
        stub = papers_pb2_grpc.PapersServiceStub(channel)
        with pytest.raises(grpc.aio.AioRpcError) as refused:
            await stub.GetClientBalance(papers_pb2.GetClientBalanceRequest(agency_id=desk.agency.id), timeout=5)
    assert refused.value.code() is grpc.StatusCode.UNAUTHENTICATED
