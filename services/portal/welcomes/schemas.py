"""The welcome as anyone gets it."""

from pydantic import ConfigDict, Field
from pydantic.config import JsonDict

from chassis.schemas import Output

_EXAMPLE: JsonDict = {
    "agency": {"name": "Northwind Studio", "slug": "northwind-studio"},
    "portal_name": "Northwind Studio",
    "portal_logo": None,
    "primary_color": "#3B82F6",
    "secondary_color": "#1E40AF",
    "welcome_message": "Welcome to your client portal!",
    "is_active": True,
}


class WelcomeAgency(Output):
    """The agency that one is about to visit."""

    name: str
    slug: str


class Welcome(Output):
    """What an agency's sign-in page shows; the keys of the portal's configuration, in snake_case."""

    model_config = ConfigDict(alias_generator=None, json_schema_extra={"example": _EXAMPLE})

    agency: WelcomeAgency
    portal_name: str = Field(description="The agency's own name where the portal has none.")
    portal_logo: str | None = Field(description="Path relative to the origin, null without a logo.")
    primary_color: str
    secondary_color: str
    welcome_message: str
    is_active: bool = Field(description="False while the portal is shut for everyone but staff.")
