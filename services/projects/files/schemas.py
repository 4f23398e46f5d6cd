"""What the API takes and gives about files."""

from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import ConfigDict, Field, StringConstraints

from chassis.schemas import Clean, Input, Output, Patch, Timestamp
from services.projects.files.models import FileStatus, Seen

SHA256 = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
PERSON = {"kind": "member", "id": "0198f7a0-0b0c-7d0e-8f10-111213141516", "name": "Ada Lindqvist"}
EXAMPLE: dict[str, Any] = {
    "id": "0198f7c0-3a4b-7c5d-8e6f-708192a3b4c5",
    "projectId": "0198f7a2-5c1e-7b44-9d3e-2f6a8c1b0e55",
    "clientId": "0198f7a1-88d0-7c10-8a55-91c7d2e4f603",
    "name": "Homepage draft.pdf",
    "size": 48213,
    "mimeType": "application/pdf",
    "sha256": SHA256,
    "status": "uploaded",
    "version": 1,
    "visibleToClient": True,
    "uploadedBy": PERSON,
    "approval": None,
    "signature": None,
    "createdAt": "2026-11-21T09:30:00.000Z",
    "updatedAt": "2026-11-21T09:30:00.000Z",
}

Token = Annotated[str | None, Field(max_length=4096, description="A client's portal token.")]
Comment = Annotated[str, StringConstraints(min_length=1, max_length=10_000), Clean]


class FileUpdate(Patch):
    """A change of name or visibility."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"visibleToClient": True}]})

    name: Annotated[str, StringConstraints(min_length=1, max_length=255), Clean] = Field(default=None)  # type: ignore[assignment]
    visible_to_client: bool = Field(default=None, strict=True)  # type: ignore[assignment]
    token: Token = None

    def changes(self) -> dict[str, Any]:
        """The fields that the caller named; the token is how they came in."""
        return {name: value for name, value in super().changes().items() if name != "token"}


class Decision(Input):
    """What the caller looked at; a newer version meanwhile is a conflict."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"version": 1, "sha256": SHA256}]})

    version: Annotated[int | None, Field(ge=1, description="The version that was looked at.")] = None
    sha256: Annotated[
        str | None, StringConstraints(pattern="^[0-9a-fA-F]{64}$"), Field(description="Its SHA-256, in hexadecimal.")
    ] = None
    token: Token = None

    @property
    def seen(self) -> Seen:
        """The version that was looked at."""
        return Seen(self.version, self.sha256)


class ChangesRequest(Decision):
    """What should be different."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"comment": "A larger headline, please.", "version": 1}]})

    comment: Comment


class PersonPublic(Output):
    """Who did it, by the name of that time."""

    kind: Literal["member", "client", "system"]
    id: UUID | None
    name: str


class ApprovalPublic(PersonPublic):
    """Who decided, when, and on which bytes; `comment` says what should change."""

    at: Timestamp
    sha256: str
    comment: str | None


class SignaturePublic(Output):
    """Who signed which bytes, and the sealed PDF that proves it."""

    name: str
    email: str | None
    kind: Literal["typed", "drawn"]
    signed_at: Timestamp
    sha256: str
    sealed_file_id: UUID


class FilePublic(Output):
    """A file; size, type and hash are those of its current version."""

    model_config = ConfigDict(json_schema_extra={"examples": [EXAMPLE]})

    id: UUID
    project_id: Annotated[UUID | None, Field(description="Missing for the signed copy of a contract for no project.")]
    client_id: UUID
    name: str
    size: int
    mime_type: str
    sha256: str
    status: FileStatus
    version: Annotated[int, Field(validation_alias="content_version")]
    visible_to_client: bool
    uploaded_by: PersonPublic
    approval: ApprovalPublic | None
    signature: SignaturePublic | None
    created_at: Timestamp
    updated_at: Timestamp


class FileVersionPublic(Output):
    """One version of a file."""

    version: int
    size: int
    mime_type: str
    sha256: str
    uploaded_by: PersonPublic
    approval: ApprovalPublic | None
    created_at: Timestamp
