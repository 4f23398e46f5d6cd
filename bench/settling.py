"""Waiting until every event has been published and consumed, so that no round pays for another one's."""

import asyncio
import time

import asyncpg
import nats
from nats.aio.client import Client

from bench.dataset.copying import database_url
from bench.stack import Stack
from chassis.bus import STREAM

POLL_S = 0.05
PATIENCE_S = 120


def wait_until_consumed(stack: Stack) -> float:
    """The seconds it took; raises TimeoutError when events are still under way after PATIENCE_S."""
    began = time.monotonic()
    asyncio.run(asyncio.wait_for(_all_consumed(stack), PATIENCE_S))
    return time.monotonic() - began


async def _all_consumed(stack: Stack) -> None:
    connection = await asyncpg.connect(database_url(stack.admin_url, "portico_projects"))
    bus = await nats.connect(stack.nats_url)
    try:
        # Other processes do the work, so there is nothing to wait on but what they have written.
        while await _is_under_way(connection, bus):  # noqa: ASYNC110
            await asyncio.sleep(POLL_S)
    finally:
        await bus.close()
        await connection.close()


async def _is_under_way(connection: asyncpg.Connection, bus: Client) -> bool:
    if await connection.fetchval("SELECT exists(SELECT FROM outbox WHERE published_at IS NULL)"):
        return True
    consumers = await bus.jetstream().consumers_info(STREAM)
    return any(consumer.num_pending or consumer.num_ack_pending for consumer in consumers)
