"""All SQL about client sessions."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select
from sqlmodel.sql.expression import Select, SelectOfScalar

from services.auth.client_sessions.models import ClientSession
from services.auth.clients.models import Client

# A session that has ended is of use to nobody; the tokens it belongs to have ended with it.
_DELETE_ENDED = text("DELETE FROM client_sessions WHERE expires_at < :now OR ended_at < :now - interval '30 days'")


async def add(session: AsyncSession, opened: ClientSession) -> None:
    """Save a new session."""
    session.add(opened)
    await session.flush()


async def get_locked(session: AsyncSession, agency_id: UUID, session_id: UUID) -> ClientSession | None:
    """The session with that id; whoever else wants to change it waits until this transaction ends."""
    return await session.get(ClientSession, (agency_id, session_id), with_for_update=True)


async def generation_of(session: AsyncSession, session_id: UUID) -> int | None:
    """Which refresh token of a session is good, in whichever agency; waits for nobody."""
    query = select(ClientSession.generation).where(ClientSession.id == session_id)
    return (await session.scalars(query)).first()


async def with_client(session: AsyncSession, session_id: UUID) -> tuple[ClientSession, Client] | None:
    """The session with that id, in whichever agency, and its client."""
    row = (await session.execute(_with_client(session_id))).first()
    return (row[0], row[1]) if row else None


async def with_client_locked(session: AsyncSession, session_id: UUID) -> tuple[ClientSession, Client] | None:
    """The same; whoever wants to change the session waits until this transaction ends."""
    locked = _with_client(session_id).with_for_update(of=ClientSession)
    row = (await session.execute(locked)).first()
    return (row[0], row[1]) if row else None


async def live_of_client(
    session: AsyncSession, agency_id: UUID, client_id: UUID, *, now: datetime
) -> list[ClientSession]:
    """Every live session of a client, locked until this transaction ends."""
    query = _live(agency_id, client_id, now).order_by(col(ClientSession.id)).with_for_update()
    return list(await session.scalars(query))


async def page(
    session: AsyncSession, agency_id: UUID, *, client_id: UUID, now: datetime, after: UUID | None, limit: int
) -> list[ClientSession]:
    """Live sessions of a client, newest first, older than `after`."""
    query = _live(agency_id, client_id, now).order_by(col(ClientSession.id).desc()).limit(limit)
    if after is not None:
        query = query.where(col(ClientSession.id) < after)
    return list(await session.scalars(query))


async def delete_ended(session: AsyncSession, now: datetime) -> None:
    """Forget sessions that ran out, or were ended a month ago."""
    await session.execute(_DELETE_ENDED, {"now": now})


def _with_client(session_id: UUID) -> Select[ClientSession, Client]:
    return (
        select(ClientSession, Client)
        .join(Client, and_(col(Client.agency_id) == ClientSession.agency_id, col(Client.id) == ClientSession.client_id))
        .where(ClientSession.id == session_id)
    )


def _live(agency_id: UUID, client_id: UUID, now: datetime) -> SelectOfScalar[ClientSession]:
    return select(ClientSession).where(
        ClientSession.agency_id == agency_id,
        ClientSession.client_id == client_id,
        col(ClientSession.ended_at).is_(None),
        col(ClientSession.expires_at) > now,
    )
