"""Use cases of clients."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from asyncpg import Record
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.database import Reader
from chassis.errors import NotFound
from chassis.principals import Staff
from services.auth import events
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
from services.auth.portal_tokens.links import PortalLinks


@dataclass(frozen=True, slots=True)
class ClientQuery:
    """Which clients are asked for: those that match `search`, older than `after`, at most `limit`."""

    limit: int
    after: UUID | None = None
    search: str | None = None


@dataclass(frozen=True, slots=True)
class ClientEntry:
    """A client in the directory that other services read; `portal_url` is empty without a live token."""

    id: UUID
    number: int
    name: str
    email: str
    company: str
    portal_url: str


async def list_clients(
    reader: Reader, agency_id: UUID, *, query: ClientQuery, context: Context, now: datetime
) -> list[ClientWithToken]:
    """Clients of the agency, newest first."""
    rows = await repository.page(
        reader, agency_id, now=now, after=query.after, search=query.search, limit=query.limit
    )
    return [_shown(row, context.links) for row in rows]


async def get_client(
    reader: Reader, agency_id: UUID, *, client_id: UUID, context: Context, now: datetime
) -> tuple[ClientWithToken, int]:
    """A client and their version; NotFound when the agency has none with that id."""
    row = await repository.shown(reader, agency_id, client_id=client_id, now=now)
    if row is None:
        raise NotFound
    return _shown(row, context.links), int(row["version"])


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
    token = await portal_tokens.issue(session, agency_id=client.agency_id, client_id=client.id, now=now)
    public = ClientPublic.model_validate(client)
    await events.client_created(session, client, public, actor=staff.actor, now=now)
    return _with_token(public, context.links.token(token.id, token.generation)), client.version


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
    public = ClientPublic.model_validate(client)
    public.count = ClientCount(projects=counts["projects"], invoices=counts["invoices"])
    await events.client_updated(session, client, public, actor=staff.actor, now=now)
    return public


async def as_agency_sees(
    session: AsyncSession, public: ClientPublic, *, agency_id: UUID, context: Context, now: datetime
) -> ClientWithToken:
    """The client with their live token."""
    token = await portal_tokens.live_token(session, agency_id=agency_id, client_id=public.id, now=now)
    return _with_token(public, context.links.token(token.id, token.generation) if token else None)


async def delete_client(
    session: AsyncSession, staff: Staff, *, client: Client, now: datetime
) -> ClientDeleted:
    """The client and their portal tokens go; refused while invoices are open."""
    counts = await repository.counts(session, client)
    client.delete(now, open_invoices=counts["open_invoices"])
    await portal_tokens.revoke_all(session, client_id=client.id, staff=staff, now=now)
    await events.client_deleted(
        session, client, ClientPublic.model_validate(client), actor=staff.actor, now=now
    )
    await repository.delete(session, client)
    return ClientDeleted(id=client.id)


async def count_record(session: AsyncSession, record: CountedRecord) -> None:
    """Take in the news about a client's project or invoice."""
    await repository.hear(session, record)


async def find_clients(
    reader: Reader, agency_id: UUID, *, client_ids: list[UUID], context: Context, now: datetime
) -> list[ClientEntry]:
    """Those of the named clients that the agency has."""
    rows = await repository.in_directory(reader, agency_id, client_ids=client_ids, now=now)
    return [
        ClientEntry(
            id=row["id"],
            number=row["number"],
            name=row["name"],
            email=row["email"] or "",
            company=row["company"] or "",
            portal_url=context.links.url(row["token_id"], row["generation"]) if row["token_id"] else "",
        )
        for row in rows
    ]


def _shown(row: Record, links: PortalLinks) -> ClientWithToken:
    return ClientWithToken(
        id=row["id"],
        number=row["number"],
        name=row["name"],
        email=row["email"],
        company=row["company"],
        company_id=row["company_id"],
        count=ClientCount(projects=row["projects"], invoices=row["invoices"]),
        created_at=row["created_at"],
        updated_at=row["updated_at"],
        token=links.token(row["token_id"], row["generation"]) if row["token_id"] else None,
    )


def _with_token(public: ClientPublic, token: str | None) -> ClientWithToken:
    return ClientWithToken(**{name: getattr(public, name) for name in ClientPublic.model_fields}, token=token)
