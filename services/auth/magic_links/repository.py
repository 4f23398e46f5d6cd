"""All SQL about magic links."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, func, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from services.auth.agencies.models import Agency
from services.auth.clients.models import Client
from services.auth.magic_links.models import MagicLink

# Kept for a while, for whoever wonders when a link was used.
_DELETE_ENDED = text("DELETE FROM magic_links WHERE expires_at < CAST(:now AS timestamptz) - interval '7 days'")

_END_ALL = text(
    "UPDATE magic_links SET expires_at = :now, updated_at = :now, version = version + 1"
    " WHERE agency_id = :agency_id AND client_id = :client_id AND used_at IS NULL AND expires_at > :now"
)


async def addressee(session: AsyncSession, *, slug: str, email: str) -> tuple[Agency, UUID | None] | None:
    """The agency with that slug and the id of its client with that address, each if there is one.

    One statement, whoever is asked about.
    """
    query = (
        select(Agency, Client.id)
        .outerjoin(
            Client,
            and_(col(Client.agency_id) == Agency.agency_id, func.lower(col(Client.email)) == func.lower(email)),
        )
        .where(Agency.slug == slug)
    )
    row = (await session.execute(query)).first()
    return (row[0], row[1]) if row else None


async def add(session: AsyncSession, link: MagicLink) -> None:
    """Save a new link."""
    session.add(link)
    await session.flush()


async def get(session: AsyncSession, agency_id: UUID, link_id: UUID) -> MagicLink | None:
    """The link with that id."""
    return await session.get(MagicLink, (agency_id, link_id))


async def with_client_locked(session: AsyncSession, link_id: UUID) -> tuple[MagicLink, Client] | None:
    """The link with that id, in whichever agency, and its client; whoever wants it too waits for this transaction."""
    query = (
        select(MagicLink, Client)
        .join(Client, and_(col(Client.agency_id) == MagicLink.agency_id, col(Client.id) == MagicLink.client_id))
        .where(MagicLink.id == link_id)
        .with_for_update(of=MagicLink)
    )
    row = (await session.execute(query)).first()
    return (row[0], row[1]) if row else None


async def end_all(session: AsyncSession, agency_id: UUID, client_id: UUID, *, now: datetime) -> None:
    """End every live link of a client."""
    await session.execute(_END_ALL, {"agency_id": agency_id, "client_id": client_id, "now": now})


async def delete_ended(session: AsyncSession, now: datetime) -> None:
    """Forget links that ran out a week ago."""
    await session.execute(_DELETE_ENDED, {"now": now})
