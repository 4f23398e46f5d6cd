"""The sweeper: removes files that no lead took or whose lead has gone, and spam that nobody has looked at for long."""

import asyncio
from datetime import timedelta

from chassis.clock import Clock
from chassis.database import Database
from chassis.storage import ObjectStore
from chassis.telemetry import log
from services.portal.leads import repository

EVERY_S = 900
SPAM_KEPT_FOR = timedelta(days=30)
_BATCH = 500


class Sweeper:
    """Looks for both now and then. Several may run at once: removing twice is no error."""

    def __init__(self, database: Database, store: ObjectStore, clock: Clock) -> None:
        self._database, self._store, self._clock = database, store, clock

    async def run(self) -> None:
        """Sweep for ever, the first time after a pause: a start is no time for house-keeping."""
        while True:
            await asyncio.sleep(EVERY_S)
            if swept := await self.sweep():
                log.info("lead_files_swept", files=swept)

    async def sweep(self) -> int:
        """One round; returns how many files it removed."""
        while await self._forget_spam():
            pass
        swept = 0
        while removed := await self._remove_files():
            swept += removed
        return swept

    async def _forget_spam(self) -> int:
        now = self._clock()
        async with self._database.across_agencies() as session:
            leads = await repository.old_spam(session, now - SPAM_KEPT_FOR, _BATCH)
            if leads:
                await repository.forget(session, leads, now)
        return len(leads)

    async def _remove_files(self) -> int:
        """The bytes first: as long as they are there, their row is, and names them."""
        async with self._database.across_agencies() as session:
            files = await repository.ended_files(session, self._clock(), _BATCH)
        for file in files:
            await self._store.delete(file.key)
        if files:
            async with self._database.across_agencies() as session:
                await repository.remove_files(session, files)
        return len(files)
