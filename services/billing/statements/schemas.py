"""The shapes of statements outside."""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

from pydantic import ConfigDict, Field

from chassis.money import Amount, to_major
from chassis.schemas import Output
from services.billing.invoices.schemas import ClientCardPublic
from services.billing.replicas.models import Client
from services.billing.statements.models import Account

_ID = "01900000-0000-7000-8000-00000000000"


class EntryKind(StrEnum):
    """What moved the balance."""

    INVOICE = "invoice"
    CREDIT_NOTE = "credit_note"
    VOID = "void"
    PAYMENT = "payment"
    REFUND = "refund"


class EntryPublic(Output):
    """One entry: `amount` is what it moves the balance by, less than 0 for what reduces it; `balance` is after it."""

    kind: EntryKind
    id: UUID
    number: str = Field(description="Its own number, or that of its invoice.", examples=["INV-0042"])
    invoice_id: UUID
    invoice_number: str = Field(examples=["INV-0042"])
    date: date
    method: str | None = Field(description="How a payment was made.")
    amount: Amount
    balance: Amount


class StatementPublic(Output):
    """A client's account in one currency; a balance above 0 is owed, one below 0 is the client's credit."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "clientId": f"{_ID}1",
                "client": {"id": f"{_ID}1", "name": "Ada Lovelace", "email": "ada@client.example", "company": None},
                "currency": "EUR",
                "currencies": ["EUR", "USD"],
                "from": "2026-11-01",
                "to": "2026-11-30",
                "opening": 200,
                "entries": [
                    {
                        "kind": "payment",
                        "id": f"{_ID}2",
                        "number": "INV-0042",
                        "invoiceId": f"{_ID}3",
                        "invoiceNumber": "INV-0042",
                        "date": "2026-11-06",
                        "method": "card",
                        "amount": -150,
                        "balance": 50,
                    }
                ],
                "closing": 50,
            }
        }
    )

    client_id: UUID
    client: ClientCardPublic
    currency: str
    currencies: list[str] = Field(description="All currencies in which the client was invoiced.")
    start: date | None = Field(alias="from", description="The first day; null for everything from the beginning.")
    end: date = Field(alias="to")
    opening: Amount
    entries: list[EntryPublic]
    closing: Amount


def statement_public(
    account: Account, client: Client, *, currency: str, start: date | None, end: date
) -> StatementPublic:
    """A statement as REST shows it."""

    def major(minor: int) -> Decimal:
        return to_major(minor, currency)

    return StatementPublic.model_validate(
        {
            "clientId": client.id,
            "client": ClientCardPublic.model_validate(client),
            "currency": currency,
            "currencies": account.currencies,
            "from": start,
            "to": end,
            "opening": major(account.opening_minor),
            "entries": [
                {
                    **{name: entry[name] for name in ("kind", "id", "method")},
                    "number": _number(entry),
                    "invoiceId": entry["invoice_id"],
                    "invoiceNumber": f"INV-{entry['invoice_number']:04d}",
                    "date": entry["day"],
                    "amount": major(entry["minor"]),
                    "balance": major(entry["balance"]),
                }
                for entry in account.entries
            ],
            "closing": major(account.closing_minor),
        }
    )


def _number(entry: dict[str, Any]) -> str:
    return f"CN-{entry['number']:04d}" if entry["number"] else f"INV-{entry['invoice_number']:04d}"
