"""Housekeeping: forgets what the tables of outbox, inbox and idempotency no longer need."""

import asyncio

from sqlalchemy import text

from chassis.database import Database

EVERY_S = 3600
# How long published events stay, to rebuild a lost stream from.
OUTBOX_DAYS = 30
# Longer than outbox and stream keep an event, so that a replay is always recognised.
INBOX_DAYS = 45
# As long as a first answer is repeated.
KEY_DAYS = 7
BATCH = 5_000

_OLD = {
    "outbox": ("published_at", OUTBOX_DAYS),
    "inbox": ("handled_at", INBOX_DAYS),
    "idempotency_keys": ("created_at", KEY_DAYS),
}


class Housekeeping:
    """One loop per process; several do the work of one, because each takes only what the others left."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def run(self) -> None:
        """Tidy up for ever, every hour."""
        while True:
            await self.tidy()
            await asyncio.sleep(EVERY_S)

    async def tidy(self) -> None:
        """Forget what is old, a batch in a transaction, so that nobody waits for long."""
        for table in _OLD:
            while await self._forget(table) == BATCH:
                pass

    async def _forget(self, table: str) -> int:
        since, days = _OLD[table]
        statement = text(
            f"DELETE FROM {table} WHERE ctid = ANY(ARRAY(SELECT ctid FROM {table}"  # noqa: S608 (constants)
            f" WHERE {since} < now() - interval '{days} days' LIMIT {BATCH} FOR UPDATE SKIP LOCKED))"
            " RETURNING 1"
        )
        async with self._database.across_agencies() as session:
            return len((await session.execute(statement)).all())
