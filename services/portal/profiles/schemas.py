"""Profiles as callers send and get them: the magic-link API's shapes, in which nothing is ever null."""

import base64
import binascii
from typing import Annotated, Any
from uuid import UUID

from pydantic import (
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    WithJsonSchema,
    model_validator,
)
from pydantic.config import JsonDict

from chassis.schemas import Clean, OneLine, Output, Patch

MAX_PHONE = 50
_DATA_URLS = tuple(f"data:image/{kind};base64," for kind in ("png", "jpeg", "webp"))

_AVATAR: JsonDict = {
    "blobId": "0199f1e2-7c7a-7f3e-9d52-1f1f5a3c9b10",
    "height": 384,
    "thumbnailBlobId": "0199f1e2-7c7b-71c2-8f0e-6d5c4b3a2910",
    "width": 512,
}
_ADDRESS: JsonDict = {
    "city": "Lisbon",
    "country": "Portugal",
    "houseNumber": "12B",
    "latitude": 38.7139,
    "longitude": -9.1394,
    "postalCode": "1100-053",
    "street": "Rua Augusta",
}
_ID = "0199f1e2-6a10-7c55-8f3d-2b6c9e4d7a01"


def _decoded(value: Any) -> bytes:
    if not isinstance(value, str) or not value.startswith(_DATA_URLS):
        raise ValueError("must be a data URL of a PNG, JPEG or WebP picture in Base64, or null")
    try:
        return base64.b64decode(value.partition(",")[2], validate=True)
    except binascii.Error as error:
        raise ValueError("must be valid Base64") from error


Line = Annotated[str, StringConstraints(max_length=200), Clean, OneLine]
Phone = Annotated[str, StringConstraints(max_length=MAX_PHONE), Clean, OneLine]
Degrees = Annotated[float, Field(strict=True)]
DataUrl = Annotated[
    bytes,
    BeforeValidator(_decoded),
    WithJsonSchema({"type": "string", "pattern": "^data:image/(png|jpeg|webp);base64,"}),
]


class Avatar(Output):
    """A picture of the client; empty values while there is none. The blobs are at `/api/v1/portal/blobs/{blobId}`."""

    blob_id: str = ""
    height: int = Field(default=0, description="Pixels, 512 at most.")
    thumbnail_blob_id: str = Field(default="", description="The same picture, 96 pixels at most.")
    width: int = Field(default=0, description="Pixels, 512 at most.")


class BillingAddress(Output):
    """Where invoices are addressed to; empty values while it is not known."""

    city: str = ""
    country: str = ""
    house_number: str = ""
    id: str = ""
    latitude: float = 0.0
    longitude: float = 0.0
    postal_code: str = ""
    street: str = ""


class Me(Output):
    """Who is signed in."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "avatar": _AVATAR,
                "clientId": _ID,
                "clientName": "Okafor Ceramics",
                "email": "mira@okafor.example",
                "firstName": "Mira",
                "id": _ID,
                "lastName": "Okafor",
            }
        }
    )

    avatar: Avatar
    client_id: UUID
    client_name: str = Field(description="The client's company, or their own name where they have none.")
    email: str = Field(description="Empty for a client without one, and for a company.")
    first_name: str = Field(description="The first word of the name; empty for a company.")
    id: UUID
    last_name: str = Field(description="The rest of the name; empty for a company.")


class ClientProfile(Output):
    """The client, with what they have told of themselves."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "avatar": _AVATAR,
                "billingAddress": {**_ADDRESS, "id": "0199f1e2-8d10-7b02-a1c4-5e6f7a8b9c0d"},
                "email": "mira@okafor.example",
                "id": _ID,
                "name": "Mira Okafor",
                "phone": "+351 21 555 0123",
            }
        }
    )

    avatar: Avatar
    billing_address: BillingAddress
    email: str
    id: UUID
    name: str
    phone: str


class BillingAddressChange(Patch):
    """The fields of the address to change; an empty text, or null for a coordinate, clears one."""

    city: Line = ""
    country: Line = ""
    house_number: Line = ""
    latitude: Annotated[Degrees, Field(ge=-90, le=90)] | None = None
    longitude: Annotated[Degrees, Field(ge=-180, le=180)] | None = None
    postal_code: Line = ""
    street: Line = ""


class ProfileUpdate(Patch):
    """The fields to change. The name and the e-mail address are the agency's to change."""

    model_config = ConfigDict(json_schema_extra={"example": {"phone": "+351 21 555 0123", "billingAddress": _ADDRESS}})

    phone: Phone = ""
    billing_address: BillingAddressChange | None = Field(default=None, description="null removes all of it.")
    avatar: DataUrl | None = Field(default=None, description="A picture as a data URL; null removes it.")
    token: str | None = None

    @model_validator(mode="before")
    @classmethod
    def _names_something(cls, data: Any) -> Any:
        if isinstance(data, dict) and not data.keys() - {"token"}:
            raise ValueError("name at least one field to change")
        return data

    def changes(self) -> dict[str, Any]:
        """What the caller named, by inside names; the address as its changed fields, the avatar as bytes."""
        named = {name: getattr(self, name) for name in self.model_fields_set - {"token"}}
        if self.billing_address:
            named["billing_address"] = self.billing_address.changes()
        return named
