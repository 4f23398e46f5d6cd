"""Invoices from time: projects keeps the time for an invoice whose id was chosen first, then the invoice is made."""

from datetime import datetime
from typing import NoReturn
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.errors import Conflict, Invalid, Unavailable
from chassis.ids import new_id
from chassis.principals import Staff
from chassis.telemetry import log
from services.billing.context import Context
from services.billing.invoices import repository
from services.billing.invoices.fields import MAX_LINES
from services.billing.invoices.from_time_schemas import MAX_ENTRIES, InvoiceFromTime
from services.billing.invoices.lines import Content
from services.billing.invoices.models import Invoice
from services.billing.invoices.schemas import InvoicePublic
from services.billing.invoices.service import add_invoice
from services.billing.invoices.time_lines import Rounding, lines_of
from services.billing.invoices.totals import Line
from services.billing.replicas import service as replicas
from services.billing.work import ClaimedTime, RefusedTime, TimeRefusal


class NoBillableTime(Conflict):
    """All of the time that was asked for is on invoices, or is not billable."""

    default = "There is no billable time left to invoice."


class TimeEntryLocked(Conflict):
    """Time is invoiced once; `timeEntryIds` of the error names what is invoiced already."""

    default = "Some of the time entries are on an invoice already."


async def invoice_time(
    session: AsyncSession, staff: Staff, *, body: InvoiceFromTime, context: Context, now: datetime
) -> tuple[Invoice, InvoicePublic]:
    """Make an invoice of a project's time, which is locked with it.

    Whatever fails after the time was claimed has it released again; where even that fails, `lost_claims` does it.
    """
    invoice_id = new_id()
    claimed = await context.work.claim_time(
        staff.agency_id,
        invoice_id,
        project_id=body.project_id,
        days=(body.first_on, body.last_on),
        entry_ids=tuple(dict.fromkeys(body.time_entry_ids or ())),
    )
    if isinstance(claimed, RefusedTime):
        _refuse(claimed)
    try:
        return await _make(session, staff, invoice_id=invoice_id, claimed=claimed, body=body, context=context, now=now)
    except Exception:
        await _release(context, staff.agency_id, invoice_id)
        raise


async def _make(
    session: AsyncSession,
    staff: Staff,
    *,
    invoice_id: UUID,
    claimed: ClaimedTime,
    body: InvoiceFromTime,
    context: Context,
    now: datetime,
) -> tuple[Invoice, InvoicePublic]:
    content = Content(claimed.currency, tuple(_lines(claimed, body)))
    await replicas.require_project(
        context.database, staff.agency_id, project_id=body.project_id, client_id=claimed.client_id
    )
    client = await replicas.known_client(
        session, staff.agency_id, client_id=claimed.client_id, directory=context.directory
    )
    invoice = Invoice(
        agency_id=staff.agency_id,
        id=invoice_id,
        client_id=client.id,
        project_id=body.project_id,
        currency=content.currency,
        due_on=body.due_date,
        created_at=now,
        updated_at=now,
    )
    invoice.set_days(issued_on=None, due_on=body.due_date)
    invoice.write(content)
    await repository.hold(session, invoice_id)
    if context.clock() >= claimed.valid_until:
        # Whoever looks for lost claims may have found that there is no such invoice.
        raise Unavailable
    mail = None if body.draft else body.send_email
    return invoice, await add_invoice(
        session, staff.actor, invoice=invoice, client=client, context=context, now=now, mail=mail
    )


def _lines(claimed: ClaimedTime, body: InvoiceFromTime) -> list[Line]:
    rounding = body.rounding.read() if body.rounding else Rounding(claimed.rounding_minutes)
    lines = lines_of(
        claimed.entries, group_by=body.group_by, rounding=rounding, project=claimed.project, tax_rate=body.tax_rate
    )
    if len(lines) > MAX_LINES:
        raise Invalid.field(
            "groupBy", f"makes more than {MAX_LINES:,} lines; group by day or task, or choose less time"
        )
    if not any(line.amount_minor() for line in lines):
        raise Invalid.field("projectId", "has time that comes to nothing: its rates are 0")
    return lines


def _refuse(refused: RefusedTime) -> NoReturn:
    """Raise what the caller can act on."""
    if refused.reason is TimeRefusal.NOTHING:
        raise NoBillableTime
    ids = [str(entry_id) for entry_id in refused.entry_ids]
    if refused.reason is TimeRefusal.LOCKED:
        raise TimeEntryLocked(timeEntryIds=ids)
    if refused.reason is TimeRefusal.RELEASED:
        raise Unavailable
    field, message = _WRONG[refused.reason]
    raise Invalid.field(field, message)


_WRONG = {
    TimeRefusal.NO_PROJECT: ("projectId", "is not a project of this agency"),
    TimeRefusal.TOO_MANY: ("from", f"more than {MAX_ENTRIES:,} time entries at once; choose fewer days"),
    TimeRefusal.UNKNOWN_ENTRIES: ("timeEntryIds", "must be time entries of this project"),
    TimeRefusal.NOT_BILLABLE: ("timeEntryIds", "must be billable"),
    TimeRefusal.NO_RATE: ("projectId", "has time without a rate; give the entries, the project or the agency one"),
    TimeRefusal.MIXED_CURRENCIES: ("projectId", "has time in several currencies; invoice each on its own"),
}


async def _release(context: Context, agency_id: UUID, invoice_id: UUID) -> None:
    try:
        await context.work.release_claim(agency_id, invoice_id)
    except Exception as error:
        log.warning("time_claim_not_released", invoice=str(invoice_id), error=repr(error))
