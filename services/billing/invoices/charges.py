"""What is charged for, written into the columns that invoices and recurring invoices have in common."""

import json
from typing import Any, Protocol

from chassis.errors import Invalid
from chassis.money import exponent
from services.billing.invoices.lines import Content, public_form, stored_discount, stored_line

# An event carries the whole invoice, and NATS takes messages of up to 1 MB.
MAX_SHOWN_BYTES = 500_000


class Charging(Protocol):
    """A row that holds what is charged for; amounts are minor units of `currency`."""

    currency: str
    decimals: int
    lines: list[dict[str, Any]]
    tax_inclusive: bool
    discount: dict[str, Any] | None
    shown: dict[str, Any]
    subtotal_minor: int
    discount_minor: int
    tax_minor: int
    amount_minor: int


def write_charges(row: Charging, content: Content) -> None:
    """Replace what the row charges for; Invalid when it comes to nothing, or to more text than an event carries."""
    totals = content.totals()
    if totals.total_minor <= 0:
        raise Invalid.field("amount", "must come to more than 0")
    shown = public_form(content, totals)
    if len(json.dumps(shown, ensure_ascii=False).encode()) > MAX_SHOWN_BYTES:
        raise Invalid.field("lines", "hold more text than an invoice can carry")
    row.currency, row.decimals = content.currency, exponent(content.currency)
    row.lines = [stored_line(line) for line in content.lines]
    row.tax_inclusive = content.tax_inclusive
    row.discount = stored_discount(content.discount)
    row.shown = shown
    row.subtotal_minor = totals.subtotal_minor
    row.discount_minor = totals.discount_minor
    row.tax_minor = totals.tax_minor
    row.amount_minor = totals.total_minor
