"""The session: a member signed in somewhere, until it is ended or runs out."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from chassis.tables import Row, timestamp

LIFETIME = timedelta(days=30)
MAX_USER_AGENT = 300
# How exact "last seen" is: a busy session would otherwise write a row with every question of a service.
LAST_SEEN_GRAIN = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Device:
    """What somebody signs in with: the name that the program gives itself, and the address it calls from."""

    user_agent: str
    address: str


class Session(Row, table=True):
    """A signed-in member. Its id is the `sid` claim of the token and the credential id of revocations."""

    __tablename__ = "sessions"

    member_id: UUID
    user_agent: str = ""
    address: str | None = None
    last_seen_at: datetime | None = timestamp()
    expires_at: datetime = timestamp(nullable=False)
    ended_at: datetime | None = timestamp()

    @classmethod
    def opened_by(cls, *, agency_id: UUID, member_id: UUID, device: Device, now: datetime) -> "Session":
        """A new session that lasts 30 days, as the reference document promises."""
        return cls(
            agency_id=agency_id,
            member_id=member_id,
            user_agent=device.user_agent[:MAX_USER_AGENT],
            address=device.address,
            expires_at=now + LIFETIME,
            created_at=now,
            updated_at=now,
        )

    def is_live(self, now: datetime) -> bool:
        """True while tokens of this session are good."""
        return self.ended_at is None and now < self.expires_at

    def unseen(self, now: datetime) -> bool:
        """Whether it is time to write down that it was seen."""
        return self.last_seen_at is None or now - self.last_seen_at >= LAST_SEEN_GRAIN

    def end(self, now: datetime) -> bool:
        """End it; False when it had ended already."""
        if not self.is_live(now):
            return False
        self.ended_at = now
        return True
