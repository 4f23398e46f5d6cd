"""Portal settings as callers send and get them: the keys of the client-portal API, in snake_case."""

from typing import Annotated

from pydantic import ConfigDict, Field, StringConstraints
from pydantic.config import JsonDict

from chassis.schemas import Clean, Output, Patch, Text
from services.portal.portal_settings.models import Module

MAX_TOKEN_DAYS = 365
MIN_LINK_MINUTES, MAX_LINK_MINUTES = 10, 60

Color = Annotated[str, StringConstraints(pattern=r"^#[0-9A-Fa-f]{6}$")]
ShortName = Annotated[str, StringConstraints(max_length=200), Clean]

EXAMPLE: JsonDict = {
    "portal_name": "Client Portal",
    "portal_logo": None,
    "primary_color": "#3B82F6",
    "secondary_color": "#1E40AF",
    "welcome_message": "Welcome to your client portal!",
    "enabled_modules": ["projects", "files", "messages", "invoices"],
    "is_active": True,
    "allow_file_sharing": True,
    "show_activity_feed": True,
    "token_expiration_days": 30,
    "magic_link_minutes": 60,
    "sender_name": "Northwind Studio",
}


class PortalSettingsUpdate(Patch):
    """The fields to change; an empty `portal_name` or `sender_name` brings back the agency's own name."""

    model_config = ConfigDict(
        alias_generator=None,
        json_schema_extra={"example": {"portal_name": "Northwind Studio", "primary_color": "#0F766E"}},
    )

    portal_name: ShortName = ""
    primary_color: Color = Field(default="", description="`#RRGGBB`; too pale a colour is darkened where it is used.")
    secondary_color: Color = ""
    welcome_message: Text = ""
    enabled_modules: list[Module] = Field(default=[], max_length=len(Module))
    is_active: bool = Field(default=True, description="False shuts the portal for everyone but staff.")
    allow_file_sharing: bool = True
    show_activity_feed: bool = True
    token_expiration_days: int = Field(
        default=30, ge=1, le=MAX_TOKEN_DAYS, strict=True, description="How long portal tokens live that are made anew."
    )
    magic_link_minutes: int = Field(
        default=60,
        ge=MIN_LINK_MINUTES,
        le=MAX_LINK_MINUTES,
        strict=True,
        description="How long mailed sign-in links live, in minutes.",
    )
    sender_name: ShortName = ""


class PortalSettingsPublic(Output):
    """How the agency's portal looks and what is switched on."""

    model_config = ConfigDict(alias_generator=None, json_schema_extra={"example": EXAMPLE})

    portal_name: str
    portal_logo: str | None = Field(description="The logo's address below the deployment's own; null without one.")
    primary_color: str
    secondary_color: str
    welcome_message: str
    enabled_modules: list[Module]
    is_active: bool
    allow_file_sharing: bool
    show_activity_feed: bool
    token_expiration_days: int
    magic_link_minutes: int
    sender_name: str


class PortalSettingsAnswer(Output):
    """The settings, wrapped as the client-portal API wraps everything."""

    model_config = ConfigDict(alias_generator=None)

    data: PortalSettingsPublic
