"""Use cases of agencies."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.errors import NotFound
from chassis.ids import new_id
from services.auth import events
from services.auth.agencies import repository
from services.auth.agencies.models import Agency, PortalRules, free_slug, slug_of


async def found_agency(session: AsyncSession, name: str, *, now: datetime) -> Agency:
    """A new agency with a slug of its own."""
    wanted = slug_of(name)
    id = new_id()
    agency = Agency(
        agency_id=id,
        id=id,
        name=name,
        slug=free_slug(wanted, await repository.slugs_like(session, wanted)),
        created_at=now,
        updated_at=now,
    )
    await repository.add(session, agency)
    return agency


async def get_agency(session: AsyncSession, agency_id: UUID) -> Agency:
    """The agency; NotFound when there is none."""
    agency = await repository.get(session, agency_id)
    if agency is None:
        raise NotFound
    return agency


async def hear_of_portal(
    session: AsyncSession, agency_id: UUID, *, rules: PortalRules, version: int, now: datetime
) -> None:
    """The agency has changed its portal's settings; every process hears when clients may do more or less."""
    agency = await get_agency(session, agency_id)
    if agency.hear_of_portal(rules, version=version):
        await events.portal_changed(session, agency, now=now)
