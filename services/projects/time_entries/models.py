"""The time entry: open to change until it is on an invoice."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import BigInteger
from sqlmodel import Field

from chassis.errors import Conflict
from chassis.money import exponent, to_major
from chassis.tables import Row

# An entry is of one date, and no day has more minutes: longer work is an entry a day.
MAX_MINUTES = 24 * 60


class TimeEntryLocked(Conflict):
    """Time that is on an invoice is neither changed nor deleted."""

    default = "The time entry is on an invoice and can no longer be changed."


@dataclass(frozen=True, slots=True)
class Rate:
    """What an hour costs, in minor units of a currency."""

    minor: int
    currency: str


class TimeEntry(Row, table=True):
    """Minutes worked on a project on one day; `member_id` is None where a machine of the agency wrote it.

    `rate_minor` is what an hour costs in minor units of `currency`, of which `decimals` is the exponent.
    """

    __tablename__ = "time_entries"

    project_id: UUID
    client_id: UUID
    member_id: UUID | None = None
    task_id: UUID | None = None
    description: str
    minutes: int
    billable: bool = True
    rate_minor: int | None = Field(default=None, sa_type=BigInteger)
    currency: str | None = None
    decimals: int | None = None
    note: str = ""
    worked_on: date
    invoice_id: UUID | None = None

    @property
    def rate(self) -> Decimal | None:
        """What an hour costs in the major unit of its currency."""
        if self.rate_minor is None or self.currency is None:
            return None
        return to_major(self.rate_minor, self.currency)

    def describe(self, *, description: str, note: str, worked_on: date, now: datetime) -> None:
        """Change what was done and when; TimeEntryLocked once it is on an invoice."""
        self.require_open()
        self.description, self.note, self.worked_on = description, note, worked_on
        self.updated_at = now

    def measure(self, *, minutes: int, billable: bool, now: datetime) -> None:
        """Change how long it took and whether it is charged; TimeEntryLocked once it is on an invoice."""
        self.require_open()
        self.minutes, self.billable = minutes, billable
        self.updated_at = now

    def price(self, rate: Rate | None, now: datetime) -> None:
        """Change what an hour of it costs; TimeEntryLocked once it is on an invoice."""
        self.require_open()
        self.rate_minor = rate.minor if rate else None
        self.currency = rate.currency if rate else None
        self.decimals = exponent(rate.currency) if rate else None
        self.updated_at = now

    def belong_to(self, task_id: UUID | None, now: datetime) -> None:
        """Change which task it was for; TimeEntryLocked once it is on an invoice."""
        self.require_open()
        self.task_id = task_id
        self.updated_at = now

    def require_open(self) -> None:
        """Raise TimeEntryLocked for one that is on an invoice."""
        if self.invoice_id is not None:
            raise TimeEntryLocked
