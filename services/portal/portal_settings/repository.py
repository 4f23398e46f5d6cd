"""All SQL of portal settings."""

from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from chassis.database import Database
from services.portal.portal_settings.models import PortalSettings

_LIFETIME = "SELECT token_expiration_days FROM portal_settings WHERE agency_id = $1"


async def find_settings(session: AsyncSession, agency_id: UUID) -> PortalSettings | None:
    """The agency's settings, None while it has changed nothing."""
    query = select(PortalSettings).where(col(PortalSettings.agency_id) == agency_id)
    return (await session.execute(query)).scalar_one_or_none()


async def read_token_days(database: Database, agency_id: UUID) -> int | None:
    """How long new portal tokens live, None while the agency has changed nothing.

    Opens its own short transaction: none is held while another service is asked.
    """
    async with database.reader(agency_id) as reader:
        days: int | None = await reader.fetchval(_LIFETIME, agency_id)
    return days


async def lock_settings(session: AsyncSession, agency_id: UUID) -> PortalSettings:
    """The agency's settings, locked until the transaction ends; made from the defaults if there are none."""
    defaults = PortalSettings.defaults(agency_id).model_dump()
    await session.execute(insert(PortalSettings).values(defaults).on_conflict_do_nothing(index_elements=["agency_id"]))
    query = select(PortalSettings).where(col(PortalSettings.agency_id) == agency_id).with_for_update()
    return (await session.execute(query)).scalar_one()
