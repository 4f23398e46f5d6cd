"""What a client may know about a project: the material that updates are written from."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Facts:
    """A project as its client may see it; `since` is when the story begins, lists are newest first."""

    project: str
    status: str
    progress: int
    since: date
    today: date
    due_on: date | None = None
    tasks_done: tuple[str, ...] = ()
    new_files: tuple[str, ...] = ()
    approved: tuple[str, ...] = ()
    changes_requested: tuple[str, ...] = ()
    signed: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()
    messages_from_client: int = 0
    messages_from_agency: int = 0
