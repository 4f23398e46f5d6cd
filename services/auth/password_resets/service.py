"""Use cases of password resets."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from services.auth import team_events
from services.auth.context import Context
from services.auth.members import service as members
from services.auth.members.models import Member
from services.auth.members.passwords import check_password
from services.auth.password_resets import repository
from services.auth.password_resets.models import PasswordReset, ResetNotValid
from services.auth.password_resets.schemas import NewPasswordByLink
from services.auth.secret_tokens import Named, Purpose
from services.auth.sessions import ending
from services.auth.signing_keys.models import DEPLOYMENT


async def link_of(
    session: AsyncSession, agency_id: UUID, id: UUID, *, context: Context, now: datetime
) -> tuple[str, datetime] | None:
    """The address that a password reset's mail carries and when it ends; None when it has ended."""
    row = await repository.get(session, agency_id, id)
    if row is None or not row.is_live(now):
        return None
    token = context.tokens.token(Purpose.PASSWORD_RESET, row.id)
    return f"{context.issuer}/app/reset-password#token={token}", row.expires_at


async def request_reset(session: AsyncSession, email: str, *, now: datetime) -> None:
    """Somebody forgot the password of that address.

    The same statements whether or not it is a member's: only what the mail's sender finds later differs. The session
    must see every agency.
    """
    member = await members.find(session, email)
    reset = PasswordReset.asked_for(
        agency_id=member.agency_id if member else DEPLOYMENT, member_id=member.id if member else None, now=now
    )
    await repository.add(session, reset)
    await team_events.password_reset_requested(session, reset, now=now)


async def reset_password(session: AsyncSession, body: NewPasswordByLink, *, context: Context, now: datetime) -> None:
    """Another password by a mailed link; all the member's sessions end. ResetNotValid, PasswordTooCommon.

    Of many who use one link at once, one does: the others wait for the member, and find the link used.
    """
    named = context.tokens.read(Purpose.PASSWORD_RESET, body.token)
    reset, known = await _look_up(named, context=context, now=now)
    check_password(body.password, personal=(known.email, known.name))
    password_hash = await context.hasher.hash(body.password)
    member = await members.hold(session, known, to_change=True)
    current = await repository.get(session, reset.agency_id, reset.id)
    if member is None or current is None or not current.is_live(now):
        raise ResetNotValid
    await replace_password(session, member, password_hash=password_hash, keep=None, now=now)


async def replace_password(
    session: AsyncSession, member: Member, *, password_hash: str, keep: UUID | None, now: datetime
) -> None:
    """What another password brings about: open links and all sessions but the one to keep end."""
    member.set_password(password_hash, now)
    await repository.end_all_of(session, member.agency_id, member.id, now)
    await ending.end_sessions(session, member, actor=member.actor, now=now, keep=keep)
    await team_events.password_changed(session, member, now=now)


async def forget_old(session: AsyncSession, *, now: datetime) -> None:
    """Forget resets that are of use to nobody."""
    await repository.delete_old(session, now)


async def _look_up(named: Named | None, *, context: Context, now: datetime) -> tuple[PasswordReset, Member]:
    """The live reset that a token names and whose it is, before the work of hashing begins."""
    async with context.database.across_agencies() as session:
        reset = await repository.anywhere(session, named.id) if named else None
        if reset is None or reset.member_id is None or not reset.is_live(now):
            raise ResetNotValid
        return reset, await members.get_member(session, reset.agency_id, reset.member_id)
