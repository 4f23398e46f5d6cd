"""The shapes of credit notes outside: what callers send, what they get, and what events carry."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Self
from uuid import UUID

from pydantic import AfterValidator, ConfigDict, Field, WithJsonSchema, model_validator

from chassis.money import Amount, Number, to_major
from chassis.schemas import Input, Output, Text, Timestamp
from services.billing.credit_notes.models import CreditNote
from services.billing.invoices.fields import (
    MAX_LINES,
    MAX_QUANTITY,
    LineInput,
    Positive,
)
from services.billing.invoices.schemas import (
    ClientCardPublic,
    DiscountPublic,
    LinePublic,
    TaxPublic,
)
from services.billing.invoices.totals import QUANTITY_DECIMALS
from services.billing.replicas.models import Client


def _something(quantity: Decimal) -> Decimal:
    if not quantity:
        raise ValueError("must not be 0")
    return quantity


SignedQuantity = Annotated[
    Number,
    Field(ge=-MAX_QUANTITY, le=MAX_QUANTITY, decimal_places=QUANTITY_DECIMALS),
    AfterValidator(_something),
    WithJsonSchema({"type": "number", "minimum": -MAX_QUANTITY, "maximum": MAX_QUANTITY}),
]


class CreditLineInput(LineInput):
    """One line that is credited, of positive quantity and price; a negative quantity takes from what is credited."""

    quantity: SignedQuantity = Decimal(1)


CreditLines = Annotated[list[CreditLineInput], Field(min_length=1, max_length=MAX_LINES)]


class CreditNoteCreate(Input):
    """What to credit: `lines`, or an `amount` with its tax, or, with neither, all that is left of the invoice."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"lines": [{"description": "Photos that were not taken", "quantity": 2, "unitPrice": 450}]},
                {"amount": 119, "reason": "Late delivery", "sendEmail": True},
            ]
        }
    )

    lines: CreditLines | None = None
    amount: Positive | None = None
    reason: Annotated[Text, Field(description="Stands on the credit note, so its client reads it.")] = ""
    send_email: bool = False

    @model_validator(mode="after")
    def _says_one_thing(self) -> Self:
        if self.amount is not None and self.lines is not None:
            raise ValueError("give either amount or lines, or neither to credit all that is left")
        return self


class CreditNotePublic(Output):
    """A credit note; amounts are positive, in the currency's major unit, and reduce what its invoice asks for."""

    id: UUID
    number: str = Field(examples=["CN-0042"])
    invoice_id: UUID
    invoice_number: str = Field(examples=["INV-0042"])
    client_id: UUID
    client: ClientCardPublic
    project_id: UUID | None
    currency: str = Field(examples=["EUR"])
    lines: list[LinePublic]
    tax_inclusive: bool
    discount: DiscountPublic | None
    subtotal: Amount
    discount_total: Amount
    taxes: list[TaxPublic]
    tax_total: Amount
    amount: Amount
    reason: str
    issue_date: date
    created_at: Timestamp


def credit_note_public(note: CreditNote, client: Client) -> CreditNotePublic:
    """A credit note as REST and events show it, to both sides alike."""

    def shown(minor: int) -> Decimal:
        return to_major(minor, note.currency)

    return CreditNotePublic.model_validate(
        {
            **note.shown,
            "id": note.id,
            "number": note.label,
            "invoiceId": note.invoice_id,
            "invoiceNumber": note.invoice_label,
            "clientId": note.client_id,
            "client": ClientCardPublic.model_validate(client),
            "projectId": note.project_id,
            "currency": note.currency,
            "taxInclusive": note.tax_inclusive,
            "subtotal": shown(note.subtotal_minor),
            "discountTotal": shown(note.discount_minor),
            "taxTotal": shown(note.tax_minor),
            "amount": shown(note.amount_minor),
            "reason": note.reason,
            "issueDate": note.issued_on,
            "createdAt": note.created_at,
        }
    )
