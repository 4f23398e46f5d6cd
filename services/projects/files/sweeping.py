"""The sweeper: removes bytes that no row names, which killed uploads and purged files leave behind."""

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta

from chassis.clock import Clock
from chassis.database import Database
from chassis.storage import ObjectStore
from chassis.telemetry import log
from services.projects.files import repository
from services.projects.files.storing import PREFIX

EVERY_S = 3600
# Far longer than an upload may take from its first byte to its commit (see UPLOAD_DEADLINE_S).
GRACE = timedelta(hours=24)
# How long a deleted file could still be brought back.
RETENTION = timedelta(days=30)
# The folder of each agency in which is kept what was drawn from its files; after that long it is drawn anew.
PREVIEWS = "previews"
PREVIEWS_FOR = timedelta(days=7)
_BATCH = 1000


@dataclass(frozen=True, slots=True)
class Swept:
    """What one round removed: rows of deleted files, objects without a row, and unfinished ones."""

    versions: int
    objects: int
    unfinished: int


class Sweeper:
    """Goes through the store now and then. Several may run at once: removing twice is no error."""

    def __init__(self, database: Database, store: ObjectStore, clock: Clock) -> None:
        self._database, self._store, self._clock = database, store, clock

    async def run(self) -> None:
        """Sweep for ever, the first time after a pause: a start is no time for house-keeping."""
        while True:
            await asyncio.sleep(EVERY_S)
            swept = await self.sweep()
            log.info("files_swept", versions=swept.versions, objects=swept.objects, unfinished=swept.unfinished)

    async def sweep(self) -> Swept:
        """One round."""
        now = self._clock()
        versions = await self._purge(now - RETENTION)
        objects = await self._remove_orphans(now)
        return Swept(versions, objects, await self._store.sweep_unfinished(PREFIX, before=now - GRACE))

    async def _purge(self, before: datetime) -> int:
        total = 0
        while True:
            async with self._database.across_agencies() as session:
                purged = await repository.purge(session, before, _BATCH)
            total += purged
            if purged < _BATCH:
                return total

    async def _remove_orphans(self, now: datetime) -> int:
        removed = 0
        async for batch in self._store.list(PREFIX):
            old = [entry.key for entry in batch if entry.modified_at < now - _grace_of(entry.key)]
            if not old:
                continue
            async with self._database.across_agencies() as session:
                kept = await repository.kept_keys(session, old)
            for key in old:
                if key not in kept:
                    await self._store.delete(key)
                    removed += 1
        return removed


def _grace_of(key: str) -> timedelta:
    return PREVIEWS_FOR if f"/{PREVIEWS}/" in key else GRACE
