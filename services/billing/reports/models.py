"""What reports are about: months in a row, and how late money is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class Age(StrEnum):
    """How many days what is owed is past its due date; the due date itself is not late."""

    NOT_DUE = "not_due"
    TO_30 = "1-30"
    TO_60 = "31-60"
    TO_90 = "61-90"
    OVER_90 = "over_90"


@dataclass(frozen=True, slots=True)
class Months:
    """Calendar months in a row: the first day of each, and `following`, the first day after them all."""

    starts: tuple[date, ...]
    following: date

    @classmethod
    def until(cls, today: date, count: int) -> "Months":
        """So many months, the last of which is today's."""
        return cls(tuple(_month(today, later) for later in range(1 - count, 1)), _month(today, 1))

    @property
    def last(self) -> date:
        """Their last day."""
        return self.following - timedelta(days=1)

    def names(self) -> list[str]:
        """As ISO 8601 writes them: 2026-11."""
        return [f"{start:%Y-%m}" for start in self.starts]


def _month(day: date, later: int) -> date:
    """The first day of a month, counted from the day's own."""
    months = day.year * 12 + day.month - 1 + later
    return date(months // 12, months % 12 + 1, 1)


@dataclass(frozen=True, slots=True)
class Flow:
    """What moved in one currency in one month, counted from 0, in minor units."""

    currency: str
    month: int
    received_minor: int
    refunded_minor: int
    invoiced_minor: int
    credited_minor: int


@dataclass(frozen=True, slots=True)
class Owed:
    """What is owed in one currency at one age, in minor units, and by how many invoices."""

    currency: str
    age: Age
    due_minor: int
    invoices: int


def currencies_of(rows: Sequence[Flow] | Sequence[Owed]) -> list[str]:
    """Those that there are, in the order of their codes."""
    return sorted({row.currency for row in rows})
