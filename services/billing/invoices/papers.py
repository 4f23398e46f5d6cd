"""The invoice as a paper: what stands on it, as text, for the printable page and the PDF alike."""

import re
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from chassis.money import printed
from chassis.typesetting import Typesetter
from services.billing.invoices.models import Invoice, InvoiceStatus
from services.billing.invoices.totals import Discount, DiscountType, Line
from services.billing.replicas.models import Client
from services.billing.web import render

TEMPLATES = Path(__file__).parent / "templates"
# Where a word may break that is too long for its column: 24 characters fit the narrowest.
_LONG_WORD = re.compile(r"\S{24}(?=\S)")
_BREAK = "\u200b"
_STANDING = {
    InvoiceStatus.DRAFT: "Draft",
    InvoiceStatus.PAID: "Paid",
    InvoiceStatus.VOID: "Void",
    InvoiceStatus.PARTIALLY_PAID: "Partly paid",
}


def paper_of(invoice: Invoice, client: Client, *, agency: str, now: datetime) -> dict[str, Any]:
    """Everything on the paper as text; amounts carry their currency and all its decimals."""
    content = invoice.content
    totals = content.totals()
    currency = invoice.currency
    return {
        "agency": _breakable(agency),
        "number": invoice.label or "draft",
        "file_name": invoice.label or f"draft-{invoice.id}",
        "standing": "Overdue" if invoice.is_overdue(now) else _STANDING.get(invoice.status, ""),
        "issued": _day(invoice.issued_on),
        "due": _day(invoice.due_on),
        "client": [_breakable(text) for text in (client.name, client.company, client.email) if text],
        "lines": [
            _line(line, amount, currency) for line, amount in zip(content.lines, totals.line_amounts_minor, strict=True)
        ],
        "sums": _sums(invoice, content.discount, totals.taxes, currency),
        "total": printed(invoice.amount_minor, currency),
        "paid": printed(invoice.paid_minor, currency) if invoice.paid_minor else "",
        "amount_due": printed(invoice.due_minor, currency),
        "is_void": invoice.status is InvoiceStatus.VOID,
        "notes": [_breakable(text) for text in invoice.notes.splitlines()],
    }


def page(paper: dict[str, Any]) -> str:
    """The printable HTML page."""
    return render("invoice.html", paper)


async def pdf(typesetter: Typesetter, paper: dict[str, Any]) -> bytes:
    """The PDF; raises Unavailable when it takes too long."""
    return await typesetter.pdf(TEMPLATES, "invoice.typ", paper)


def _sums(invoice: Invoice, discount: Discount | None, taxes: Any, currency: str) -> list[dict[str, str]]:
    taxed = [tax for tax in taxes if tax.rate or tax.name]
    rows = []
    if discount or taxed:
        rows.append({"label": "Subtotal", "amount": printed(invoice.subtotal_minor, currency)})
    if discount:
        share = f" ({_number(discount.value)} %)" if discount.type is DiscountType.PERCENT else ""
        rows.append({"label": f"Discount{share}", "amount": printed(-invoice.discount_minor, currency)})
    for tax in taxed:
        label = f"{_breakable(tax.name or 'Tax')} {_number(tax.rate)} %"
        within = "includes " if invoice.tax_inclusive else ""
        base = printed(tax.base_minor, currency)
        rows.append({"label": f"{within}{label} on {base}", "amount": printed(tax.amount_minor, currency)})
    return rows


def _line(line: Line, amount_minor: int, currency: str) -> dict[str, str]:
    return {
        "description": _breakable(line.description),
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


def _day(day: date | None) -> str:
    return f"{day.day} {day:%B %Y}" if day else ""


def _breakable(text: str) -> str:
    return _LONG_WORD.sub(lambda match: match[0] + _BREAK, text)
