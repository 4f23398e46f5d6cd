"""What this service hears: clients come, change and go; brands change; quotes are accepted, invoices sent and paid."""

from uuid import UUID

from pydantic import BaseModel, Field
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import branding, erasing
from chassis.consuming import Consumers
from chassis.events import Event
from services.projects.activity.service import note
from services.projects.clients import ClientFacts
from services.projects.context import Context
from services.projects.projects.quoted import Quoted, begin_quoted_project
from services.projects.projects.withdrawing import delete_withdrawn
from services.projects.replicas.service import keep_client
from services.projects.time_claims.service import release_claim, settle_claim

consumers = Consumers()


class _Client(BaseModel):
    """The few fields of a client that are kept here."""

    id: UUID
    name: str
    email: str | None = None
    company: str | None = None


class _Invoice(BaseModel):
    """Whose work an invoice is for."""

    client_id: UUID = Field(alias="clientId")
    project_id: UUID | None = Field(default=None, alias="projectId")


class _ReopenedQuote(BaseModel):
    """Whose acceptance was taken back."""

    client_id: UUID = Field(alias="clientId")


class _Quote(BaseModel):
    """What an accepted quote says of its project."""

    client_id: UUID = Field(alias="clientId")
    project_id: UUID = Field(alias="projectId")
    title: str
    number: str


@consumers.on("auth.client.created", "auth.client.updated", "auth.client.deleted")
async def client_heard_of(event: Event, session: AsyncSession, context: Context) -> None:
    """Keep the client as it is now."""
    client = _Client.model_validate(event.data)
    await keep_client(
        session,
        event.agency_id,
        facts=ClientFacts(client.id, client.name, client.email or "", client.company or ""),
        source_version=event.aggregate_version,
        now=event.occurred_at,
        deleted=event.type == "auth.client.deleted",
    )


@consumers.on("auth.client.erased")
async def client_erased(event: Event, session: AsyncSession, context: Context) -> None:
    """A client is to be forgotten."""
    await erasing.hear(session, event)


@consumers.on("portal.settings.updated")
async def portal_changed(event: Event, session: AsyncSession, context: Context) -> None:
    """The agency's portal has another name, colour or logo, which its contracts show too."""
    await branding.hear(session, event)


@consumers.on("billing.invoice.sent", "billing.invoice.paid")
async def invoice_heard_of(event: Event, session: AsyncSession, context: Context) -> None:
    """Note in the activity feed that an invoice was sent or paid."""
    invoice = _Invoice.model_validate(event.data)
    await note(session, event, client_id=invoice.client_id, project_id=invoice.project_id)


@consumers.on("billing.invoice.created")
async def invoice_made(event: Event, session: AsyncSession, context: Context) -> None:
    """Time that is claimed for the invoice is on it for good."""
    await settle_claim(session, event.agency_id, invoice_id=event.aggregate_id, now=context.clock())


@consumers.on("billing.invoice.voided", "billing.invoice.deleted")
async def invoice_gone(event: Event, session: AsyncSession, context: Context) -> None:
    """Time that was on the invoice can be changed again, and put on another one."""
    await release_claim(session, event.agency_id, invoice_id=event.aggregate_id, now=context.clock())


@consumers.on("billing.quote.accepted")
async def quote_accepted(event: Event, session: AsyncSession, context: Context) -> None:
    """Begin the project that the client has agreed to."""
    quote = _Quote.model_validate(event.data)
    await begin_quoted_project(
        session,
        event.agency_id,
        quoted=Quoted(quote.project_id, quote.client_id, quote.title, quote.number),
        actor=event.actor,
        directory=context.directory,
        now=context.clock(),
    )
    await note(session, event, client_id=quote.client_id, project_id=quote.project_id)


@consumers.on("billing.quote.reopened")
async def quote_reopened(event: Event, session: AsyncSession, context: Context) -> None:
    """Delete the project of an acceptance that was taken back."""
    quote, project_id = _ReopenedQuote.model_validate(event.data), UUID(event.internal["projectId"])
    await delete_withdrawn(session, event.agency_id, project_id=project_id, actor=event.actor, now=context.clock())
    await note(session, event, client_id=quote.client_id, project_id=project_id)
