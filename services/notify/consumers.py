"""What notify hears: every event that people are written to about, or that webhooks and streams carry."""

from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from chassis import erasing
from chassis.consuming import Consumers
from chassis.erasing_documents import ERASING_EVENT
from chassis.events import Event
from chassis.telemetry import log
from services.notify.context import Context
from services.notify.digests import service as digests
from services.notify.live import service as live
from services.notify.mails import service as mails
from services.notify.mails.facts import Occasion
from services.notify.mails.occasions import OCCASIONS, orders_for, project_of
from services.notify.webhook_endpoints import service as webhook_endpoints
from services.notify.webhook_endpoints.event_types import PUBLISHED, public_name
from services.notify.webhook_endpoints.samples import payload_of

# An event heard later than this is history being rebuilt, not news: nobody is written to about it.
NEWS_FOR = timedelta(days=7)

consumers = Consumers()


@consumers.on(*sorted({*PUBLISHED, *OCCASIONS}))
async def something_happened(event: Event, session: AsyncSession, context: Context) -> None:
    """Queue an event's mails and webhook deliveries and keep it for streams, in the transaction that notes it."""
    now = context.clock()
    if event.type == ERASING_EVENT:
        await erasing.hear(session, event)
    await digests.note_project(session, event)
    if now - event.occurred_at > NEWS_FOR:
        log.warning("event_too_old_to_tell", event_id=str(event.id), type=event.type)
        return
    if orders := orders_for(event):
        about = Occasion(event.agency_id, event.id, now, project_of(event))
        await mails.queue(session, context.vault, about=about, orders=orders)
        context.mail_bell.ring_on_commit(session)
    if name := public_name(event.type):
        payload = payload_of(name, agency_id=event.agency_id, event_id=event.id, at=event.occurred_at, data=event.data)
        full = context.dispatcher.full(event.agency_id)
        queued = await webhook_endpoints.fan_out(session, context.vault, payload, full=full, now=now)
        context.dispatcher.take_on_commit(session, queued)
        await live.keep(session, event, payload, now)
        context.hub.bell.ring_on_commit(session)
