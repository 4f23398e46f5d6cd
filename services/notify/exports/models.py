"""What an export may refuse, and the words of its manifest."""

from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from chassis.errors import Conflict, Forbidden
from chassis.principals import Role, Staff

FORMAT = 1
# The last thing in the archive: one without it is not whole.
MANIFEST = "manifest.json"
_UNSAFE = dict.fromkeys(map(ord, '\\:*?"<>|'), "_")


class OwnersOnly(Forbidden):
    """Everything that an agency has is its owner's alone to take away."""

    default = "Only the owner of the agency, signed in as a person, may export its data."


class ExportUnderWay(Conflict):
    """The agency's data is being exported already."""

    default = "An export of this agency is under way. Wait until it has ended."


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of the archive: its path, size in bytes, SHA-256 in hexadecimal and, of a table, its rows."""

    path: str
    bytes: int
    sha256: str
    rows: int = 0


@dataclass(slots=True)
class Manifest:
    """What the archive holds and what it leaves out."""

    agency_id: UUID
    exported_at: datetime
    tables: list[dict[str, Any]] = field(default_factory=list)
    tables_left_out: dict[str, list[str]] = field(default_factory=dict)
    files: list[dict[str, Any]] = field(default_factory=list)
    files_missing: list[str] = field(default_factory=list)

    def add_table(self, service: str, table: str, *, left_out: tuple[str, ...], entry: Entry) -> None:
        """Note a table that was written."""
        self.tables.append({"service": service, "table": table, **asdict(entry), "columnsLeftOut": list(left_out)})

    def add_file(self, entry: Entry) -> None:
        """Note a file whose bytes were written."""
        self.files.append({"path": entry.path, "bytes": entry.bytes, "sha256": entry.sha256})

    def as_json(self) -> dict[str, Any]:
        """As it stands in the archive."""
        return {
            "format": FORMAT,
            "agencyId": str(self.agency_id),
            "exportedAt": self.exported_at.isoformat().replace("+00:00", "Z"),
            "tables": self.tables,
            "tablesLeftOut": self.tables_left_out,
            "files": self.files,
            "filesMissing": self.files_missing,
        }


def require_owner(staff: Staff) -> None:
    """Raise OwnersOnly for anybody else, machines included: a key is easier to lose than an owner."""
    if staff.role is not Role.OWNER:
        raise OwnersOnly


def safe_path(path: str) -> str:
    """The path with nothing in it that leads an unpacking program elsewhere, or that it could not write."""
    parts = ["".join(sign if sign.isprintable() else "_" for sign in part) for part in path.split("/")]
    return "/".join(part.translate(_UNSAFE) if part.strip(". ") else "_" for part in parts)
