"""The task, its states, and what it adds to its project's progress."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from chassis.tables import Row, enum_column, timestamp


class TaskStatus(StrEnum):
    """The column that a task stands in; it may go from each to any other."""

    TODO = "todo"
    IN_PROGRESS = "in_progress"
    IN_REVIEW = "in_review"
    COMPLETE = "complete"
    QUERY = "query"


@dataclass(frozen=True, slots=True)
class Tally:
    """What tasks add up to: how many, how many complete, and the same of those that the client sees."""

    tasks: int = 0
    complete: int = 0
    shown_tasks: int = 0
    shown_complete: int = 0

    def __sub__(self, before: "Tally") -> "Tally":
        return Tally(
            self.tasks - before.tasks,
            self.complete - before.complete,
            self.shown_tasks - before.shown_tasks,
            self.shown_complete - before.shown_complete,
        )


class Task(Row, table=True):
    """A step of a project; `position` is its place in its column, counted from 0 without gaps."""

    __tablename__ = "tasks"

    project_id: UUID
    client_id: UUID
    title: str
    description: str = ""
    status: TaskStatus = enum_column(TaskStatus, TaskStatus.TODO)
    position: int
    due_on: date | None = None
    assignee_id: UUID | None = None
    visible_to_client: bool = True
    completed_at: datetime | None = timestamp()
    deleted_at: datetime | None = timestamp()

    @property
    def tally(self) -> Tally:
        """What it adds to its project's counters."""
        if self.deleted_at is not None:
            return Tally()
        complete = int(self.status is TaskStatus.COMPLETE)
        shown = int(self.visible_to_client)
        return Tally(1, complete, shown, shown * complete)

    def describe(self, *, title: str, description: str, due_on: date | None, now: datetime) -> None:
        """Change what it is called and when it is due."""
        self.title, self.description, self.due_on = title, description, due_on
        self.updated_at = now

    def assign(self, assignee_id: UUID | None, now: datetime) -> None:
        """Give it to a member, or to nobody."""
        self.assignee_id = assignee_id
        self.updated_at = now

    def show(self, visible: bool, now: datetime) -> None:
        """Let the client see it, or no longer."""
        self.visible_to_client = visible
        self.updated_at = now

    def move_to(self, status: TaskStatus, position: int, now: datetime) -> bool:
        """Stand in that place of that column; True when it has become complete by it."""
        entered = status is not self.status
        self.status, self.position = status, position
        if entered:
            self.completed_at = now if status is TaskStatus.COMPLETE else None
        self.updated_at = now
        return entered and status is TaskStatus.COMPLETE

    def delete(self, now: datetime) -> None:
        """Take it away."""
        self.deleted_at = now
        self.updated_at = now
