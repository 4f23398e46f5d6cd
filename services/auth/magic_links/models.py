"""The magic link: signs the client it was mailed to in, once."""

from datetime import datetime, timedelta
from uuid import UUID

from chassis.errors import Unauthenticated
from chassis.tables import Row, timestamp


class LinkNotValid(Unauthenticated):
    """The link is unknown, used, over or of somebody who is no client any more: one answer for all of them."""

    default = "This link is not valid any longer. Ask for a new one."


class MagicLink(Row, table=True):
    """A link that was asked for. Without `client_id` the address was nobody's, and no link is mailed."""

    __tablename__ = "magic_links"

    client_id: UUID | None = None
    expires_at: datetime = timestamp(nullable=False)
    used_at: datetime | None = timestamp()

    @classmethod
    def asked_for(cls, *, agency_id: UUID, client_id: UUID | None, lifetime: timedelta, now: datetime) -> "MagicLink":
        """A new link."""
        return cls(agency_id=agency_id, client_id=client_id, expires_at=now + lifetime, created_at=now, updated_at=now)

    def is_live(self, now: datetime) -> bool:
        """True while the link signs somebody in."""
        return self.client_id is not None and self.used_at is None and now < self.expires_at

    def use(self, now: datetime) -> None:
        """Be used up; LinkNotValid when it is already, or is over."""
        if not self.is_live(now):
            raise LinkNotValid
        self.used_at = self.updated_at = now
