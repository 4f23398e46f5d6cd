"""The sweeper: removes the bytes and rows of pictures that have ended or never came into use."""

import asyncio
from datetime import timedelta

from chassis.clock import Clock
from chassis.database import Database
from chassis.storage import ObjectStore
from chassis.telemetry import log
from services.portal.blobs import repository
from services.portal.blobs.models import PREFIX

EVERY_S = 900
# Far longer than writing a picture may take: what is older was left by a process that was killed.
UNFINISHED_AFTER = timedelta(hours=24)
_BATCH = 500


class Sweeper:
    """Goes through the ended blobs now and then. Several may run at once: removing twice is no error."""

    def __init__(self, database: Database, store: ObjectStore, clock: Clock) -> None:
        self._database, self._store, self._clock = database, store, clock

    async def run(self) -> None:
        """Sweep for ever, the first time after a pause: a start is no time for house-keeping."""
        while True:
            await asyncio.sleep(EVERY_S)
            if swept := await self.sweep():
                log.info("pictures_swept", pictures=swept)

    async def sweep(self) -> int:
        """One round; returns how many pictures it removed."""
        now, swept = self._clock(), 0
        while removed := await self._remove_some():
            swept += removed
        await self._store.sweep_unfinished(PREFIX, before=now - UNFINISHED_AFTER)
        return swept

    async def _remove_some(self) -> int:
        """The bytes first: as long as they are there, their row is, and names them."""
        async with self._database.across_agencies() as session:
            blobs = await repository.ended(session, self._clock(), _BATCH)
        for blob in blobs:
            await self._store.delete(blob.key)
        if blobs:
            async with self._database.across_agencies() as session:
                await repository.remove(session, blobs)
        return len(blobs)
