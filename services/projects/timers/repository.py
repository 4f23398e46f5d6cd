"""All SQL about timers."""

from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from services.projects.timers.models import Timer


async def add(session: AsyncSession, timer: Timer) -> bool:
    """Save a new timer; False where the member has one. Of two at once the second waits for the first."""
    query = (
        insert(Timer)
        .values(timer.model_dump())
        .on_conflict_do_nothing(index_elements=["agency_id", "member_id"])
        .returning(col(Timer.id))
    )
    return (await session.scalars(query)).one_or_none() is not None


async def get(session: AsyncSession, agency_id: UUID, member_id: UUID, *, lock: bool = False) -> Timer | None:
    """The member's timer; `lock` keeps others from it until the transaction ends."""
    query = select(Timer).where(Timer.agency_id == agency_id, Timer.member_id == member_id)
    if lock:
        query = query.with_for_update()
    return (await session.scalars(query)).one_or_none()


async def remove(session: AsyncSession, timer: Timer) -> None:
    """Take a timer away."""
    await session.delete(timer)
    await session.flush()
