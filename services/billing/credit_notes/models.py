"""The credit note: a paper that is issued once and never changed."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, BigInteger
from sqlmodel import Field

from chassis.tables import Row, json_column
from services.billing.credit_notes.amounts import Credit, stored_taxes
from services.billing.invoices.lines import (
    Content,
    as_lines,
    public_form,
    restored_discount,
    stored_discount,
    stored_line,
)
from services.billing.invoices.models import Invoice


def _minor() -> Any:
    return Field(default=0, sa_type=BigInteger)


class CreditNote(Row, table=True):
    """What is taken back of an invoice; amounts are minor units of `currency`, and positive.

    `lines`, `discount` and `taxes` are the record: taxes are kept, because the last note of an invoice takes what the
    rounding of the others has left. `shown` is their public form.
    """

    __tablename__ = "credit_notes"

    number: int
    invoice_id: UUID
    invoice_number: int
    client_id: UUID
    project_id: UUID | None = None
    currency: str
    decimals: int
    lines: list[dict[str, Any]] = json_column(list)
    tax_inclusive: bool
    discount: dict[str, Any] | None = json_column(lambda: None)
    taxes: list[dict[str, Any]] = json_column(list)
    shown: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    subtotal_minor: int = _minor()
    discount_minor: int = _minor()
    tax_minor: int = _minor()
    amount_minor: int = _minor()
    reason: str = ""
    issued_on: date

    @property
    def content(self) -> Content:
        """What it credits."""
        return Content(self.currency, as_lines(self.lines), self.tax_inclusive, restored_discount(self.discount))

    @property
    def label(self) -> str:
        """The number as people read it: CN-0042."""
        return f"CN-{self.number:04d}"

    @property
    def invoice_label(self) -> str:
        """The number of the invoice that it credits."""
        return f"INV-{self.invoice_number:04d}"


def issue(invoice: Invoice, credit: Credit, *, number: int, reason: str, today: date, now: datetime) -> CreditNote:
    """The credit note of an issued invoice under its number; the invoice itself has been credited by the caller."""
    assert invoice.number, "only what is issued is credited"
    content, totals = credit.content, credit.totals
    return CreditNote(
        agency_id=invoice.agency_id,
        number=number,
        invoice_id=invoice.id,
        invoice_number=invoice.number,
        client_id=invoice.client_id,
        project_id=invoice.project_id,
        currency=invoice.currency,
        decimals=invoice.decimals,
        lines=[stored_line(line) for line in content.lines],
        tax_inclusive=content.tax_inclusive,
        discount=stored_discount(content.discount),
        taxes=stored_taxes(totals.taxes),
        shown=public_form(content, totals),
        subtotal_minor=totals.subtotal_minor,
        discount_minor=totals.discount_minor,
        tax_minor=totals.tax_minor,
        amount_minor=totals.total_minor,
        reason=reason,
        issued_on=today,
        created_at=now,
        updated_at=now,
    )
