"""Use cases of portal settings."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.database import Database
from chassis.principals import Role, Staff
from services.portal import events
from services.portal.blobs import service as blobs
from services.portal.blobs.models import Blob
from services.portal.portal_settings import repository
from services.portal.portal_settings.models import DEFAULT_TOKEN_DAYS, LOGO_FOLDER, PortalSettings

# Mails that are out show the logo that they were sent with.
REPLACED_LOGO_FOR = timedelta(days=30)


async def read_settings(session: AsyncSession, agency_id: UUID) -> PortalSettings:
    """The agency's settings, or the defaults."""
    return await repository.find_settings(session, agency_id) or PortalSettings.defaults(agency_id)


async def token_days(database: Database, agency_id: UUID) -> int:
    """How many days a portal token lives that is made now."""
    return await repository.read_token_days(database, agency_id) or DEFAULT_TOKEN_DAYS


async def change_settings(
    session: AsyncSession,
    staff: Staff,
    *,
    changes: dict[str, Any],
    check_version: Callable[[int], None],
    now: datetime,
) -> PortalSettings:
    """Change the named settings; raises Forbidden for members, and what `check_version` raises."""
    staff.require_role(Role.OWNER, Role.ADMIN)
    settings = await repository.lock_settings(session, staff.agency_id)
    check_version(settings.version)
    settings.change(changes, now)
    await _announce(session, settings, staff, now=now)
    return settings


async def change_logo(
    session: AsyncSession, staff: Staff, *, logo: Blob | None, check_version: Callable[[int], None], now: datetime
) -> PortalSettings:
    """Show another logo, or none: then every earlier one ends at once.

    Raises Forbidden for members, and what `check_version` raises.
    """
    staff.require_role(Role.OWNER, Role.ADMIN)
    settings = await repository.lock_settings(session, staff.agency_id)
    check_version(settings.version)
    if logo is None and settings.portal_logo is None:
        return settings
    await blobs.end_all_of(session, staff.agency_id, None, at=now + REPLACED_LOGO_FOR if logo else now)
    if logo:
        await blobs.put_into_use(session, staff.agency_id, [logo.id])
    settings.change({"portal_logo": f"{LOGO_FOLDER}/{logo.public_name}" if logo else None}, now)
    await _announce(session, settings, staff, now=now)
    return settings


async def _announce(session: AsyncSession, settings: PortalSettings, staff: Staff, *, now: datetime) -> None:
    name = (settings.portal_logo or "").removeprefix(f"{LOGO_FOLDER}/")
    logo_key = await blobs.key_of(session, name, now=now) if name else None
    await events.settings_updated(session, settings, logo_key=logo_key, actor=staff.actor, now=now)
