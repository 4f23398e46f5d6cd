"""What the API takes and gives about threads."""

from typing import Any
from uuid import UUID

from pydantic import ConfigDict, Field

from chassis.schemas import Input, Name, Output, Timestamp
from services.projects.threads.models import Visibility

EXAMPLE: dict[str, Any] = {
    "id": "0198f7b0-11aa-7cde-8f00-5a1b2c3d4e5f",
    "projectId": "0198f7a2-5c1e-7b44-9d3e-2f6a8c1b0e55",
    "name": "Design feedback",
    "visibility": "client",
    "lastMessageAt": None,
    "createdAt": "2026-11-21T09:30:00.000Z",
}


class ThreadCreate(Input):
    """A new thread; a client's own is always visible to it."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"name": "Design feedback"}]})

    name: Name
    visibility: Visibility = Visibility.CLIENT
    token: str | None = Field(default=None, max_length=4096, description="A client's portal token.")


class ThreadPublic(Output):
    """A thread of a project."""

    model_config = ConfigDict(json_schema_extra={"examples": [EXAMPLE]})

    id: UUID
    project_id: UUID
    name: str
    visibility: Visibility
    last_message_at: Timestamp | None
    created_at: Timestamp
