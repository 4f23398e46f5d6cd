"""The shapes of invoices outside: what callers send, what they get, and what events carry."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Self
from uuid import UUID

from pydantic import (
    AfterValidator,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    WithJsonSchema,
    model_validator,
)

from chassis.money import Amount, Currency, Number, to_major, to_minor
from chassis.schemas import Clean, Input, Output, Patch, Text, Timestamp
from services.billing.invoices.lines import Content
from services.billing.invoices.models import Invoice, InvoiceStatus
from services.billing.invoices.totals import (
    QUANTITY_DECIMALS,
    RATE_DECIMALS,
    Discount,
    DiscountType,
    Line,
)
from services.billing.replicas.models import Client

MAX_LINES = 1000
MAX_QUANTITY = 10**9
EARLIEST, LATEST = date(1970, 1, 1), date(2200, 12, 31)
# The default of what may be left out but not be null: Pydantic does not check defaults.
_UNSET: Any = None
# What the line of an invoice says that was made from a bare amount.
SERVICES = "Services"


def _written_day(value: Any) -> Any:
    # Pydantic would read numbers as seconds since 1970.
    if not isinstance(value, (str, date)):
        raise ValueError("must be a date such as 2026-03-31")
    return value


def _sensible_day(day: date) -> date:
    if not EARLIEST <= day <= LATEST:
        raise ValueError(f"must be between {EARLIEST} and {LATEST}")
    return day


Day = Annotated[
    date,
    BeforeValidator(_written_day),
    AfterValidator(_sensible_day),
    WithJsonSchema({"type": "string", "format": "date", "examples": ["2026-03-31"]}),
]
Label = Annotated[str, StringConstraints(min_length=1, max_length=100), Clean]
Description = Annotated[str, StringConstraints(min_length=1, max_length=1000), Clean]
Positive = Annotated[Number, Field(gt=0), WithJsonSchema({"type": "number", "exclusiveMinimum": 0})]
NotNegative = Annotated[Number, Field(ge=0), WithJsonSchema({"type": "number", "minimum": 0})]
Quantity = Annotated[
    Number,
    Field(gt=0, le=MAX_QUANTITY, decimal_places=QUANTITY_DECIMALS),
    WithJsonSchema({"type": "number", "exclusiveMinimum": 0, "maximum": MAX_QUANTITY}),
]
Rate = Annotated[
    Number,
    Field(ge=0, le=100, decimal_places=RATE_DECIMALS),
    WithJsonSchema({"type": "number", "minimum": 0, "maximum": 100}),
]


class DiscountInput(Input):
    """A reduction: a share in percent (up to 3 decimals) or an amount of money."""

    type: DiscountType
    value: NotNegative

    def read(self, currency: str, *, field: str) -> Discount:
        """As the arithmetic takes it."""
        if self.type is DiscountType.AMOUNT:
            return Discount(self.type, Decimal(to_minor(self.value, currency, field=f"{field}.value")))
        return Discount(self.type, self.value)

    @model_validator(mode="after")
    def _is_a_share(self) -> Self:
        if self.type is DiscountType.PERCENT and (self.value > 100 or -_exponent(self.value) > RATE_DECIMALS):
            raise ValueError(f"a discount in percent is 0 to 100 with up to {RATE_DECIMALS} decimals")
        return self


class LineInput(Input):
    """One line; amounts are in the currency's major unit, rates in percent."""

    description: Description
    quantity: Quantity = Decimal(1)
    unit_price: NotNegative
    tax_rate: Rate | None = None
    tax_name: Label | None = None
    discount: DiscountInput | None = None

    def read(self, currency: str, *, field: str) -> Line:
        """As the arithmetic takes it."""
        return Line(
            description=self.description,
            quantity=self.quantity,
            unit_price_minor=to_minor(self.unit_price, currency, field=f"{field}.unitPrice"),
            tax_rate=self.tax_rate,
            tax_name=self.tax_name,
            discount=self.discount.read(currency, field=f"{field}.discount") if self.discount else None,
        )


Lines = Annotated[list[LineInput], Field(min_length=1, max_length=MAX_LINES)]


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


def read_lines(amount: Decimal | None, lines: list[LineInput] | None, currency: str) -> tuple[Line, ...]:
    """The lines of a body, or the one line that a bare amount stands for."""
    if lines is None:
        return (Line(SERVICES, Decimal(1), to_minor(amount or Decimal(0), currency)),)
    return tuple(line.read(currency, field=f"lines.{index}") for index, line in enumerate(lines))


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


def _exponent(number: Decimal) -> int:
    return int(number.normalize().as_tuple().exponent)
