"""The events that the portal hears, to keep its replicas."""

from uuid import UUID

from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import erasing
from chassis.consuming import Consumers
from chassis.events import Event
from services.portal.dependencies import Context
from services.portal.invitations import service as invitations
from services.portal.leads import service as leads
from services.portal.profiles import service as profiles
from services.portal.replicas import service

consumers = Consumers()


class AgencyTold(BaseModel):
    """The fields of an agency that the portal shows."""

    name: str
    slug: str


class ClientTold(BaseModel):
    """The fields of a client that the portal shows."""

    model_config = ConfigDict(alias_generator=to_camel)

    number: int
    name: str
    email: str | None = None
    company: str | None = None
    company_id: UUID | None = None


class CompanyTold(BaseModel):
    """The fields of a company that the portal shows."""

    number: int
    name: str


@consumers.on("auth.agency.registered", "auth.agency.updated")
async def agency_changed(event: Event, session: AsyncSession, context: Context) -> None:
    """A new agency, or new facts about one."""
    told = AgencyTold.model_validate(event.data)
    await service.keep_agency(
        session,
        event.agency_id,
        name=told.name,
        slug=told.slug,
        version=event.aggregate_version,
        now=event.occurred_at,
    )


@consumers.on("auth.client.created", "auth.client.updated")
async def client_changed(event: Event, session: AsyncSession, context: Context) -> None:
    """A new client, or new facts about one."""
    told = ClientTold.model_validate(event.data)
    await service.keep_client(
        session,
        event.agency_id,
        client_id=event.aggregate_id,
        facts=told.model_dump(),
        version=event.aggregate_version,
        now=event.occurred_at,
    )


@consumers.on("auth.client.deleted")
async def client_deleted(event: Event, session: AsyncSession, context: Context) -> None:
    """A client is gone."""
    await service.forget_client(
        session, event.agency_id, client_id=event.aggregate_id, version=event.aggregate_version, now=event.occurred_at
    )
    await invitations.forget_client(session, event.agency_id, client_id=event.aggregate_id)
    await profiles.forget_profile(session, event.agency_id, client_id=event.aggregate_id, now=event.occurred_at)
    await leads.forget_client(session, event.agency_id, client_id=event.aggregate_id, now=event.occurred_at)


@consumers.on("auth.client.erased")
async def client_erased(event: Event, session: AsyncSession, context: Context) -> None:
    """A client is to be forgotten."""
    await erasing.hear(session, event)


@consumers.on("auth.company.created", "auth.company.updated")
async def company_changed(event: Event, session: AsyncSession, context: Context) -> None:
    """A new company, or a new name of one."""
    told = CompanyTold.model_validate(event.data)
    await service.keep_company(
        session,
        event.agency_id,
        company_id=event.aggregate_id,
        facts=told.model_dump(),
        version=event.aggregate_version,
        now=event.occurred_at,
    )


@consumers.on("auth.company.deleted")
async def company_deleted(event: Event, session: AsyncSession, context: Context) -> None:
    """A company is gone."""
    await service.forget_company(
        session, event.agency_id, company_id=event.aggregate_id, version=event.aggregate_version, now=event.occurred_at
    )
    await profiles.forget_profile(session, event.agency_id, client_id=event.aggregate_id, now=event.occurred_at)
