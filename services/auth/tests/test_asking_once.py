"""However many requests come with a credential at the same time, auth is asked about it once."""

import asyncio
from typing import Any

import pytest
from portico.auth.v1 import credentials_pb2

from chassis.credentials import Authenticator
from chassis.errors import Unauthenticated, Unavailable
from chassis.rpc import Peers
from tests.house import House


class CountingPeers(Peers):
    """Asks as its parent does, counts the questions about credentials, and loses as many answers as it is told to."""

    questions = 0
    lost = 0

    async def ask(self, method: Any, request: Any, **options: Any) -> Any:
        is_question = isinstance(request, credentials_pb2.IntrospectRequest)
        self.questions += is_question
        if is_question and self.lost:
            self.lost -= 1
            raise Unavailable
        return await super().ask(method, request, **options)


def authenticator(house: House) -> tuple[Authenticator, CountingPeers]:
    """One that remembers nothing yet."""
    chassis = house.chassis("auth")
    peers = CountingPeers(chassis.settings, "auth")
    return Authenticator(chassis.settings, peers, chassis.bus, chassis.clock), peers


async def test_requests_that_come_together_ask_once(house: House) -> None:
    agency = await house.agency()
    fresh, peers = authenticator(house)
    holders = await asyncio.gather(*(fresh.bearer(agency.token) for _ in range(200)))
    assert {str(holder.agency_id) for holder in holders} == {agency.id}
    assert peers.questions == 1
    await peers.close()


async def test_an_answer_that_is_lost_is_asked_for_again(house: House) -> None:
    agency = await house.agency()
    fresh, peers = authenticator(house)
    peers.lost = 1
    assert str((await fresh.bearer(agency.token)).agency_id) == agency.id
    assert peers.questions == 2
    await peers.close()


async def test_auth_that_stays_silent_is_not_asked_for_ever(house: House) -> None:
    agency = await house.agency()
    fresh, peers = authenticator(house)
    peers.lost = 10
    with pytest.raises(Unavailable):
        await fresh.bearer(agency.token)
    assert peers.questions == 2
    await peers.close()


async def test_a_refusal_is_everybodys(house: House) -> None:
    fresh, peers = authenticator(house)
    key = "pk_00000000_" + "a" * 43
    refusals = await asyncio.gather(*(fresh.bearer(key) for _ in range(50)), return_exceptions=True)
    assert {type(refusal) for refusal in refusals} == {Unauthenticated}
    assert peers.questions == 1
    await peers.close()


async def test_a_request_that_is_given_up_takes_the_answer_from_nobody(house: House) -> None:
    agency = await house.agency()
    fresh, peers = authenticator(house)
    first = asyncio.create_task(fresh.bearer(agency.token))
    second = asyncio.create_task(fresh.bearer(agency.token))
    while not peers.questions:
        await asyncio.sleep(0)
    first.cancel()
    assert str((await second).agency_id) == agency.id
    with pytest.raises(asyncio.CancelledError):
        await first
    await peers.close()
