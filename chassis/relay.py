"""The relay: carries announced events from the outbox to JetStream, each at least once, none skipped."""

import asyncio
from contextlib import suppress
from datetime import UTC, datetime
from uuid import UUID

import asyncpg
import nats
from nats.js.errors import Error as JetStreamError
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.bus import REQUEST_TIMEOUT_S, STREAM, Bus
from chassis.database import LOST, Database
from chassis.telemetry import log

BATCH = 200
POLL_S = 1.0
RETRY_S = 0.5

_CLAIM = (
    "SELECT id, subject, envelope FROM outbox WHERE published_at IS NULL ORDER BY id LIMIT $1 FOR UPDATE SKIP LOCKED"
)
_MARK = "UPDATE outbox SET published_at = now() WHERE id = ANY($1)"
_STREAM_SEEN = text("SELECT value FROM relay_state WHERE name = 'stream_created'")
_REMEMBER_STREAM = text(
    "INSERT INTO relay_state (name, value) VALUES ('stream_created', :created)"
    " ON CONFLICT (name) DO UPDATE SET value = excluded.value"
)
_REPUBLISH_ALL = text("UPDATE outbox SET published_at = NULL WHERE published_at IS NOT NULL")


class Relay:
    """One loop per process; several processes share the work by SKIP LOCKED."""

    def __init__(self, database: Database, bus: Bus) -> None:
        self._database, self._bus = database, bus
        self._wake = asyncio.Event()
        self._stream_checked = False
        bus.on_up(self._check_again)
        # Woken by this process's own commits. Others wake their own relay; what nobody was woken for is polled.
        database.on_announced(self._wake.set)

    async def run(self) -> None:
        """Publish for ever; a failure waits a moment and tries again."""
        while True:
            try:
                await self._recover_stream()
                while await self.publish_batch() == BATCH:
                    pass
            except (nats.errors.Error, JetStreamError, TimeoutError, *LOST) as error:
                log.warning("relay_waits", error=repr(error))
                self._stream_checked = False
                await asyncio.sleep(RETRY_S)
            await self._sleep()

    async def publish_batch(self) -> int:
        """Publish what is pending, at most BATCH; returns how many were taken.

        A mark that a crash undoes has its event published again, which the stream and every inbox know by its id.
        """
        async with self._database.across_agencies_bare() as connection:
            rows = await connection.fetch(_CLAIM, BATCH)
            acks = await asyncio.gather(
                *(self._publish(row["id"], row["subject"], row["envelope"]) for row in rows), return_exceptions=True
            )
            published = [row["id"] for row, ack in zip(rows, acks, strict=True) if not isinstance(ack, BaseException)]
            if published:
                await self._mark(connection, published)
        failures = [ack for ack in acks if isinstance(ack, BaseException)]
        if failures:
            raise failures[0]
        return len(rows)

    async def _mark(self, connection: "asyncpg.pool.PoolConnectionProxy[asyncpg.Record]", ids: list[UUID]) -> None:
        await connection.execute(_MARK, ids)

    async def _publish(self, id: object, subject: str, envelope: bytes) -> None:
        await self._bus.stream.publish(
            subject, envelope, timeout=REQUEST_TIMEOUT_S, stream=STREAM, headers={"Nats-Msg-Id": str(id)}
        )

    async def _recover_stream(self) -> None:
        """Publish everything again when the stream is not the one known: its store was lost."""
        if self._stream_checked:
            return
        created = await self._bus.ensure_stream()
        async with self._database.across_agencies() as session:
            known = (await session.execute(_STREAM_SEEN)).scalar_one_or_none()
            if known != created:
                await self._rebuild(session, created, lost=known is not None)
        self._stream_checked = True

    async def _rebuild(self, session: AsyncSession, created: str, *, lost: bool) -> None:
        if lost:
            log.warning("stream_rebuilt_from_outbox", at=datetime.now(UTC).isoformat())
        await session.execute(_REPUBLISH_ALL)
        await session.execute(_REMEMBER_STREAM, {"created": created})

    async def _check_again(self) -> None:
        self._stream_checked = False
        self._wake.set()

    async def _sleep(self) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(self._wake.wait(), POLL_S)
        self._wake.clear()
