"""What can be done with reminders: set when they are sent, see which were, and follow up on one invoice."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.principals import SYSTEM, Principal
from services.billing import events
from services.billing.context import Context
from services.billing.invoices import service as invoices
from services.billing.invoices.models import OPEN, Invoice
from services.billing.reminders import repository
from services.billing.reminders.models import Reminder, ReminderSettings
from services.billing.reminders.schedule import follow_up
from services.billing.reminders.schemas import ReminderSettingsSet
from services.billing.replicas import service as replicas


async def get_settings(session: AsyncSession, agency_id: UUID, *, now: datetime) -> ReminderSettings:
    """The agency's settings; the defaults, of version 0, where it has made none."""
    return await repository.find_settings(session, agency_id) or _defaults(agency_id, now)


async def lock_settings(session: AsyncSession, agency_id: UUID, *, now: datetime) -> ReminderSettings:
    """The same, to be changed."""
    await repository.ensure_settings(session, _defaults(agency_id, now))
    settings = await repository.find_settings(session, agency_id, lock=True)
    assert settings, "it was made sure that there are some"
    return settings


async def set_settings(
    session: AsyncSession, *, settings: ReminderSettings, body: ReminderSettingsSet, now: datetime
) -> None:
    """Remind on other days from today on."""
    has_changed = settings.change(
        days_before_due=body.days_before_due, days_after_due=body.days_after_due, active=body.active, now=now
    )
    if has_changed:
        await session.flush()
        await look_again(session, settings.agency_id, now=now)


async def reminders_of_invoice(session: AsyncSession, principal: Principal, *, invoice_id: UUID) -> Sequence[Reminder]:
    """The reminders that were sent about an invoice, newest first."""
    invoice = await invoices.load(session, principal, invoice_id=invoice_id)
    return await repository.reminders_of(session, invoice.agency_id, invoice.id)


async def look_again(session: AsyncSession, agency_id: UUID, *, now: datetime) -> None:
    """Have the agency's open invoices followed up anew: its days or its settings are others."""
    await repository.look_again(session, agency_id, now)


async def follow_up_invoice(
    session: AsyncSession, agency_id: UUID, *, invoice_id: UUID, context: Context, now: datetime
) -> None:
    """Announce that an open invoice has become overdue, remind its client, each once, and note when to look again."""
    invoice = await invoices.load_of_agency(session, agency_id, invoice_id, lock=True)
    # Somebody else was here since it was found, or it was paid.
    if invoice.status not in OPEN or invoice.follow_up_at is None or invoice.follow_up_at > now:
        return
    days = await replicas.days_of(session, agency_id, directory=context.directory)
    settings = await repository.find_settings(session, agency_id)
    sent = await repository.reminders_of(session, agency_id, invoice_id)
    what = follow_up(invoice, settings=settings, reminded=[one.days_from_due for one in sent], days=days, now=now)
    await repository.note_looked_at(
        session, agency_id, invoice_id=invoice_id, overdue_from=what.overdue_from, again_at=what.again_at
    )
    await session.refresh(invoice, ["overdue_from", "follow_up_at"])
    if invoice.become_overdue(now):
        invoices.touch(invoice, now)
        public = await invoices.show_with_client(session, invoice, context=context, now=now)
        await events.invoice_overdue(session, invoice, actor=SYSTEM, data=public, now=now)
    if what.reminder is not None:
        await _remind(session, invoice, step=what.reminder, context=context, now=now)


async def _remind(session: AsyncSession, invoice: Invoice, *, step: int, context: Context, now: datetime) -> None:
    client = await replicas.client_of(session, invoice.agency_id, invoice.client_id)
    if client.deleted_at or not client.email or not invoice.due_minor:
        return
    session.add(
        Reminder(agency_id=invoice.agency_id, invoice_id=invoice.id, days_from_due=step, created_at=now, updated_at=now)
    )
    public = invoices.show(invoice, client, context=context, now=now)
    await events.invoice_reminded(session, invoice, actor=SYSTEM, data=public, now=now, days_from_due=step)


def _defaults(agency_id: UUID, now: datetime) -> ReminderSettings:
    return ReminderSettings(agency_id=agency_id, version=0, effective_at=now)
