"""What the API gives about activity."""

from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import ConfigDict, Field

from chassis.schemas import Output, Timestamp
from services.projects.threads.models import Visibility

EXAMPLE: dict[str, Any] = {
    "id": "0198f7b3-4a10-7b21-8c32-9d43ae54bf65",
    "type": "file.approved",
    "actor": {"kind": "client", "id": "0198f7a1-88d0-7c10-8a55-91c7d2e4f603", "name": "Ada Lovelace"},
    "subject": {"kind": "file", "id": "0198f7a3-0d4e-7f20-b1c8-6e5d4c3b2a19", "name": "homepage.pdf"},
    "projectId": "0198f7a2-5c1e-7b44-9d3e-2f6a8c1b0e55",
    "clientId": "0198f7a1-88d0-7c10-8a55-91c7d2e4f603",
    "visibility": "client",
    "at": "2026-11-21T09:30:00.000Z",
}


class ActorPublic(Output):
    """Who did it, by the name of that time; `system` has no id."""

    kind: Literal["member", "client", "system"]
    id: UUID | None
    name: str


class SubjectPublic(Output):
    """What it was done to, by the name of that time: a message goes by its thread, an update by its project."""

    kind: str
    id: UUID
    name: str


class ActivityPublic(Output):
    """One thing that has happened. `id` and `type` are those of the event that webhooks get."""

    model_config = ConfigDict(json_schema_extra={"examples": [EXAMPLE]})

    id: UUID
    type: str
    actor: ActorPublic
    subject: SubjectPublic
    project_id: Annotated[UUID | None, Field(description="Missing for an invoice that is for no project.")]
    client_id: UUID
    visibility: Visibility
    at: Timestamp
