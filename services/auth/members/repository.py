"""All SQL about members."""

from uuid import UUID

from sqlalchemy import and_, case, or_
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from chassis.principals import Role
from services.auth.members.models import Member
from services.auth.second_factors.models import SecondFactor


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


async def hold(session: AsyncSession, agency_id: UUID, member_id: UUID, *, to_change: bool) -> Member | None:
    """The member as they are now, kept so until this transaction ends.

    Many may hold a member at once, but only one to change them, and then nobody else.
    """
    query = (
        select(Member)
        .where(Member.agency_id == agency_id, Member.id == member_id)
        .with_for_update(read=not to_change)
        .execution_options(populate_existing=True)
    )
    return (await session.scalars(query)).first()


async def hold_team(session: AsyncSession, agency_id: UUID, member_ids: set[UUID]) -> list[Member]:
    """The agency's owners and those of the named members that exist, all held to be changed.

    Always in the same order, so that of two who change the team one waits for the other.
    """
    query = (
        select(Member)
        .where(Member.agency_id == agency_id, or_(col(Member.role) == Role.OWNER, col(Member.id).in_(member_ids)))
        .order_by(col(Member.id))
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return list(await session.scalars(query))


async def of_agency(session: AsyncSession, agency_id: UUID) -> list[Member]:
    """All members of an agency, owner first, then by name."""
    query = (
        select(Member)
        .where(Member.agency_id == agency_id)
        .order_by(case((col(Member.role) == Role.OWNER, 0), else_=1), col(Member.name), col(Member.id))
    )
    return list(await session.scalars(query))


async def page(session: AsyncSession, agency_id: UUID, *, after: UUID | None, limit: int) -> list[tuple[Member, bool]]:
    """Members and whether each has a second factor, newest first, older than `after`."""
    has_factor = col(SecondFactor.confirmed_at).is_not(None)
    query = (
        select(Member, has_factor)
        .join(
            SecondFactor,
            and_(col(SecondFactor.agency_id) == Member.agency_id, col(SecondFactor.member_id) == Member.id),
            isouter=True,
        )
        .where(Member.agency_id == agency_id)
    )
    if after:
        query = query.where(col(Member.id) < after)
    rows = await session.execute(query.order_by(col(Member.id).desc()).limit(limit))
    return [(member, bool(factor)) for member, factor in rows]


async def delete(session: AsyncSession, member: Member) -> None:
    """Remove a member, with all that is theirs alone."""
    await session.delete(member)
    await session.flush()
