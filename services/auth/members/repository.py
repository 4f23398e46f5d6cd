"""All SQL about members."""

from uuid import UUID

from sqlalchemy import case
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from chassis.principals import Role
from services.auth.members.models import Member


async def add_unless_taken(session: AsyncSession, member: Member) -> bool:
    """Save a new member; False when the address belongs to a member already."""
    statement = (
        insert(Member)
        .values(member.model_dump())
        .on_conflict_do_nothing(index_elements=["email"])
        .returning(col(Member.id))
    )
    return (await session.scalars(statement)).first() is not None


async def with_email(session: AsyncSession, email: str) -> Member | None:
    """The member with that address, in whichever agency."""
    return (await session.scalars(select(Member).where(Member.email == email))).first()


async def get(session: AsyncSession, agency_id: UUID, member_id: UUID) -> Member | None:
    """The member with that id."""
    return await session.get(Member, (agency_id, member_id))


async def of_agency(session: AsyncSession, agency_id: UUID) -> list[Member]:
    """All members of an agency, owner first, then by name."""
    query = (
        select(Member)
        .where(Member.agency_id == agency_id)
        .order_by(case((col(Member.role) == Role.OWNER, 0), else_=1), col(Member.name), col(Member.id))
    )
    return list(await session.scalars(query))
