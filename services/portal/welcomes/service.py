"""Use cases of welcomes."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.errors import NotFound
from services.portal.portal_settings.models import PortalSettings
from services.portal.welcomes import repository
from services.portal.welcomes.schemas import Welcome, WelcomeAgency


async def welcome_to(session: AsyncSession, slug: str) -> Welcome:
    """What the sign-in page of that agency shows; raises NotFound. The session must see every agency."""
    found = await repository.find_portal(session, slug) if "\x00" not in slug else None
    if found is None:
        raise NotFound
    agency, stored = found
    settings = stored or PortalSettings.defaults(agency.id)
    return Welcome(
        agency=WelcomeAgency(name=agency.name, slug=agency.slug),
        portal_name=settings.portal_name or agency.name,
        portal_logo=settings.portal_logo,
        primary_color=settings.primary_color,
        secondary_color=settings.secondary_color,
        welcome_message=settings.welcome_message,
        is_active=settings.is_active,
    )


async def slug_of_ended(session: AsyncSession, credential_id: UUID) -> str | None:
    """Whose sign-in page stands in for a link that has ended; None for one that nobody ever opened.

    The session must see every agency.
    """
    return await repository.slug_of_credential(session, credential_id)
