"""All SQL about sessions."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, text, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from services.auth.members.models import Member
from services.auth.sessions.models import Session

# A session that has ended is of use to nobody; the token it belongs to has ended with it.
_DELETE_ENDED = text("DELETE FROM sessions WHERE expires_at < :now OR ended_at < :now - interval '30 days'")


async def add(session: AsyncSession, opened: Session) -> None:
    """Save a new session."""
    session.add(opened)
    await session.flush()


async def hold(session: AsyncSession, agency_id: UUID, session_id: UUID) -> Session | None:
    """The session with that id as it is now; whoever ends it too waits until this transaction ends."""
    query = select(Session).where(Session.agency_id == agency_id, Session.id == session_id)
    return (await session.scalars(query.with_for_update())).first()


async def with_member(session: AsyncSession, session_id: UUID) -> tuple[Session, Member] | None:
    """The session with that id, in whichever agency, and the member who opened it."""
    query = (
        select(Session, Member)
        .join(Member, and_(col(Member.agency_id) == Session.agency_id, col(Member.id) == Session.member_id))
        .where(Session.id == session_id)
    )
    row = (await session.execute(query)).first()
    return (row[0], row[1]) if row else None


async def hold_live_of(session: AsyncSession, agency_id: UUID, member_id: UUID, *, now: datetime) -> list[Session]:
    """All live sessions of a member, held in one order; whoever ends one too waits until this transaction ends."""
    query = _live(agency_id, member_id, now).order_by(col(Session.id)).with_for_update()
    return list(await session.scalars(query))


async def live_page(
    session: AsyncSession, agency_id: UUID, member_id: UUID, *, now: datetime, after: UUID | None, limit: int
) -> list[Session]:
    """Live sessions of a member, newest first, older than `after`."""
    query = _live(agency_id, member_id, now)
    if after:
        query = query.where(col(Session.id) < after)
    return list(await session.scalars(query.order_by(col(Session.id).desc()).limit(limit)))


async def note_seen(session: AsyncSession, seen: Session, now: datetime) -> None:
    """Write down that it was seen; of two processes that do it at once, either may win."""
    await session.execute(
        update(Session)
        .where(col(Session.agency_id) == seen.agency_id, col(Session.id) == seen.id)
        .values(last_seen_at=now, updated_at=col(Session.updated_at))
        .execution_options(synchronize_session=False)
    )


async def delete_ended(session: AsyncSession, now: datetime) -> None:
    """Forget sessions that ran out, or were ended a month ago."""
    await session.execute(_DELETE_ENDED, {"now": now})


def _live(agency_id: UUID, member_id: UUID, now: datetime) -> SelectOfScalar[Session]:
    return select(Session).where(
        Session.agency_id == agency_id,
        Session.member_id == member_id,
        col(Session.ended_at).is_(None),
        col(Session.expires_at) > now,
    )
