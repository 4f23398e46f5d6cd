"""Bodies and answers about API keys."""

from typing import Annotated
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


class ApiKeyPublic(Output):
    """A key as it is listed: told apart by its prefix."""

    id: UUID
    name: str
    prefix: str
    scopes: list[Scope]
    last_used_at: Timestamp | None
    created_at: Timestamp


class ApiKeyCreated(ApiKeyPublic):
    """A key with the key itself, shown this once."""

    key: str = Field(repr=False)


class ApiKeyDeleted(Output):
    """The key opens nothing any more."""

    id: UUID
    deleted: bool = True
