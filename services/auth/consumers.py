"""What auth hears: projects and invoices are counted for their client, and portals are opened and shut."""

from uuid import UUID

from pydantic import BaseModel, Field
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.consuming import Consumers
from chassis.events import Event
from services.auth.agencies import service as agencies
from services.auth.clients import service
from services.auth.clients.models import CountedRecord, RecordKind, RecordState
from services.auth.context import Context

consumers = Consumers()

# An invoice in one of these states waits for money.
_OPEN_STATUSES = frozenset({"sent", "viewed", "partially_paid"})


class _Noun(BaseModel):
    """What counting reads of a project or an invoice."""

    client_id: UUID = Field(alias="clientId")
    status: str = ""


class _PortalSettings(BaseModel):
    """What is read of portal settings."""

    is_active: bool


@consumers.on("projects.project.created", "projects.project.deleted")
async def project_changed(event: Event, session: AsyncSession, context: Context) -> None:
    """A project is there, or no longer."""
    await _count(event, session, kind=RecordKind.PROJECT)


@consumers.on(
    "billing.invoice.created",
    "billing.invoice.sent",
    "billing.invoice.viewed",
    "billing.invoice.voided",
    "billing.invoice.paid",
    "billing.invoice.deleted",
)
async def invoice_changed(event: Event, session: AsyncSession, context: Context) -> None:
    """An invoice is there, waits for money, waits no more, or is gone."""
    await _count(event, session, kind=RecordKind.INVOICE)


@consumers.on("portal.settings.updated")
async def portal_settings_updated(event: Event, session: AsyncSession, context: Context) -> None:
    """A portal may have been opened or shut."""
    await agencies.hear_of_portal(
        session,
        event.agency_id,
        is_open=_PortalSettings.model_validate(event.data).is_active,
        version=event.aggregate_version,
        now=context.clock(),
    )


async def _count(event: Event, session: AsyncSession, *, kind: RecordKind) -> None:
    noun = _Noun.model_validate(event.data)
    state = RecordState.OPEN if noun.status in _OPEN_STATUSES else RecordState.CLOSED
    if event.type.endswith(".deleted"):
        state = RecordState.GONE
    record = CountedRecord(
        agency_id=event.agency_id,
        id=event.aggregate_id,
        kind=kind,
        client_id=noun.client_id,
        state=state,
        source_version=event.aggregate_version,
    )
    await service.count_record(session, record)
