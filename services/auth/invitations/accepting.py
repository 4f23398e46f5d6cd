"""Use cases of the invited person: seeing what the invitation is to, and accepting it."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from services.auth import team_events
from services.auth.agencies import service as agencies
from services.auth.agencies.models import Agency
from services.auth.context import Context
from services.auth.invitations import repository
from services.auth.invitations.models import Invitation, InvitationNotValid
from services.auth.invitations.schemas import InvitationAccept, InvitationShown
from services.auth.members import service as members
from services.auth.members.passwords import check_password
from services.auth.secret_tokens import Purpose
from services.auth.sessions import service as sessions
from services.auth.sessions.models import Device
from services.auth.sessions.schemas import SignedIn


async def look_up(session: AsyncSession, token: str, *, context: Context, now: datetime) -> InvitationShown:
    """What the invitation is to; InvitationNotValid. The session must see every agency."""
    invitation, agency = await _find(session, token, context=context, now=now)
    return InvitationShown(agency_name=agency.name, email=invitation.email, role=invitation.role)


async def accept(
    session: AsyncSession, body: InvitationAccept, *, context: Context, device: Device, now: datetime
) -> SignedIn:
    """The invited person is a member, and signed in. The session must see every agency.

    InvitationNotValid; PasswordTooCommon; EmailTaken when the address has become a member's meanwhile. Of many who
    accept one invitation at once, one does: the others wait for its row, and find it accepted.
    """
    async with context.database.across_agencies() as looking:
        found, agency = await _find(looking, body.token, context=context, now=now)
    check_password(body.password, personal=(found.email, body.name, agency.name))
    password_hash = await context.hasher.hash(body.password)
    invitation = await repository.lock(session, found.agency_id, found.id)
    if invitation is None or not invitation.opens(found.generation, now):
        raise InvitationNotValid
    invitation.accept(now)
    new = members.NewMember(body.name, invitation.email, password_hash)
    member = await members.add_member(session, new, agency_id=agency.id, role=invitation.role, now=now)
    await team_events.member_joined(session, member, now=now)
    return await sessions.open_session(session, member, context=context, device=device, now=now)


async def _find(session: AsyncSession, token: str, *, context: Context, now: datetime) -> tuple[Invitation, Agency]:
    named = context.tokens.read(Purpose.INVITATION, token)
    invitation = await repository.anywhere(session, named.id) if named else None
    if named is None or invitation is None or not invitation.opens(named.generation, now):
        raise InvitationNotValid
    return invitation, await agencies.get_agency(session, invitation.agency_id)
