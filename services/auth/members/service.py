"""Use cases of members: becoming one, and proving to be one."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.errors import NotFound
from chassis.principals import Role
from services.auth.context import Context
from services.auth.members import repository
from services.auth.members.models import EmailTaken, Member, WrongCredentials, login_name


@dataclass(frozen=True, slots=True)
class NewMember:
    """Who is about to become a member."""

    name: str
    email: str
    password_hash: str


async def add_owner(session: AsyncSession, new: NewMember, *, agency_id: UUID, now: datetime) -> Member:
    """The first member of a new agency; EmailTaken when the address is in use."""
    member = Member(
        agency_id=agency_id,
        name=new.name,
        email=login_name(new.email),
        password_hash=new.password_hash,
        role=Role.OWNER,
        created_at=now,
        updated_at=now,
    )
    if not await repository.add_unless_taken(session, member):
        raise EmailTaken
    return member


async def prove(context: Context, *, email: str, password: str) -> Member:
    """The member with that address and password; WrongCredentials says no more than that.

    The password is verified while no connection is held: a flood of logins must not keep others from the
    database.
    """
    async with context.database.across_agencies() as session:
        member = await repository.with_email(session, login_name(email))
    if not await context.hasher.verify(member.password_hash if member else None, password) or member is None:
        raise WrongCredentials
    return member


async def get_member(session: AsyncSession, agency_id: UUID, member_id: UUID) -> Member:
    """The member; NotFound when there is none."""
    member = await repository.get(session, agency_id, member_id)
    if member is None:
        raise NotFound
    return member


async def list_members(session: AsyncSession, agency_id: UUID) -> list[Member]:
    """All members of an agency, owner first, then by name."""
    return await repository.of_agency(session, agency_id)
