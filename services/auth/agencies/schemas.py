"""What the API says about an agency, and how it is changed."""

from typing import Annotated, Any
from uuid import UUID

from pydantic import ConfigDict, Field, StringConstraints

from chassis.schemas import Clean, Name, Output, Patch, Timestamp

Currency = Annotated[str, StringConstraints(min_length=3, max_length=3), Clean]
TimeZone = Annotated[str, StringConstraints(min_length=1, max_length=64), Clean]

AGENCY_EXAMPLE: dict[str, Any] = {
    "id": "0199f1e2-6a10-7c55-8f3d-2b6c9e4d7a01",
    "name": "Northlight Studio",
    "slug": "northlight-studio",
    "currency": "USD",
    "timeZone": "UTC",
    "createdAt": "2026-03-01T09:30:00.000Z",
}


class AgencyPublic(Output):
    """The agency as its members see it."""

    model_config = ConfigDict(json_schema_extra={"example": AGENCY_EXAMPLE})

    id: UUID
    name: str
    slug: str
    currency: str
    time_zone: str
    created_at: Timestamp


class AgencyUpdate(Patch):
    """A change of some fields: the name people see, the currency (ISO 4217), the time zone (IANA)."""

    model_config = ConfigDict(json_schema_extra={"example": {"currency": "EUR", "timeZone": "Europe/Oslo"}})

    name: Name = Field(default_factory=str)
    currency: Currency = Field(default_factory=str)
    time_zone: TimeZone = Field(default_factory=str)
