"""Use cases of sessions: register, sign in, see who is signed in, sign out."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.errors import Conflict, NotFound
from chassis.principals import Staff
from services.auth import events
from services.auth.agencies import service as agencies
from services.auth.agencies.models import Agency
from services.auth.agencies.schemas import AgencyPublic
from services.auth.context import Context
from services.auth.holders import Holder, HolderKind
from services.auth.members import service as members
from services.auth.members.models import Member
from services.auth.members.passwords import check_password
from services.auth.members.schemas import UserPublic
from services.auth.sessions import repository
from services.auth.sessions.models import Session
from services.auth.sessions.schemas import Login, Me, Registration, SignedIn
from services.auth.sessions.tokens import mint
from services.auth.signing_keys import service as signing_keys


class NoSession(Conflict):
    """An API key has no session that could end."""

    default = "An API key has no session to end. Delete the key instead."


async def register(
    session: AsyncSession, body: Registration, *, context: Context, user_agent: str, now: datetime
) -> SignedIn:
    """A new agency with its owner, signed in. EmailTaken when the address has a member already."""
    check_password(body.password, personal=(body.email, body.name, body.agency_name))
    password_hash = await context.hasher.hash(body.password)
    agency = await agencies.found_agency(session, body.agency_name, now=now)
    new = members.NewMember(body.name, body.email, password_hash)
    owner = await members.add_owner(session, new, agency_id=agency.id, now=now)
    await events.agency_registered(session, agency, owner=owner, now=now)
    token = await _open(session, owner, context=context, user_agent=user_agent, now=now)
    return _signed_in(token, owner, agency)


async def log_in(session: AsyncSession, body: Login, *, context: Context, user_agent: str, now: datetime) -> SignedIn:
    """A new session of a member. WrongCredentials for an unknown address as for a wrong password."""
    member = await members.prove(context, email=body.email, password=body.password)
    token = await _open(session, member, context=context, user_agent=user_agent, now=now)
    return _signed_in(token, member, await agencies.get_agency(session, member.agency_id))


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
    current = await repository.get(session, staff.agency_id, staff.credential_id)
    if current is None:
        raise NotFound
    if current.end(now):
        await events.session_revoked(session, current, actor=staff.actor, now=now)


async def holder_of(session: AsyncSession, session_id: UUID, *, now: datetime) -> Holder | None:
    """Whose session it is; None when it is unknown or over. The session must see every agency."""
    found = await repository.with_member(session, session_id)
    if found is None or not found[0].is_live(now):
        return None
    current, member = found
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


async def _open(session: AsyncSession, member: Member, *, context: Context, user_agent: str, now: datetime) -> str:
    opened = Session.opened_by(agency_id=member.agency_id, member_id=member.id, user_agent=user_agent, now=now)
    await repository.add(session, opened)
    signer = await signing_keys.current(session, vault=context.vault, now=now)
    return mint(member, opened, issuer=context.issuer, signer=signer)


def _signed_in(token: str, member: Member, agency: Agency) -> SignedIn:
    return SignedIn(token=token, user=UserPublic.model_validate(member), agency=AgencyPublic.model_validate(agency))
