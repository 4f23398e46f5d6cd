"""All SQL about API keys."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import or_, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from services.auth.api_keys.models import LAST_USE_GRAIN, ApiKey


async def add(session: AsyncSession, key: ApiKey) -> None:
    """Save a new key."""
    session.add(key)
    await session.flush()


async def get(session: AsyncSession, agency_id: UUID, key_id: UUID) -> ApiKey | None:
    """The key with that id."""
    return await session.get(ApiKey, (agency_id, key_id))


async def with_hash(session: AsyncSession, key_hash: bytes) -> ApiKey | None:
    """The key with that hash, in whichever agency."""
    return (await session.scalars(select(ApiKey).where(ApiKey.key_hash == key_hash))).first()


async def kept(session: AsyncSession, agency_id: UUID, *, after: UUID | None, limit: int) -> list[ApiKey]:
    """Keys that were not revoked, those that have run out among them, newest first, older than `after`."""
    query = select(ApiKey).where(ApiKey.agency_id == agency_id, col(ApiKey.revoked_at).is_(None))
    if after:
        query = query.where(col(ApiKey.id) < after)
    return list(await session.scalars(query.order_by(col(ApiKey.id).desc()).limit(limit)))


async def note_use(session: AsyncSession, key: ApiKey, now: datetime) -> None:
    """Write down when it was used, to the minute; of two processes that do it at once, either may win."""
    stale = or_(col(ApiKey.last_used_at).is_(None), col(ApiKey.last_used_at) <= now - LAST_USE_GRAIN)
    await session.execute(
        update(ApiKey)
        .where(col(ApiKey.agency_id) == key.agency_id, col(ApiKey.id) == key.id, stale)
        .values(last_used_at=now)
        .execution_options(synchronize_session=False)
    )
