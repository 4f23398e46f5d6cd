"""All SQL about agencies."""

from uuid import UUID

from sqlalchemy import func, or_, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from services.auth.agencies.models import Agency

# One agency is named at a time: "North" may become `north-2` just when another is called "North 2".
_LOCK_SLUGS = text("SELECT pg_advisory_xact_lock(hashtextextended('slugs', 0))")


async def add(session: AsyncSession, agency: Agency) -> None:
    """Save a new agency."""
    session.add(agency)
    await session.flush()


async def get(session: AsyncSession, agency_id: UUID) -> Agency | None:
    """The agency with that id."""
    return await session.get(Agency, (agency_id, agency_id))


async def find_by_slug(session: AsyncSession, slug: str) -> Agency | None:
    """The agency with that slug. The session must see every agency."""
    return (await session.scalars(select(Agency).where(Agency.slug == slug))).first()


async def lock(session: AsyncSession, agency_id: UUID) -> Agency | None:
    """The agency with that id as it is now; whoever changes it too waits until this transaction ends."""
    query = select(Agency).where(Agency.agency_id == agency_id, Agency.id == agency_id)
    # Not FOR UPDATE: rows that belong to the agency may be added meanwhile.
    return (await session.scalars(query.with_for_update(key_share=True))).first()


async def slugs_like(session: AsyncSession, slug: str) -> set[str]:
    """Slugs that are taken: this one and its numbered kin.

    Whoever wants a slug too waits until this transaction ends.
    """
    await session.execute(_LOCK_SLUGS)
    kin = col(Agency.slug).regexp_match(func.concat("^", slug, "-[0-9]+$"))
    return set(await session.scalars(select(Agency.slug).where(or_(col(Agency.slug) == slug, kin))))
