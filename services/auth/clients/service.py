"""Use cases of clients that change something."""

import asyncio
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.errors import NotFound
from chassis.principals import Staff
from services.auth import events
from services.auth.agencies import service as agencies
from services.auth.clients import repository
from services.auth.clients.models import Client, CountedRecord
from services.auth.clients.schemas import (
    ClientCount,
    ClientCreate,
    ClientDeleted,
    ClientPublic,
    ClientUpdate,
    ClientWithToken,
)
from services.auth.context import Context
from services.auth.portal_tokens import service as portal_tokens

# Open invoices are heard of by events, which take some 20 ms; asking billing would close a circle of calls.
EVENTS_IN_FLIGHT_S = 0.3


async def create_client(
    session: AsyncSession, staff: Staff, *, body: ClientCreate, context: Context, now: datetime
) -> tuple[ClientWithToken, int]:
    """A new client with a portal token, and their version; the welcome goes out by e-mail."""
    client = Client(
        agency_id=staff.agency_id,
        number=await repository.next_number(session, staff.agency_id),
        name=body.name,
        email=body.email,
        company=body.company,
        created_at=now,
        updated_at=now,
    )
    await repository.save(session, client)
    agency = await agencies.get_agency(session, client.agency_id)
    token = await portal_tokens.issue(
        session, agency_id=client.agency_id, client_id=client.id, lifetime=agency.token_lifetime, now=now
    )
    public = ClientPublic.model_validate(client)
    await events.client_created(session, client, public, actor=staff.actor, now=now)
    return _with_token(public, context.links.token(token.id, token.generation)), client.version


async def let_events_arrive() -> None:
    """Wait for the news of invoices that were made a moment ago; hold no connection meanwhile."""
    await asyncio.sleep(EVENTS_IN_FLIGHT_S)


async def load_client(session: AsyncSession, agency_id: UUID, client_id: UUID) -> Client:
    """A client to change; NotFound when the agency has none with that id."""
    client = await repository.get(session, agency_id, client_id)
    if client is None:
        raise NotFound
    return client


async def update_client(
    session: AsyncSession, staff: Staff, *, client: Client, body: ClientUpdate, now: datetime
) -> ClientPublic:
    """Another name, address or company."""
    client.change(body.changes(), now)
    await repository.save(session, client)
    counts = await repository.counts(session, client)
    public = _public(client, counts)
    await events.client_updated(session, client, public, actor=staff.actor, now=now)
    return public


async def as_agency_sees(
    session: AsyncSession, public: ClientPublic, *, agency_id: UUID, context: Context, now: datetime
) -> ClientWithToken:
    """The client with their live token."""
    token = await portal_tokens.live_token(session, agency_id=agency_id, client_id=public.id, now=now)
    return _with_token(public, context.links.token(token.id, token.generation) if token else None)


async def delete_client(session: AsyncSession, staff: Staff, *, client: Client, now: datetime) -> ClientDeleted:
    """The client and their portal tokens go; refused while invoices are open."""
    counts = await repository.counts(session, client)
    client.delete(now, open_invoices=counts["open_invoices"])
    await portal_tokens.revoke_all(session, client_id=client.id, staff=staff, now=now)
    await events.client_deleted(session, client, _public(client, counts), actor=staff.actor, now=now)
    await repository.delete(session, client)
    return ClientDeleted(id=client.id)


async def count_record(session: AsyncSession, record: CountedRecord) -> None:
    """Take in the news about a client's project or invoice."""
    await repository.hear(session, record)


def _public(client: Client, counts: dict[str, int]) -> ClientPublic:
    public = ClientPublic.model_validate(client)
    public.count = ClientCount(projects=counts["projects"], invoices=counts["invoices"])
    return public


def _with_token(public: ClientPublic, token: str | None) -> ClientWithToken:
    return ClientWithToken(**{name: getattr(public, name) for name in ClientPublic.model_fields}, token=token)
