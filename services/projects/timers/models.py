"""The timer: one a member, from start to stop or discard."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import DateTime
from sqlmodel import Field

from chassis.errors import Conflict, Forbidden
from chassis.principals import Staff
from chassis.tables import Row

# The most that one time entry holds. Whoever comes back later forgot to stop it.
LONGEST = timedelta(hours=24)
_MINUTE = timedelta(minutes=1)


class TimerRunning(Conflict):
    """A member does one thing at a time."""

    default = "A timer runs already. Stop or discard it first."


class TimerNotRunning(Conflict):
    """There is nothing to stop or discard."""

    default = "No timer runs."


class TimerProjectDeleted(Conflict):
    """The project was deleted while the timer ran."""

    default = "The timer's project was deleted meanwhile. Discard the timer."


class PeopleOnly(Forbidden):
    """An API key on a route that needs a member in person."""

    default = "An API key may not do that; a member has to sign in."


@dataclass(frozen=True, slots=True)
class Measured:
    """How long a timer ran: whole minutes, and whether they were cut short at 24 hours."""

    minutes: int
    cut_short: bool


class Timer(Row, table=True):
    """What a member is at, and since when."""

    __tablename__ = "timers"

    member_id: UUID
    project_id: UUID
    description: str
    started_at: datetime = Field(sa_type=DateTime(timezone=True))  # type: ignore[call-overload]

    def measure(self, now: datetime) -> Measured:
        """The minutes until now, begun ones counted whole; at least 1, and 24 hours at the most."""
        ran = now - self.started_at
        # Rounded up: floor division of the negative.
        minutes = -(-min(ran, LONGEST) // _MINUTE)
        return Measured(max(1, minutes), ran > LONGEST)


def require_person(staff: Staff) -> None:
    """Raise PeopleOnly for an API key: a machine sits at no desk."""
    if staff.via == "api_key":
        raise PeopleOnly
