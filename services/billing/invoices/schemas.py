"""The shapes of invoices outside: what callers send, what they get, and what events carry."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any, Self
from uuid import UUID

from pydantic import ConfigDict, Field, model_validator

from chassis.money import Amount, Currency, to_major
from chassis.schemas import Input, Output, Patch, Text, Timestamp
from services.billing.invoices.fields import (
    Day,
    DepositInput,
    DiscountInput,
    Lines,
    MinimumPayment,
    Positive,
    least_of,
    read_lines,
)
from services.billing.invoices.lines import Content
from services.billing.invoices.models import Invoice, InvoiceStatus
from services.billing.invoices.terms import Terms
from services.billing.invoices.totals import DiscountType
from services.billing.replicas.models import Client

# The default of what may be left out but not be null: Pydantic does not check defaults.
_UNSET: Any = None


class InvoiceCreate(Input):
    """A new invoice: an `amount`, or `lines` instead; issued at once unless `draft`."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "amount": 1499.5,
                    "currency": "EUR",
                    "dueDate": "2026-03-31",
                    "clientId": "01900000-0000-7000-8000-000000000001",
                    "sendEmail": True,
                }
            ]
        }
    )

    client_id: UUID
    due_date: Day
    amount: Positive | None = None
    lines: Lines | None = None
    currency: Currency | None = None
    send_email: bool = False
    draft: bool = False
    project_id: UUID | None = None
    notes: Text = ""
    issue_date: Day | None = None
    tax_inclusive: bool = False
    discount: DiscountInput | None = None
    deposit: DepositInput | None = None
    allow_partial_payments: bool = False
    minimum_payment: MinimumPayment | None = None

    @model_validator(mode="after")
    def _says_one_thing(self) -> Self:
        if (self.amount is None) == (self.lines is None):
            raise ValueError("give either amount or lines")
        if self.draft and self.send_email:
            raise ValueError("a draft is not mailed: leave out sendEmail, and send the invoice when it is ready")
        return self

    def content(self, currency: str) -> Content:
        """What it charges for."""
        discount = self.discount.read(currency, field="discount") if self.discount else None
        return Content(currency, read_lines(self.amount, self.lines, currency), self.tax_inclusive, discount)

    def terms(self, currency: str) -> Terms:
        """How it may be paid."""
        deposit = self.deposit.read(currency) if self.deposit else None
        return Terms(deposit, self.allow_partial_payments, least_of(self.minimum_payment, currency))


class InvoiceUpdate(Patch):
    """A change of a draft; `amount` or `lines` replaces all lines."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"dueDate": "2026-04-15", "notes": "Thank you."}]})

    client_id: UUID = _UNSET
    due_date: Day = _UNSET
    amount: Positive = _UNSET
    lines: Lines = _UNSET
    currency: Currency = _UNSET
    project_id: UUID | None = None
    notes: Text = _UNSET
    issue_date: Day | None = None
    tax_inclusive: bool = _UNSET
    discount: DiscountInput | None = None
    deposit: DepositInput | None = None
    allow_partial_payments: bool = _UNSET
    minimum_payment: MinimumPayment | None = None

    @model_validator(mode="after")
    def _says_one_thing(self) -> Self:
        if {"amount", "lines"} <= self.model_fields_set:
            raise ValueError("give either amount or lines")
        return self


class InvoiceSend(Input):
    """How an invoice is sent."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"sendEmail": True}]})

    send_email: bool = True


class InvoiceView(Input):
    """What a client may send along when it has opened an invoice."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"token": "the portal token, if not sent otherwise"}]})

    token: str | None = None


class DiscountPublic(Output):
    """A reduction."""

    type: DiscountType
    value: Amount


class DepositPublic(DiscountPublic):
    """What is asked for first, and when."""

    due_date: date


class LinePublic(Output):
    """One line and what it comes to."""

    description: str
    quantity: Amount
    unit_price: Amount
    tax_rate: Amount | None
    tax_name: str | None
    discount: DiscountPublic | None
    amount: Amount


class TaxPublic(Output):
    """One rate's tax; the bases and amounts of all rates add up to the invoice's `amount`."""

    name: str | None
    rate: Amount
    base: Amount
    amount: Amount


class ClientCardPublic(Output):
    """The client whom the invoice is for."""

    id: UUID
    name: str
    email: str | None
    company: str | None


class InvoiceForClient(Output):
    """An issued invoice as its client sees it; amounts are in the currency's major unit."""

    id: UUID
    number: str | None = Field(examples=["INV-0042"])
    status: InvoiceStatus
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
    amount_credited: Amount
    amount_paid: Amount
    amount_due: Amount
    amount_overpaid: Amount
    deposit: DepositPublic | None
    deposit_amount: Amount
    deposit_due: Amount
    allow_partial_payments: bool
    minimum_payment: Amount | None
    issue_date: date | None
    due_date: date
    overdue: bool
    notes: str
    payment_url: str | None
    sent_at: Timestamp | None
    paid_at: Timestamp | None
    created_at: Timestamp
    updated_at: Timestamp


class InvoicePublic(InvoiceForClient):
    """An invoice as the agency sees it: drafts too, and when the client first opened it."""

    viewed_at: Timestamp | None


class InvoiceDeleted(Output):
    """A draft that is gone."""

    id: UUID
    deleted: bool = True


def invoice_public(invoice: Invoice, client: Client, *, origin: str, now: datetime) -> InvoicePublic:
    """An invoice as REST and events show it to the agency."""

    def major(minor: int) -> Decimal:
        return to_major(minor, invoice.currency)

    return InvoicePublic.model_validate(
        {
            **invoice.shown,
            "id": invoice.id,
            "number": invoice.label,
            "status": invoice.status,
            "clientId": invoice.client_id,
            "client": ClientCardPublic.model_validate(client),
            "projectId": invoice.project_id,
            "currency": invoice.currency,
            "taxInclusive": invoice.tax_inclusive,
            "subtotal": major(invoice.subtotal_minor),
            "discountTotal": major(invoice.discount_minor),
            "taxTotal": major(invoice.tax_minor),
            "amount": major(invoice.amount_minor),
            "amountCredited": major(invoice.credited_minor),
            "amountPaid": major(invoice.paid_minor),
            "amountDue": major(invoice.due_minor),
            "amountOverpaid": major(invoice.overpaid_minor),
            "deposit": invoice.shown.get("deposit"),
            "depositAmount": major(invoice.deposit_minor),
            "depositDue": major(invoice.payable.deposit_due_minor),
            "allowPartialPayments": invoice.in_parts,
            "minimumPayment": major(invoice.least_minor) if invoice.least_minor else None,
            "issueDate": invoice.issued_on,
            "dueDate": invoice.due_on,
            "overdue": invoice.is_overdue(now),
            "notes": invoice.notes,
            "paymentUrl": payment_url(invoice, origin),
            "sentAt": invoice.sent_at,
            "viewedAt": invoice.viewed_at,
            "paidAt": invoice.paid_at,
            "createdAt": invoice.created_at,
            "updatedAt": invoice.updated_at,
        }
    )


def for_client(invoice: InvoicePublic) -> InvoiceForClient:
    """The same without what only the agency may see."""
    return InvoiceForClient.model_validate(invoice.model_dump())


def payment_url(invoice: Invoice, origin: str) -> str | None:
    """The page on which an issued invoice is paid."""
    if invoice.status is InvoiceStatus.DRAFT:
        return None
    return f"{origin}/pay/{invoice.id}?k={invoice.pay_key}"
