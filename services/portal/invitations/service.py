"""Use cases of invitations: invite, list, forget."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.errors import Failed, Unavailable
from chassis.principals import Staff
from services.portal import events
from services.portal.holders import Holder, HolderKind
from services.portal.invitations import repository
from services.portal.invitations.models import Invitation
from services.portal.portal_tokens.tokens import Tokens


class InvitationNotSent(Failed):
    """The invitation could not be sent."""

    default = "Failed to send portal invitation: portal tokens are not to be had at the moment; try again shortly"


async def invite(
    session: AsyncSession, staff: Staff, *, holder: Holder, custom_message: str, tokens: Tokens, now: datetime
) -> str:
    """Invite a contact, or every contact of a company that can be written to; returns the portal token.

    Each call sends again, with the token that is live. Raises `holder.unknown`, `holder.unreachable` and, when auth
    does not answer, InvitationNotSent.
    """
    try:
        issued = await tokens.issue(staff, holder, reachable_only=True)
    except Unavailable as error:
        raise InvitationNotSent from error
    invitation = Invitation(
        agency_id=staff.agency_id,
        contact_id=issued.holder_id if holder.kind is HolderKind.CONTACT else None,
        company_id=issued.holder_id if holder.kind is HolderKind.COMPANY else None,
        holder_number=issued.holder_number,
        custom_message=custom_message,
    )
    invitation.invite(((one.id, one.name, one.email) for one in issued.recipients), now)
    await repository.add(session, invitation)
    internal = {"portalTokenId": str(issued.id)}
    if holder.kind is HolderKind.COMPANY:
        internal["companyName"] = issued.holder_name
    await events.invitation_sent(session, invitation, internal=internal, actor=staff.actor, now=now)
    return issued.token


async def list_invitations(
    session: AsyncSession, holders: Sequence[Holder], *, after: UUID | None, limit: int
) -> Sequence[Invitation]:
    """The agency's invitations, newest first; where holders are named, theirs only."""
    return await repository.newest(session, holders, after=after, limit=limit)


async def forget_client(session: AsyncSession, agency_id: UUID, *, client_id: UUID) -> None:
    """Drop what invitations tell of a client whom auth has deleted."""
    await repository.forget_client(session, agency_id, client_id)
