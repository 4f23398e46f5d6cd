"""Use cases of members: becoming one, proving to be one, having another password."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.errors import NotFound, Unauthenticated
from chassis.principals import Role, Staff
from services.auth.context import Context
from services.auth.members import repository
from services.auth.members.models import EmailTaken, Member, WrongCredentials, WrongPassword, login_name


@dataclass(frozen=True, slots=True)
class NewMember:
    """Who is about to become a member."""

    name: str
    email: str
    password_hash: str


async def add_owner(session: AsyncSession, new: NewMember, *, agency_id: UUID, now: datetime) -> Member:
    """The first member of a new agency; EmailTaken when the address is in use."""
    return await add_member(session, new, agency_id=agency_id, role=Role.OWNER, now=now)


async def add_member(session: AsyncSession, new: NewMember, *, agency_id: UUID, role: Role, now: datetime) -> Member:
    """A new member; EmailTaken when the address is in use."""
    member = Member(
        agency_id=agency_id,
        name=new.name,
        email=login_name(new.email),
        password_hash=new.password_hash,
        role=role,
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


async def prove_again(context: Context, staff: Staff, *, password: str) -> Member:
    """The member who is signed in, and knows the password; WrongPassword."""
    async with context.database.unit(staff.agency_id) as session:
        member = await repository.get(session, staff.agency_id, staff.id)
    if member is None:
        raise Unauthenticated
    if not await context.hasher.verify(member.password_hash, password):
        raise WrongPassword
    return member


async def hold(session: AsyncSession, known: Member, *, to_change: bool = False) -> Member | None:
    """The member as they are now, held until the transaction ends; None when gone, or of another password by now.

    Passwords are verified and hashed beforehand, so that nobody waits for that with a lock.
    """
    member = await repository.hold(session, known.agency_id, known.id, to_change=to_change)
    return member if member and member.password_hash == known.password_hash else None


async def find(session: AsyncSession, email: str) -> Member | None:
    """The member with that address, in whichever agency. The session must see every agency."""
    return await repository.with_email(session, login_name(email))


async def get_member(session: AsyncSession, agency_id: UUID, member_id: UUID) -> Member:
    """The member; NotFound when there is none."""
    member = await repository.get(session, agency_id, member_id)
    if member is None:
        raise NotFound
    return member


async def list_members(session: AsyncSession, agency_id: UUID) -> list[Member]:
    """All members of an agency, owner first, then by name."""
    return await repository.of_agency(session, agency_id)
