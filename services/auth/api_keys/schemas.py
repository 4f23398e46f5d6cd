"""Bodies and answers about API keys."""

from datetime import UTC, datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import AfterValidator, AwareDatetime, BeforeValidator, ConfigDict, Field

from chassis.schemas import Input, Name, Output, Timestamp
from services.auth.api_keys.models import Scope


def _each_once(scopes: list[Scope]) -> list[Scope]:
    return list(dict.fromkeys(scopes))


def _spelled_out(value: Any) -> Any:
    if value is not None and not isinstance(value, str):
        raise ValueError("must be a moment in ISO 8601, such as 2027-01-31T12:00:00Z")
    return value


def _in_utc(value: datetime | None) -> datetime | None:
    try:
        return value.astimezone(UTC) if value else None
    except OverflowError as error:
        raise ValueError("is too far away") from error


class ApiKeyCreate(Input):
    """A new key; `scopes` say what it may do, and `expiresAt` from when on it is refused (never, when left out)."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {"name": "Time tracker", "scopes": ["read", "write"], "expiresAt": "2027-01-31T12:00:00Z"}
        }
    )

    name: Name
    scopes: Annotated[list[Scope], Field(min_length=1, max_length=10), AfterValidator(_each_once)]
    expires_at: Annotated[AwareDatetime | None, BeforeValidator(_spelled_out), AfterValidator(_in_utc)] = None


_KEY_EXAMPLE: dict[str, Any] = {
    "id": "0199f1e2-9b30-7e44-b0a1-77d2c6f8e513",
    "name": "Time tracker",
    "prefix": "pk_3f9a1c7e",
    "scopes": ["read", "write"],
    "lastUsedAt": "2026-03-02T14:05:00.000Z",
    "expiresAt": "2027-01-31T12:00:00.000Z",
    "createdAt": "2026-03-01T09:30:00.000Z",
}


class ApiKeyPublic(Output):
    """A key as it is listed: told apart by its prefix."""

    model_config = ConfigDict(json_schema_extra={"example": _KEY_EXAMPLE})

    id: UUID
    name: str
    prefix: str
    scopes: list[Scope]
    last_used_at: Timestamp | None
    expires_at: Timestamp | None
    created_at: Timestamp


class ApiKeyCreated(ApiKeyPublic):
    """A key with the key itself, shown this once."""

    model_config = ConfigDict(
        json_schema_extra={"example": _KEY_EXAMPLE | {"lastUsedAt": None, "key": "pk_3f9a1c7e_..."}}
    )

    key: str = Field(repr=False)


class ApiKeyDeleted(Output):
    """The key opens nothing any more."""

    id: UUID
    deleted: bool = True
