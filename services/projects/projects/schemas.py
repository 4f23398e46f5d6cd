"""What the API takes and gives about projects."""

from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import ConfigDict, Field

from chassis.schemas import Input, Name, Output, Patch, Text, Timestamp
from services.projects.projects.models import Project, ProjectStatus

EXAMPLE: dict[str, Any] = {
    "id": "0198f7a2-5c1e-7b44-9d3e-2f6a8c1b0e55",
    "name": "Website relaunch",
    "description": "New pages and a shop.",
    "status": "active",
    "dueDate": "2027-03-31",
    "clientId": "0198f7a1-88d0-7c10-8a55-91c7d2e4f603",
    "progress": 0,
    "completedAt": None,
    "createdAt": "2026-11-21T09:30:00.000Z",
    "updatedAt": "2026-11-21T09:30:00.000Z",
}


class ProjectCreate(Input):
    """A new project of a client."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"name": EXAMPLE["name"], "clientId": EXAMPLE["clientId"], "dueDate": EXAMPLE["dueDate"]}]
        }
    )

    name: Name
    client_id: UUID
    description: Text = ""
    due_date: date | None = None


class ProjectUpdate(Patch):
    """A change of some fields; `status` follows active, on_hold, completed, archived."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"status": "on_hold"}]})

    name: Name = Field(default=None)  # type: ignore[assignment]
    description: Text = Field(default=None)  # type: ignore[assignment]
    status: ProjectStatus = Field(default=None)  # type: ignore[assignment]
    due_date: date | None = None


class ProjectComplete(Input):
    """An optional message that the client is told with."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"message": "Thank you for working with us!"}]})

    message: Annotated[Text, Field(description="Goes into the mail to the client.")] | None = None


class ProjectPublic(Output):
    """A project as staff and its client see it.

    `progress` is the per cent of its tasks that are complete, rounded down; for its client, of those visible to it.
    """

    model_config = ConfigDict(json_schema_extra={"examples": [EXAMPLE]})

    id: UUID
    name: str
    description: str
    status: ProjectStatus
    due_date: Annotated[date | None, Field(validation_alias="due_on")]
    client_id: UUID
    progress: int
    completed_at: Timestamp | None
    created_at: Timestamp
    updated_at: Timestamp


def for_client(project: Project) -> ProjectPublic:
    """What its client sees of it."""
    return ProjectPublic.model_validate(project).model_copy(update={"progress": project.progress_for_client})


class Deleted(Output):
    """What was deleted."""

    id: UUID
    deleted: Literal[True] = True
