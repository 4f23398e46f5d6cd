"""What the API says about a member."""

from typing import Any
from uuid import UUID

from pydantic import ConfigDict

from chassis.principals import Role
from chassis.schemas import Output, Timestamp

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
