"""What of an invoice can be paid now: the deposit first, then the rest, in parts where the agency allows it."""

from dataclasses import dataclass
from typing import Self

from chassis.errors import Conflict


class PaymentNotOffered(Conflict):
    """An amount that the invoice cannot be paid with just now."""

    default = "That amount cannot be paid now."


@dataclass(frozen=True, slots=True)
class Payable:
    """Amounts in minor units: what is due, what of that is deposit, and the least that may be chosen."""

    due_minor: int
    deposit_due_minor: int
    least_minor: int
    in_parts: bool

    @classmethod
    def of(cls, due_minor: int, *, deposit_due_minor: int, least_minor: int, in_parts: bool) -> Self:
        """The least part is never less than the deposit that is due, nor more than all that is due."""
        return cls(due_minor, deposit_due_minor, deposit_due_minor or min(due_minor, least_minor), in_parts)

    @property
    def next_minor(self) -> int:
        """What the payer is asked for: the deposit while it is due, then the rest."""
        return self.deposit_due_minor or self.due_minor

    @property
    def is_open(self) -> bool:
        """Whether the payer may choose an amount."""
        return self.in_parts and self.least_minor < self.due_minor

    def takes(self, minor: int) -> bool:
        """Whether so much can be paid: what is asked for, all of it, or a part where those are allowed."""
        if minor <= 0:
            return False
        return minor in (self.next_minor, self.due_minor) or (
            self.in_parts and self.least_minor <= minor <= self.due_minor
        )
