"""All SQL of welcomes: by an agency's short name, so across agencies."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from services.portal.accesses.models import Access
from services.portal.portal_settings.models import PortalSettings
from services.portal.replicas.models import Agency


async def find_portal(session: AsyncSession, slug: str) -> tuple[Agency, PortalSettings | None] | None:
    """The agency with that short name and its settings, None where nobody has it."""
    query = (
        select(Agency, PortalSettings)
        .outerjoin(PortalSettings, col(PortalSettings.agency_id) == col(Agency.agency_id))
        .where(col(Agency.slug) == slug)
    )
    row = (await session.execute(query)).first()
    return (row[0], row[1]) if row else None


async def slug_of_credential(session: AsyncSession, credential_id: UUID) -> str | None:
    """The short name of the agency whose portal a credential has opened before, None if it has not."""
    query = (
        select(Agency.slug)
        .join(Access, col(Access.agency_id) == col(Agency.agency_id))
        .where(col(Access.credential_id) == credential_id)
    )
    return (await session.execute(query)).scalars().first()
