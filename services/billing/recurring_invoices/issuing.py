"""Issuing: makes the invoice of each period as its day begins where the agency is, over all agencies."""

from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.errors import Conflict, Unavailable
from chassis.principals import SYSTEM
from chassis.scheduling import Job
from chassis.telemetry import log
from services.billing import events
from services.billing.context import Context
from services.billing.days import Days
from services.billing.due import Due, handle_due
from services.billing.invoices import service as invoices
from services.billing.invoices.models import Invoice
from services.billing.recurring_invoices import repository
from services.billing.recurring_invoices.models import RecurringInvoice, RecurringInvoicePeriod
from services.billing.recurring_invoices.schemas import recurring_invoice_public
from services.billing.replicas import service as replicas
from services.billing.replicas.models import Client

EVERY = timedelta(minutes=1)
BATCH = 100


class CannotIssue(Conflict):
    """What an invoice needs is gone, and somebody has to mend it."""


def issuing(context: Context) -> Job:
    """The job."""

    async def run(now: datetime) -> None:
        await issue_due(context, now)

    return Job("recurring_invoices", EVERY, run)


async def issue_due(context: Context, now: datetime, *, batch: int = BATCH) -> None:
    """Issue what is due, missed periods one by one in order; what fails holds up no other."""

    async def handle(one: Due) -> bool:
        return await _catch_up(context, one, now)

    await handle_due(context.database, repository.due, handle, now=now, batch=batch)


async def _catch_up(context: Context, one: Due, now: datetime) -> bool:
    """False when nobody could tell where the agency is; the others of that agency need not be tried then."""
    try:
        while await _issue_next(context, one, now):
            pass
    except Unavailable:
        log.warning("recurring_invoice_waits", agency=str(one.agency_id))
        return False
    except Exception as error:
        log.error("recurring_invoice_not_issued", recurring_invoice=str(one.id), error=repr(error))
    return True


async def _issue_next(context: Context, one: Due, now: datetime) -> bool:
    """Issue the invoice of one period, in a transaction of its own; whether another may be due."""
    async with context.database.unit(one.agency_id) as session:
        recurring = await repository.find(session, one.agency_id, one.id, lock=True)
        # Somebody else was here since it was found, or it was paused.
        if recurring is None or not recurring.is_due(now):
            return False
        days = await replicas.days_of(session, one.agency_id, directory=context.directory)
        client = await replicas.client_of(session, one.agency_id, recurring.client_id)
        if not recurring.has_begun(days, now):
            return False
        repository.touch(recurring, now)
        try:
            await _require_all(session, recurring, client=client)
        except CannotIssue as error:
            recurring.fail(error.detail, now)
            public = recurring_invoice_public(recurring, client)
            await events.recurring_invoice_failed(session, recurring, actor=SYSTEM, data=public, now=now)
            return False
        await _issue(session, recurring, client=client, days=days, context=context, now=now)
        return True


async def _require_all(session: AsyncSession, recurring: RecurringInvoice, *, client: Client) -> None:
    """Raise CannotIssue where something has gone that the invoice needs."""
    if client.deleted_at:
        raise CannotIssue("The client was deleted.")
    if recurring.project_id and not await replicas.has_project(session, recurring.agency_id, recurring.project_id):
        raise CannotIssue("The project was deleted.")
    if recurring.send_email and not client.email:
        raise CannotIssue("The client has no e-mail address any more, and the invoice is to be mailed.")


async def _issue(
    session: AsyncSession, recurring: RecurringInvoice, *, client: Client, days: Days, context: Context, now: datetime
) -> None:
    today = days.today(now)
    invoice = Invoice(
        agency_id=recurring.agency_id,
        client_id=client.id,
        project_id=recurring.project_id,
        currency=recurring.currency,
        due_on=today + timedelta(days=recurring.days_until_due),
        notes=recurring.notes,
        created_at=now,
        updated_at=now,
    )
    # The day on which it leaves the house, also where its period has begun long ago: it is not backdated.
    invoice.set_days(issued_on=None if recurring.draft else today, due_on=invoice.due_on)
    invoice.write(recurring.content)
    mail = None if recurring.draft else recurring.send_email
    await invoices.add_invoice(session, SYSTEM, invoice=invoice, client=client, context=context, now=now, mail=mail)
    period = recurring.issued(invoice.id, days)
    session.add(
        RecurringInvoicePeriod(
            agency_id=recurring.agency_id,
            recurring_invoice_id=recurring.id,
            period_on=period,
            invoice_id=invoice.id,
            created_at=now,
            updated_at=now,
        )
    )
