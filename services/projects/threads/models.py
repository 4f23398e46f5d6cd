"""The thread: a named conversation of a project, for the client's eyes or not."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from chassis.tables import Row, enum_column, timestamp

GENERAL = "General"


class Visibility(StrEnum):
    """Who may read a thread; fixed when it is made."""

    CLIENT = "client"
    INTERNAL = "internal"


class Thread(Row, table=True):
    """A named conversation; of its messages it knows how many there are, and who wrote the last one."""

    __tablename__ = "threads"

    project_id: UUID
    client_id: UUID
    name: str
    visibility: Visibility = enum_column(Visibility, Visibility.CLIENT)
    last_message_at: datetime | None = timestamp()
    last_message_id: UUID | None = None
    last_author_kind: str | None = None
    message_count: int = 0
