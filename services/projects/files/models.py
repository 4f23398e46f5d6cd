"""The file: its versions, who may see it, and what was decided about the current version."""

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger
from sqlmodel import Field

from chassis.errors import Conflict, Forbidden
from chassis.tables import Row, enum_column, json_column, timestamp

# Who did something, as JSON: kind, id, name and, for decisions, `via` (the sort of credential).
Person = dict[str, str | None]


class FileStatus(StrEnum):
    """What was decided about the current version."""

    UPLOADED = "uploaded"
    APPROVED = "approved"
    CHANGES_REQUESTED = "changes_requested"
    SIGNED = "signed"


class FileAlreadyApproved(Conflict):
    """An approval is final for its version."""

    default = "This version is approved already. A new version needs a new decision."


class FileAlreadySigned(Conflict):
    """A signed file stays what it was when it was signed."""

    default = "This file is signed, so it can no longer be decided on, replaced or deleted."


class FileVersionStale(Conflict):
    """The caller decided on another version than the present one."""

    default = "A newer version was uploaded meanwhile. Look at it before you decide."


class FileSharingOff(Forbidden):
    """The agency takes no files from its clients; theirs and its own can be downloaded all the same."""

    default = "The agency does not take files through its portal at the moment."


class FileNameTaken(Conflict):
    """Another file of the project has that name."""

    default = "Another file of this project has that name."


@dataclass(frozen=True, slots=True)
class Content:
    """The bytes of a version: where they are, how many (`size` in bytes), what they are."""

    storage_key: str
    size: int
    sha256: str
    mime_type: str


@dataclass(frozen=True, slots=True)
class Seen:
    """The version that the caller looked at, as far as it says so."""

    version: int | None = None
    sha256: str | None = None


class FileVersion(Row, table=True):
    """One version of a file; never changed but for the decision on it and whether the client was shown it."""

    __tablename__ = "file_versions"

    file_id: UUID
    number: int
    size: int = Field(sa_type=BigInteger)
    mime_type: str
    sha256: str
    storage_key: str
    shown_to_client: bool
    uploaded_by: Person = json_column()
    approval: dict[str, Any] | None = json_column(lambda: None)


class File(Row, table=True):
    """A file of a project; size, type, hash and key are those of the current version."""

    __tablename__ = "files"

    # None only for the sealed PDF of a contract that is for no project.
    project_id: UUID | None
    client_id: UUID
    name: str
    status: FileStatus = enum_column(FileStatus, FileStatus.UPLOADED)
    content_version: int = 1
    size: int = Field(sa_type=BigInteger)
    mime_type: str
    sha256: str
    storage_key: str
    visible_to_client: bool = False
    # True for the sealed PDF that a signature made: it is never versioned, decided on or deleted.
    sealed: bool = False
    uploaded_by: Person = json_column()
    approval: dict[str, Any] | None = json_column(lambda: None)
    signature: dict[str, Any] | None = json_column(lambda: None)
    deleted_at: datetime | None = timestamp()

    @property
    def content(self) -> Content:
        """The bytes of the current version."""
        return Content(self.storage_key, self.size, self.sha256, self.mime_type)

    def as_version(self) -> FileVersion:
        """The row that keeps the current version."""
        return FileVersion(
            agency_id=self.agency_id,
            file_id=self.id,
            number=self.content_version,
            size=self.size,
            mime_type=self.mime_type,
            sha256=self.sha256,
            storage_key=self.storage_key,
            shown_to_client=self.visible_to_client,
            uploaded_by=self.uploaded_by,
            created_at=self.updated_at,
            updated_at=self.updated_at,
        )

    def take_version(self, content: Content, *, by: Person, visible: bool, now: datetime) -> None:
        """Replace the content by its next version, which nobody has decided on yet."""
        self.require_unsigned()
        self.content_version += 1
        self.size, self.mime_type = content.size, content.mime_type
        self.sha256, self.storage_key = content.sha256, content.storage_key
        self.uploaded_by = by
        self.visible_to_client = visible
        self.status, self.approval = FileStatus.UPLOADED, None
        self.updated_at = now

    def approve(self, *, by: Person, seen: Seen, now: datetime) -> None:
        """Approve the current version; FileVersionStale when the caller saw another one."""
        self._require_open(seen)
        self.status = FileStatus.APPROVED
        self._decide(by, None, now)

    def request_changes(self, *, by: Person, comment: str, seen: Seen, now: datetime) -> None:
        """Ask for another version; may be asked again, but not after the approval."""
        self._require_open(seen)
        self.status = FileStatus.CHANGES_REQUESTED
        self._decide(by, comment, now)

    def sign(self, signature: dict[str, Any], now: datetime) -> None:
        """Keep the signature on the current version: once."""
        self.require_unsigned()
        self.status = FileStatus.SIGNED
        self.signature = signature
        self.updated_at = now

    def require_seen(self, seen: Seen) -> None:
        """Raise FileVersionStale unless the current version is the one that the caller looked at."""
        if seen.version not in (None, self.content_version):
            raise FileVersionStale
        if seen.sha256 is not None and seen.sha256.lower() != self.sha256:
            raise FileVersionStale

    def rename(self, name: str, now: datetime) -> None:
        """Call it something else."""
        self.name = name
        self.updated_at = now

    def show(self, visible: bool, now: datetime) -> None:
        """Let the client see it, or no longer."""
        self.visible_to_client = visible
        self.updated_at = now

    def delete(self, now: datetime) -> None:
        """Take it away; its bytes are swept later. Signed papers stay."""
        self.require_unsigned()
        self.deleted_at = now
        self.updated_at = now

    def require_unsigned(self) -> None:
        """Raise FileAlreadySigned when it is signed, or is the sealed PDF of a signature."""
        if self.status is FileStatus.SIGNED:
            raise FileAlreadySigned

    def _require_open(self, seen: Seen) -> None:
        self.require_seen(seen)
        self.require_unsigned()
        if self.status is FileStatus.APPROVED:
            raise FileAlreadyApproved

    def _decide(self, by: Person, comment: str | None, now: datetime) -> None:
        at = now.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        self.approval = {**by, "at": at, "sha256": self.sha256, "comment": comment}
        self.updated_at = now
