"""Use cases of agencies."""

import asyncio
from datetime import datetime
from functools import cache
from uuid import UUID
from zoneinfo import available_timezones

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.errors import Invalid, NotFound
from chassis.ids import new_id
from chassis.money import exponent
from chassis.principals import Staff
from services.auth import events, team_events
from services.auth.agencies import repository
from services.auth.agencies.models import Agency, PortalRules, free_slug, slug_of
from services.auth.agencies.schemas import AgencyPublic, AgencyUpdate


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


async def find_agency(session: AsyncSession, slug: str) -> Agency:
    """The agency with that slug; NotFound when none has it. The session must see every agency."""
    agency = await repository.find_by_slug(session, slug)
    if agency is None:
        raise NotFound
    return agency


async def get_agency(session: AsyncSession, agency_id: UUID) -> Agency:
    """The agency; NotFound when there is none."""
    agency = await repository.get(session, agency_id)
    if agency is None:
        raise NotFound
    return agency


async def change_agency(session: AsyncSession, staff: Staff, *, body: AgencyUpdate, now: datetime) -> AgencyPublic:
    """Another name, currency or time zone; Invalid for what ISO 4217 or the time zone database does not list."""
    changes = body.changes()
    if "currency" in changes:
        exponent(body.currency)
    if "time_zone" in changes and body.time_zone not in await asyncio.to_thread(_time_zones):
        raise Invalid.field("timeZone", "must be a time zone such as Europe/Oslo")
    agency = await repository.lock(session, staff.agency_id)
    if agency is None:
        raise NotFound
    agency.change(changes, now)
    await team_events.agency_updated(session, agency, actor=staff.actor, now=now)
    return AgencyPublic.model_validate(agency)


async def hear_of_portal(
    session: AsyncSession, agency_id: UUID, *, rules: PortalRules, version: int, now: datetime
) -> None:
    """The agency has changed its portal's settings; every process hears when clients may do more or less."""
    agency = await get_agency(session, agency_id)
    if agency.hear_of_portal(rules, version=version):
        await events.portal_changed(session, agency, now=now)


@cache
def _time_zones() -> frozenset[str]:
    """The names that this machine's time zone database lists; reads some hundred files the first time."""
    return frozenset(available_timezones())
