"""All SQL about clients, their numbers and what is counted for them."""

from datetime import datetime
from uuid import UUID

from asyncpg import Record
from sqlalchemy import func, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from chassis.database import Reader
from services.auth.clients.models import Client, ClientEmailTaken, ClientQuery, CountedRecord
from services.auth.companies.models import Company

# Gapless and in turn: the counter's row is locked until the transaction that took the number ends.
_NEXT_NUMBER = text(
    "INSERT INTO number_series (agency_id, series, last) VALUES (:agency_id, 'client', 1)"
    " ON CONFLICT (agency_id, series) DO UPDATE SET last = number_series.last + 1 RETURNING last"
)

_COUNTS = text(
    "SELECT count(*) FILTER (WHERE kind = 'project') AS projects,"
    " count(*) FILTER (WHERE kind = 'invoice') AS invoices,"
    " count(*) FILTER (WHERE kind = 'invoice' AND state = 'open') AS open_invoices"
    " FROM counted_records WHERE agency_id = :agency_id AND client_id = :client_id AND state <> 'gone'"
)

_HEAR = text(
    "INSERT INTO counted_records (agency_id, id, version, kind, client_id, state, source_version)"
    " VALUES (:agency_id, :id, 1, :kind, :client_id, :state, :source_version)"
    " ON CONFLICT (agency_id, id) DO UPDATE SET client_id = excluded.client_id, state = excluded.state,"
    " source_version = excluded.source_version, version = counted_records.version + 1, updated_at = now()"
    # What is gone stays gone, whatever arrives after it.
    " WHERE counted_records.state <> 'gone' AND counted_records.source_version <= excluded.source_version"
)

_TAKE_TURN = text("SELECT pg_advisory_xact_lock(hashtextextended(:name, 0))")

# The page is chosen first and decorated after, so that row-level security costs one index range.
_SHOWN = """
    SELECT c.id, c.version, c.number, c.name, c.email, c.company, c.company_id, c.created_at, c.updated_at,
           t.id AS token_id, t.generation, n.projects, n.invoices
    FROM ({page}) c
    LEFT JOIN LATERAL (
        SELECT id, generation FROM portal_tokens
        WHERE agency_id = c.agency_id AND client_id = c.id AND revoked_at IS NULL
          AND expires_at > $2
        ORDER BY id DESC LIMIT 1
    ) t ON true
    CROSS JOIN LATERAL (
        SELECT count(*) FILTER (WHERE kind = 'project') AS projects,
               count(*) FILTER (WHERE kind = 'invoice') AS invoices
        FROM counted_records WHERE agency_id = c.agency_id AND client_id = c.id AND state <> 'gone'
    ) n
    ORDER BY c.id DESC
"""
_ONE = _SHOWN.format(page="SELECT * FROM clients WHERE agency_id = $1 AND id = $3")
_PAGE = _SHOWN.format(
    page="SELECT * FROM clients WHERE agency_id = $1 AND ($3::uuid IS NULL OR id < $3)"
    " AND ($4::text IS NULL OR name ILIKE $4 OR email ILIKE $4 OR company ILIKE $4)"
    " AND ($5::uuid IS NULL OR company_id = $5) ORDER BY id DESC LIMIT $6"
)
_IN_DIRECTORY = """
    SELECT c.id, c.number, c.name, c.email, c.company, c.company_id, a.slug, t.id AS token_id, t.generation
    FROM clients c
    JOIN agencies a ON a.agency_id = c.agency_id AND a.id = c.agency_id
    LEFT JOIN LATERAL (
        SELECT id, generation FROM portal_tokens
        WHERE agency_id = c.agency_id AND client_id = c.id AND revoked_at IS NULL
          AND expires_at > $2
        ORDER BY id DESC LIMIT 1
    ) t ON true
    WHERE c.agency_id = $1 AND c.id = ANY($3::uuid[]) AND c.erased_at IS NULL
"""


async def next_number(session: AsyncSession, agency_id: UUID) -> int:
    """The number of the next client."""
    return int((await session.execute(_NEXT_NUMBER, {"agency_id": agency_id})).scalar_one())


async def save(session: AsyncSession, client: Client) -> None:
    """Save a new or changed client; ClientEmailTaken when another client of the agency has the address."""
    session.add(client)
    try:
        await session.flush()
    except IntegrityError as error:
        if "clients_email" in str(error.orig):
            raise ClientEmailTaken from error
        raise


async def lock(session: AsyncSession, agency_id: UUID, reference: UUID | int) -> Client | None:
    """The client with that id or number, as they are now and will stay until this transaction ends."""
    named = Client.id == reference if isinstance(reference, UUID) else Client.number == reference
    query = (
        select(Client)
        .where(Client.agency_id == agency_id, named)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return (await session.scalars(query)).first()


async def lock_by_email(session: AsyncSession, agency_id: UUID, email: str) -> Client | None:
    """The client with that address, whatever its case, as `lock` finds them."""
    query = (
        select(Client)
        .where(Client.agency_id == agency_id, func.lower(col(Client.email)) == func.lower(email))
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return (await session.scalars(query)).first()


async def take_turn(session: AsyncSession, agency_id: UUID, client_id: UUID) -> None:
    """Wait for whoever else makes a client of that id, and have others wait until the transaction ends."""
    await session.execute(_TAKE_TURN, {"name": f"client/{agency_id}/{client_id}"})


async def of_company(session: AsyncSession, company: Company, *, lock: bool = False) -> list[Client]:
    """A company's clients, oldest first; with `lock`, nobody else changes them until the transaction ends."""
    query = (
        select(Client)
        .where(Client.agency_id == company.agency_id, Client.company_id == company.id)
        .order_by(col(Client.id))
        .execution_options(populate_existing=True)
    )
    return list(await session.scalars(query.with_for_update() if lock else query))


async def delete(session: AsyncSession, client: Client) -> None:
    """Remove a client."""
    await session.delete(client)
    await session.flush()


async def counts(session: AsyncSession, client: Client) -> dict[str, int]:
    """How many `projects`, `invoices` and `open_invoices` a client has."""
    found = await session.execute(_COUNTS, {"agency_id": client.agency_id, "client_id": client.id})
    return dict(found.mappings().one())


async def hear(session: AsyncSession, record: CountedRecord) -> None:
    """Take in the news about a project or an invoice, unless it is old."""
    await session.execute(
        _HEAR,
        {
            "agency_id": record.agency_id,
            "id": record.id,
            "kind": record.kind,
            "client_id": record.client_id,
            "state": record.state,
            "source_version": record.source_version,
        },
    )


async def shown(reader: Reader, agency_id: UUID, *, client_id: UUID, now: datetime) -> Record | None:
    """One client with counts and live token, or None."""
    return await reader.fetchrow(_ONE, agency_id, now, client_id)


async def page(reader: Reader, agency_id: UUID, *, query: ClientQuery, now: datetime) -> list[Record]:
    """Clients with counts and live token, newest first."""
    pattern = f"%{_escaped(query.search)}%" if query.search else None
    return await reader.fetch(_PAGE, agency_id, now, query.after, pattern, query.company_id, query.limit)


async def in_directory(reader: Reader, agency_id: UUID, *, client_ids: list[UUID], now: datetime) -> list[Record]:
    """Those of the named clients that exist, with their live token."""
    return await reader.fetch(_IN_DIRECTORY, agency_id, now, client_ids)


def _escaped(search: str) -> str:
    return search.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")
