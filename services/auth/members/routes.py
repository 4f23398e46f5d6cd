"""REST of members."""

from fastapi import Request, Response

from chassis.errors import Forbidden
from chassis.http.dependencies import CurrentStaff, Now, PathId, Session
from chassis.http.pages import Paging
from chassis.http.problems import problems
from chassis.http.unit import Router
from services.auth.dependencies import CurrentMember
from services.auth.members import team
from services.auth.members.models import LastOwner, OwnersOnly, PeopleOnly
from services.auth.members.schemas import MemberPublic, MemberRemoved, MemberUpdate
from services.auth.sessions.cookies import clear_cookie

router = Router(prefix="/api/members", tags=["Team"])


@router.get("", response_model=list[MemberPublic])
async def list_members(staff: CurrentStaff, session: Session, page: Paging, response: Response) -> list[MemberPublic]:
    """List the agency's members, newest first."""
    members = await team.list_team(session, staff.agency_id, after=page.after, limit=page.limit + 1)
    return page.respond(members, response)


@router.patch(
    "/{member_id}", response_model=MemberPublic, responses=problems(Forbidden, PeopleOnly, OwnersOnly, LastOwner)
)
async def update_member(
    member_id: PathId, body: MemberUpdate, staff: CurrentStaff, session: Session, now: Now
) -> MemberPublic:
    """Change a member's name or role.

    Everybody may change their own name; the rest is for owners and admins. Roles change in person only, an owner's
    by owners alone, and the last owner stays. What the member may do follows everywhere within a second.
    """
    return await team.change_member(session, staff, member_id=member_id, body=body, now=now)


@router.delete(
    "/{member_id}", response_model=MemberRemoved, responses=problems(Forbidden, PeopleOnly, OwnersOnly, LastOwner)
)
async def remove_member(
    member_id: PathId, request: Request, response: Response, staff: CurrentMember, session: Session, now: Now
) -> MemberRemoved:
    """Remove a member, or leave the agency oneself.

    For owners and admins in person; owners are removed by owners, and the last owner stays. The member's sessions are
    refused everywhere within a second.
    """
    removed = await team.remove_member(session, staff, member_id=member_id, now=now)
    if member_id == staff.id:
        clear_cookie(response, request.app.state.chassis.settings)
    return removed
