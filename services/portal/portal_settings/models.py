"""Portal settings, their defaults and the modules there are."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlmodel import Field

from chassis.tables import Row, json_column

DEFAULT_TOKEN_DAYS = 30
# Below the deployment's origin.
LOGO_FOLDER = "portal-logos"


class Module(StrEnum):
    """A part of the portal that can be switched off."""

    PROJECTS = "projects"
    FILES = "files"
    MESSAGES = "messages"
    TIME_LOGS = "time_logs"
    PROPOSALS = "proposals"
    CONTRACTS = "contracts"
    INVOICES = "invoices"
    TASKS = "tasks"
    FEEDBACK = "feedback"
    INTAKE = "intake"


class PortalSettings(Row, table=True):
    """One row per agency, made with the first change; until then the defaults below hold.

    `portal_name` and `sender_name` are empty while the agency's own name stands for them.
    """

    __tablename__ = "portal_settings"

    portal_name: str = ""
    portal_logo: str | None = None
    primary_color: str = "#3B82F6"
    secondary_color: str = "#1E40AF"
    welcome_message: str = "Welcome to your client portal!"
    enabled_modules: list[str] = json_column(default_factory=lambda: [str(module) for module in Module])
    is_active: bool = True
    allow_file_sharing: bool = True
    show_activity_feed: bool = True
    token_expiration_days: int = Field(default=DEFAULT_TOKEN_DAYS)
    magic_link_minutes: int = Field(default=60)
    sender_name: str = ""

    @classmethod
    def defaults(cls, agency_id: UUID) -> "PortalSettings":
        """What holds for an agency that has changed nothing; version 0 tells it from a stored row."""
        return cls(agency_id=agency_id, version=0)

    def change(self, changes: dict[str, Any], now: datetime) -> None:
        """Take over the named fields; modules are kept in their own order, each once."""
        if "enabled_modules" in changes:
            chosen = set(changes["enabled_modules"])
            changes = {**changes, "enabled_modules": [str(module) for module in Module if module in chosen]}
        for name, value in changes.items():
            setattr(self, name, value)
        self.updated_at = now
