"""All SQL about signing keys."""

from datetime import datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from services.auth.signing_keys.models import DEPLOYMENT, SigningKey

# One process makes or rotates keys at a time; the word "keys" as a number.
_LOCK = text("SELECT pg_advisory_xact_lock(1801812339)")


async def lock(session: AsyncSession) -> None:
    """Wait until no other transaction makes keys; holds until the end of this one."""
    await session.execute(_LOCK)


async def signing_at(session: AsyncSession, now: datetime) -> SigningKey | None:
    """The key that signs at that moment."""
    query = (
        select(SigningKey)
        .where(SigningKey.agency_id == DEPLOYMENT, col(SigningKey.signs_from) <= now)
        .order_by(col(SigningKey.signs_from).desc())
        .limit(1)
    )
    return (await session.scalars(query)).first()


async def newest_first(session: AsyncSession) -> list[SigningKey]:
    """All keys that are kept."""
    query = select(SigningKey).where(SigningKey.agency_id == DEPLOYMENT).order_by(col(SigningKey.signs_from).desc())
    return list(await session.scalars(query))


async def delete(session: AsyncSession, key: SigningKey) -> None:
    """Forget a key altogether."""
    await session.delete(key)
