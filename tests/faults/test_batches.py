"""Events that wait are handled in one transaction, and it is as if each had been handled alone."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.bus import STREAM
from chassis.consuming import FETCH_WAIT_S, Consumers, Consuming
from chassis.events import Event
from chassis.ids import new_id
from cli.embedded.nats import start_nats
from cli.embedded.postgres import start_postgres
from tests.faults.workshop import TYPE, Workshop, consumers, make_thing, migrate_workshop, prepare, workshop


@pytest.fixture(scope="module")
def own_postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    server = start_postgres(tmp_path_factory.mktemp("batches") / "postgres", durable=False)
    migrate_workshop(server.url)
    asyncio.run(prepare(server.url))
    yield server.url
    server.discard()


@pytest.fixture
async def shop(own_postgres: str, tmp_path: Path) -> AsyncIterator[Workshop]:
    server = start_nats(tmp_path / "nats")
    async with workshop(own_postgres, server.url) as made:
        async with made.database.across_agencies() as session:
            for table in ("effects", "inbox", "outbox"):
                await session.execute(text(f"DELETE FROM {table}"))
        yield made
    server.discard()


def consuming(shop: Workshop, handlers: Consumers) -> Consuming:
    return Consuming("workshop", handlers, shop.database, shop.bus, None)


async def envelopes(shop: Workshop) -> list[bytes]:
    return [bytes(envelope) for envelope in await shop.ids("SELECT envelope FROM outbox ORDER BY id")]  # type: ignore[call-overload]


async def test_a_handler_sees_its_own_agency_alone_whatever_came_before_in_the_batch(shop: Workshop) -> None:
    agencies = [new_id(), new_id()]
    for agency_id in (*agencies, agencies[0]):
        async with shop.database.unit(agency_id) as session:
            await make_thing(session, agency_id)
    seen: list[tuple[UUID, set[UUID]]] = []
    handlers = Consumers()

    @handlers.on(TYPE)
    async def look(event: Event, session: AsyncSession, context: object) -> None:
        rows = await session.execute(text("SELECT agency_id FROM outbox"))
        seen.append((event.agency_id, set(rows.scalars())))

    await consuming(shop, handlers).handle(*await envelopes(shop))
    assert seen == [(agency_id, {agency_id}) for agency_id in (*agencies, agencies[0])]


async def test_an_event_that_is_twice_in_a_batch_has_one_effect(shop: Workshop) -> None:
    await shop.make(2)
    first, second = await envelopes(shop)
    await shop.consuming.handle(first, second, first)
    assert len(await shop.ids("SELECT event_id FROM effects")) == 2


async def test_a_batch_in_which_one_event_fails_leaves_nothing_behind(shop: Workshop) -> None:
    made = await shop.make(3)
    handlers = _failing_for(made[2])
    with pytest.raises(RuntimeError):
        await consuming(shop, handlers).handle(*await envelopes(shop))
    assert await shop.ids("SELECT event_id FROM effects") == []
    assert await shop.ids("SELECT event_id FROM inbox") == []


async def test_what_shares_a_batch_with_a_hanging_event_is_handled_without_it(
    shop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chassis.consuming.BATCH_S", 0.2)
    stuck = (await shop.make(6))[0]
    handlers = consumers()
    good, forever = handlers.handlers[TYPE], asyncio.Event()

    async def hang(event: Event, session: AsyncSession, context: object) -> None:
        if event.aggregate_id == stuck:
            await forever.wait()
        await good(event, session, context)

    handlers.handlers[TYPE] = hang
    await shop.relay.publish_batch()
    task = asyncio.create_task(consuming(shop, handlers).run())
    async with asyncio.timeout(30):
        while len(await shop.ids("SELECT event_id FROM effects")) < 5:
            await asyncio.sleep(0.05)
        forever.set()
        while len(await shop.ids("SELECT event_id FROM effects")) < 6:
            await asyncio.sleep(0.05)
    task.cancel()


def _failing_for(thing_id: UUID) -> Consumers:
    handlers = consumers()
    good = handlers.handlers[TYPE]

    async def fail(event: Event, session: AsyncSession, context: object) -> None:
        if event.aggregate_id == thing_id:
            raise RuntimeError("cannot be handled")
        await good(event, session, context)

    handlers.handlers[TYPE] = fail
    return handlers


async def test_no_event_is_sent_to_a_subscription_that_has_ended(shop: Workshop) -> None:
    requests = await shop.bus.client.subscribe(f"$JS.API.CONSUMER.MSG.NEXT.{STREAM}.workshop")
    ended = asyncio.create_task(shop.consuming.run())
    await requests.next_msg(timeout=10)
    ended.cancel()
    await asyncio.wait([ended])
    following = asyncio.create_task(shop.consuming.run())
    try:
        await requests.next_msg(timeout=10)
        (made,) = await shop.make()
        await shop.relay.publish_batch()
        async with asyncio.timeout(FETCH_WAIT_S / 2):
            while await shop.ids("SELECT thing_id FROM effects") != [made]:
                await asyncio.sleep(0.02)
    finally:
        following.cancel()
