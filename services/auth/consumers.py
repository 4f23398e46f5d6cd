"""What auth hears: projects and invoices are counted for their client, and portals are opened and shut."""

from uuid import UUID

from pydantic import BaseModel, Field
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.consuming import Consumers
from chassis.events import Event
from services.auth.agencies import service as agencies
from services.auth.agencies.models import PortalRules
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
    enabled_modules: list[str]
    allow_file_sharing: bool
    show_activity_feed: bool
    token_expiration_days: int
    magic_link_minutes: int = 60

    @property
    def rules(self) -> PortalRules:
        return PortalRules(
            is_open=self.is_active,
            modules=self.enabled_modules,
            may_share_files=self.allow_file_sharing,
            may_see_activity=self.show_activity_feed,
            token_days=self.token_expiration_days,
            magic_link_minutes=self.magic_link_minutes,
        )


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
    """What clients may do may have changed, and how long what they get will live."""
    await agencies.hear_of_portal(
        session,
        event.agency_id,
        rules=_PortalSettings.model_validate(event.data).rules,
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
