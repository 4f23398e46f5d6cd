"""The invoice: its states, what changes them and what it forbids."""

import secrets
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, BigInteger
from sqlmodel import Field

from chassis.errors import Invalid
from chassis.tables import Row, enum_column, json_column, timestamp
from services.billing.days import Days
from services.billing.invoices.charges import write_charges
from services.billing.invoices.lines import (
    Content,
    as_lines,
    restored_discount,
)
from services.billing.invoices.parts import Payable, PaymentNotOffered
from services.billing.invoices.refusals import (
    CreditExceedsInvoice,
    InvoiceAlreadyPaid,
    InvoiceHasPayments,
    InvoiceNotDraft,
    InvoiceNotIssued,
    InvoiceVoid,
    PaymentExceedsAmountDue,
)
from services.billing.invoices.terms import Terms, public_deposit, restored_deposit, stored_deposit

PAY_KEY_BYTES = 16


class InvoiceStatus(StrEnum):
    """Where an invoice stands; overdue is not a state but a question of the day."""

    DRAFT = "draft"
    SENT = "sent"
    VIEWED = "viewed"
    PARTIALLY_PAID = "partially_paid"
    PAID = "paid"
    VOID = "void"


OPEN = frozenset({InvoiceStatus.SENT, InvoiceStatus.VIEWED, InvoiceStatus.PARTIALLY_PAID})


def _minor() -> Any:
    return Field(default=0, sa_type=BigInteger)


class Invoice(Row, table=True):
    """What a client owes; amounts are minor units of `currency`, of which `decimals` is the exponent.

    What is due is `amount_minor` less `credited_minor` (credit notes) less `paid_minor` (payments less refunds).
    `lines` and `discount` are the record. `shown` is their public form, written with them by `write`, so that lists
    pass it through as it stands.
    """

    __tablename__ = "invoices"

    number: int | None = None
    status: InvoiceStatus = enum_column(InvoiceStatus, InvoiceStatus.DRAFT)
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
    paid_minor: int = _minor()
    credited_minor: int = _minor()
    deposit: dict[str, Any] | None = json_column(lambda: None)
    deposit_minor: int = _minor()
    deposit_on: date | None = None
    in_parts: bool = False
    least_minor: int = _minor()
    issued_on: date | None = None
    due_on: date
    notes: str = ""
    # Opens the page on which this invoice is paid, which shows no more than a thief of the database has already.
    pay_key: str = Field(default_factory=lambda: secrets.token_urlsafe(PAY_KEY_BYTES))
    sent_at: datetime | None = timestamp()
    viewed_at: datetime | None = timestamp()
    paid_at: datetime | None = timestamp()
    voided_at: datetime | None = timestamp()
    # The day on which it was taken back where the agency was; none where credit notes have taken it back.
    voided_on: date | None = None
    # When something is to be done about it again; from when on it is overdue; when that was announced.
    follow_up_at: datetime | None = timestamp()
    overdue_from: datetime | None = timestamp()
    overdue_at: datetime | None = timestamp()

    @property
    def content(self) -> Content:
        """What it charges for."""
        return Content(self.currency, as_lines(self.lines), self.tax_inclusive, restored_discount(self.discount))

    @property
    def label(self) -> str | None:
        """The number as people read it: INV-0042; None before it is issued."""
        return None if self.number is None else f"INV-{self.number:04d}"

    @property
    def owed_minor(self) -> int:
        """What it asks for after credit notes; nothing when it is void."""
        return 0 if self.status is InvoiceStatus.VOID else self.amount_minor - self.credited_minor

    @property
    def due_minor(self) -> int:
        """What is left to pay; nothing when it is void, or when more was received than owed."""
        return max(0, self.owed_minor - self.paid_minor)

    @property
    def overpaid_minor(self) -> int:
        """What was received beyond what is owed, so that the agency should give it back."""
        return max(0, self.paid_minor - self.owed_minor)

    @property
    def terms(self) -> Terms:
        """How it may be paid."""
        return Terms(restored_deposit(self.deposit), self.in_parts, self.least_minor)

    @property
    def payable(self) -> Payable:
        """What of it can be paid now."""
        return Payable.of(
            self.due_minor,
            deposit_due_minor=min(self.due_minor, max(0, self.deposit_minor - self.paid_minor)),
            least_minor=self.least_minor or 10**self.decimals,  # one unit of the currency
            in_parts=self.in_parts,
        )

    def is_overdue(self, now: datetime) -> bool:
        """Whether something is owed and its day has passed where the agency is; in UTC where that was never told."""
        passed_at = self.overdue_from or datetime.combine(self.due_on + timedelta(days=1), time.min, UTC)
        return self.status in OPEN and passed_at <= now

    def become_overdue(self, now: datetime) -> bool:
        """Note that its day has passed; True the first time."""
        if self.overdue_at or not self.is_overdue(now):
            return False
        self.overdue_at = now
        return True

    def is_opened_by(self, key: str) -> bool:
        """Whether a payment link with this key leads to it."""
        is_right = secrets.compare_digest(self.pay_key.encode(), key.encode())
        return is_right and self.status is not InvoiceStatus.DRAFT

    def write(self, content: Content) -> None:
        """Replace what the draft charges for; Invalid when it comes to nothing, InvoiceNotDraft once issued."""
        self.require_draft()
        write_charges(self, content)

    def set_days(self, *, issued_on: date | None, due_on: date) -> None:
        """Set the days on the draft; Invalid when it would be due before it is issued.

        Without a day of issue it takes that of sending, which may be after the due date: the invoice is late then.
        """
        self.require_draft()
        if issued_on and due_on < issued_on:
            raise Invalid.field("dueDate", "must not be before the issue date")
        self.issued_on, self.due_on = issued_on, due_on

    def set_terms(self, terms: Terms) -> None:
        """Set how the draft may be paid, once it is written and has its days; Invalid for a deposit beyond them."""
        self.require_draft()
        terms.require_within(self.amount_minor)
        deposit = terms.deposit
        self.in_parts, self.least_minor = terms.in_parts, terms.least_minor
        self.deposit = stored_deposit(deposit)
        self.deposit_minor = deposit.of(self.amount_minor) if deposit else 0
        self.deposit_on = deposit.day(issued_on=self.issued_on, due_on=self.due_on) if deposit else None
        shown = public_deposit(deposit, self.deposit_on, self.currency) if deposit and self.deposit_on else None
        self.shown = {**self.shown, "deposit": shown}

    def require_draft(self) -> None:
        """Raise InvoiceNotDraft unless it may still be changed."""
        if self.status is not InvoiceStatus.DRAFT:
            raise InvoiceNotDraft

    def issue(self, number: int, *, days: Days, now: datetime) -> None:
        """Leave the house under its number, on a day of the agency's: draft -> sent."""
        self.require_draft()
        self.number = number
        self.issued_on = self.issued_on or days.today(now)
        self.overdue_from = days.at(self.due_on + timedelta(days=1))
        self.status = InvoiceStatus.SENT
        self.sent_at = self.follow_up_at = now

    def require_due(self) -> None:
        """Raise unless it is issued and something is left to pay."""
        if self.status is InvoiceStatus.DRAFT:
            raise InvoiceNotIssued
        if self.status is InvoiceStatus.VOID:
            raise InvoiceVoid
        if self.status is InvoiceStatus.PAID:
            raise InvoiceAlreadyPaid

    def amount_to_pay(self, chosen_minor: int | None) -> int:
        """What a payment is for: what is asked for, or what its payer has chosen; raises for what cannot be paid."""
        self.require_due()
        payable = self.payable
        minor = payable.next_minor if chosen_minor is None else chosen_minor
        if not payable.takes(minor):
            raise PaymentNotOffered
        return minor

    def view(self, now: datetime) -> bool:
        """Note that the client has opened it; True the first time."""
        if self.viewed_at or self.status is InvoiceStatus.DRAFT:
            return False
        self.viewed_at = now
        if self.status is InvoiceStatus.SENT:
            self.status = InvoiceStatus.VIEWED
        return True

    def void(self, *, today: date, now: datetime) -> None:
        """Take it back, keeping its number: sent or viewed -> void."""
        self.require_due()
        if self.paid_minor:
            raise InvoiceHasPayments
        self.status = InvoiceStatus.VOID
        self.voided_at, self.voided_on = now, today

    def require_room_for(self, minor: int) -> None:
        """Raise unless a payment of this size may be recorded by hand."""
        self.require_due()
        if minor > self.due_minor:
            raise PaymentExceedsAmountDue

    def receive(self, minor: int, now: datetime) -> bool:
        """Count money that has arrived; True when this made it paid.

        What a provider took is counted in any state but draft, even beyond what was due: it is a fact that has
        happened, and hiding it would keep the agency from giving it back.
        """
        if self.status is InvoiceStatus.DRAFT:
            raise InvoiceNotIssued
        self.paid_minor += minor
        if self.status not in OPEN:
            return False
        self._stand(now)
        return self.status is InvoiceStatus.PAID

    def give_back(self, minor: int, now: datetime) -> None:
        """Count money that went back to the client; what it does not cover any more is due again."""
        self.paid_minor -= minor
        if self.status is not InvoiceStatus.VOID:
            self._stand(now)

    def require_creditable(self) -> None:
        """Raise for a draft, which can be changed, and for what is void."""
        if self.status is InvoiceStatus.DRAFT:
            raise InvoiceNotIssued
        if self.status is InvoiceStatus.VOID:
            raise InvoiceVoid

    def credit(self, minor: int, now: datetime) -> None:
        """Owe less by a credit note; CreditExceedsInvoice beyond what it asks for.

        With nothing left to pay it is paid where something was paid, and else void: the credit note has taken it back.
        """
        self.require_creditable()
        if minor > self.owed_minor:
            raise CreditExceedsInvoice
        self.credited_minor += minor
        self._stand(now)

    def _stand(self, now: datetime) -> None:
        """Have the status follow from the sums; only for what is issued and not void."""
        paid_at, self.paid_at = self.paid_at, None
        if self.due_minor:
            unpaid = InvoiceStatus.VIEWED if self.viewed_at else InvoiceStatus.SENT
            self.status = InvoiceStatus.PARTIALLY_PAID if self.paid_minor else unpaid
        elif self.paid_minor:
            self.status = InvoiceStatus.PAID
            self.paid_at = paid_at or now
        else:
            self.status = InvoiceStatus.VOID
            self.voided_at = now
