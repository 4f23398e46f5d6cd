"""All SQL about invitations."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from services.auth.invitations.models import Invitation, InvitationState

# Of two who invite the same person at once, the later replaces what the earlier has sent.
_LOCK_ADDRESS = text("SELECT pg_advisory_xact_lock(hashtextextended(:name, 0))")
# Whoever invited may still send it again.
KEPT = timedelta(days=30)
_DELETE_OLD = text("DELETE FROM invitations WHERE expires_at < :before")


async def replace(session: AsyncSession, replaced: Invitation | None, invitation: Invitation) -> None:
    """Save a new invitation once the one that it replaces, if any, is not open any more."""
    if replaced:
        await session.flush()
    session.add(invitation)
    await session.flush()


async def get(session: AsyncSession, agency_id: UUID, invitation_id: UUID) -> Invitation | None:
    """The invitation with that id."""
    return await session.get(Invitation, (agency_id, invitation_id))


async def lock(session: AsyncSession, agency_id: UUID, invitation_id: UUID) -> Invitation | None:
    """The invitation with that id; whoever wants it too waits until this transaction ends."""
    query = select(Invitation).where(Invitation.agency_id == agency_id, Invitation.id == invitation_id)
    return (await session.scalars(query.with_for_update())).first()


async def anywhere(session: AsyncSession, invitation_id: UUID) -> Invitation | None:
    """The invitation with that id, in whichever agency."""
    return (await session.scalars(select(Invitation).where(Invitation.id == invitation_id))).first()


async def open_for(session: AsyncSession, agency_id: UUID, email: str) -> Invitation | None:
    """The open invitation of that address; nobody else invites it until this transaction ends."""
    await session.execute(_LOCK_ADDRESS, {"name": f"invitation/{agency_id}/{email}"})
    query = select(Invitation).where(
        Invitation.agency_id == agency_id, Invitation.email == email, col(Invitation.state) == InvitationState.OPEN
    )
    return (await session.scalars(query.with_for_update())).first()


async def open_page(session: AsyncSession, agency_id: UUID, *, after: UUID | None, limit: int) -> list[Invitation]:
    """Open invitations, those that have run out among them, newest first, older than `after`."""
    query = select(Invitation).where(Invitation.agency_id == agency_id, col(Invitation.state) == InvitationState.OPEN)
    if after:
        query = query.where(col(Invitation.id) < after)
    return list(await session.scalars(query.order_by(col(Invitation.id).desc()).limit(limit)))


async def delete_old(session: AsyncSession, now: datetime) -> None:
    """Forget invitations that ran out a month ago."""
    await session.execute(_DELETE_OLD, {"before": now - KEPT})
