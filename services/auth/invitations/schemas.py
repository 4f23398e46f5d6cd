"""Bodies and answers about invitations."""

from typing import Annotated, Any
from uuid import UUID

from pydantic import ConfigDict, Field, StringConstraints

from chassis.principals import Role
from chassis.schemas import Clean, Email, Input, Name, Output, Timestamp
from services.auth.members.schemas import NewPassword

Token = Annotated[str, StringConstraints(min_length=1, max_length=200), Clean, Field(repr=False)]

_TOKEN_EXAMPLE = "inv_0199f1e27c7b71c28f0e6d5c4b3a2910.1.pWq1tq7n2m0cVvJz3n8B9m4o5l6k7j8h9g0f1e2d3c4"  # noqa: S105
_EXAMPLE: dict[str, Any] = {
    "id": "0199f1e2-7c7b-71c2-8f0e-6d5c4b3a2910",
    "email": "noor@northlight.example",
    "role": "member",
    "invitedBy": "Ada Larsen",
    "expiresAt": "2026-03-08T09:30:00.000Z",
    "createdAt": "2026-03-01T09:30:00.000Z",
}


class InvitationCreate(Input):
    """Who is to join, and as what."""

    model_config = ConfigDict(json_schema_extra={"example": {"email": "noor@northlight.example", "role": "member"}})

    email: Email
    role: Role = Role.MEMBER


class InvitationPublic(Output):
    """An invitation that can be accepted until `expiresAt`; `invitedBy` is a name."""

    model_config = ConfigDict(json_schema_extra={"example": _EXAMPLE})

    id: UUID
    email: str
    role: Role
    invited_by: str
    expires_at: Timestamp
    created_at: Timestamp


class InvitationRevoked(Output):
    """The invitation cannot be accepted any more."""

    id: UUID
    deleted: bool = True


class InvitationLookup(Input):
    """The token of the mailed link."""

    model_config = ConfigDict(json_schema_extra={"example": {"token": _TOKEN_EXAMPLE}})

    token: Token


class InvitationShown(Output):
    """What the invited person is shown before they accept."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {"agencyName": "Northlight Studio", "email": "noor@northlight.example", "role": "member"}
        }
    )

    agency_name: str
    email: str
    role: Role


class InvitationAccept(Input):
    """The token of the mailed link, and who the new member is."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {"token": _TOKEN_EXAMPLE, "name": "Noor Haddad", "password": "a loud place in the hills"}
        }
    )

    token: Token
    name: Name
    password: NewPassword
