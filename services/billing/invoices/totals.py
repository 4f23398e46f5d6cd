"""The arithmetic of papers about money: lines, discounts and taxes, in integer minor units with one rounding rule."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from chassis.errors import Invalid
from chassis.money import MAX_MINOR

QUANTITY_DECIMALS = 4
RATE_DECIMALS = 3
_QUANTITY_UNIT = 10**QUANTITY_DECIMALS
_RATE_UNIT = 10**RATE_DECIMALS
_WHOLE = 100 * _RATE_UNIT


class DiscountType(StrEnum):
    """How a discount is given: as a share in percent, or as an amount of money."""

    PERCENT = "percent"
    AMOUNT = "amount"


@dataclass(frozen=True, slots=True)
class Discount:
    """A reduction; `value` is percent with up to 3 decimals, or minor units."""

    type: DiscountType
    value: Decimal

    def of(self, whole_minor: int, *, field: str) -> int:
        """The discount on an amount, in minor units; Invalid when it is more than there is."""
        if self.type is DiscountType.PERCENT:
            minor = divide(whole_minor * _scaled(self.value, _RATE_UNIT), _WHOLE)
        else:
            minor = int(self.value)
        if minor > whole_minor:
            raise Invalid.field(field, "must not be more than the amount it is taken from")
        return minor


@dataclass(frozen=True, slots=True)
class Line:
    """What is charged for; rates are percent, a missing rate is one of 0."""

    description: str
    quantity: Decimal
    unit_price_minor: int
    tax_rate: Decimal | None = None
    tax_name: str | None = None
    discount: Discount | None = None

    def amount_minor(self, *, field: str = "lines") -> int:
        """Quantity times unit price, rounded, less the line's discount, rounded."""
        gross = divide(_scaled(self.quantity, _QUANTITY_UNIT) * self.unit_price_minor, _QUANTITY_UNIT)
        if abs(gross) > MAX_MINOR:
            raise Invalid.field(field, "comes to more than can be billed")
        return gross - self.discount.of(gross, field=f"{field}.discount") if self.discount else gross


@dataclass(frozen=True, slots=True)
class Tax:
    """One rate's tax on the sum of its lines."""

    name: str | None
    rate: Decimal
    base_minor: int
    amount_minor: int


@dataclass(frozen=True, slots=True)
class Totals:
    """What a paper comes to; the bases and amounts of `taxes` add up to `total_minor`."""

    line_amounts_minor: tuple[int, ...]
    subtotal_minor: int
    discount_minor: int
    taxes: tuple[Tax, ...]
    tax_minor: int
    total_minor: int


def totals_of(lines: Sequence[Line], *, tax_inclusive: bool = False, discount: Discount | None = None) -> Totals:
    """The totals of a paper; Invalid when a discount is too large or a sum cannot be billed.

    Tax is computed once per rate on the sum of its lines (EN 16931, BR-CO-17), after the paper's discount.
    """
    amounts = tuple(line.amount_minor(field=f"lines.{index}") for index, line in enumerate(lines))
    subtotal = sum(amounts)
    if subtotal > MAX_MINOR:
        raise Invalid.field("lines", "come to more than can be billed")
    discount_minor = discount.of(subtotal, field="discount") if discount else 0
    reductions = spread(discount_minor, amounts)
    nets = [amount - reduction for amount, reduction in zip(amounts, reductions, strict=True)]
    taxes = _taxes(lines, nets, tax_inclusive=tax_inclusive)
    tax_minor = sum(tax.amount_minor for tax in taxes)
    total = sum(tax.base_minor for tax in taxes) + tax_minor
    if total > MAX_MINOR:
        raise Invalid.field("lines", "come to more than can be billed")
    return Totals(amounts, subtotal, discount_minor, taxes, tax_minor, total)


def spread(total: int, weights: Sequence[int]) -> list[int]:
    """Parts of `total` in proportion to the weights that add up exactly: largest remainders first, then the earlier."""
    whole = sum(weights)
    if total == 0 or whole == 0:
        return [0] * len(weights)
    parts = [total * weight // whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda index: (-(total * weights[index] % whole), index))
    for index in by_remainder[: total - sum(parts)]:
        parts[index] += 1
    return parts


def divide(numerator: int, denominator: int) -> int:
    """The nearest integer to the quotient, halves away from zero; exact whatever the size."""
    nearest = (2 * abs(numerator) + denominator) // (2 * denominator)
    return nearest if numerator >= 0 else -nearest


def _taxes(lines: Sequence[Line], nets: Sequence[int], *, tax_inclusive: bool) -> tuple[Tax, ...]:
    sums: dict[Decimal, int] = {}
    names: dict[Decimal, dict[str, None]] = {}
    for line, net in zip(lines, nets, strict=True):
        rate = line.tax_rate or Decimal(0)
        sums[rate] = sums.get(rate, 0) + net
        names.setdefault(rate, {}).update({line.tax_name: None} if line.tax_name else {})
    return tuple(
        _tax(" / ".join(names[rate]) or None, rate, sums[rate], tax_inclusive=tax_inclusive) for rate in sorted(sums)
    )


def _tax(name: str | None, rate: Decimal, taxed_minor: int, *, tax_inclusive: bool) -> Tax:
    share = _scaled(rate, _RATE_UNIT)
    if tax_inclusive:
        amount = divide(taxed_minor * share, _WHOLE + share)
        return Tax(name, rate, taxed_minor - amount, amount)
    return Tax(name, rate, taxed_minor, divide(taxed_minor * share, _WHOLE))


def _scaled(number: Decimal, unit: int) -> int:
    return int(number * unit)
