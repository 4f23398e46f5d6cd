"""A paper with lines and sums, as text: the same for the printable page and the PDF, of whatever kind it is."""

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from chassis.money import printed
from services.billing.invoices.lines import Content
from services.billing.invoices.totals import Discount, DiscountType, Line, Tax, Totals
from services.billing.replicas.models import Client

# Where a word may break that is too long for its column: 24 characters fit the narrowest.
_LONG_WORD = re.compile(r"\S{24}(?=\S)")
_BREAK = "\u200b"


def sheet_of(content: Content, totals: Totals, *, client: Client, agency: str, notes: str) -> dict[str, Any]:
    """What every paper with lines shows; its kind adds title, file_name, facts and how it stands."""
    currency = content.currency
    return {
        "agency": breakable(agency),
        "client": card_of(client),
        "lines": [
            _line(line, amount, currency) for line, amount in zip(content.lines, totals.line_amounts_minor, strict=True)
        ],
        "sums": _sums(content, totals),
        "totals": [total("Total", printed(totals.total_minor, currency))],
        "notes": [breakable(text) for text in notes.splitlines()],
        "subject": "",
        "standing": "",
        "stamp": "",
    }


def card_of(client: Client) -> list[str]:
    """Whom a paper is for."""
    return [breakable(text) for text in client.on_papers if text]


def fact(label: str, value: str, *, is_strong: bool = False) -> dict[str, Any]:
    """A word with its value at the head of a paper."""
    return {"label": label, "value": value, "is_strong": is_strong}


def total(label: str, amount: str, *, is_strong: bool = True) -> dict[str, Any]:
    """A row below the sums."""
    return {"label": label, "amount": amount, "is_strong": is_strong}


def written_day(day: date | None) -> str:
    """31 March 2026; nothing without a day."""
    return f"{day.day} {day:%B %Y}" if day else ""


def breakable(text: str) -> str:
    """The text with places in words that are too long for a column, at which they may break."""
    return _LONG_WORD.sub(lambda match: match[0] + _BREAK, text)


def _sums(content: Content, totals: Totals) -> list[dict[str, str]]:
    discount, currency = content.discount, content.currency
    taxed: Sequence[Tax] = [tax for tax in totals.taxes if tax.rate or tax.name]
    rows = []
    if discount or taxed:
        rows.append({"label": "Subtotal", "amount": printed(totals.subtotal_minor, currency)})
    if discount:
        share = f" ({_number(discount.value)} %)" if discount.type is DiscountType.PERCENT else ""
        rows.append({"label": f"Discount{share}", "amount": printed(-totals.discount_minor, currency)})
    for tax in taxed:
        label = f"{breakable(tax.name or 'Tax')} {_number(tax.rate)} %"
        within = "includes " if content.tax_inclusive else ""
        base = printed(tax.base_minor, currency)
        rows.append({"label": f"{within}{label} on {base}", "amount": printed(tax.amount_minor, currency)})
    return rows


def _line(line: Line, amount_minor: int, currency: str) -> dict[str, Any]:
    return {
        "description": breakable(line.description),
        "remark": "",
        "is_left_out": False,
        "quantity": _number(line.quantity),
        "unit_price": printed(line.unit_price_minor, currency).removesuffix(f" {currency}"),
        "discount": _reduction(line.discount, currency),
        "tax": "" if line.tax_rate is None else f"{_number(line.tax_rate)} %",
        "amount": printed(amount_minor, currency),
    }


def _reduction(discount: Discount | None, currency: str) -> str:
    if discount is None:
        return ""
    if discount.type is DiscountType.PERCENT:
        return f"less {_number(discount.value)} %"
    return f"less {printed(int(discount.value), currency)}"


def _number(number: Decimal) -> str:
    return f"{number.normalize():,f}"
