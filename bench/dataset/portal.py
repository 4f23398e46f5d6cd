"""Rows of portal: its replicas of agencies and clients, and each agency's settings."""

import json
from collections.abc import Iterator

from bench.dataset.copying import Table
from bench.dataset.world import World
from services.portal.portal_settings.models import PortalSettings

_ROW = ("agency_id", "id", "version", "created_at", "updated_at")
_SETTINGS = (
    *("portal_name", "portal_logo", "primary_color", "secondary_color", "welcome_message", "is_active"),
    *("allow_file_sharing", "show_activity_feed", "token_expiration_days", "sender_name"),
)


def tables(world: World) -> Iterator[Table]:
    """All tables."""
    began = world.began
    yield Table(
        "agencies",
        (*_ROW, "name", "slug", "source_version"),
        ((agency.id, agency.id, 1, began, began, agency.name, agency.slug, 1) for agency in world.agencies),
    )
    yield Table(
        "clients",
        (*_ROW, "number", "name", "email", "company", "source_version"),
        ((c.agency_id, c.id, 1, began, began, c.number, c.name, c.email, c.company, 1) for c in world.clients),
    )
    made = [PortalSettings(agency_id=agency.id, created_at=began, updated_at=began) for agency in world.agencies]
    yield Table(
        "portal_settings",
        (*_ROW, *_SETTINGS, "enabled_modules"),
        ((*(getattr(row, name) for name in (*_ROW, *_SETTINGS)), json.dumps(row.enabled_modules)) for row in made),
    )
