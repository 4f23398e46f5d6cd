"""Following up: looks after open invoices as their days come, over all agencies, one transaction each."""

from datetime import datetime, timedelta

from chassis.errors import Unavailable
from chassis.scheduling import Job
from chassis.telemetry import log
from services.billing.context import Context
from services.billing.due import Due, handle_due
from services.billing.reminders import repository, service

EVERY = timedelta(minutes=1)
BATCH = 100


def following_up(context: Context) -> Job:
    """The job."""

    async def run(now: datetime) -> None:
        await follow_up_invoices(context, now)

    return Job("invoice_follow_up", EVERY, run)


async def follow_up_invoices(context: Context, now: datetime, *, batch: int = BATCH) -> None:
    """Look after each invoice whose time has come; one that fails waits for the next turn and holds up no other."""

    async def handle(one: Due) -> bool:
        return await _follow_up(context, one, now)

    await handle_due(context.database, repository.due, handle, now=now, batch=batch)


async def _follow_up(context: Context, one: Due, now: datetime) -> bool:
    """False when nobody could tell where the agency is; the others of that agency need not be tried then."""
    try:
        async with context.database.unit(one.agency_id) as session:
            await service.follow_up_invoice(session, one.agency_id, invoice_id=one.id, context=context, now=now)
    except Unavailable:
        log.warning("follow_up_waits", agency=str(one.agency_id))
        return False
    except Exception as error:
        log.error("follow_up_failed", invoice=str(one.id), error=repr(error))
    return True
