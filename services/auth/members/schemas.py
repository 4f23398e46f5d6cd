"""What the API says about members, and how they are changed."""

from typing import Annotated, Any
from uuid import UUID

from pydantic import ConfigDict, Field, StringConstraints

from chassis.principals import Role
from chassis.schemas import Clean, Name, Output, Patch, Timestamp
from services.auth.members.passwords import MAX_LENGTH, MIN_LENGTH

# Blanks around a password belong to it, and it is never shown in a log or an error.
NewPassword = Annotated[
    str,
    StringConstraints(strip_whitespace=False, min_length=MIN_LENGTH, max_length=MAX_LENGTH),
    Clean,
    Field(repr=False, json_schema_extra={"format": "password"}),
]
AnyPassword = Annotated[
    str,
    StringConstraints(strip_whitespace=False, min_length=1, max_length=MAX_LENGTH),
    Clean,
    Field(repr=False, json_schema_extra={"format": "password"}),
]

USER_EXAMPLE: dict[str, Any] = {
    "id": "0199f1e2-6a12-7d01-a4c8-5e0f3b2a1c99",
    "name": "Ada Larsen",
    "email": "ada@northlight.example",
    "role": "owner",
    "createdAt": "2026-03-01T09:30:00.000Z",
}


class UserPublic(Output):
    """The member as they see themselves."""

    model_config = ConfigDict(json_schema_extra={"example": USER_EXAMPLE})

    id: UUID
    name: str
    email: str
    role: Role
    created_at: Timestamp


class MemberPublic(UserPublic):
    """A member as the team sees them; `twoFactor` tells whether they sign in with a second factor."""

    model_config = ConfigDict(json_schema_extra={"example": USER_EXAMPLE | {"twoFactor": True}})

    two_factor: bool


class MemberUpdate(Patch):
    """Another name or role."""

    model_config = ConfigDict(json_schema_extra={"example": {"role": "admin"}})

    name: Name = Field(default_factory=str)
    role: Role = Field(default_factory=lambda: Role.MEMBER)


class MemberRemoved(Output):
    """The person is no member any more."""

    id: UUID
    deleted: bool = True
