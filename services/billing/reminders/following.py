"""Following up: looks after open invoices as their days come, over all agencies, one transaction each."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from chassis.errors import Unavailable
from chassis.scheduling import Job
from chassis.telemetry import log
from services.billing.context import Context
from services.billing.reminders import repository, service
from services.billing.reminders.repository import Due

EVERY = timedelta(minutes=1)
BATCH = 100
_FIRST = Due(UUID(int=0), UUID(int=0), datetime.min.replace(tzinfo=UTC))


def following_up(context: Context) -> Job:
    """The job."""

    async def run(now: datetime) -> None:
        await follow_up_invoices(context, now)

    return Job("invoice_follow_up", EVERY, run)


async def follow_up_invoices(context: Context, now: datetime, *, batch: int = BATCH) -> None:
    """Look after each invoice whose time has come; one that fails waits for the next turn and holds up no other."""
    last, away = _FIRST, set[UUID]()
    while True:
        async with context.database.across_agencies() as session:
            found = await repository.due(session, after=last, now=now, limit=batch)
        for one in found:
            if one.agency_id not in away and not await _follow_up(context, one, now):
                away.add(one.agency_id)
        if len(found) < batch:
            return
        last = found[-1]


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
