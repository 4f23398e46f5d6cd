"""What billing hears: clients and projects come, change and go, agencies move and dress anew."""

from uuid import UUID

from pydantic import BaseModel, Field
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import branding, erasing
from chassis.consuming import Consumers
from chassis.events import Event
from services.billing.context import Context
from services.billing.recurring_invoices import service as recurring_invoices
from services.billing.reminders import service as reminders
from services.billing.replicas import service
from services.billing.replicas.models import Agency, Client, Project

consumers = Consumers()


class _Agency(BaseModel):
    """What billing reads of an agency."""

    time_zone: str = Field(alias="timeZone")


class _Client(BaseModel):
    """What billing reads of a client."""

    name: str
    email: str | None = None
    company: str | None = None


class _Project(BaseModel):
    """What billing reads of a project."""

    client_id: UUID = Field(alias="clientId")


@consumers.on("auth.agency.updated")
async def agency_changed(event: Event, session: AsyncSession, context: Context) -> None:
    """An agency has another time zone, and what is due on its days is due at other times."""
    heard = _Agency.model_validate(event.data)
    agency = Agency(
        agency_id=event.agency_id,
        id=event.agency_id,
        time_zone=heard.time_zone,
        source_version=event.aggregate_version,
    )
    if await service.keep_agency(session, agency):
        now = context.clock()
        await reminders.look_again(session, event.agency_id, now=now)
        await recurring_invoices.look_again(session, event.agency_id, now=now)


@consumers.on("auth.client.created", "auth.client.updated", "auth.client.deleted")
async def client_changed(event: Event, session: AsyncSession, context: Context) -> None:
    """A client is there, has another name, or is gone."""
    heard = _Client.model_validate(event.data)
    client = Client(
        agency_id=event.agency_id,
        id=event.aggregate_id,
        name=heard.name,
        email=heard.email or None,
        company=heard.company or None,
        source_version=event.aggregate_version,
        deleted_at=event.occurred_at if event.type.endswith(".deleted") else None,
    )
    await service.keep_client(session, client)


@consumers.on("auth.client.erased")
async def client_erased(event: Event, session: AsyncSession, context: Context) -> None:
    """A client is to be forgotten."""
    await erasing.hear(session, event)


@consumers.on("portal.settings.updated")
async def portal_changed(event: Event, session: AsyncSession, context: Context) -> None:
    """The agency's portal has another name, colour or logo, which its papers show too."""
    await branding.hear(session, event)


@consumers.on("projects.project.created", "projects.project.updated", "projects.project.deleted")
async def project_changed(event: Event, session: AsyncSession, context: Context) -> None:
    """A project is there, or gone."""
    heard = _Project.model_validate(event.data)
    project = Project(
        agency_id=event.agency_id,
        id=event.aggregate_id,
        client_id=heard.client_id,
        source_version=event.aggregate_version,
        deleted_at=event.occurred_at if event.type.endswith(".deleted") else None,
    )
    await service.keep_project(session, project)
