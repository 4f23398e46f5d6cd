"""The loop that forgets what has ended long ago."""

import asyncio
from dataclasses import dataclass
from datetime import timedelta

from chassis.clock import Clock
from chassis.database import Database
from services.notify.deliveries import service as deliveries
from services.notify.live import service as live
from services.notify.live.models import KEPT_FOR as STREAMED_FOR
from services.notify.mails import service as mails

# Longer than the inbox remembers events, so that a replay always meets either the inbox or the row itself.
KEPT_FOR = timedelta(days=60)
EVERY_S = 3600.0


@dataclass
class Sweeper:
    """Removes mails and deliveries, with their attempts, after `KEPT_FOR`; events after `STREAMED_FOR`."""

    database: Database
    clock: Clock

    async def run(self) -> None:
        """Sweep every hour."""
        while True:
            await self.sweep()
            await asyncio.sleep(EVERY_S)

    async def sweep(self) -> None:
        """Sweep once."""
        now = self.clock()
        async with self.database.across_agencies() as session:
            await deliveries.forget_before(session, now - KEPT_FOR)
            await mails.forget_before(session, now - KEPT_FOR)
            await live.forget_before(session, now - STREAMED_FOR)
