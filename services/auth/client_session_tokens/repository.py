"""All SQL about client session tokens."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from services.auth.client_session_tokens.models import IDLE, ClientSessionToken

# Decided and written in one statement: of a use and an end at the same moment, one comes first.
_USE = text(
    "UPDATE client_session_tokens t SET last_used_at = greatest(t.last_used_at, :now)"
    " FROM custodian_clients k, clients c"
    " WHERE t.token_hash = :hash AND t.last_used_at > :used_after AND t.expires_at > :now"
    " AND k.agency_id = t.agency_id AND k.client_id = t.client_id"
    " AND c.agency_id = t.agency_id AND c.id = t.client_id"
    " RETURNING t.agency_id, t.client_id, c.name, c.email, k.id AS credential_id, t.last_used_at, t.expires_at"
)
_DELETE_OF_CLIENT = text(
    "DELETE FROM client_session_tokens WHERE agency_id = :agency_id AND client_id = :client_id"
    " RETURNING last_used_at > :used_after AND expires_at > :now AS was_live"
)
_DELETE_ENDED = text("DELETE FROM client_session_tokens WHERE last_used_at <= :used_after OR expires_at <= :now")


@dataclass(frozen=True, slots=True)
class Use:
    """A live token that was used: whose it is, and when it was used last and ends at the latest."""

    agency_id: UUID
    client_id: UUID
    name: str
    email: str | None
    credential_id: UUID
    last_used_at: datetime
    expires_at: datetime


async def add(session: AsyncSession, token: ClientSessionToken) -> None:
    """Save a new token."""
    session.add(token)
    await session.flush()


async def use(session: AsyncSession, token_hash: bytes, *, now: datetime) -> Use | None:
    """Note that a live token is used, in whichever agency; None when there is none with that hash."""
    found = await session.execute(_USE, {"hash": token_hash, "now": now, "used_after": now - IDLE})
    row = found.mappings().one_or_none()
    return Use(**row) if row else None


async def delete_of_client(session: AsyncSession, agency_id: UUID, client_id: UUID, *, now: datetime) -> int:
    """Remove every token of a client; returns how many of them were live."""
    which = {"agency_id": agency_id, "client_id": client_id, "now": now, "used_after": now - IDLE}
    return sum((await session.scalars(_DELETE_OF_CLIENT, which)).all())


async def delete_ended(session: AsyncSession, now: datetime) -> None:
    """Forget tokens that are over."""
    await session.execute(_DELETE_ENDED, {"now": now, "used_after": now - IDLE})
