"""The credit note as a paper."""

from dataclasses import replace
from typing import Any

from chassis.money import printed
from services.billing.credit_notes.amounts import restored_taxes
from services.billing.credit_notes.models import CreditNote
from services.billing.papers.sheets import fact, sheet_of, written_day
from services.billing.replicas.models import Client


def paper_of(note: CreditNote, client: Client, *, agency: str) -> dict[str, Any]:
    """Everything on the paper as text."""
    totals = replace(
        note.content.totals(),
        taxes=restored_taxes(note.taxes),
        tax_minor=note.tax_minor,
        total_minor=note.amount_minor,
    )
    return {
        **sheet_of(note.content, totals, client=client, agency=agency, notes=note.reason),
        "title": f"Credit note {note.label}",
        "file_name": note.label,
        "facts": [
            fact("Issued", written_day(note.issued_on)),
            fact("For invoice", note.invoice_label),
            fact("Credited", printed(note.amount_minor, note.currency), is_strong=True),
        ],
    }
