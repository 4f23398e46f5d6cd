"""Use cases of sessions: register, sign in, see who is signed in and where, sign out."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.errors import Conflict, NotFound
from chassis.principals import Staff
from services.auth import events
from services.auth.agencies import service as agencies
from services.auth.agencies.schemas import AgencyPublic
from services.auth.context import Context
from services.auth.holders import Holder, HolderKind
from services.auth.members import service as members
from services.auth.members.models import Member, WrongCredentials
from services.auth.members.passwords import check_password
from services.auth.members.schemas import UserPublic
from services.auth.second_factors import service as second_factors
from services.auth.sessions import ending, repository
from services.auth.sessions.models import Device, Session
from services.auth.sessions.schemas import Login, Me, Registration, SessionPublic, SessionsEnded, SignedIn
from services.auth.sessions.tokens import mint
from services.auth.signing_keys import service as signing_keys


class NoSession(Conflict):
    """An API key has no session that could end."""

    default = "An API key has no session to end. Delete the key instead."


async def register(
    session: AsyncSession, body: Registration, *, context: Context, device: Device, now: datetime
) -> SignedIn:
    """A new agency with its owner, signed in. EmailTaken when the address has a member already."""
    check_password(body.password, personal=(body.email, body.name, body.agency_name))
    password_hash = await context.hasher.hash(body.password)
    agency = await agencies.found_agency(session, body.agency_name, now=now)
    new = members.NewMember(body.name, body.email, password_hash)
    owner = await members.add_owner(session, new, agency_id=agency.id, now=now)
    await events.agency_registered(session, agency, owner=owner, now=now)
    return await open_session(session, owner, context=context, device=device, now=now)


async def log_in(session: AsyncSession, body: Login, *, context: Context, device: Device, now: datetime) -> SignedIn:
    """A new session of a member.

    WrongCredentials for an unknown address as for a wrong password; then SecondFactorRequired, SecondFactorWrong.
    """
    proven = await members.prove(context, email=body.email, password=body.password)
    member = await members.hold(session, proven)
    if member is None:
        raise WrongCredentials
    await second_factors.require(session, member, code=body.code, context=context, now=now)
    return await open_session(session, member, context=context, device=device, now=now)


async def open_session(
    session: AsyncSession, member: Member, *, context: Context, device: Device, now: datetime
) -> SignedIn:
    """A new session of a member who has proven to be that member."""
    opened = Session.opened_by(agency_id=member.agency_id, member_id=member.id, device=device, now=now)
    await repository.add(session, opened)
    signer = await signing_keys.current(session, vault=context.vault, now=now)
    agency = await agencies.get_agency(session, member.agency_id)
    return SignedIn(
        token=mint(member, opened, issuer=context.issuer, signer=signer),
        user=UserPublic.model_validate(member),
        agency=AgencyPublic.model_validate(agency),
    )


async def who_am_i(session: AsyncSession, staff: Staff) -> Me:
    """The member and their agency; no member for an API key."""
    agency = await agencies.get_agency(session, staff.agency_id)
    user = await members.get_member(session, staff.agency_id, staff.id) if staff.via == "session" else None
    return Me(
        user=UserPublic.model_validate(user) if user else None,
        agency=AgencyPublic.model_validate(agency),
    )


async def log_out(session: AsyncSession, staff: Staff, *, now: datetime) -> None:
    """End the session that is asking; every process hears of it."""
    if staff.via != "session":
        raise NoSession
    current = await repository.hold(session, staff.agency_id, staff.credential_id)
    if current is None:
        raise NotFound
    if current.end(now):
        await events.session_revoked(session, current, actor=staff.actor, now=now)


async def list_sessions(
    session: AsyncSession, staff: Staff, *, after: UUID | None, limit: int, now: datetime
) -> list[SessionPublic]:
    """Where the member is signed in, newest first."""
    rows = await repository.live_page(session, staff.agency_id, staff.id, now=now, after=after, limit=limit)
    return [_public(row, current=row.id == staff.credential_id) for row in rows]


async def end_session(session: AsyncSession, staff: Staff, *, session_id: UUID, now: datetime) -> None:
    """End one of the member's own sessions; NotFound for another's, or one that has ended."""
    ended = await repository.hold(session, staff.agency_id, session_id)
    if ended is None or ended.member_id != staff.id or not ended.end(now):
        raise NotFound
    await events.session_revoked(session, ended, actor=staff.actor, now=now)


async def end_others(session: AsyncSession, staff: Staff, *, now: datetime) -> SessionsEnded:
    """End all the member's sessions but the one that asks."""
    member = await members.get_member(session, staff.agency_id, staff.id)
    return SessionsEnded(
        ended=await ending.end_sessions(session, member, actor=staff.actor, now=now, keep=staff.credential_id)
    )


async def holder_of(session: AsyncSession, session_id: UUID, *, now: datetime) -> Holder | None:
    """Whose session it is; None when it is unknown or over. The session must see every agency."""
    found = await repository.with_member(session, session_id)
    if found is None or not found[0].is_live(now):
        return None
    current, member = found
    if current.unseen(now):
        await repository.note_seen(session, current, now)
    return Holder(
        HolderKind.MEMBER,
        agency_id=member.agency_id,
        id=member.id,
        name=member.name,
        email=member.email,
        role=member.role,
        credential_id=current.id,
        expires_at=current.expires_at,
    )


async def forget_ended(session: AsyncSession, *, now: datetime) -> None:
    """Forget sessions that are of use to nobody."""
    await repository.delete_ended(session, now)


def _public(row: Session, *, current: bool) -> SessionPublic:
    return SessionPublic(
        id=row.id,
        user_agent=row.user_agent,
        address=row.address,
        created_at=row.created_at,
        last_seen_at=row.last_seen_at,
        expires_at=row.expires_at,
        current=current,
    )
