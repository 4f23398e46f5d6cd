"""The two forms of an invoice's lines: minor units as they are stored, and the public form that lists pass through."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from chassis.money import json_number, to_major
from services.billing.invoices.totals import Discount, DiscountType, Line, Totals, totals_of


@dataclass(frozen=True, slots=True)
class Content:
    """What an invoice charges for, before anything is computed."""

    currency: str
    lines: tuple[Line, ...]
    tax_inclusive: bool = False
    discount: Discount | None = None

    def totals(self) -> Totals:
        """What it comes to; Invalid when that cannot be billed."""
        return totals_of(self.lines, tax_inclusive=self.tax_inclusive, discount=self.discount)


def stored_line(line: Line) -> dict[str, Any]:
    """A line as JSON without loss: integers in minor units, other numbers as text."""
    return {
        "description": line.description,
        "quantity": str(line.quantity),
        "unit_price_minor": line.unit_price_minor,
        "tax_rate": None if line.tax_rate is None else str(line.tax_rate),
        "tax_name": line.tax_name,
        "discount": stored_discount(line.discount),
    }


def restored_line(stored: dict[str, Any]) -> Line:
    """The line that `stored_line` wrote."""
    rate = stored["tax_rate"]
    return Line(
        description=stored["description"],
        quantity=Decimal(stored["quantity"]),
        unit_price_minor=stored["unit_price_minor"],
        tax_rate=None if rate is None else Decimal(rate),
        tax_name=stored["tax_name"],
        discount=restored_discount(stored["discount"]),
    )


def stored_discount(discount: Discount | None) -> dict[str, str] | None:
    """A discount as JSON without loss."""
    return {"type": discount.type.value, "value": str(discount.value)} if discount else None


def restored_discount(stored: dict[str, str] | None) -> Discount | None:
    """The discount that `stored_discount` wrote."""
    return Discount(DiscountType(stored["type"]), Decimal(stored["value"])) if stored else None


def public_form(content: Content, totals: Totals) -> dict[str, Any]:
    """`lines`, `discount` and `taxes` as REST shows them, computed once so that lists need no arithmetic."""
    currency = content.currency
    return {
        "lines": [
            _public_line(line, amount, currency)
            for line, amount in zip(content.lines, totals.line_amounts_minor, strict=True)
        ],
        "discount": _public_discount(content.discount, currency),
        "taxes": [
            {
                "name": tax.name,
                "rate": json_number(tax.rate),
                "base": _major(tax.base_minor, currency),
                "amount": _major(tax.amount_minor, currency),
            }
            for tax in totals.taxes
        ],
    }


def _public_line(line: Line, amount_minor: int, currency: str) -> dict[str, Any]:
    return {
        "description": line.description,
        "quantity": json_number(line.quantity),
        "unitPrice": _major(line.unit_price_minor, currency),
        "taxRate": None if line.tax_rate is None else json_number(line.tax_rate),
        "taxName": line.tax_name,
        "discount": _public_discount(line.discount, currency),
        "amount": _major(amount_minor, currency),
    }


def _public_discount(discount: Discount | None, currency: str) -> dict[str, Any] | None:
    if discount is None:
        return None
    is_money = discount.type is DiscountType.AMOUNT
    return {
        "type": discount.type.value,
        "value": _major(int(discount.value), currency) if is_money else json_number(discount.value),
    }


def _major(minor: int, currency: str) -> int | float:
    return json_number(to_major(minor, currency))


def as_lines(stored: Sequence[dict[str, Any]]) -> tuple[Line, ...]:
    """All lines of an invoice."""
    return tuple(restored_line(line) for line in stored)
