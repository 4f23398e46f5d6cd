"""The client session: a client signed in somewhere, kept by refresh tokens that follow one another."""

from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from chassis.tables import Row, enum_column, timestamp

# An access token cannot be taken back where it is not asked about, so it is short; sessions are asked about.
ACCESS = timedelta(minutes=15)
# A session ends when it was not refreshed for this long ...
IDLE = timedelta(days=30)
# ... and, whatever was refreshed, this long after it began.
LONGEST = timedelta(days=90)
# Calls that were sent at once with one refresh token have all arrived by then.
RACE = timedelta(seconds=10)
MAX_USER_AGENT = 300


class SignedInBy(StrEnum):
    """What a client signed in with."""

    MAGIC_LINK = "magic_link"
    ONE_TIME_PASSWORD = "one_time_password"  # noqa: S105 (a name)


class ClientSession(Row, table=True):
    """A signed-in client. Its id is the `sid` claim of access tokens and the credential id of revocations.

    `generation` counts the refresh tokens made so far: the last of them is good, all before it were used.
    `expires_at` is when it ends unless it is refreshed before; no refresh moves it past `hard_end_at`.
    """

    __tablename__ = "client_sessions"

    client_id: UUID
    signed_in_by: SignedInBy = enum_column(SignedInBy)
    user_agent: str = ""
    generation: int = 1
    refreshed_at: datetime = timestamp(nullable=False)
    expires_at: datetime = timestamp(nullable=False)
    hard_end_at: datetime = timestamp(nullable=False)
    ended_at: datetime | None = timestamp()

    @classmethod
    def opened_by(
        cls, *, agency_id: UUID, client_id: UUID, signed_in_by: SignedInBy, user_agent: str, now: datetime
    ) -> "ClientSession":
        """A new session with its first refresh token."""
        return cls(
            agency_id=agency_id,
            client_id=client_id,
            signed_in_by=signed_in_by,
            user_agent=user_agent[:MAX_USER_AGENT],
            refreshed_at=now,
            expires_at=now + IDLE,
            hard_end_at=now + LONGEST,
            created_at=now,
            updated_at=now,
        )

    def is_live(self, now: datetime) -> bool:
        """True while access tokens of this session are good and its last refresh token may be used."""
        return self.ended_at is None and now < self.expires_at

    def rotate(self, now: datetime) -> None:
        """Make the next refresh token the good one, and live on."""
        self.generation += 1
        self.refreshed_at = self.updated_at = now
        self.expires_at = min(now + IDLE, self.hard_end_at)

    def was_just_used(self, generation: int, now: datetime) -> bool:
        """True for the refresh token before the good one, a moment after it was exchanged."""
        return generation == self.generation - 1 and now <= self.refreshed_at + RACE

    def access_until(self, now: datetime) -> datetime:
        """When an access token made now ends: never after its session."""
        return min(now + ACCESS, self.expires_at)

    def end(self, now: datetime) -> bool:
        """End it; False when it had ended already."""
        if not self.is_live(now):
            return False
        self.ended_at = self.updated_at = now
        return True
