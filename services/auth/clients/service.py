"""Use cases of clients that change something."""

import asyncio
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.errors import NotFound
from chassis.principals import Actor, Staff
from services.auth import events
from services.auth.agencies import service as agencies
from services.auth.client_sessions import service as client_sessions
from services.auth.clients import repository
from services.auth.clients.models import Client, ClientEmailTaken, CountedRecord, NewClient
from services.auth.clients.schemas import (
    ClientCount,
    ClientDeleted,
    ClientPublic,
    ClientUpdate,
    ClientWithToken,
)
from services.auth.companies import membership as companies
from services.auth.companies.models import Company
from services.auth.context import Context
from services.auth.custodian_clients import credentials as custodian_credentials
from services.auth.magic_links import service as magic_links
from services.auth.portal_tokens import service as portal_tokens
from services.auth.portal_tokens.models import HolderType, PortalToken, TokenHolder

# Open invoices are heard of by events, which take some 20 ms; asking billing would close a circle of calls.
EVENTS_IN_FLIGHT_S = 0.3


async def create_client(
    session: AsyncSession, staff: Staff, *, new: NewClient, context: Context, now: datetime
) -> tuple[ClientWithToken, int]:
    """A new client with a portal token, and their version; the welcome goes out by e-mail."""
    client, public = await add_client(session, new, agency_id=staff.agency_id, actor=staff.actor, now=now)
    token = await _open_portal(session, client, actor=staff.actor, now=now)
    return _with_token(public, context.links.token(token.id, token.generation)), client.version


async def admit_client(
    session: AsyncSession, agency_id: UUID, *, new: NewClient, actor: Actor, now: datetime
) -> ClientPublic:
    """The client of that id, made with a portal token and a welcome unless they are there already.

    Whoever has the e-mail address already is the client meant. Two that ask at once get the same one.
    """
    await repository.take_turn(session, agency_id, new.id)
    known = await repository.lock(session, agency_id, new.id)
    if known is None:
        try:
            async with session.begin_nested():
                client, public = await add_client(session, new, agency_id=agency_id, actor=actor, now=now)
                await _open_portal(session, client, actor=actor, now=now)
            return public
        except ClientEmailTaken:
            # They are a client by another id, be it for a moment or for years.
            known = await repository.lock_by_email(session, agency_id, new.email or "")
            if known is None:
                raise
    return _public(known, await repository.counts(session, known))


async def public_client(session: AsyncSession, agency_id: UUID, client_id: UUID) -> ClientPublic:
    """One client as events show them; NotFound when the agency has none with that id."""
    client = await load_client(session, agency_id, client_id)
    return _public(client, await repository.counts(session, client))


async def add_client(
    session: AsyncSession, new: NewClient, *, agency_id: UUID, actor: Actor, now: datetime
) -> tuple[Client, ClientPublic]:
    """A new client without a credential."""
    company = await companies.company_to_join(session, agency_id, new.company_id) if new.company_id else None
    number = await repository.next_number(session, agency_id)
    name = new.name or f"Client {number}"
    client = Client(agency_id=agency_id, id=new.id, number=number, name=name, email=new.email)
    client.belong_to(company)
    client.change({"company": new.company} if new.company else {}, now)
    client.created_at = now
    await repository.save(session, client)
    public = ClientPublic.model_validate(client)
    await events.client_created(session, client, public, actor=actor, now=now, welcome=new.welcome)
    if company:
        await companies.members_changed(session, agency_id, {company.id}, actor=actor, now=now)
    return client, public


async def let_events_arrive() -> None:
    """Wait for the news of invoices that were made a moment ago; hold no connection meanwhile."""
    await asyncio.sleep(EVENTS_IN_FLIGHT_S)


async def load_client(session: AsyncSession, agency_id: UUID, reference: UUID | int) -> Client:
    """A client by id or number, to change in this transaction alone; NotFound when the agency has none."""
    client = await repository.lock(session, agency_id, reference)
    if client is None:
        raise NotFound
    return client


async def of_company(session: AsyncSession, company: Company) -> list[Client]:
    """A company's clients, oldest first."""
    return await repository.of_company(session, company)


async def update_client(
    session: AsyncSession, staff: Staff, *, client: Client, body: ClientUpdate, now: datetime
) -> ClientPublic:
    """Another name, address or company."""
    changes = body.changes()
    before, after = client.company_id, changes.pop("company_id", client.company_id)
    if after != before:
        # Only where it changes: whoever renames the company holds it and waits for this client.
        client.belong_to(await companies.company_to_join(session, client.agency_id, after) if after else None)
    if changes.get("email", client.email) != client.email:
        await magic_links.end_all(session, client.agency_id, client.id, now=now)
    client.change(changes, now)
    await repository.save(session, client)
    public = _public(client, await repository.counts(session, client))
    await events.client_updated(session, client, public, actor=staff.actor, now=now)
    if after != before:
        concerned = {company_id for company_id in (before, after) if company_id}
        await companies.members_changed(session, client.agency_id, concerned, actor=staff.actor, now=now)
    return public


async def company_renamed(session: AsyncSession, staff: Staff, *, company: Company, now: datetime) -> None:
    """A company's clients show its new name."""
    for client in await repository.of_company(session, company, lock=True):
        client.belong_to(company)
        client.change({}, now)
        public = _public(client, await repository.counts(session, client))
        await events.client_updated(session, client, public, actor=staff.actor, now=now)


async def as_agency_sees(
    session: AsyncSession, public: ClientPublic, *, agency_id: UUID, context: Context, now: datetime
) -> ClientWithToken:
    """The client with their live token."""
    token = await portal_tokens.live_token(session, TokenHolder(HolderType.CONTACT, agency_id, public.id), now=now)
    return _with_token(public, context.links.token(token.id, token.generation) if token else None)


async def delete_client(session: AsyncSession, staff: Staff, *, client: Client, now: datetime) -> ClientDeleted:
    """The client and their portal tokens go; refused while invoices are open."""
    counts = await repository.counts(session, client)
    client.delete(now, open_invoices=counts["open_invoices"])
    await end_credentials(session, staff, client=client, now=now)
    await events.client_deleted(session, client, _public(client, counts), actor=staff.actor, now=now)
    await repository.delete(session, client)
    if client.company_id:
        await companies.members_changed(session, client.agency_id, {client.company_id}, actor=staff.actor, now=now)
    return ClientDeleted(id=client.id)


async def end_credentials(session: AsyncSession, staff: Staff, *, client: Client, now: datetime) -> None:
    """Whatever opens the portal for the client opens it no longer; every process hears of it."""
    holder = TokenHolder(HolderType.CONTACT, client.agency_id, client.id)
    await portal_tokens.revoke_all(session, holder, actor=staff.actor, now=now)
    await client_sessions.end_all(session, client.agency_id, client.id, actor=staff.actor, now=now)
    await magic_links.end_all(session, client.agency_id, client.id, now=now)
    await custodian_credentials.end_with_client(session, client, actor=staff.actor, now=now)


async def count_record(session: AsyncSession, record: CountedRecord) -> None:
    """Take in the news about a client's project or invoice."""
    await repository.hear(session, record)


async def _open_portal(session: AsyncSession, client: Client, *, actor: Actor, now: datetime) -> PortalToken:
    agency = await agencies.get_agency(session, client.agency_id)
    holder = TokenHolder(HolderType.CONTACT, client.agency_id, client.id)
    return await portal_tokens.issue(session, holder, lifetime=agency.token_lifetime, actor=actor, now=now)


def _public(client: Client, counts: dict[str, int]) -> ClientPublic:
    public = ClientPublic.model_validate(client)
    public.count = ClientCount(projects=counts["projects"], invoices=counts["invoices"])
    return public


def _with_token(public: ClientPublic, token: str | None) -> ClientWithToken:
    return ClientWithToken(**{name: getattr(public, name) for name in ClientPublic.model_fields}, token=token)
