"""Bodies and answers about API keys."""

from typing import Annotated, Any
from uuid import UUID

from pydantic import AfterValidator, ConfigDict, Field

from chassis.schemas import Input, Name, Output, Timestamp
from services.auth.api_keys.models import Scope


def _each_once(scopes: list[Scope]) -> list[Scope]:
    return list(dict.fromkeys(scopes))


class ApiKeyCreate(Input):
    """A new key; `scopes` say what it may do."""

    model_config = ConfigDict(json_schema_extra={"example": {"name": "Time tracker", "scopes": ["read", "write"]}})

    name: Name
    scopes: Annotated[list[Scope], Field(min_length=1, max_length=10), AfterValidator(_each_once)]


_KEY_EXAMPLE: dict[str, Any] = {
    "id": "0199f1e2-9b30-7e44-b0a1-77d2c6f8e513",
    "name": "Time tracker",
    "prefix": "pk_3f9a1c7e",
    "scopes": ["read", "write"],
    "lastUsedAt": "2026-03-02T14:05:00.000Z",
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
