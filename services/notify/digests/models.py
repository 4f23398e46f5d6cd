"""Digests: who gets one, and when; each is made with the first mail that waits for it, and ends when it is sent."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import DateTime
from sqlmodel import Field

from chassis.tables import Row, enum_column
from services.notify.addressees import Addressee, Side

# By the agency's clock, whatever its offset from UTC is on that day.
MORNING = time(8)


class Digest(Row, table=True):
    """What somebody hears in one mail: due at a moment in UTC, which is the morning of `due_on` where the agency is."""

    __tablename__ = "digests"

    side: Side = enum_column(Side)
    recipient_id: UUID
    due_at: datetime = Field(sa_type=DateTime(timezone=True))  # type: ignore[call-overload]
    due_on: date

    @property
    def addressee(self) -> Addressee:
        """Whom it is for."""
        return Addressee(self.agency_id, self.side, self.recipient_id)


def next_morning(now: datetime, zone: ZoneInfo) -> datetime:
    """The first morning after `now` where the agency is, as a moment of that zone."""
    here = now.astimezone(zone)
    morning = datetime.combine(here.date(), MORNING, zone)
    if morning.astimezone(UTC) <= now:
        morning = datetime.combine(here.date() + timedelta(days=1), MORNING, zone)
    return morning
