"""What the API takes and gives about comments on files."""

from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import ConfigDict, Field, StringConstraints

from chassis.schemas import Clean, Input, Output, Timestamp
from services.projects.threads.models import Visibility

EXAMPLE: dict[str, Any] = {
    "id": "0198f7b4-5a6b-7c7d-8e8f-102132435466",
    "fileId": "0198f7a3-0d4e-7f20-b1c8-6e5d4c3b2a19",
    "projectId": "0198f7a2-5c1e-7b44-9d3e-2f6a8c1b0e55",
    "clientId": "0198f7a1-88d0-7c10-8a55-91c7d2e4f603",
    "version": 2,
    "content": "The headline could be larger.",
    "visibility": "client",
    "author": {"kind": "client", "id": "0198f7a1-88d0-7c10-8a55-91c7d2e4f603", "name": "Ada Lovelace"},
    "createdAt": "2026-11-21T09:30:00.000Z",
}

Content = Annotated[str, StringConstraints(min_length=1, max_length=10_000), Clean]
Version = Annotated[
    int, Field(strict=True, ge=1, le=2**31 - 1, description="The version meant; without it the current one.")
]


class FileCommentCreate(Input):
    """Words about a file."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"content": EXAMPLE["content"], "version": 2}]})

    content: Content
    version: Version | None = None
    visibility: Annotated[
        Visibility | None,
        Field(description="For the agency: `internal` keeps it from the client, as on versions it was not shown."),
    ] = None
    notify: Annotated[bool, Field(description="For the agency: mail it to the client.")] = False
    token: str | None = Field(default=None, max_length=4096, description="A client's portal token.")


class CommentAuthor(Output):
    """Who wrote a comment, by the name of that time."""

    kind: Literal["member", "client"]
    id: UUID
    name: str


class FileCommentPublic(Output):
    """A comment on one version of a file; clients see those of visibility `client`."""

    model_config = ConfigDict(json_schema_extra={"examples": [EXAMPLE]})

    id: UUID
    file_id: UUID
    project_id: UUID | None
    client_id: UUID
    version: Annotated[int, Field(validation_alias="content_version")]
    content: str
    visibility: Visibility
    author: CommentAuthor
    created_at: Timestamp
