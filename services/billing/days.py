"""Days where an agency is: its time zone says which day it is and when one begins, daylight saving included."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from chassis.telemetry import log


@dataclass(frozen=True, slots=True)
class Days:
    """The days of one time zone."""

    zone: tzinfo

    def today(self, now: datetime) -> date:
        """The date of a moment there."""
        return now.astimezone(self.zone).date()

    def at(self, day: date, hour: time = time.min) -> datetime:
        """The moment, in UTC, at which the clocks there show a time of a day; of two such moments the first.

        Where clocks go forward at midnight the day begins with the time that they go to.
        """
        return datetime.combine(day, hour, self.zone).astimezone(UTC)


def days_in(zone: str) -> Days:
    """The days of an IANA time zone, of UTC where this machine does not know it; may read a file."""
    try:
        return Days(ZoneInfo(zone))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        log.warning("time_zone_unknown", time_zone=zone)
        return Days(UTC)
