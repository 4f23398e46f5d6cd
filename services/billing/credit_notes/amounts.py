"""What a credit note takes back: at each tax rate never more of the base or of the tax than is left of the invoice.

Taxes of several credit notes are rounded one by one, the invoice's once. So the note that takes the last of a rate's
base takes the last of its tax, and none takes more: all credit notes of an invoice add up to it exactly.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from chassis.errors import Invalid
from services.billing.invoices.lines import Content
from services.billing.invoices.refusals import (
    CreditExceedsInvoice,
)
from services.billing.invoices.totals import Line, Tax, Totals, divide, spread


@dataclass(frozen=True, slots=True)
class Credit:
    """What a credit note says, and what it comes to."""

    content: Content
    totals: Totals


@dataclass(frozen=True, slots=True)
class Creditable:
    """An invoice's content, what it charges at each rate, and what of that is left to credit."""

    content: Content
    charged: tuple[Tax, ...]
    left: tuple[Tax, ...]

    @property
    def left_minor(self) -> int:
        """How much may be credited in all."""
        return sum(_gross(tax) for tax in self.left)

    def everything(self, description: str) -> Credit:
        """All that is left: the invoice's own lines where nothing was credited before."""
        if self.left == self.charged:
            return Credit(self.content, self.content.totals())
        return self.amount(self.left_minor, description)

    def amount(self, minor: int, description: str) -> Credit:
        """So much with its tax, spread over the rates in proportion to what is left at each; one line for each rate."""
        if minor > self.left_minor or not minor:
            raise CreditExceedsInvoice
        parts = spread(minor, [_gross(tax) for tax in self.left])
        taken = [(part, tax) for part, tax in zip(parts, self.left, strict=True) if part]
        lines = tuple(Line(description, Decimal(1), part, _rate(tax), tax.name) for part, tax in taken)
        content = Content(self.content.currency, lines, tax_inclusive=True)
        return _credit(content, tuple(_of_gross(part, tax) for part, tax in taken))

    def lines(self, lines: Sequence[Line]) -> Credit:
        """These lines, at the invoice's rates; one without a rate is at the invoice's where that has a single one."""
        content = Content(self.content.currency, self._rated(lines), self.content.tax_inclusive)
        totals = content.totals()
        if totals.total_minor <= 0 or any(tax.base_minor < 0 for tax in totals.taxes):
            raise Invalid.field("lines", "must come to more than 0, and at no tax rate to less")
        left = {tax.rate: tax for tax in self.left}
        if content.tax_inclusive:
            return _credit(content, tuple(_of_gross(_gross(tax), left[tax.rate]) for tax in totals.taxes))
        return _credit(content, tuple(_of_base(tax.base_minor, left[tax.rate]) for tax in totals.taxes))

    def _rated(self, lines: Sequence[Line]) -> tuple[Line, ...]:
        by_rate = {tax.rate: tax for tax in self.charged}
        only = self.charged[0] if len(self.charged) == 1 else None
        rated = []
        for index, line in enumerate(lines):
            tax = only if line.tax_rate is None and only else by_rate.get(line.tax_rate or Decimal(0))
            if tax is None:
                raise Invalid.field(f"lines.{index}.taxRate", "must be one of the invoice's tax rates")
            rated.append(replace(line, tax_rate=_rate(tax), tax_name=line.tax_name or tax.name))
        return tuple(rated)


def creditable(content: Content, credited: Iterable[Tax]) -> Creditable:
    """What may be credited of an invoice after credit notes with these taxes."""
    charged = content.totals().taxes
    bases: dict[Decimal, int] = {}
    amounts: dict[Decimal, int] = {}
    for tax in credited:
        bases[tax.rate] = bases.get(tax.rate, 0) + tax.base_minor
        amounts[tax.rate] = amounts.get(tax.rate, 0) + tax.amount_minor
    left = tuple(
        replace(
            tax,
            base_minor=tax.base_minor - bases.get(tax.rate, 0),
            amount_minor=tax.amount_minor - amounts.get(tax.rate, 0),
        )
        for tax in charged
    )
    return Creditable(content, charged, left)


def stored_taxes(taxes: Iterable[Tax]) -> list[dict[str, str | int | None]]:
    """Taxes as JSON without loss."""
    return [
        {
            "name": tax.name,
            "rate": str(tax.rate),
            "base_minor": tax.base_minor,
            "amount_minor": tax.amount_minor,
        }
        for tax in taxes
    ]


def restored_taxes(stored: Iterable[dict[str, Any]]) -> tuple[Tax, ...]:
    """The taxes that `stored_taxes` wrote."""
    return tuple(Tax(tax["name"], Decimal(tax["rate"]), tax["base_minor"], tax["amount_minor"]) for tax in stored)


def _credit(content: Content, taxes: tuple[Tax, ...]) -> Credit:
    tax_minor = sum(tax.amount_minor for tax in taxes)
    total = sum(_gross(tax) for tax in taxes)
    return Credit(content, replace(content.totals(), taxes=taxes, tax_minor=tax_minor, total_minor=total))


def _of_base(base: int, left: Tax) -> Tax:
    """The tax on a base, exclusive of it."""
    if base > left.base_minor:
        raise CreditExceedsInvoice
    if base == left.base_minor:
        return left
    return replace(left, base_minor=base, amount_minor=min(_share(base, left.rate, 100), left.amount_minor))


def _of_gross(gross: int, left: Tax) -> Tax:
    """The tax that a gross amount holds."""
    if gross > _gross(left):
        raise CreditExceedsInvoice
    amount = min(max(_share(gross, left.rate, 100 + left.rate), gross - left.base_minor), left.amount_minor)
    return replace(left, base_minor=gross - amount, amount_minor=amount)


def _share(minor: int, rate: Decimal, whole: Decimal | int) -> int:
    return divide(minor * int(rate * 1000), int(whole * 1000))


def _gross(tax: Tax) -> int:
    return tax.base_minor + tax.amount_minor


def _rate(tax: Tax) -> Decimal | None:
    return tax.rate if tax.rate or tax.name else None
