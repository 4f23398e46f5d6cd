"""The password reset: leave to set another password once, within the hour."""

from datetime import datetime, timedelta
from uuid import UUID

from chassis.errors import Unauthenticated
from chassis.tables import Row, timestamp

LIFETIME = timedelta(minutes=60)


class ResetNotValid(Unauthenticated):
    """Used, replaced, run out or made up: the same for all."""

    default = "This link is not valid any longer. Ask for a new one."


class PasswordReset(Row, table=True):
    """Leave to set another password; without a member when the address that asked is nobody's."""

    __tablename__ = "password_resets"

    member_id: UUID | None = None
    expires_at: datetime = timestamp(nullable=False)
    ended_at: datetime | None = timestamp()

    @classmethod
    def asked_for(cls, *, agency_id: UUID, member_id: UUID | None, now: datetime) -> "PasswordReset":
        """A new one, good for an hour."""
        return cls(agency_id=agency_id, member_id=member_id, expires_at=now + LIFETIME, created_at=now, updated_at=now)

    def is_live(self, now: datetime) -> bool:
        """True while it can be used."""
        return self.member_id is not None and self.ended_at is None and now < self.expires_at
