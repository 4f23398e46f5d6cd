"""Use cases of invitations."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.errors import NotFound
from chassis.principals import Role, Staff
from services.auth import team_events
from services.auth.agencies import service as agencies
from services.auth.context import Context
from services.auth.invitations import repository
from services.auth.invitations.models import LIFETIME, Invitation
from services.auth.invitations.schemas import InvitationCreate, InvitationPublic
from services.auth.members import service as members
from services.auth.members.models import EmailTaken, OwnersOnly, PeopleOnly, login_name
from services.auth.secret_tokens import Purpose


async def link_of(
    session: AsyncSession, agency_id: UUID, id: UUID, *, context: Context, now: datetime
) -> tuple[str, datetime] | None:
    """The address that an invitation's mail carries and when it ends; None when it has ended."""
    row = await repository.get(session, agency_id, id)
    if row is None or not row.is_live(now):
        return None
    token = context.tokens.token(Purpose.INVITATION, row.id, row.generation)
    return f"{context.issuer}/app/invitation#token={token}", row.expires_at


async def invite(
    session: AsyncSession, staff: Staff, *, body: InvitationCreate, context: Context, now: datetime
) -> InvitationPublic:
    """A person is asked to join; an open invitation of the same address is replaced.

    PeopleOnly, OwnersOnly for roles that the asker may not give; EmailTaken when the address is a member's.
    """
    _require_say_over(staff, body.role)
    await _refuse_members(body.email, context)
    email = login_name(body.email)
    if replaced := await repository.open_for(session, staff.agency_id, email):
        replaced.revoke(now)
    invitation = Invitation(
        agency_id=staff.agency_id,
        email=email,
        role=body.role,
        invited_by=staff.name,
        expires_at=now + LIFETIME,
        created_at=now,
        updated_at=now,
    )
    await repository.replace(session, replaced, invitation)
    agency = await agencies.get_agency(session, staff.agency_id)
    await team_events.invitation_created(session, invitation, agency=agency, actor=staff.actor, now=now)
    return InvitationPublic.model_validate(invitation)


async def list_open(
    session: AsyncSession, agency_id: UUID, *, after: UUID | None, limit: int
) -> list[InvitationPublic]:
    """Invitations that wait, those that have run out among them, newest first."""
    rows = await repository.open_page(session, agency_id, after=after, limit=limit)
    return [InvitationPublic.model_validate(row) for row in rows]


async def resend(session: AsyncSession, staff: Staff, *, invitation_id: UUID, now: datetime) -> InvitationPublic:
    """Another mail with another link, good for a week; the earlier link ends. NotFound when it is not open."""
    invitation = await repository.lock(session, staff.agency_id, invitation_id)
    if invitation is None or not invitation.send_again(now):
        raise NotFound
    agency = await agencies.get_agency(session, staff.agency_id)
    await team_events.invitation_resent(session, invitation, agency=agency, actor=staff.actor, now=now)
    return InvitationPublic.model_validate(invitation)


async def revoke(session: AsyncSession, staff: Staff, *, invitation_id: UUID, now: datetime) -> None:
    """Take an invitation back. NotFound when it is not open."""
    invitation = await repository.lock(session, staff.agency_id, invitation_id)
    if invitation is None or not invitation.revoke(now):
        raise NotFound


async def forget_old(session: AsyncSession, *, now: datetime) -> None:
    """Forget invitations that are of use to nobody."""
    await repository.delete_old(session, now)


def _require_say_over(staff: Staff, role: Role) -> None:
    """A key that leaks must not make admins, and owners are made by owners."""
    if role is not Role.MEMBER and staff.via != "session":
        raise PeopleOnly
    if role is Role.OWNER and staff.role is not Role.OWNER:
        raise OwnersOnly


async def _refuse_members(email: str, context: Context) -> None:
    async with context.database.across_agencies() as session:
        if await members.find(session, email):
            raise EmailTaken("This e-mail address is a member's already.")
