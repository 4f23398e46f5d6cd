"""Periods: the days on which something recurs, counted from a first day, so that short months do not shift the rest."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

# Beyond it no invoice can be due.
LAST_DAY = date(2199, 12, 31)


class Frequency(StrEnum):
    """What is counted between two periods."""

    WEEKLY = "weekly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    YEARLY = "yearly"


_MONTHS = {Frequency.MONTHLY: 1, Frequency.QUARTERLY: 3, Frequency.YEARLY: 12}


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Every so many weeks, months, quarters or years, beginning with a day."""

    frequency: Frequency
    every: int
    starts_on: date

    def from_day(self, day: date) -> Iterator[date]:
        """The periods from a day on, the day included, in order.

        Months are counted from the first day, whose number they keep where they are long enough: a rhythm that starts
        on 31 January comes on 28 February and then on 31 March (as RFC 5545 would with BYMONTHDAY and SKIP=BACKWARD).
        """
        index = self._guess(day)
        while (period := self._period(index)) <= LAST_DAY:
            if period >= day:
                yield period
            index += 1

    def _guess(self, day: date) -> int:
        """An index that is not behind the first period from the day on, and not far before it."""
        if self.frequency is Frequency.WEEKLY:
            passed, step = (day - self.starts_on).days, 7 * self.every
        else:
            passed = (day.year - self.starts_on.year) * 12 + day.month - self.starts_on.month
            step = _MONTHS[self.frequency] * self.every
        return max(0, passed // step)

    def _period(self, index: int) -> date:
        if self.frequency is Frequency.WEEKLY:
            return self.starts_on + timedelta(weeks=self.every * index)
        months = self.starts_on.month - 1 + _MONTHS[self.frequency] * self.every * index
        year, month = self.starts_on.year + months // 12, months % 12 + 1
        return date(year, month, min(self.starts_on.day, monthrange(year, month)[1]))
