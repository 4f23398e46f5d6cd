"""All SQL about password resets."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import text, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from services.auth.password_resets.models import PasswordReset

_DELETE_OLD = text("DELETE FROM password_resets WHERE expires_at < :now")


async def add(session: AsyncSession, reset: PasswordReset) -> None:
    """Save a new reset."""
    session.add(reset)
    await session.flush()


async def get(session: AsyncSession, agency_id: UUID, reset_id: UUID) -> PasswordReset | None:
    """The reset with that id, as it is now."""
    return await session.get(PasswordReset, (agency_id, reset_id), populate_existing=True)


async def anywhere(session: AsyncSession, reset_id: UUID) -> PasswordReset | None:
    """The reset with that id, in whichever agency."""
    return (await session.scalars(select(PasswordReset).where(PasswordReset.id == reset_id))).first()


async def end_all_of(session: AsyncSession, agency_id: UUID, member_id: UUID, now: datetime) -> None:
    """End what is open of a member."""
    await session.execute(
        update(PasswordReset)
        .where(
            col(PasswordReset.agency_id) == agency_id,
            col(PasswordReset.member_id) == member_id,
            col(PasswordReset.ended_at).is_(None),
        )
        .values(ended_at=now)
        .execution_options(synchronize_session=False)
    )


async def delete_old(session: AsyncSession, now: datetime) -> None:
    """Forget resets that ran out."""
    await session.execute(_DELETE_OLD, {"now": now})
