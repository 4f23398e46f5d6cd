"""REST of reminders."""

from fastapi import Response

from chassis.errors import PreconditionFailed
from chassis.http.dependencies import CurrentManager, CurrentStaff, Now, PathId, Session
from chassis.http.etags import IfMatch, set_etag
from chassis.http.problems import problems
from chassis.http.unit import Router
from services.billing.reminders import service
from services.billing.reminders.schemas import (
    ReminderPublic,
    ReminderSettingsPublic,
    ReminderSettingsSet,
    reminder_public,
    settings_public,
)

router = Router(tags=["Reminders"])


@router.get("/api/reminder-settings", response_model=ReminderSettingsPublic)
async def get_reminder_settings(
    session: Session, manager: CurrentManager, now: Now, response: Response
) -> ReminderSettingsPublic:
    """Show when clients are reminded of open invoices. Owners and admins only."""
    settings = await service.get_settings(session, manager.agency_id, now=now)
    set_etag(response, settings.version)
    return settings_public(settings)


@router.put("/api/reminder-settings", response_model=ReminderSettingsPublic, responses=problems(PreconditionFailed))
async def set_reminder_settings(
    body: ReminderSettingsSet, session: Session, manager: CurrentManager, now: Now, match: IfMatch, response: Response
) -> ReminderSettingsPublic:
    """Set on which days clients are reminded of open invoices, and whether they are.

    A reminder is a mail with the payment link, sent at 9 in the agency's time zone to the client of an issued invoice
    of which something is due. Each is sent once for an invoice, and after a standstill only the newest of those that
    were missed. Days before the change, and the day of issue, are not made up for.
    """
    settings = await service.lock_settings(session, manager.agency_id, now=now)
    match.check(settings.version)
    await service.set_settings(session, settings=settings, body=body, now=now)
    set_etag(response, settings.version)
    return settings_public(settings)


@router.get("/api/invoices/{invoice_id}/reminders", response_model=list[ReminderPublic])
async def list_reminders(invoice_id: PathId, session: Session, staff: CurrentStaff) -> list[ReminderPublic]:
    """List the reminders that were sent about an invoice, newest first."""
    return [reminder_public(one) for one in await service.reminders_of_invoice(session, staff, invoice_id=invoice_id)]
