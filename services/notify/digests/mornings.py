"""Mornings: the job that sends the digests that are due, each in a transaction of its own."""

from datetime import datetime, timedelta

from chassis.bell import Bell
from chassis.database import Database
from chassis.scheduling import Job
from chassis.secrets import Vault
from chassis.telemetry import log
from services.notify.digests import service

EVERY = timedelta(minutes=1)
BATCH = 100


def mornings(database: Database, vault: Vault, bell: Bell[None]) -> Job:
    """The job. Two that run at once send nothing twice: a digest that the one has gathered is gone for the other."""

    async def run(now: datetime) -> None:
        await send_digests(database, vault, bell=bell, now=now)

    return Job("digests", EVERY, run)


async def send_digests(database: Database, vault: Vault, *, bell: Bell[None], now: datetime) -> None:
    """Queue the mails of all digests that are due; one that fails holds up no other and is tried next time."""
    last = None
    while True:
        async with database.across_agencies() as session:
            found = await service.find_due(session, now, after=last, limit=BATCH)
        for key in found:
            last = key
            try:
                async with database.unit(key[0]) as session:
                    if await service.gather(session, vault, key=key, now=now):
                        bell.ring_on_commit(session)
            except Exception as error:
                log.error("digest_failed", digest_id=str(key[1]), exc_info=error)
        if len(found) < BATCH:
            return
