"""What the API takes and gives about contract templates."""

from typing import Any, Literal
from uuid import UUID

from pydantic import ConfigDict

from chassis.schemas import Input, Name, Output, Patch, Timestamp
from services.projects.contracts.schemas import BODY, Body

_GIVEN: dict[str, Any] = {"name": "Maintenance, monthly", "title": "Website maintenance", "body": BODY}
EXAMPLE: dict[str, Any] = {
    "id": "0198f7c7-1a2b-7c3d-8e4f-5a6b7c8d9e0f",
    **_GIVEN,
    "createdAt": "2026-11-21T09:00:00.000Z",
    "updatedAt": "2026-11-21T09:00:00.000Z",
}
# The default of what may be left out but not be null: Pydantic does not check defaults.
_UNSET: Any = None


class ContractTemplateCreate(Input):
    """A new template."""

    model_config = ConfigDict(json_schema_extra={"examples": [_GIVEN]})

    name: Name
    title: Name
    body: Body


class ContractTemplateUpdate(Patch):
    """A change; what is not named stays."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"name": "Maintenance, yearly"}]})

    name: Name = _UNSET
    title: Name = _UNSET
    body: Body = _UNSET


class ContractTemplatePublic(Output):
    """A template."""

    model_config = ConfigDict(json_schema_extra={"examples": [EXAMPLE]})

    id: UUID
    name: str
    title: str
    body: str
    created_at: Timestamp
    updated_at: Timestamp


class ContractTemplateDeleted(Output):
    """A template that is gone; contracts made of it stay."""

    id: UUID
    deleted: Literal[True] = True
