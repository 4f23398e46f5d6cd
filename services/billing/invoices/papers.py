"""The invoice as a paper: what stands on it besides its lines and sums."""

from datetime import datetime
from typing import Any

from chassis.money import printed
from services.billing.invoices.models import Invoice, InvoiceStatus
from services.billing.papers.sheets import fact, sheet_of, total, written_day
from services.billing.replicas.models import Client

_STANDING = {
    InvoiceStatus.DRAFT: "Draft",
    InvoiceStatus.PAID: "Paid",
    InvoiceStatus.VOID: "Void",
    InvoiceStatus.PARTIALLY_PAID: "Partly paid",
}


def paper_of(invoice: Invoice, client: Client, *, agency: str, now: datetime) -> dict[str, Any]:
    """Everything on the paper as text; amounts carry their currency and all its decimals."""
    content = invoice.content
    sheet = sheet_of(content, content.totals(), client=client, agency=agency, notes=invoice.notes)
    due = printed(invoice.due_minor, invoice.currency)
    return {
        **sheet,
        "title": f"Invoice {invoice.label or 'draft'}",
        "file_name": invoice.label or f"draft-{invoice.id}",
        "standing": "Overdue" if invoice.is_overdue(now) else _standing(invoice),
        "facts": [
            *([fact("Issued", written_day(invoice.issued_on))] if invoice.issued_on else []),
            fact("Due", written_day(invoice.due_on)),
            *_deposit(invoice),
            fact("Amount due", due, is_strong=True),
        ],
        "totals": [*sheet["totals"], *_settled(invoice, due)],
        "stamp": "VOID" if invoice.status is InvoiceStatus.VOID and not _is_credited(invoice) else "",
    }


def _deposit(invoice: Invoice) -> list[dict[str, Any]]:
    """What is asked for first, while it is."""
    minor = invoice.payable.deposit_due_minor
    if not minor:
        return []
    return [fact(f"Deposit due {written_day(invoice.deposit_on)}", printed(minor, invoice.currency))]


def _settled(invoice: Invoice, due: str) -> list[dict[str, Any]]:
    """What was credited and paid, and what that leaves; nothing where there was neither."""
    rows = [
        total(label, printed(minor, invoice.currency), is_strong=False)
        for label, minor in (("Credited", invoice.credited_minor), ("Paid", invoice.paid_minor))
        if minor
    ]
    return [*rows, total("Amount due", due)] if rows else []


def _standing(invoice: Invoice) -> str:
    return "Credited" if _is_credited(invoice) else _STANDING.get(invoice.status, "")


def _is_credited(invoice: Invoice) -> bool:
    """Whether credit notes have taken all of it back."""
    return invoice.credited_minor == invoice.amount_minor
