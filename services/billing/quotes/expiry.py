"""Expiry: quotes that nobody answered through their last day, which ends where the agency is, are ended by a job."""

import asyncio
from datetime import date, datetime, timedelta
from uuid import UUID

from chassis.errors import Unavailable
from chassis.principals import SYSTEM
from chassis.scheduling import Job
from chassis.telemetry import log
from services.billing import events
from services.billing.context import Context
from services.billing.days import days_in
from services.billing.quotes import repository
from services.billing.quotes.repository import Ending
from services.billing.quotes.service import show
from services.billing.replicas import service as replicas

EVERY = timedelta(minutes=1)
BATCH = 100
# Nowhere on earth is it later than this before UTC.
FURTHEST_AHEAD = timedelta(hours=14)

_FIRST = Ending(UUID(int=0), UUID(int=0), date.min, None)


def expiry(context: Context) -> Job:
    """The job. It is no guard: whoever answers is refused by the date alone, before and after it has run."""

    async def run(now: datetime) -> None:
        await expire_quotes(context, now)

    return Job("quote_expiry", EVERY, run)


async def expire_quotes(context: Context, now: datetime, *, batch: int = BATCH) -> None:
    """End all open quotes whose last day has passed, each in a transaction of its own; none holds up another.

    Those whose last day goes on where their agency is are found each time, and left alone without a transaction.
    """
    last = _FIRST
    while True:
        async with context.database.across_agencies() as session:
            found = await repository.ending(session, before=(now + FURTHEST_AHEAD).date(), after=last, limit=batch)
        for one in found:
            if await _may_be_past(one, now):
                await _try(context, one, now)
        if len(found) < batch:
            return
        last = found[-1]


async def _may_be_past(one: Ending, now: datetime) -> bool:
    """Whether its last day has passed in the zone that is known, if any is."""
    if one.time_zone is None:
        return True
    days = await asyncio.to_thread(days_in, one.time_zone)
    return one.expires_on < days.today(now)


async def _try(context: Context, one: Ending, now: datetime) -> None:
    try:
        await _expire(context, one, now)
    except Unavailable:
        log.warning("quote_expiry_waits", agency=str(one.agency_id))
    except Exception as error:
        log.error("quote_not_expired", quote=str(one.id), error=repr(error))


async def _expire(context: Context, one: Ending, now: datetime) -> None:
    async with context.database.unit(one.agency_id) as session:
        quote = await repository.find(session, one.agency_id, one.id, lock=True)
        # Asked for under the lock, and rather not ended than ended too early.
        days = await replicas.days_of(session, one.agency_id, directory=context.directory)
        # It may have been changed or answered since it was found.
        if quote and quote.expire(days.today(now)):
            repository.touch(quote, now)
            await events.quote_expired(session, quote, actor=SYSTEM, data=await show(session, quote), now=now)
