"""What the API says about an agency."""

from typing import Any
from uuid import UUID

from pydantic import ConfigDict

from chassis.schemas import Output, Timestamp

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
