"""Lost claims: time that projects keeps for invoices of which it has not heard, because something broke off."""

from datetime import datetime, timedelta
from uuid import UUID

from chassis.errors import Unavailable
from chassis.scheduling import Job
from chassis.telemetry import log
from services.billing.context import Context
from services.billing.invoices import repository

EVERY = timedelta(minutes=1)
# Beyond a claim's own end: so far may the clocks of two machines be apart.
GRACE = timedelta(minutes=5)
BATCH = 100


def lost_claims(context: Context) -> Job:
    """The job."""

    async def run(now: datetime) -> None:
        await look_after_claims(context, now)

    return Job("lost_time_claims", EVERY, run)


async def look_after_claims(context: Context, now: datetime) -> None:
    """Tell projects of each claim that has run out whether its invoice is there."""
    try:
        for agency_id, invoice_id in await context.work.open_claims(before=now - GRACE, limit=BATCH):
            await _look_after(context, agency_id, invoice_id)
    except Unavailable:
        log.warning("lost_claims_wait")


async def _look_after(context: Context, agency_id: UUID, invoice_id: UUID) -> None:
    async with context.database.unit(agency_id) as session:
        # Somebody who holds it is saving the invoice at this moment. Whoever would begin now finds the claim run out.
        if not await repository.try_hold(session, invoice_id):
            return
        is_there = await repository.find(session, agency_id, invoice_id) is not None
    if is_there:
        await context.work.settle_claim(agency_id, invoice_id)
    else:
        await context.work.release_claim(agency_id, invoice_id)
        log.info("lost_claim_released", invoice=str(invoice_id))
