"""One thing that has happened, as it was called at that time; never changed, never taken away."""

from datetime import datetime
from typing import Any
from uuid import UUID

from chassis.errors import Forbidden
from chassis.events import Event
from chassis.tables import Row, enum_column, timestamp
from services.projects.threads.models import Visibility

# Whatever an activity is about, and the part of the portal that shows it: what is off is off here too.
MODULE_OF = {
    "project": "projects",
    "update": "projects",
    "file": "files",
    "message": "messages",
    "task": "tasks",
    "feedback": "feedback",
    "contract": "contracts",
    "invoice": "invoices",
}
_AGENCY_ONLY = {"project.deleted", "contract.viewed", "quote.accepted", "quote.reopened"}
# Which of a noun's own fields tells what it is called.
_NAMES = ("name", "title", "number")


class ActivityFeedOff(Forbidden):
    """The agency does not show its clients what happened."""

    default = "The agency does not show activity in its portal at the moment."


class Activity(Row, table=True):
    """An actor, what was done, and to which subject; `id` is the event's, so that it is noted once."""

    __tablename__ = "activity"

    type: str
    actor_kind: str
    actor_id: UUID | None = None
    actor_name: str
    subject_kind: str
    subject_id: UUID
    subject_name: str
    project_id: UUID | None = None
    client_id: UUID
    visibility: Visibility = enum_column(Visibility)
    happened_at: datetime = timestamp()

    @staticmethod
    def of(event: Event, *, client_id: UUID, project_id: UUID | None, subject_name: str) -> dict[str, Any]:
        """The row that an event makes; clients may see it if they might see its subject when it happened.

        Its columns and no object: every change writes one, and nobody reads it in the same transaction.
        """
        return {
            "agency_id": event.agency_id,
            "id": event.id,
            "type": public_type(event),
            "actor_kind": str(event.actor.kind),
            "actor_id": event.actor.id,
            "actor_name": event.actor.name,
            "subject_kind": event.aggregate,
            "subject_id": event.aggregate_id,
            "subject_name": subject_name,
            "project_id": project_id,
            "client_id": client_id,
            "visibility": _visibility(event).value,
            "happened_at": event.occurred_at,
        }


def public_type(event: Event) -> str:
    """Noun and verb, as webhooks name the event too."""
    return event.type.partition(".")[2]


def own_name(data: dict[str, Any]) -> str | None:
    """What a noun is called; None for one that has no name."""
    return next((str(data[name]) for name in _NAMES if data.get(name)), None)


def _visibility(event: Event) -> Visibility:
    shown = event.data.get("visibleToClient", True) and event.internal.get("visibility") != Visibility.INTERNAL
    return Visibility.CLIENT if shown and public_type(event) not in _AGENCY_ONLY else Visibility.INTERNAL
