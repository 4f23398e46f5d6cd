"""Use cases of welcomes; each opens its own short transaction, since none is held while auth is asked."""

from dataclasses import dataclass
from uuid import UUID

from chassis.database import Database
from chassis.errors import NotFound
from services.portal.clients import Directory
from services.portal.portal_settings.models import PortalSettings
from services.portal.portal_settings.service import read_settings
from services.portal.welcomes import repository
from services.portal.welcomes.schemas import Welcome, WelcomeAgency


@dataclass(frozen=True, slots=True)
class Portal:
    """An agency's portal, found by the agency's short name."""

    agency_id: UUID
    agency_name: str
    slug: str
    settings: PortalSettings


async def portal_of(database: Database, directory: Directory, slug: str) -> Portal:
    """The portal of that agency; raises NotFound, and Unavailable when nobody can tell."""
    if "\x00" in slug:
        raise NotFound
    async with database.across_agencies() as session:
        found = await repository.find_portal(session, slug)
    if found is None:
        return await _portal_of_unheard(database, directory, slug)
    agency, settings = found
    return Portal(agency.id, agency.name, agency.slug, settings or PortalSettings.defaults(agency.id))


async def welcome_to(database: Database, directory: Directory, slug: str) -> Welcome:
    """What the sign-in page of that agency shows; raises NotFound, and Unavailable when nobody can tell."""
    portal = await portal_of(database, directory, slug)
    settings = portal.settings
    return Welcome(
        agency=WelcomeAgency(name=portal.agency_name, slug=portal.slug),
        portal_name=settings.portal_name or portal.agency_name,
        portal_logo=settings.portal_logo,
        primary_color=settings.primary_color,
        secondary_color=settings.secondary_color,
        welcome_message=settings.welcome_message,
        is_active=settings.is_active,
    )


async def slug_of_ended(database: Database, credential_id: UUID) -> str | None:
    """Whose sign-in page stands in for a link that has ended; None for one that nobody ever opened."""
    async with database.across_agencies() as session:
        return await repository.slug_of_credential(session, credential_id)


async def _portal_of_unheard(database: Database, directory: Directory, slug: str) -> Portal:
    """The same for an agency whose registration has not arrived here yet."""
    agency = await directory.agency_named(slug)
    async with database.unit(agency.id) as session:
        return Portal(agency.id, agency.name, agency.slug, await read_settings(session, agency.id))
