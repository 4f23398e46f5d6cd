"""How an invoice may be paid other than at once: a deposit first, and in parts."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from chassis.errors import Invalid
from chassis.money import json_number, to_major
from services.billing.invoices.lines import restored_discount, stored_discount
from services.billing.invoices.totals import Discount, DiscountType


@dataclass(frozen=True, slots=True)
class Deposit:
    """What is asked for first: a share of the invoice or an amount, on a day; without one, when the rest is due."""

    share: Discount
    due_on: date | None = None

    def of(self, total_minor: int) -> int:
        """How much that is, in minor units; Invalid for nothing, or for more than there is."""
        minor = self.share.of(total_minor, field="deposit.value")
        if minor <= 0:
            raise Invalid.field("deposit.value", "must come to more than 0")
        return minor

    def day(self, *, issued_on: date | None, due_on: date) -> date:
        """The day it is due; Invalid after the invoice itself, or before it was issued."""
        day = self.due_on or due_on
        if day > due_on or (issued_on and day < issued_on):
            raise Invalid.field("deposit.dueDate", "must not be after the invoice's due date or before its issue date")
        return day


@dataclass(frozen=True, slots=True)
class Terms:
    """A deposit, and whether the payer may choose how much to pay at a time: `least_minor` or more, 0 for no limit."""

    deposit: Deposit | None = None
    in_parts: bool = False
    least_minor: int = 0

    def require_within(self, total_minor: int) -> None:
        """Raise Invalid where no part could be as large as the least one."""
        if self.least_minor and not self.in_parts:
            raise Invalid.field("minimumPayment", "needs allowPartialPayments")
        if self.least_minor > total_minor:
            raise Invalid.field("minimumPayment", "must not be more than the invoice comes to")


def stored_deposit(deposit: Deposit | None) -> dict[str, Any] | None:
    """A deposit as JSON without loss."""
    if deposit is None:
        return None
    return {"share": stored_discount(deposit.share), "due_on": deposit.due_on and deposit.due_on.isoformat()}


def restored_deposit(stored: dict[str, Any] | None) -> Deposit | None:
    """The deposit that `stored_deposit` wrote."""
    share = restored_discount(stored["share"]) if stored else None
    if not stored or not share:
        return None
    return Deposit(share, date.fromisoformat(stored["due_on"]) if stored["due_on"] else None)


def public_deposit(deposit: Deposit, day: date, currency: str) -> dict[str, Any]:
    """A deposit as REST shows it."""
    share = deposit.share
    is_money = share.type is DiscountType.AMOUNT
    value = to_major(int(share.value), currency) if is_money else Decimal(share.value)
    return {"type": share.type.value, "value": json_number(value), "dueDate": day.isoformat()}
