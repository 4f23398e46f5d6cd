"""Expiry: quotes that nobody answered by their last day, which ends with the day in UTC, are ended by a job."""

from datetime import datetime, timedelta
from uuid import UUID

from chassis.database import Database
from chassis.principals import SYSTEM
from chassis.scheduling import Job
from services.billing import events
from services.billing.quotes import repository
from services.billing.quotes.service import show

EVERY = timedelta(minutes=1)
BATCH = 100


def expiry(database: Database) -> Job:
    """The job. It is no guard: whoever answers is refused by the date alone, before and after it has run."""

    async def run(now: datetime) -> None:
        await expire_quotes(database, now)

    return Job("quote_expiry", EVERY, run)


async def expire_quotes(database: Database, now: datetime) -> None:
    """End all open quotes whose last day has passed, each in a transaction of its own."""
    while True:
        async with database.across_agencies() as session:
            found = await repository.past(session, now.date(), BATCH)
        for agency_id, quote_id in found:
            await _expire(database, agency_id, quote_id, now)
        if len(found) < BATCH:
            return


async def _expire(database: Database, agency_id: UUID, quote_id: UUID, now: datetime) -> None:
    async with database.unit(agency_id) as session:
        quote = await repository.find(session, agency_id, quote_id, lock=True)
        # It may have been changed or answered since it was found.
        if quote and quote.expire(now.date()):
            repository.touch(quote, now)
            await events.quote_expired(session, quote, actor=SYSTEM, data=await show(session, quote), now=now)
