"""The update: a draft until it is published, fixed from then on."""

from datetime import datetime
from uuid import UUID

from chassis.errors import Conflict
from chassis.tables import Row, timestamp


class UpdateAlreadyPublished(Conflict):
    """What a client was told is neither changed nor taken back."""

    default = "The update is published already."


class Update(Row, table=True):
    """What an agency tells a client about a project."""

    __tablename__ = "updates"

    project_id: UUID
    client_id: UUID
    content: str
    ai_generated: bool
    published_at: datetime | None = timestamp()

    def edit(self, content: str, now: datetime) -> None:
        """Change the words of a draft."""
        self.require_draft()
        self.content = content
        self.updated_at = now

    def publish(self, now: datetime) -> None:
        """Show it to the client; UpdateAlreadyPublished the second time."""
        self.require_draft()
        self.published_at = now
        self.updated_at = now

    def require_draft(self) -> None:
        """Raise UpdateAlreadyPublished unless it is a draft."""
        if self.published_at is not None:
            raise UpdateAlreadyPublished
