"""When an agency reminds its clients, and the reminders that were sent."""

from datetime import datetime
from uuid import UUID

from chassis.tables import Row, json_column, timestamp

DAYS_BEFORE_DUE = (3,)
DAYS_AFTER_DUE = (1, 7, 14)


class ReminderSettings(Row, table=True):
    """On which days before and after the due date clients are reminded; nothing is sent until they are active.

    `effective_at`: when they were changed last. What they ask for on earlier days is not made up for.
    """

    __tablename__ = "reminder_settings"

    days_before_due: list[int] = json_column(lambda: list(DAYS_BEFORE_DUE))
    days_after_due: list[int] = json_column(lambda: list(DAYS_AFTER_DUE))
    active: bool = False
    effective_at: datetime = timestamp(nullable=False)

    @property
    def steps(self) -> list[int]:
        """Days from the due date on which to remind, negative before it, in order; none while they are not active."""
        if not self.active:
            return []
        return sorted([*(-days for days in self.days_before_due), *self.days_after_due])

    def change(self, *, days_before_due: list[int], days_after_due: list[int], active: bool, now: datetime) -> bool:
        """Set them; True when they are others than before."""
        before, after = sorted(set(days_before_due)), sorted(set(days_after_due))
        if (self.days_before_due, self.days_after_due, self.active) == (before, after, active):
            return False
        self.days_before_due, self.days_after_due, self.active = before, after, active
        self.effective_at = self.updated_at = now
        return True


class Reminder(Row, table=True):
    """A reminder that was sent: negative days are before the due date. Each is sent once for an invoice."""

    __tablename__ = "invoice_reminders"

    invoice_id: UUID
    days_from_due: int
