"""Bodies of the updates' REST."""

from typing import Annotated, Any
from uuid import UUID

from pydantic import ConfigDict, StringConstraints

from chassis.schemas import Clean, Input, Output, Timestamp

Content = Annotated[str, StringConstraints(min_length=1, max_length=10_000), Clean]

_DRAFT: dict[str, Any] = {
    "id": "01999a3e-7a10-7c55-9d5e-2f6f3f1f0a11",
    "projectId": "01999a3e-1111-7c55-9d5e-2f6f3f1f0a11",
    "clientId": "01999a3e-2222-7c55-9d5e-2f6f3f1f0a11",
    "content": "Work on Website is under way. It is due on 3 March 2026.",
    "aiGenerated": False,
    "publishedAt": None,
    "createdAt": "2026-02-01T09:30:00.000Z",
}


class UpdateCreate(Input):
    """Which project an update is wanted of."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"projectId": _DRAFT["projectId"]}]})

    project_id: UUID


class UpdateEdit(Input):
    """Other words for a draft."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"content": "The new start page is ready for you."}]})

    content: Content


class UpdatePublic(Output):
    """An update; `published_at` is null while it is a draft."""

    model_config = ConfigDict(json_schema_extra={"examples": [_DRAFT]})

    id: UUID
    project_id: UUID
    client_id: UUID
    content: str
    ai_generated: bool
    published_at: Timestamp | None
    created_at: Timestamp


class UpdateDeleted(Output):
    """The draft that is gone."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"id": _DRAFT["id"], "deleted": True}]})

    id: UUID
    deleted: bool = True
