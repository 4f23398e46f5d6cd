"""All SQL of profiles."""

from uuid import UUID

from sqlalchemy import and_, delete
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from chassis.principals import Client
from services.portal.blobs.models import Blob
from services.portal.profiles.models import Profile


async def find(session: AsyncSession, client: Client) -> tuple[Profile, Blob | None] | None:
    """The client's profile and the larger of its pictures; None while it has told nothing."""
    picture = and_(col(Blob.agency_id) == col(Profile.agency_id), col(Blob.id) == col(Profile.avatar_id))
    query = (
        select(Profile, Blob)
        .outerjoin(Blob, picture)
        .where(col(Profile.agency_id) == client.agency_id, col(Profile.client_id) == client.id)
    )
    row = (await session.execute(query)).one_or_none()
    return (row[0], row[1]) if row else None


async def lock(session: AsyncSession, client: Client) -> Profile:
    """The client's profile, locked until the transaction ends; made if there is none."""
    blank = Profile.blank(client).model_dump()
    made = insert(Profile).values(blank).on_conflict_do_nothing(index_elements=["agency_id", "client_id"])
    await session.execute(made)
    query = (
        select(Profile)
        .where(col(Profile.agency_id) == client.agency_id, col(Profile.client_id) == client.id)
        .with_for_update()
    )
    return (await session.execute(query)).scalar_one()


async def remove(session: AsyncSession, agency_id: UUID, client_id: UUID) -> None:
    """Forget a profile; one that is not there is no error."""
    query = delete(Profile).where(col(Profile.agency_id) == agency_id, col(Profile.client_id) == client_id)
    await session.execute(query)
