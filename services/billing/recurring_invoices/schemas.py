"""The shapes of recurring invoices outside: what callers send, and what they get."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Self
from uuid import UUID

from pydantic import ConfigDict, Field, model_validator

from chassis.money import Amount, Currency, to_major
from chassis.schemas import Input, Output, Patch, Text, Timestamp
from services.billing.invoices.fields import Day, DiscountInput, Lines, Positive, read_lines
from services.billing.invoices.lines import Content
from services.billing.invoices.schemas import ClientCardPublic, DiscountPublic, LinePublic, TaxPublic
from services.billing.recurring_invoices.models import RecurringInvoice, RecurringInvoicePeriod, RecurringInvoiceStatus
from services.billing.recurring_invoices.periods import Frequency
from services.billing.replicas.models import Client

# The default of what may be left out but not be null: Pydantic does not check defaults.
_UNSET: Any = None

Interval = Annotated[
    int, Field(strict=True, ge=1, le=100, description="2 with `monthly` is every other month.", examples=[1])
]
Occurrences = Annotated[int, Field(strict=True, ge=1, le=1000)]
DaysUntilDue = Annotated[int, Field(strict=True, ge=0, le=365)]


class RecurringInvoiceCreate(Input):
    """What is to be invoiced in each period: an `amount`, or `lines` instead.

    Periods are counted from `startsOn`, until `endsOn`, or so many `occurrences`, or without an end.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "clientId": "01900000-0000-7000-8000-000000000001",
                    "currency": "EUR",
                    "lines": [{"description": "Care of the website", "unitPrice": 250, "taxRate": 19}],
                    "frequency": "monthly",
                    "startsOn": "2027-01-31",
                    "daysUntilDue": 14,
                    "sendEmail": True,
                }
            ]
        }
    )

    client_id: UUID
    frequency: Frequency
    starts_on: Day
    days_until_due: DaysUntilDue = 14
    interval: Interval = 1
    ends_on: Day | None = None
    occurrences: Occurrences | None = None
    amount: Positive | None = None
    lines: Lines | None = None
    currency: Currency | None = None
    project_id: UUID | None = None
    notes: Text = ""
    tax_inclusive: bool = False
    discount: DiscountInput | None = None
    send_email: bool = False
    draft: bool = False

    @model_validator(mode="after")
    def _says_one_thing(self) -> Self:
        if (self.amount is None) == (self.lines is None):
            raise ValueError("give either amount or lines")
        return self

    def content(self, currency: str) -> Content:
        """What each invoice charges for."""
        discount = self.discount.read(currency, field="discount") if self.discount else None
        return Content(currency, read_lines(self.amount, self.lines, currency), self.tax_inclusive, discount)


class RecurringInvoiceUpdate(Patch):
    """A change of what is to come; `amount` or `lines` replaces all lines. Invoices that were issued stay."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"amount": 275, "endsOn": "2027-12-31"}]})

    client_id: UUID = _UNSET
    frequency: Frequency = _UNSET
    starts_on: Day = _UNSET
    days_until_due: DaysUntilDue = _UNSET
    interval: Interval = _UNSET
    ends_on: Day | None = None
    occurrences: Occurrences | None = None
    amount: Positive = _UNSET
    lines: Lines = _UNSET
    currency: Currency = _UNSET
    project_id: UUID | None = None
    notes: Text = _UNSET
    tax_inclusive: bool = _UNSET
    discount: DiscountInput | None = None
    send_email: bool = _UNSET
    draft: bool = _UNSET

    @model_validator(mode="after")
    def _says_one_thing(self) -> Self:
        if {"amount", "lines"} <= self.model_fields_set:
            raise ValueError("give either amount or lines")
        return self


class RecurringInvoicePublic(Output):
    """What is invoiced in each period, and when it comes next; amounts are in the currency's major unit.

    `nextOn` is a day where the agency is; null when paused or ended. When `failed`, `error` says what is to be mended.
    """

    id: UUID
    status: RecurringInvoiceStatus
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
    notes: str
    frequency: Frequency
    interval: int
    starts_on: date
    ends_on: date | None
    occurrences: int | None
    days_until_due: int
    send_email: bool
    draft: bool
    next_on: date | None
    last_invoice_id: UUID | None
    issued_count: int
    error: str | None
    failed_at: Timestamp | None
    created_at: Timestamp
    updated_at: Timestamp


class RecurringInvoiceDeleted(Output):
    """A recurring invoice that is gone; the invoices that came of it stay."""

    id: UUID
    deleted: bool = True


class RecurringInvoicePeriodPublic(Output):
    """A period and its invoice; `invoiceId` is null once a draft was thrown away."""

    id: UUID
    period_on: date
    invoice_id: UUID | None
    created_at: Timestamp


def recurring_invoice_public(recurring: RecurringInvoice, client: Client) -> RecurringInvoicePublic:
    """A recurring invoice as REST shows it."""

    def major(minor: int) -> Decimal:
        return to_major(minor, recurring.currency)

    return RecurringInvoicePublic.model_validate(
        {
            **recurring.shown,
            "id": recurring.id,
            "status": recurring.status,
            "clientId": recurring.client_id,
            "client": ClientCardPublic.model_validate(client),
            "projectId": recurring.project_id,
            "currency": recurring.currency,
            "taxInclusive": recurring.tax_inclusive,
            "subtotal": major(recurring.subtotal_minor),
            "discountTotal": major(recurring.discount_minor),
            "taxTotal": major(recurring.tax_minor),
            "amount": major(recurring.amount_minor),
            "notes": recurring.notes,
            "frequency": recurring.frequency,
            "interval": recurring.every,
            "startsOn": recurring.starts_on,
            "endsOn": recurring.ends_on,
            "occurrences": recurring.occurrences,
            "daysUntilDue": recurring.days_until_due,
            "sendEmail": recurring.send_email,
            "draft": recurring.draft,
            "nextOn": recurring.next_on,
            "lastInvoiceId": recurring.last_invoice_id,
            "issuedCount": recurring.issued_count,
            "error": recurring.error,
            "failedAt": recurring.failed_at,
            "createdAt": recurring.created_at,
            "updatedAt": recurring.updated_at,
        }
    )


def period_public(period: RecurringInvoicePeriod) -> RecurringInvoicePeriodPublic:
    """A period as REST shows it."""
    return RecurringInvoicePeriodPublic.model_validate(period)
