"""The session: a member signed in somewhere, until it is ended or runs out."""

from datetime import datetime, timedelta
from uuid import UUID

from chassis.tables import Row, timestamp

LIFETIME = timedelta(days=30)
MAX_USER_AGENT = 300


class Session(Row, table=True):
    """A signed-in member. Its id is the `sid` claim of the token and the credential id of revocations."""

    __tablename__ = "sessions"

    member_id: UUID
    user_agent: str = ""
    expires_at: datetime = timestamp(nullable=False)
    ended_at: datetime | None = timestamp()

    @classmethod
    def opened_by(cls, *, agency_id: UUID, member_id: UUID, user_agent: str, now: datetime) -> "Session":
        """A new session that lasts 30 days, as the reference document promises."""
        return cls(
            agency_id=agency_id,
            member_id=member_id,
            user_agent=user_agent[:MAX_USER_AGENT],
            expires_at=now + LIFETIME,
            created_at=now,
            updated_at=now,
        )

    def is_live(self, now: datetime) -> bool:
        """True while tokens of this session are good."""
        return self.ended_at is None and now < self.expires_at

    def end(self, now: datetime) -> bool:
        """End it; False when it had ended already."""
        if not self.is_live(now):
            return False
        self.ended_at = now
        return True
