"""What the API takes and gives about tasks."""

from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import ConfigDict, Field

from chassis.schemas import Input, Name, Output, Patch, Text, Timestamp
from services.projects.tasks.models import Task, TaskStatus

EXAMPLE_FOR_CLIENT: dict[str, Any] = {
    "id": "0198f7a3-7d10-7a52-8f61-3b9c2d4e5f60",
    "projectId": "0198f7a2-5c1e-7b44-9d3e-2f6a8c1b0e55",
    "clientId": "0198f7a1-88d0-7c10-8a55-91c7d2e4f603",
    "title": "Design the home page",
    "description": "Two drafts, one of them dark.",
    "status": "in_progress",
    "position": 0,
    "dueDate": "2027-01-15",
    "createdAt": "2026-11-21T09:30:00.000Z",
    "updatedAt": "2026-11-21T09:30:00.000Z",
}
EXAMPLE: dict[str, Any] = EXAMPLE_FOR_CLIENT | {
    "assigneeId": "0198f7a0-0b0c-7d0e-8f10-111213141516",
    "visibleToClient": True,
}

Assignee = Annotated[UUID | None, Field(description="A member of the agency.")]
Place = Annotated[
    int,
    Field(
        strict=True,
        ge=0,
        le=2**31 - 1,
        description="Place in the column, counted from 0; behind the last task means last.",
    ),
]


class TaskCreate(Input):
    """A new task; it goes to the end of its column."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"title": EXAMPLE["title"], "dueDate": EXAMPLE["dueDate"]}]}
    )

    title: Name
    description: Text = ""
    status: TaskStatus = TaskStatus.TODO
    due_date: date | None = None
    assignee_id: Assignee = None
    visible_to_client: bool = True


class TaskUpdate(Patch):
    """A change of some fields; `status` and `position` move it, without a `position` to the end of the new column."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"status": "in_review", "position": 0}]})

    title: Name = Field(default=None)  # type: ignore[assignment]
    description: Text = Field(default=None)  # type: ignore[assignment]
    status: TaskStatus = Field(default=None)  # type: ignore[assignment]
    position: Place = Field(default=None)  # type: ignore[assignment]
    due_date: date | None = None
    assignee_id: Assignee = None
    visible_to_client: bool = Field(default=None)  # type: ignore[assignment]


class TaskForClient(Output):
    """A task as its client sees it; `position` counts only the tasks of the column that the client sees."""

    model_config = ConfigDict(json_schema_extra={"examples": [EXAMPLE_FOR_CLIENT]})

    id: UUID
    project_id: UUID
    client_id: UUID
    title: str
    description: str
    status: TaskStatus
    position: int
    due_date: Annotated[date | None, Field(validation_alias="due_on")]
    created_at: Timestamp
    updated_at: Timestamp


class TaskPublic(TaskForClient):
    """A task as staff see it; `position` is its place in the column of its status, counted from 0 without gaps."""

    model_config = ConfigDict(json_schema_extra={"examples": [EXAMPLE]})

    assignee_id: UUID | None
    visible_to_client: bool


class TaskDeleted(Output):
    """Which task was deleted."""

    id: UUID
    deleted: Literal[True] = True


def for_client(task: Task, position: int) -> TaskForClient:
    """What a client sees of it, in that place of what it sees of the column."""
    return TaskForClient.model_validate(task).model_copy(update={"position": position})
