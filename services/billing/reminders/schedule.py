"""What is due to be done about an issued invoice, and when to look at it again."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from services.billing.days import Days
from services.billing.invoices.models import Invoice
from services.billing.reminders.models import ReminderSettings

# A mail about money is read in the morning; the day itself turns at midnight.
REMINDED_AT = time(9)


@dataclass(frozen=True, slots=True)
class FollowUp:
    """`reminder`: the days from the due date of the one to be sent now. `again_at`: None when nothing is left to do."""

    overdue_from: datetime
    reminder: int | None
    again_at: datetime | None


def follow_up(
    invoice: Invoice, *, settings: ReminderSettings | None, reminded: Collection[int], days: Days, now: datetime
) -> FollowUp:
    """What is due at a moment, where the agency's days begin.

    Of several reminders that are due only the newest is sent, so that a stop is not followed by a burst. One whose day
    is not after the day of issue, or lies before the settings were made, is passed over.
    """
    overdue_from = days.at(invoice.due_on + timedelta(days=1))
    steps = _steps(invoice, settings, days) if settings else {}
    past = [step for step, at in steps.items() if at <= now]
    newest = max(past, default=None)
    reminder = None if newest in reminded else newest
    ahead = [at for at in (*steps.values(), overdue_from) if at > now]
    return FollowUp(overdue_from, reminder, min(ahead, default=None))


def _steps(invoice: Invoice, settings: ReminderSettings, days: Days) -> dict[int, datetime]:
    """The moments at which reminders of this invoice are due, by their days from the due date."""
    assert invoice.sent_at, "it was issued"
    issued_on, effective_on = days.today(invoice.sent_at), days.today(settings.effective_at)
    dates = {step: invoice.due_on + timedelta(days=step) for step in settings.steps}
    return {step: days.at(on, REMINDED_AT) for step, on in dates.items() if on > issued_on and on >= effective_on}
