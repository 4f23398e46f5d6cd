"""Use cases of the team: who is in it, who may do what, who goes."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.errors import NotFound, Unauthenticated
from chassis.principals import Role, Staff
from services.auth import team_events
from services.auth.members import repository
from services.auth.members.models import Member, PeopleOnly
from services.auth.members.schemas import MemberPublic, MemberRemoved, MemberUpdate, UserPublic
from services.auth.second_factors import service as second_factors
from services.auth.sessions import ending


async def list_team(session: AsyncSession, agency_id: UUID, *, after: UUID | None, limit: int) -> list[MemberPublic]:
    """Members, newest first."""
    rows = await repository.page(session, agency_id, after=after, limit=limit)
    return [_public(member, two_factor=factor) for member, factor in rows]


async def change_member(
    session: AsyncSession, staff: Staff, *, member_id: UUID, body: MemberUpdate, now: datetime
) -> MemberPublic:
    """Another name or role, and every process asks anew what the member's sessions may do."""
    changes = body.changes()
    if "role" in changes and staff.via != "session":
        raise PeopleOnly
    team = await _hold_team(session, staff, member_id)
    _require_own_or_manager(staff, team, member_id)
    member = team[member_id]
    before = (member.name, member.role)
    if "role" in changes and body.role is not member.role:
        member.take_role(body.role, by=team[staff.id], owners=_owners(team), now=now)
    if "name" in changes:
        member.rename(body.name, now)
    if before != (member.name, member.role):
        await team_events.member_updated(session, member, actor=staff.actor, now=now)
        await ending.ask_anew(session, member, actor=staff.actor, now=now)
    factor = await second_factors.is_on(session, member.agency_id, member.id)
    return _public(member, two_factor=factor)


async def remove_member(session: AsyncSession, staff: Staff, *, member_id: UUID, now: datetime) -> MemberRemoved:
    """A member goes, of their own will or not; their sessions are refused everywhere within a second."""
    team = await _hold_team(session, staff, member_id)
    member = team[member_id]
    member.leave(by=team[staff.id], owners=_owners(team), now=now)
    await ending.end_sessions(session, member, actor=staff.actor, now=now)
    await team_events.member_removed(session, member, actor=staff.actor, now=now)
    await repository.delete(session, member)
    return MemberRemoved(id=member_id)


async def _hold_team(session: AsyncSession, staff: Staff, member_id: UUID) -> dict[UUID, Member]:
    """Owners, the member and whoever asks, as they are now; NotFound, or Unauthenticated for who is gone."""
    held = await repository.hold_team(session, staff.agency_id, {staff.id, member_id})
    team = {member.id: member for member in held}
    if staff.via == "session" and staff.id not in team:
        raise Unauthenticated
    if member_id not in team:
        raise NotFound
    return team


def _require_own_or_manager(staff: Staff, team: dict[UUID, Member], member_id: UUID) -> None:
    if staff.via == "api_key":
        staff.require_role(Role.OWNER, Role.ADMIN)
    elif staff.id != member_id:
        team[staff.id].require_say_over()


def _owners(team: dict[UUID, Member]) -> int:
    return sum(member.role is Role.OWNER for member in team.values())


def _public(member: Member, *, two_factor: bool) -> MemberPublic:
    return MemberPublic(**UserPublic.model_validate(member).model_dump(), two_factor=two_factor)
