"""Feedback and the rules by which it is given."""

from datetime import datetime
from uuid import UUID

from chassis.errors import Conflict
from chassis.tables import Row
from services.projects.projects.models import Project

LOWEST, HIGHEST = 1, 5


class ProjectNotCompleted(Conflict):
    """Feedback is for work that is done."""

    default = "The project is not completed yet. Feedback can be given once it is."


class FeedbackGiven(Conflict):
    """A client rates a project once."""

    default = "Feedback on this project was given already."


class Feedback(Row, table=True):
    """How a client found a project: from 1 to 5, in words where it likes; never changed."""

    __tablename__ = "feedback"

    project_id: UUID
    client_id: UUID
    rating: int
    comment: str | None = None

    @classmethod
    def on(cls, project: Project, *, rating: int, comment: str | None, now: datetime) -> "Feedback":
        """Feedback of the project's client; ProjectNotCompleted while there is work to be done."""
        # What is archived after its completion is as done as before.
        if project.completed_at is None:
            raise ProjectNotCompleted
        return cls(
            agency_id=project.agency_id,
            project_id=project.id,
            client_id=project.client_id,
            rating=rating,
            comment=comment or None,
            created_at=now,
            updated_at=now,
        )
