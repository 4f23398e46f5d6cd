"""What happens to all of a member's sessions at once: they end, or have to be asked about anew."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.principals import Actor
from services.auth import events
from services.auth.members.models import Member
from services.auth.sessions import repository


async def end_sessions(
    session: AsyncSession, member: Member, *, actor: Actor, now: datetime, keep: UUID | None = None
) -> int:
    """End a member's live sessions, but for the one to keep; every process hears of each. Returns how many."""
    live = await repository.hold_live_of(session, member.agency_id, member.id, now=now)
    ending = [one for one in live if one.id != keep and one.end(now)]
    for ended in ending:
        await events.session_revoked(session, ended, actor=actor, now=now)
    return len(ending)


async def ask_anew(session: AsyncSession, member: Member, *, actor: Actor, now: datetime) -> None:
    """Have every process ask again whose a member's sessions are: their role or name is another."""
    for changed in await repository.hold_live_of(session, member.agency_id, member.id, now=now):
        await events.credential_changed(session, changed, actor=actor, now=now)
