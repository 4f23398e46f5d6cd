"""The portal token's row: whom it opens the portal for and until when; the token itself is never kept."""

from datetime import datetime
from uuid import UUID

from chassis.tables import Row, timestamp


class PortalToken(Row, table=True):
    """A long-lived credential of one client, or of a company: of all its clients.

    `generation` is part of what the token is derived from: raising it makes another token of the same row.
    """

    __tablename__ = "portal_tokens"

    client_id: UUID | None = None
    company_id: UUID | None = None
    generation: int = 1
    expires_at: datetime = timestamp(nullable=False)
    revoked_at: datetime | None = timestamp()

    def is_live(self, now: datetime) -> bool:
        """True while the token opens the portal."""
        return self.revoked_at is None and now < self.expires_at

    def revoke(self, now: datetime) -> bool:
        """End it; False when it had ended already."""
        if not self.is_live(now):
            return False
        self.revoked_at = now
        return True
