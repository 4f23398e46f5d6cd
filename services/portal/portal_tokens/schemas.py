"""Portal tokens as callers ask for and get them, in snake_case."""

from typing import Annotated, Any
from uuid import UUID

from pydantic import BeforeValidator, ConfigDict, Field

from chassis.schemas import Input, Output, Timestamp
from services.portal.holders import MAX_NUMBER, Holder, HolderKind


def _no_truth_value(value: Any) -> Any:
    # To pydantic true is the number 1, and 1 is somebody.
    if isinstance(value, bool):
        raise ValueError("must be an id or a number")
    return value


class PortalTokenHolder(Input):
    """Whose portal token: `contact` or `company`, by its `id` or its `number`."""

    model_config = ConfigDict(alias_generator=None, json_schema_extra={"example": {"type": "contact", "id": 1}})

    type: HolderKind
    id: Annotated[UUID | Annotated[int, Field(ge=1, le=MAX_NUMBER)], BeforeValidator(_no_truth_value)]

    @property
    def holder(self) -> Holder:
        """As the rest of the portal names it."""
        return Holder(self.type, str(self.id))


class PortalTokenAnswer(Output):
    """A live portal token, the address that opens the portal with it, and when it ends."""

    model_config = ConfigDict(
        alias_generator=None,
        json_schema_extra={
            "example": {
                "token": "0199f1e26a107c558f3d2b6c9e4d7a01.5Kd0n2mJ8rT1wQ7xY4zB6vC9eF3gH0iL2oP5sU8aX1c",
                "url": "https://portal.example.com/client-portal/0199f1e26a107c558f3d2b6c9e4d7a01.5Kd0n2mJ8rT1wQ7xY4z"
                "B6vC9eF3gH0iL2oP5sU8aX1c",
                "expires_at": "2026-12-19T09:30:00.000Z",
            }
        },
    )

    token: str = Field(repr=False)
    url: str = Field(repr=False)
    expires_at: Timestamp


class PortalTokenRevoked(Output):
    """How many live tokens were ended: 0 or 1."""

    model_config = ConfigDict(
        alias_generator=None, json_schema_extra={"example": {"message": "Portal token revoked", "revoked": 1}}
    )

    message: str
    revoked: int
