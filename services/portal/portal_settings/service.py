"""Use cases of portal settings."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.database import Database
from chassis.principals import Role, Staff
from services.portal import events
from services.portal.portal_settings import repository
from services.portal.portal_settings.models import DEFAULT_TOKEN_DAYS, PortalSettings


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
    await events.settings_updated(session, settings, actor=staff.actor, now=now)
    return settings
