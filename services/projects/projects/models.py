"""The project and its states."""

from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from chassis.errors import Conflict
from chassis.tables import Row, enum_column, timestamp


class ProjectStatus(StrEnum):
    """Where a project stands."""

    ACTIVE = "active"
    ON_HOLD = "on_hold"
    COMPLETED = "completed"
    ARCHIVED = "archived"


# How long a project that was withdrawn waits for word that its quote was reopened.
WITHDRAWN_FOR = timedelta(minutes=5)

# What each state may become; an archived project is taken up again before it is completed.
_NEXT = {
    ProjectStatus.ACTIVE: {ProjectStatus.ON_HOLD, ProjectStatus.COMPLETED, ProjectStatus.ARCHIVED},
    ProjectStatus.ON_HOLD: {ProjectStatus.ACTIVE, ProjectStatus.COMPLETED, ProjectStatus.ARCHIVED},
    ProjectStatus.COMPLETED: {ProjectStatus.ACTIVE, ProjectStatus.ARCHIVED},
    ProjectStatus.ARCHIVED: {ProjectStatus.ACTIVE},
}


class ProjectAlreadyCompleted(Conflict):
    """A project is completed once."""

    default = "The project is completed already."


class ProjectStatusNotReachable(Conflict):
    """The project cannot go from its status to the one asked for."""


class ProjectDeleted(Conflict):
    """The project was made, and deleted since."""

    default = "The project has been deleted since."


class Project(Row, table=True):
    """What an agency does for a client."""

    __tablename__ = "projects"

    client_id: UUID
    name: str
    description: str = ""
    status: ProjectStatus = enum_column(ProjectStatus, ProjectStatus.ACTIVE)
    due_on: date | None = None
    completed_at: datetime | None = timestamp()
    deleted_at: datetime | None = timestamp()
    # Until when it is out of sight for a quote that is being reopened; nobody was told that it is deleted.
    withdrawn_until: datetime | None = timestamp()
    # How many tasks it has, and the same of those that the client sees; kept by whoever changes a task.
    task_count: int = 0
    complete_count: int = 0
    shown_task_count: int = 0
    shown_complete_count: int = 0

    @property
    def progress(self) -> int:
        """Whole per cent of its tasks that are complete; 0 when it has none."""
        return _per_cent(self.complete_count, self.task_count)

    @property
    def progress_for_client(self) -> int:
        """The same of the tasks that the client sees."""
        return _per_cent(self.shown_complete_count, self.shown_task_count)

    def complete(self, now: datetime) -> None:
        """Finish it; ProjectAlreadyCompleted the second time."""
        if self.status is ProjectStatus.COMPLETED:
            raise ProjectAlreadyCompleted
        self._enter(ProjectStatus.COMPLETED, now)
        self.completed_at = now

    def move_to(self, status: ProjectStatus, now: datetime) -> None:
        """Change the status, if it is another one. Going back to work forgets the completion."""
        if status is self.status:
            return
        if status is ProjectStatus.COMPLETED:
            self.complete(now)
        else:
            self._enter(status, now)
            if status is ProjectStatus.ACTIVE:
                self.completed_at = None

    def describe(self, *, name: str, description: str, due_on: date | None, now: datetime) -> None:
        """Change what it is called and when it is due."""
        self.name, self.description, self.due_on = name, description, due_on
        self.updated_at = now

    def delete(self, now: datetime) -> None:
        """Take it away with all that hangs on it; its files' bytes are swept later."""
        self.deleted_at = now
        self.withdrawn_until = None
        self.updated_at = now

    def withdraw(self, now: datetime) -> None:
        """Take it out of sight while its quote is reopened; what was deleted stays so."""
        if self.deleted_at is None or self.withdrawn_until is not None:
            self.deleted_at = self.deleted_at or now
            self.withdrawn_until = now + WITHDRAWN_FOR
            self.updated_at = now

    def restore(self, now: datetime) -> None:
        """Have it back after it was withdrawn."""
        self.deleted_at = self.withdrawn_until = None
        self.updated_at = now

    def is_withdrawn_too_long(self, now: datetime) -> bool:
        """Whether no word of its quote has come in time."""
        return self.withdrawn_until is not None and self.withdrawn_until <= now

    def _enter(self, status: ProjectStatus, now: datetime) -> None:
        if status not in _NEXT[self.status]:
            raise ProjectStatusNotReachable(f"A project that is {self.status} cannot become {status}.")
        self.status = status
        self.updated_at = now


def _per_cent(part: int, whole: int) -> int:
    return 100 * part // whole if whole else 0
