"""The record of a credential's openings of the portal."""

from datetime import datetime, timedelta
from uuid import UUID

from chassis.tables import Row, timestamp

# Reloading the page within this time is still the same visit.
SAME_VISIT = timedelta(minutes=1)


class Access(Row, table=True):
    """One row per credential; `credential_id` is the id of its row in auth, never the credential itself.

    `client_id` is the client's, or the company's that a company's token is for.
    """

    __tablename__ = "accesses"

    credential_id: UUID
    client_id: UUID
    visits: int = 0
    last_visit_at: datetime | None = timestamp()

    def open(self, now: datetime) -> bool:
        """Note that a person opened the portal; False when it belongs to the visit before."""
        if self.last_visit_at is not None and now - self.last_visit_at < SAME_VISIT:
            return False
        self.visits += 1
        self.last_visit_at = now
        return True
