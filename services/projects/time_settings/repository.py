"""All SQL about time settings."""

from uuid import UUID

from sqlalchemy import or_, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from services.projects.time_settings.models import TimeSettings

# Of two who set them for the first time at once, the second finds the first's.
_LOCK = text("SELECT pg_advisory_xact_lock(hashtextextended('time_settings/' || :agency_id, 0))")


async def lock(session: AsyncSession, agency_id: UUID) -> None:
    """Have whoever else changes settings of the agency wait until the transaction ends."""
    await session.execute(_LOCK, {"agency_id": str(agency_id)})


async def get(session: AsyncSession, agency_id: UUID, project_id: UUID | None) -> TimeSettings | None:
    """Those of a project, or of the agency where none is named."""
    query = select(TimeSettings).where(
        col(TimeSettings.agency_id) == agency_id, col(TimeSettings.project_id).is_not_distinct_from(project_id)
    )
    return (await session.scalars(query)).one_or_none()


async def both(session: AsyncSession, agency_id: UUID, project_id: UUID) -> dict[UUID | None, TimeSettings]:
    """Those of a project and of the agency, by the project's id and by None."""
    query = select(TimeSettings).where(
        col(TimeSettings.agency_id) == agency_id,
        or_(col(TimeSettings.project_id).is_(None), col(TimeSettings.project_id) == project_id),
    )
    return {found.project_id: found for found in await session.scalars(query)}


async def save(session: AsyncSession, settings: TimeSettings) -> None:
    """Keep new or changed settings."""
    session.add(settings)
    await session.flush()
