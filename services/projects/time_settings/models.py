"""The time settings: a rate and a rounding, of the agency or of one of its projects."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import BigInteger
from sqlmodel import Field

from chassis.money import to_major
from chassis.tables import Row
from services.projects.time_entries.models import Rate

# To how many whole minutes time on invoices is rounded up; 1 leaves it as it was measured.
ROUNDINGS = (1, 5, 6, 10, 15, 30)


class TimeSettings(Row, table=True):
    """What an hour costs, in minor units of `currency`, and the rounding; None where the next wider ones count.

    `project_id` is None for those of the agency.
    """

    __tablename__ = "time_settings"

    project_id: UUID | None = None
    rate_minor: int | None = Field(default=None, sa_type=BigInteger)
    currency: str | None = None
    rounding_minutes: int | None = None

    @property
    def hourly(self) -> Rate | None:
        """What an hour costs."""
        if self.rate_minor is None or self.currency is None:
            return None
        return Rate(self.rate_minor, self.currency)

    @property
    def rate(self) -> Decimal | None:
        """The same in the major unit of its currency."""
        return to_major(self.hourly.minor, self.hourly.currency) if self.hourly else None

    def choose(self, rate: Rate | None, *, rounding_minutes: int | None, now: datetime) -> None:
        """Replace both."""
        self.rate_minor = rate.minor if rate else None
        self.currency = rate.currency if rate else None
        self.rounding_minutes = rounding_minutes
        self.updated_at = now


def default_rate(project: TimeSettings | None, agency: TimeSettings | None) -> Rate | None:
    """What an hour costs that has no rate of its own."""
    return (project.hourly if project else None) or (agency.hourly if agency else None)


def default_rounding(project: TimeSettings | None, agency: TimeSettings | None) -> int:
    """To how many minutes time is rounded up where an invoice does not say."""
    return (project and project.rounding_minutes) or (agency and agency.rounding_minutes) or 1
