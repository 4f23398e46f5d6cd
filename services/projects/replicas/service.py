"""Use cases of the replicas: hearing of a client, and making sure that one exists."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.errors import Invalid
from services.projects.clients import ClientFacts, Directory
from services.projects.replicas import repository
from services.projects.replicas.models import ClientReplica


async def keep_client(
    session: AsyncSession,
    agency_id: UUID,
    *,
    facts: ClientFacts,
    source_version: int,
    now: datetime,
    deleted: bool = False,
) -> None:
    """Remember what was heard about a client."""
    replica = ClientReplica(
        agency_id=agency_id,
        id=facts.id,
        name=facts.name,
        email=facts.email,
        company=facts.company,
        source_version=source_version,
        deleted_at=now if deleted else None,
        created_at=now,
        updated_at=now,
    )
    await repository.keep(session, replica)


async def require_client(
    session: AsyncSession, agency_id: UUID, *, client_id: UUID, directory: Directory, now: datetime
) -> None:
    """Make sure that the agency has this client, asking auth about one that was not heard of yet.

    Raises Invalid for a deleted, foreign or made-up id alike.
    """
    live = await repository.is_live(session, agency_id, client_id)
    if live is None and (facts := await directory.get_client(agency_id, client_id)):
        await keep_client(session, agency_id, facts=facts, source_version=0, now=now)
        live = True
    if not live:
        raise Invalid.field("clientId", "is not a client of this agency")


async def client_of(session: AsyncSession, agency_id: UUID, client_id: UUID) -> ClientReplica:
    """What is known of the client whom a row of ours is of: a foreign key holds that there is one."""
    client = await repository.find(session, agency_id, client_id)
    assert client, "a row names a client that was never kept"
    return client
