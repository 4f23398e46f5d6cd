"""All SQL of blobs."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, delete, or_, tuple_
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from services.portal.blobs.models import Blob


async def add(session: AsyncSession, blobs: Iterable[Blob]) -> None:
    """Save new rows."""
    session.add_all(blobs)
    await session.flush()


async def find(session: AsyncSession, agency_id: UUID, blob_id: UUID, now: datetime) -> Blob | None:
    """A blob of the agency that has not ended."""
    query = select(Blob).where(col(Blob.agency_id) == agency_id, col(Blob.id) == blob_id, _live(now))
    return (await session.execute(query)).scalar_one_or_none()


async def find_public(session: AsyncSession, name: str, now: datetime) -> Blob | None:
    """The blob of that public name, among those of the agencies that the session sees."""
    query = select(Blob).where(col(Blob.public_name) == name, _live(now))
    return (await session.execute(query)).scalar_one_or_none()


async def lock(session: AsyncSession, agency_id: UUID, ids: Iterable[UUID]) -> Sequence[Blob]:
    """Blobs by their ids, locked until the transaction ends."""
    query = select(Blob).where(col(Blob.agency_id) == agency_id, col(Blob.id).in_(list(ids)))
    return (await session.execute(query.order_by(col(Blob.id)).with_for_update())).scalars().all()


async def lock_all_of(session: AsyncSession, agency_id: UUID, owner_id: UUID | None) -> Sequence[Blob]:
    """Every blob of a client or company, or the agency's own; locked until the transaction ends."""
    owned = col(Blob.owner_id).is_(None) if owner_id is None else col(Blob.owner_id) == owner_id
    query = select(Blob).where(col(Blob.agency_id) == agency_id, owned)
    return (await session.execute(query.order_by(col(Blob.id)).with_for_update())).scalars().all()


async def ended(session: AsyncSession, now: datetime, limit: int) -> Sequence[Blob]:
    """Blobs of every agency that have ended, those first that ended first."""
    query = select(Blob).where(col(Blob.expires_at) <= now).order_by(col(Blob.expires_at)).limit(limit)
    return (await session.execute(query)).scalars().all()


async def remove(session: AsyncSession, blobs: Iterable[Blob]) -> None:
    """Forget rows, of every agency."""
    keys = [(blob.agency_id, blob.id) for blob in blobs]
    await session.execute(delete(Blob).where(tuple_(col(Blob.agency_id), col(Blob.id)).in_(keys)))


def _live(now: datetime) -> ColumnElement[bool]:
    return or_(col(Blob.expires_at).is_(None), col(Blob.expires_at) > now)
