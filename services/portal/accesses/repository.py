"""All SQL of accesses."""

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from chassis.principals import Client
from services.portal.accesses.models import Access


async def lock_access(session: AsyncSession, client: Client) -> Access:
    """The record of the client's credential, locked until the transaction ends; made if there is none."""
    fresh = Access(agency_id=client.agency_id, credential_id=client.credential_id, client_id=client.id)
    await session.execute(
        insert(Access).values(fresh.model_dump()).on_conflict_do_nothing(index_elements=["agency_id", "credential_id"])
    )
    query = (
        select(Access)
        .where(col(Access.agency_id) == client.agency_id, col(Access.credential_id) == client.credential_id)
        .with_for_update()
    )
    return (await session.execute(query)).scalar_one()
