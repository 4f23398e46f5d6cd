"""REST of invitations."""

from fastapi import Request, Response

from chassis.errors import Forbidden, Invalid
from chassis.http.dependencies import Budgets, CurrentManager, Now, PathId, Session, Wide
from chassis.http.pages import Paging
from chassis.http.problems import problems
from chassis.http.unit import Router
from services.auth.dependencies import Caller, Ctx
from services.auth.invitations import accepting, service
from services.auth.invitations.models import InvitationNotValid
from services.auth.invitations.schemas import (
    InvitationAccept,
    InvitationCreate,
    InvitationLookup,
    InvitationPublic,
    InvitationRevoked,
    InvitationShown,
)
from services.auth.members.models import EmailTaken, OwnersOnly, PeopleOnly
from services.auth.members.passwords import PasswordTooCommon
from services.auth.sessions.budgets import allow_invitation
from services.auth.sessions.cookies import set_cookie
from services.auth.sessions.schemas import SignedIn

router = Router(prefix="/api/invitations", tags=["Team"])


@router.post(
    "",
    status_code=201,
    response_model=InvitationPublic,
    responses=problems(Forbidden, PeopleOnly, OwnersOnly, EmailTaken),
)
async def create_invitation(
    body: InvitationCreate, staff: CurrentManager, session: Session, context: Ctx, budgets: Budgets, now: Now
) -> InvitationPublic:
    """Invite a person to join the agency.

    They get a link by e-mail, good once, for seven days; inviting them again replaces it. Owners are invited by
    owners, and an API key invites members only. 409 when the address is a member's already.
    """
    await allow_invitation(budgets, staff)
    return await service.invite(session, staff, body=body, context=context, now=now)


@router.get("", response_model=list[InvitationPublic], responses=problems(Forbidden))
async def list_invitations(
    staff: CurrentManager, session: Session, page: Paging, response: Response
) -> list[InvitationPublic]:
    """List the invitations that wait for an answer, newest first; those that have run out too."""
    invitations = await service.list_open(session, staff.agency_id, after=page.after, limit=page.limit + 1)
    return page.respond(invitations, response)


@router.delete("/{invitation_id}", response_model=InvitationRevoked, responses=problems(Forbidden))
async def revoke_invitation(
    invitation_id: PathId, staff: CurrentManager, session: Session, now: Now
) -> InvitationRevoked:
    """Take an invitation back; its link opens nothing from now on."""
    await service.revoke(session, staff, invitation_id=invitation_id, now=now)
    return InvitationRevoked(id=invitation_id)


@router.post("/{invitation_id}/resend", response_model=InvitationPublic, responses=problems(Forbidden))
async def resend_invitation(
    invitation_id: PathId, staff: CurrentManager, session: Session, budgets: Budgets, now: Now
) -> InvitationPublic:
    """Mail an invitation once more.

    The mail has a new link, good for seven days; the earlier one opens nothing from now on.
    """
    await allow_invitation(budgets, staff)
    return await service.resend(session, staff, invitation_id=invitation_id, now=now)


@router.post("/lookup", response_model=InvitationShown, responses=problems(InvitationNotValid))
async def look_up_invitation(body: InvitationLookup, session: Wide, context: Ctx, now: Now) -> InvitationShown:
    """Show the invited person what they are invited to."""
    return await accepting.look_up(session, body.token, context=context, now=now)


@router.post(
    "/accept",
    status_code=201,
    response_model=SignedIn,
    responses=problems(InvitationNotValid, Invalid, PasswordTooCommon, EmailTaken),
)
async def accept_invitation(
    body: InvitationAccept,
    request: Request,
    response: Response,
    session: Wide,
    context: Ctx,
    caller: Caller,
    now: Now,
) -> SignedIn:
    """Accept an invitation: become a member, and be signed in.

    The password has 8 to 128 characters and is not a common one. Sets the session cookie.
    """
    signed_in = await accepting.accept(session, body, context=context, device=caller, now=now)
    set_cookie(response, request.app.state.chassis.settings, signed_in.token)
    return signed_in
