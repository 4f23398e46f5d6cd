"""What the API takes and gives about messages."""

from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import ConfigDict, Field, StringConstraints

from chassis.schemas import Clean, Input, Output, Timestamp

MAX_ATTACHMENTS = 20

EXAMPLE: dict[str, Any] = {
    "id": "0198f7b1-2f3e-7a10-9c44-0d1e2f3a4b5c",
    "threadId": "0198f7b0-11aa-7cde-8f00-5a1b2c3d4e5f",
    "projectId": "0198f7a2-5c1e-7b44-9d3e-2f6a8c1b0e55",
    "clientId": "0198f7a1-88d0-7c10-8a55-91c7d2e4f603",
    "content": "The new draft is ready.",
    "attachments": [],
    "author": {"kind": "member", "id": "0198f7a0-0b0c-7d0e-8f10-111213141516", "name": "Ada Lindqvist"},
    "createdAt": "2026-11-21T09:30:00.000Z",
}

Content = Annotated[str, StringConstraints(min_length=1, max_length=10_000), Clean]
Attachments = Annotated[list[UUID], Field(max_length=MAX_ATTACHMENTS, description="Ids of files of the same project.")]
Token = Annotated[str | None, Field(max_length=4096, description="A client's portal token.")]


class MessageCreate(Input):
    """A message for a thread."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"content": EXAMPLE["content"]}]})

    content: Content
    attachments: Attachments = []
    token: Token = None


class PortalMessageCreate(MessageCreate):
    """A client's message; it goes to the project's first thread where none is named."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"content": EXAMPLE["content"], "projectId": EXAMPLE["projectId"]}]}
    )

    project_id: UUID
    thread_id: UUID | None = None


class AuthorPublic(Output):
    """Who wrote a message."""

    kind: Literal["member", "client"]
    id: UUID
    name: str


class MessagePublic(Output):
    """A message as those who may read its thread see it."""

    model_config = ConfigDict(json_schema_extra={"examples": [EXAMPLE]})

    id: UUID
    thread_id: UUID
    project_id: UUID
    client_id: UUID
    content: str
    attachments: list[UUID]
    author: AuthorPublic
    created_at: Timestamp
