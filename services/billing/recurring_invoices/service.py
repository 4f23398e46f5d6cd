"""What can be done with a recurring invoice: create, change, pause, resume, delete, see what comes."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.database import Reader
from chassis.errors import Invalid, NotFound
from chassis.principals import Staff
from services.billing.context import Context
from services.billing.invoices.fields import read_lines
from services.billing.invoices.lines import Content
from services.billing.invoices.service import ClientHasNoEmail
from services.billing.recurring_invoices import listing, repository
from services.billing.recurring_invoices.listing import RecurringInvoiceFilter
from services.billing.recurring_invoices.models import RecurringInvoice, RecurringInvoicePeriod
from services.billing.recurring_invoices.schemas import (
    RecurringInvoiceCreate,
    RecurringInvoicePublic,
    RecurringInvoiceUpdate,
    recurring_invoice_public,
)
from services.billing.replicas import service as replicas
from services.billing.replicas.models import Client

UPCOMING = 12
_RHYTHM = {"frequency", "interval", "starts_on", "ends_on", "occurrences"}
_ADDRESS = {"client_id", "project_id", "send_email"}
# What is kept under the name that it comes by.
_PLAIN = {"notes", "days_until_due", "draft", *_ADDRESS, *_RHYTHM - {"interval"}}


async def create_recurring_invoice(
    session: AsyncSession, staff: Staff, *, body: RecurringInvoiceCreate, context: Context, now: datetime
) -> tuple[RecurringInvoice, RecurringInvoicePublic]:
    """Have invoices issued from the first period on that is not past."""
    currency = body.currency or (await context.directory.agency(staff.agency_id)).currency
    recurring = RecurringInvoice(
        agency_id=staff.agency_id,
        client_id=body.client_id,
        project_id=body.project_id,
        currency=currency,
        notes=body.notes,
        frequency=body.frequency,
        every=body.interval,
        starts_on=body.starts_on,
        ends_on=body.ends_on,
        occurrences=body.occurrences,
        days_until_due=body.days_until_due,
        send_email=body.send_email,
        draft=body.draft,
        created_at=now,
        updated_at=now,
    )
    recurring.write(body.content(currency))
    recurring.require_sense()
    client = await _checked_client(session, recurring, context=context)
    recurring.begin(await replicas.days_of(session, staff.agency_id, directory=context.directory), now)
    session.add(recurring)
    await session.flush()
    return recurring, recurring_invoice_public(recurring, client)


async def get_recurring_invoice(
    session: AsyncSession, staff: Staff, *, recurring_id: UUID
) -> tuple[RecurringInvoice, RecurringInvoicePublic]:
    """The recurring invoice."""
    recurring = await load(session, staff, recurring_id=recurring_id)
    return recurring, await _show(session, recurring)


async def update_recurring_invoice(
    session: AsyncSession, *, recurring: RecurringInvoice, body: RecurringInvoiceUpdate, context: Context, now: datetime
) -> RecurringInvoicePublic:
    """Change what is to come; what the body does not name stays."""
    changes = body.changes()
    for name in _PLAIN & changes.keys():
        setattr(recurring, name, changes[name])
    recurring.every = changes.get("interval", recurring.every)
    _rewrite(recurring, body)
    recurring.require_sense()
    # Nothing is written yet: a client that is not known would be refused by the database instead.
    with session.no_autoflush:
        client = await _checked_client(session, recurring, context=context, is_new=bool(_ADDRESS & changes.keys()))
    if _RHYTHM & changes.keys():
        days = await replicas.days_of(session, recurring.agency_id, directory=context.directory)
        recurring.change_rhythm(days, now)
    repository.touch(recurring, now)
    await session.flush()
    return recurring_invoice_public(recurring, client)


async def pause_recurring_invoice(
    session: AsyncSession, staff: Staff, *, recurring_id: UUID, now: datetime
) -> tuple[RecurringInvoice, RecurringInvoicePublic]:
    """Issue nothing until it is resumed."""
    recurring = await load(session, staff, recurring_id=recurring_id, lock=True)
    recurring.pause()
    repository.touch(recurring, now)
    await session.flush()
    return recurring, await _show(session, recurring)


async def resume_recurring_invoice(
    session: AsyncSession, staff: Staff, *, recurring_id: UUID, context: Context, now: datetime
) -> tuple[RecurringInvoice, RecurringInvoicePublic]:
    """Go on after a pause or a failure."""
    recurring = await load(session, staff, recurring_id=recurring_id, lock=True)
    recurring.resume(await replicas.days_of(session, staff.agency_id, directory=context.directory), now)
    repository.touch(recurring, now)
    await session.flush()
    return recurring, await _show(session, recurring)


async def delete_recurring_invoice(session: AsyncSession, *, recurring: RecurringInvoice) -> None:
    """Issue nothing any more, and forget it; the invoices that came of it stay."""
    await session.delete(recurring)


async def upcoming_periods(session: AsyncSession, staff: Staff, *, recurring_id: UUID) -> list[date]:
    """The days of its next invoices."""
    return (await load(session, staff, recurring_id=recurring_id)).upcoming(UPCOMING)


async def list_periods(
    session: AsyncSession, staff: Staff, *, recurring_id: UUID, after: UUID | None, limit: int
) -> Sequence[RecurringInvoicePeriod]:
    """The periods that have their invoice, newest first."""
    recurring = await load(session, staff, recurring_id=recurring_id)
    return await repository.periods(session, staff.agency_id, recurring.id, after=after, limit=limit)


async def list_recurring_invoices(
    reader: Reader, staff: Staff, *, wanted: RecurringInvoiceFilter, after: UUID | None, limit: int
) -> tuple[bytes, UUID | None]:
    """A page of recurring invoices as a JSON array."""
    return await listing.page_of_recurring_invoices(reader, staff.agency_id, wanted=wanted, after=after, limit=limit)


async def load(session: AsyncSession, staff: Staff, *, recurring_id: UUID, lock: bool = False) -> RecurringInvoice:
    """The recurring invoice; NotFound when the agency has none of that id."""
    recurring = await repository.find(session, staff.agency_id, recurring_id, lock=lock)
    if recurring is None:
        raise NotFound
    return recurring


async def look_again(session: AsyncSession, agency_id: UUID, *, now: datetime) -> None:
    """Have it looked at anew when the agency's recurring invoices are due: its days begin at other times."""
    await repository.look_again(session, agency_id, now)


async def _checked_client(
    session: AsyncSession, recurring: RecurringInvoice, *, context: Context, is_new: bool = True
) -> Client:
    """Its client; raises where an invoice for that client and project could not be issued or mailed."""
    if not is_new:
        return await replicas.client_of(session, recurring.agency_id, recurring.client_id)
    client = await replicas.known_client(
        session, recurring.agency_id, client_id=recurring.client_id, directory=context.directory
    )
    if recurring.project_id:
        await replicas.require_project(
            context.database, recurring.agency_id, project_id=recurring.project_id, client_id=client.id
        )
    if recurring.send_email and not client.email:
        raise ClientHasNoEmail
    return client


async def _show(session: AsyncSession, recurring: RecurringInvoice) -> RecurringInvoicePublic:
    return recurring_invoice_public(
        recurring, await replicas.client_of(session, recurring.agency_id, recurring.client_id)
    )


def _rewrite(recurring: RecurringInvoice, body: RecurringInvoiceUpdate) -> None:
    changes = body.changes()
    if not {"amount", "lines", "currency", "tax_inclusive", "discount"} & changes.keys():
        return
    before = recurring.content
    currency = changes.get("currency", before.currency)
    is_new = bool({"amount", "lines"} & changes.keys())
    if currency != before.currency and not is_new:
        raise Invalid.field("currency", "changes together with amount or lines, whose prices are in it")
    discount = before.discount
    if "discount" in changes:
        discount = body.discount.read(currency, field="discount") if body.discount else None
    elif currency != before.currency and discount:
        raise Invalid.field("discount", "must be given anew, or as null, with another currency")
    lines = read_lines(changes.get("amount"), changes.get("lines"), currency) if is_new else before.lines
    recurring.write(Content(currency, lines, changes.get("tax_inclusive", before.tax_inclusive), discount))
