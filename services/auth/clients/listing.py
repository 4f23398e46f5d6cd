"""Use cases of clients that only read: lists, one client, and the directory of other services."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from asyncpg import Record

from chassis.database import Reader
from chassis.errors import NotFound
from chassis.principals import Staff
from services.auth.api_keys.models import Scope
from services.auth.clients import repository
from services.auth.clients.models import ClientQuery
from services.auth.clients.schemas import ClientCount, ClientWithToken
from services.auth.context import Context
from services.auth.portal_tokens.links import PortalLinks


@dataclass(frozen=True, slots=True)
class ClientEntry:
    """A client in the directory that other services read; `portal_url` is for signing in without a live token."""

    id: UUID
    number: int
    name: str
    email: str
    company: str
    company_id: UUID | None
    portal_url: str


async def list_clients(
    reader: Reader, staff: Staff, *, query: ClientQuery, context: Context, now: datetime
) -> list[ClientWithToken]:
    """Clients of the agency, newest first."""
    rows = await repository.page(reader, staff.agency_id, query=query, now=now)
    return [_shown(row, staff, context.links) for row in rows]


async def get_client(
    reader: Reader, staff: Staff, *, client_id: UUID, context: Context, now: datetime
) -> tuple[ClientWithToken, int]:
    """A client and their version; NotFound when the agency has none with that id."""
    row = await repository.shown(reader, staff.agency_id, client_id=client_id, now=now)
    if row is None:
        raise NotFound
    return _shown(row, staff, context.links), int(row["version"])


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
            company_id=row["company_id"],
            portal_url=context.links.url(row["token_id"], row["generation"])
            if row["token_id"]
            else context.links.sign_in_url(row["slug"]),
        )
        for row in rows
    ]


def _shown(row: Record, staff: Staff, links: PortalLinks) -> ClientWithToken:
    # Whoever holds a client's token may sign and approve as that client, which is more than reading.
    visible = row["token_id"] is not None and (staff.via == "session" or Scope.WRITE in staff.scopes)
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
        token=links.token(row["token_id"], row["generation"]) if visible else None,
    )
