"""One function per event that auth publishes about an agency's own people."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.events import announce
from chassis.principals import SYSTEM, Actor, Role
from chassis.schemas import Output
from services.auth.agencies.models import Agency
from services.auth.agencies.schemas import AgencyPublic
from services.auth.invitations.models import Invitation
from services.auth.members.models import Member
from services.auth.members.schemas import UserPublic
from services.auth.password_resets.models import PasswordReset


class InvitationFact(Output):
    """An invitation, as the mail about it needs it; the link is asked for at sending."""

    id: UUID
    email: str
    role: Role
    agency_name: str
    invited_by: str


class ResetFact(Output):
    """A password reset; without a member when nobody has the address that was typed."""

    id: UUID
    member_id: UUID | None


class PasswordFact(Output):
    """Whose password it is."""

    member_id: UUID


async def agency_updated(session: AsyncSession, agency: Agency, *, actor: Actor, now: datetime) -> None:
    """An agency's name, currency or time zone is another."""
    data = AgencyPublic.model_validate(agency)
    await announce(session, "auth.agency.updated", row=agency, actor=actor, data=data, now=now)


async def member_joined(session: AsyncSession, member: Member, *, now: datetime) -> None:
    """A person has accepted an invitation."""
    data = UserPublic.model_validate(member)
    await announce(session, "auth.member.joined", row=member, actor=member.actor, data=data, now=now)


async def member_updated(session: AsyncSession, member: Member, *, actor: Actor, now: datetime) -> None:
    """A member's name or role is another."""
    data = UserPublic.model_validate(member)
    await announce(session, "auth.member.updated", row=member, actor=actor, data=data, now=now)


async def member_removed(session: AsyncSession, member: Member, *, actor: Actor, now: datetime) -> None:
    """A person is no member any more; `data` shows the last of them."""
    data = UserPublic.model_validate(member)
    await announce(session, "auth.member.removed", row=member, actor=actor, data=data, now=now)


async def invitation_created(
    session: AsyncSession, invitation: Invitation, *, agency: Agency, actor: Actor, now: datetime
) -> None:
    """A person is asked to join."""
    data = _invitation_fact(invitation, agency)
    await announce(session, "auth.invitation.created", row=invitation, actor=actor, data=data, now=now)


async def invitation_resent(
    session: AsyncSession, invitation: Invitation, *, agency: Agency, actor: Actor, now: datetime
) -> None:
    """A person is asked once more, by another link."""
    data = _invitation_fact(invitation, agency)
    await announce(session, "auth.invitation.resent", row=invitation, actor=actor, data=data, now=now)


async def password_reset_requested(session: AsyncSession, reset: PasswordReset, *, now: datetime) -> None:
    """Somebody has typed an address because they forgot the password."""
    data = ResetFact(id=reset.id, member_id=reset.member_id)
    await announce(session, "auth.password_reset.requested", row=reset, actor=SYSTEM, data=data, now=now)


async def password_changed(session: AsyncSession, member: Member, *, now: datetime) -> None:
    """A member's password is another."""
    data = PasswordFact(member_id=member.id)
    await announce(session, "auth.password.changed", row=member, actor=member.actor, data=data, now=now)


def _invitation_fact(invitation: Invitation, agency: Agency) -> InvitationFact:
    return InvitationFact(
        id=invitation.id,
        email=invitation.email,
        role=invitation.role,
        agency_name=agency.name,
        invited_by=invitation.invited_by,
    )
