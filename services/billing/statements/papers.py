"""The statement as a paper."""

from datetime import date
from decimal import Decimal
from typing import Any

from chassis.money import printed, to_minor
from services.billing.papers.sheets import breakable, card_of, fact, written_day
from services.billing.replicas.models import Client
from services.billing.statements.schemas import EntryKind, EntryPublic, StatementPublic


def paper_of(statement: StatementPublic, client: Client, *, agency: str) -> dict[str, Any]:
    """Everything on the paper as text; amounts carry their currency and all its decimals."""
    currency = statement.currency
    period = f"{_first(statement.start)}{written_day(statement.end)}"
    return {
        "agency": breakable(agency),
        "title": "Statement of account",
        "file_name": f"statement-{statement.end.isoformat()}-{currency}",
        "standing": "",
        "client": card_of(client),
        "facts": [
            fact("Period", period),
            fact("Opening balance", _money(statement.opening, currency)),
            fact("Closing balance", _money(statement.closing, currency), is_strong=True),
        ],
        "entries": [
            {
                "day": written_day(entry.date),
                "what": _what(entry),
                "amount": _money(entry.amount, currency),
                "balance": _money(entry.balance, currency),
            }
            for entry in statement.entries
        ],
    }


def _what(entry: EntryPublic) -> str:
    match entry.kind:
        case EntryKind.INVOICE:
            return f"Invoice {entry.number}"
        case EntryKind.CREDIT_NOTE:
            return f"Credit note {entry.number} for invoice {entry.invoice_number}"
        case EntryKind.VOID:
            return f"Invoice {entry.number} voided"
        case EntryKind.PAYMENT:
            method = "" if entry.method in (None, "other") else f", {breakable(str(entry.method))}"
            return f"Payment for invoice {entry.invoice_number}{method}"
        case EntryKind.REFUND:
            return f"Refund for invoice {entry.invoice_number}"


def _first(start: date | None) -> str:
    return f"{written_day(start)} to " if start else "Through "


def _money(amount: Decimal, currency: str) -> str:
    return printed(to_minor(amount, currency), currency)
