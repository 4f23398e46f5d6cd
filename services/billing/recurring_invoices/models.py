"""The recurring invoice: what it charges for, when it comes next, and what stops it."""

from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import islice, takewhile
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, BigInteger
from sqlmodel import Field

from chassis.errors import Conflict, Invalid
from chassis.tables import Row, enum_column, json_column, timestamp
from services.billing.days import Days
from services.billing.invoices.charges import write_charges
from services.billing.invoices.lines import (
    Content,
    as_lines,
    restored_discount,
)
from services.billing.recurring_invoices.periods import Frequency, Rhythm


class RecurringInvoiceStatus(StrEnum):
    """Where a recurring invoice stands. `failed`: it could not be issued, and waits for a hand."""

    ACTIVE = "active"
    PAUSED = "paused"
    FAILED = "failed"
    ENDED = "ended"


class RecurringInvoiceEnded(Conflict):
    """Nothing comes any more that could be paused or resumed."""

    default = "The recurring invoice has ended. Give it a later end to go on."


class RecurringInvoicePaused(Conflict):
    """It is paused once."""

    default = "The recurring invoice is paused already."


class RecurringInvoiceActive(Conflict):
    """Only what has stopped is resumed."""

    default = "The recurring invoice goes on already."


def _minor() -> Any:
    return Field(default=0, sa_type=BigInteger)


class RecurringInvoice(Row, table=True):
    """What is invoiced in each period; amounts are minor units of `currency`, of which `decimals` is the exponent.

    `starts_on` is the day that periods are counted from. `next_on` is the period that comes next, and `due_at` the
    moment at which that day begins where the agency is. `shown` is the public form of the lines, written with them.
    """

    __tablename__ = "recurring_invoices"

    status: RecurringInvoiceStatus = enum_column(RecurringInvoiceStatus, RecurringInvoiceStatus.ACTIVE)
    client_id: UUID
    project_id: UUID | None = None
    currency: str
    decimals: int = 2
    lines: list[dict[str, Any]] = json_column(list)
    tax_inclusive: bool = False
    discount: dict[str, Any] | None = json_column(lambda: None)
    shown: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    subtotal_minor: int = _minor()
    discount_minor: int = _minor()
    tax_minor: int = _minor()
    amount_minor: int = _minor()
    notes: str = ""
    frequency: Frequency = enum_column(Frequency)
    every: int = 1
    starts_on: date
    ends_on: date | None = None
    occurrences: int | None = None
    days_until_due: int
    send_email: bool = False
    draft: bool = False
    next_on: date | None = None
    due_at: datetime | None = timestamp()
    last_period_on: date | None = None
    last_invoice_id: UUID | None = None
    issued_count: int = 0
    error: str | None = None
    failed_at: datetime | None = timestamp()

    @property
    def content(self) -> Content:
        """What each invoice charges for."""
        return Content(self.currency, as_lines(self.lines), self.tax_inclusive, restored_discount(self.discount))

    def write(self, content: Content) -> None:
        """Replace what each invoice charges for; Invalid when it comes to nothing."""
        write_charges(self, content)

    def require_sense(self) -> None:
        """Raise Invalid when it is to end twice or before it starts, or when drafts are to be mailed."""
        if self.ends_on and self.occurrences:
            raise Invalid.field("occurrences", "cannot be given together with endsOn")
        if self.ends_on and self.ends_on < self.starts_on:
            raise Invalid.field("endsOn", "must not be before startsOn")
        if self.draft and self.send_email:
            raise Invalid.field("sendEmail", "cannot be true for drafts, which are not mailed")

    def begin(self, days: Days, now: datetime) -> None:
        """Wait for the first period that is not past; Invalid when none is to come."""
        self._wait_for(self._first_from(days.today(now)), days)
        if self.next_on is None:
            raise Invalid.field("endsOn", "leaves no day to come")

    def change_rhythm(self, days: Days, now: datetime) -> None:
        """Follow days and ends that were changed; what has ended goes on where they leave something to come."""
        if self.status is RecurringInvoiceStatus.PAUSED:
            return
        error, failed_at, today = self.error, self.failed_at, days.today(now)
        # What is waited for may be past: it has failed, or is just about to be issued.
        self._wait_for(self._first_from(min(self.next_on or today, today)), days)
        if error and failed_at and self.next_on:
            self.fail(error, failed_at)

    def pause(self) -> None:
        """Stop; the periods of a pause are not made up for."""
        if self.status is RecurringInvoiceStatus.ENDED:
            raise RecurringInvoiceEnded
        if self.status is RecurringInvoiceStatus.PAUSED:
            raise RecurringInvoicePaused
        self.status = RecurringInvoiceStatus.PAUSED
        self.next_on = self.due_at = self.error = self.failed_at = None

    def resume(self, days: Days, now: datetime) -> None:
        """Go on: after a pause with the first period that is not past, after a failure with the one that failed."""
        if self.status is RecurringInvoiceStatus.ENDED:
            raise RecurringInvoiceEnded
        if self.status is RecurringInvoiceStatus.ACTIVE:
            raise RecurringInvoiceActive
        has_failed = self.status is RecurringInvoiceStatus.FAILED
        self._wait_for(self.next_on if has_failed else self._first_from(days.today(now)), days)

    def is_due(self, now: datetime) -> bool:
        """Whether an invoice is to be issued, as far as is known of the agency's days."""
        return self.due_at is not None and self.due_at <= now

    def has_begun(self, days: Days, now: datetime) -> bool:
        """Whether its next day has begun where the agency is; sets `due_at` right when it has not."""
        assert self.next_on, "it is due"
        if self.next_on <= days.today(now):
            return True
        self.due_at = days.at(self.next_on)
        return False

    def issued(self, invoice_id: UUID, days: Days) -> date:
        """Its next period has its invoice now: wait for the one after it. Returns the period."""
        assert self.next_on, "it was due"
        period = self.last_period_on = self.next_on
        self.last_invoice_id = invoice_id
        self.issued_count += 1
        self._wait_for(self._first_from(period), days)
        return period

    def fail(self, error: str, now: datetime) -> None:
        """Its next period cannot have its invoice until somebody has mended something."""
        self.status = RecurringInvoiceStatus.FAILED
        self.due_at = None
        self.error, self.failed_at = error, now

    def upcoming(self, most: int) -> list[date]:
        """Its next periods; none while it is paused."""
        if self.next_on is None:
            return []
        left = most if self.occurrences is None else min(most, self.occurrences - self.issued_count)
        ahead = self._rhythm.from_day(self.next_on)
        return list(islice(takewhile(lambda day: self.ends_on is None or day <= self.ends_on, ahead), left))

    @property
    def _rhythm(self) -> Rhythm:
        return Rhythm(self.frequency, self.every, self.starts_on)

    def _first_from(self, day: date) -> date | None:
        """The first period from a day on that has no invoice and is within the ends."""
        if self.occurrences is not None and self.issued_count >= self.occurrences:
            return None
        if self.last_period_on:
            day = max(day, self.last_period_on + timedelta(days=1))
        first = next(self._rhythm.from_day(day), None)
        return None if first is None or (self.ends_on and first > self.ends_on) else first

    def _wait_for(self, period: date | None, days: Days) -> None:
        self.next_on = period
        self.due_at = days.at(period) if period else None
        self.status = RecurringInvoiceStatus.ACTIVE if period else RecurringInvoiceStatus.ENDED
        self.error = self.failed_at = None


class RecurringInvoicePeriod(Row, table=True):
    """A period that has its invoice; `invoice_id` is None once a draft was thrown away."""

    __tablename__ = "recurring_invoice_periods"

    recurring_invoice_id: UUID
    period_on: date
    invoice_id: UUID | None = None
