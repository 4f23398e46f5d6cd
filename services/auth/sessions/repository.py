"""All SQL about sessions."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from services.auth.members.models import Member
from services.auth.sessions.models import Session

# A session that has ended is of use to nobody; the token it belongs to has ended with it.
_DELETE_ENDED = text("DELETE FROM sessions WHERE expires_at < :now OR ended_at < :now - interval '30 days'")


async def add(session: AsyncSession, opened: Session) -> None:
    """Save a new session."""
    session.add(opened)
    await session.flush()


async def get(session: AsyncSession, agency_id: UUID, session_id: UUID) -> Session | None:
    """The session with that id."""
    return await session.get(Session, (agency_id, session_id))


async def with_member(session: AsyncSession, session_id: UUID) -> tuple[Session, Member] | None:
    """The session with that id, in whichever agency, and the member who opened it."""
    query = (
        select(Session, Member)
        .join(Member, and_(col(Member.agency_id) == Session.agency_id, col(Member.id) == Session.member_id))
        .where(Session.id == session_id)
    )
    row = (await session.execute(query)).first()
    return (row[0], row[1]) if row else None


async def delete_ended(session: AsyncSession, now: datetime) -> None:
    """Forget sessions that ran out, or were ended a month ago."""
    await session.execute(_DELETE_ENDED, {"now": now})
