"""All SQL about replicas of clients."""

from uuid import UUID

from sqlalchemy import func, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from services.projects.replicas.models import ClientReplica

_IS_LIVE = text("SELECT deleted_at IS NULL FROM clients WHERE agency_id = :agency_id AND id = :id")


async def is_live(session: AsyncSession, agency_id: UUID, client_id: UUID) -> bool | None:
    """Whether the client exists; None when it was never heard of."""
    live: bool | None = await session.scalar(_IS_LIVE, {"agency_id": agency_id, "id": client_id})
    return live


async def find(session: AsyncSession, agency_id: UUID, client_id: UUID) -> ClientReplica | None:
    """What is known of a client, deleted or not."""
    query = select(ClientReplica).where(ClientReplica.agency_id == agency_id, ClientReplica.id == client_id)
    return (await session.scalars(query)).one_or_none()


async def keep(session: AsyncSession, replica: ClientReplica) -> None:
    """Save what was heard, unless something newer was heard before: events come in any order."""
    heard = insert(ClientReplica).values(replica.model_dump())
    changed = {
        name: heard.excluded[name]
        for name in ("name", "email", "company", "source_version", "deleted_at", "updated_at")
    }
    await session.execute(
        heard.on_conflict_do_update(
            index_elements=["agency_id", "id"],
            set_=changed | {"version": col(ClientReplica.version) + 1},
            where=func.coalesce(col(ClientReplica.source_version), 0) < heard.excluded.source_version,
        )
    )
