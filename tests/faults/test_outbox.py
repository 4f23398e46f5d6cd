"""No event without its commit, no commit without its event, one effect per event (TRUST: nothing lost)."""

import asyncio
import random
import shutil
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from uuid import UUID

import pytest

from chassis.consuming import Consuming
from chassis.events import Event
from chassis.parking import replay_parked
from cli.embedded.nats import start_nats
from cli.embedded.postgres import start_postgres
from tests.faults.workshop import (
    TYPE,
    Workshop,
    consumers,
    make_thing,
    migrate_workshop,
    prepare,
    storage_of,
    workshop,
)

ROOT = Path(__file__).resolve().parents[2]
KILL_POINTS = (
    "before_insert",
    "after_insert",
    "after_announce",
    "after_commit",
    "before_publish",
    "after_publish",
    "before_mark",
    "after_mark",
)


@pytest.fixture
def own_postgres(tmp_path: Path) -> Iterator[str]:
    server = start_postgres(tmp_path / "postgres", durable=False)
    migrate_workshop(server.url)
    yield server.url
    server.discard()


@pytest.fixture
def nats_directory(tmp_path: Path) -> Path:
    return tmp_path / "nats"


@pytest.fixture
async def shop(own_postgres: str, nats_directory: Path) -> AsyncIterator[Workshop]:
    server = start_nats(nats_directory)
    await prepare(own_postgres)
    async with workshop(own_postgres, server.url) as made:
        yield made
    server.discard()


async def outbox_ids(shop: Workshop) -> set[UUID]:
    return set(await shop.ids("SELECT id FROM outbox"))


async def test_a_transaction_that_commits_late_is_not_skipped(shop: Workshop) -> None:
    async with shop.database.unit(shop.agency_id) as slow:
        await make_thing(slow, shop.agency_id, "takes its id first, commits last")
        await shop.make(3)
        await shop.relay.publish_batch()
        assert len(await shop.published()) == 3
    await shop.relay.publish_batch()
    assert set(await shop.published()) == await outbox_ids(shop)
    assert len(await shop.published()) == 4


async def test_a_rolled_back_change_announces_nothing(shop: Workshop) -> None:
    with pytest.raises(RuntimeError):
        async with shop.database.unit(shop.agency_id) as session:
            await make_thing(session, shop.agency_id)
            raise RuntimeError("the use case failed after it announced")
    await shop.make(1)
    await shop.relay.publish_batch()
    assert set(await shop.published()) == await outbox_ids(shop)
    assert len(await shop.ids("SELECT id FROM things")) == 1


@pytest.mark.parametrize("point", KILL_POINTS)
async def test_a_kill_at_any_point_leaves_events_and_changes_equal(shop: Workshop, point: str) -> None:
    victim = subprocess.Popen(
        [sys.executable, "-m", "tests.faults.victim", shop.postgres, shop.nats, str(shop.agency_id), point],
        cwd=ROOT,
        env={"PYTHONPATH": f"{ROOT}:{ROOT / 'generated'}", "PATH": "/usr/bin:/bin"},
    )
    assert await asyncio.to_thread(victim.wait, 60) == -signal.SIGKILL
    while await shop.relay.publish_batch():
        pass
    things = await shop.ids("SELECT id FROM things")
    events = await shop.published()
    assert set(events) == await outbox_ids(shop)
    assert len(things) == len(set(events)) == len(events)
    assert len(things) == (0 if point in ("before_insert", "after_insert", "after_announce") else 1)


async def test_an_event_has_one_effect_however_often_it_arrives(shop: Workshop) -> None:
    await shop.make(40)
    envelopes = await shop.ids("SELECT envelope FROM outbox")
    seed = random.randrange(2**32)
    print("seed", seed)
    shuffle = random.Random(seed)
    deliveries = [bytes(envelope) for envelope in envelopes for _ in range(shuffle.randint(1, 5))]  # type: ignore[call-overload]
    shuffle.shuffle(deliveries)
    racing = Consuming("workshop", consumers(), shop.database, shop.bus, None)
    slots = asyncio.Semaphore(6)

    async def deliver(consuming: Consuming, envelope: bytes) -> None:
        async with slots:
            await consuming.handle(envelope)

    await asyncio.gather(*(deliver(shuffle.choice((shop.consuming, racing)), envelope) for envelope in deliveries))
    effects = await shop.ids("SELECT event_id FROM effects")
    assert len(effects) == 40
    assert set(effects) == await outbox_ids(shop)


async def test_an_event_that_arrives_after_the_dedupe_window_has_no_second_effect(shop: Workshop) -> None:
    await shop.make(1)
    envelope = (await shop.ids("SELECT envelope FROM outbox"))[0]
    task = asyncio.create_task(shop.consuming.run())
    for _ in range(3):  # Without Nats-Msg-Id, as the broker would after its window has passed.
        await shop.bus.stream.publish(f"events.{TYPE}", bytes(envelope))  # type: ignore[arg-type]
    await _wait_until(lambda: _acked(shop, 3))
    task.cancel()
    assert len(await shop.ids("SELECT event_id FROM effects")) == 1


async def test_a_wiped_broker_is_rebuilt_from_the_outbox_without_a_second_effect(
    shop: Workshop, nats_directory: Path
) -> None:
    tasks = [asyncio.create_task(shop.relay.run()), asyncio.create_task(shop.consuming.run())]
    await shop.make(10)
    await _wait_until(lambda: _effects(shop, 10))
    server = start_nats  # The server object lives in the fixture; a second one on the same directory replaces it.
    await _kill_nats(nats_directory)
    shutil.rmtree(storage_of(nats_directory))
    revived = server(nats_directory)
    try:
        await shop.make(5)
        await _wait_until(lambda: _effects(shop, 15), timeout=30)
        await _wait_until(lambda: _published(shop, 15), timeout=30)
        assert set(await shop.published()) == await outbox_ids(shop)
        assert len(await shop.ids("SELECT event_id FROM effects")) == 15
    finally:
        for task in tasks:
            task.cancel()
        await shop.bus.close()
        revived.discard()


async def test_a_poison_event_is_parked_delays_no_other_and_can_be_sent_again(
    shop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    poisoned = (await shop.make(1))[0]
    handlers = consumers()
    good = handlers.handlers[TYPE]

    async def picky(event: Event, session: object, context: object) -> None:
        if event.aggregate_id == poisoned:
            raise RuntimeError("cannot be handled")
        await good(event, session, context)  # type: ignore[arg-type]

    handlers.handlers[TYPE] = picky
    monkeypatch.setattr("chassis.consuming.RETRY_DELAYS_S", (0.01,))
    consuming = Consuming("workshop", handlers, shop.database, shop.bus, None)
    tasks = [asyncio.create_task(shop.relay.run()), asyncio.create_task(consuming.run())]
    await shop.make(20)
    await _wait_until(lambda: _effects(shop, 20))
    await _wait_until(lambda: _parked(shop))
    assert len(await shop.ids("SELECT event_id FROM effects")) == 20
    assert await shop.ids("SELECT tries FROM parked_events") == [8]

    handlers.handlers[TYPE] = good  # Mended: now what was parked can be sent again.
    assert await replay_parked(shop.database, shop.bus) == 1
    await _wait_until(lambda: _effects(shop, 21))
    for task in tasks:
        task.cancel()
    assert await shop.ids("SELECT event_id FROM parked_events") == []
    assert len(await shop.ids("SELECT event_id FROM effects")) == 21


async def _effects(shop: Workshop, count: int) -> bool:
    return len(await shop.ids("SELECT event_id FROM effects")) >= count


async def _published(shop: Workshop, count: int) -> bool:
    return len(await shop.published()) >= count


async def _parked(shop: Workshop) -> bool:
    return bool(await shop.ids("SELECT event_id FROM parked_events"))


async def _acked(shop: Workshop, count: int) -> bool:
    try:
        info = await shop.bus.stream.consumer_info("EVENTS", "workshop")
    except Exception:
        return False
    return info.ack_floor is not None and info.ack_floor.consumer_seq >= count


async def _wait_until(check, timeout: float = 20) -> None:  # type: ignore[no-untyped-def]
    deadline = asyncio.get_running_loop().time() + timeout
    while True:
        try:
            if await check():
                return
        except Exception as error:
            print("not yet:", error)
        assert asyncio.get_running_loop().time() < deadline, "did not happen in time"
        await asyncio.sleep(0.05)


async def _kill_nats(directory: Path) -> None:
    """kill -9 of the nats-server that runs on this directory."""
    import psutil

    for process in psutil.process_iter(["name", "cmdline"]):
        if "nats-server" in (process.info["name"] or "") and str(directory) in " ".join(process.info["cmdline"] or []):
            process.kill()
            await asyncio.to_thread(process.wait, 10)
