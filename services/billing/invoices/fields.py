"""What bodies about money are made of: days, amounts, rates, discounts, deposits and lines."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Self

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints, WithJsonSchema, model_validator

from chassis.money import Number, to_minor
from chassis.schemas import Clean, Input
from services.billing.invoices.terms import Deposit
from services.billing.invoices.totals import QUANTITY_DECIMALS, RATE_DECIMALS, Discount, DiscountType, Line

MAX_LINES = 1000
MAX_QUANTITY = 10**9
EARLIEST, LATEST = date(1970, 1, 1), date(2200, 12, 31)
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


MinimumPayment = Annotated[
    Positive, Field(description="The least that may be paid at a time, besides the rest; needs allowPartialPayments.")
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


class DepositInput(Input):
    """What is asked for first: a share in percent or an amount; due with the invoice unless it has its own day."""

    type: DiscountType
    value: Positive
    due_date: Day | None = None

    def read(self, currency: str) -> Deposit:
        """As the invoice takes it."""
        if self.type is DiscountType.PERCENT:
            share = DiscountInput(type=self.type, value=self.value).read(currency, field="deposit")
        else:
            share = Discount(self.type, Decimal(to_minor(self.value, currency, field="deposit.value")))
        return Deposit(share, self.due_date)

    @model_validator(mode="after")
    def _is_a_share(self) -> Self:
        if self.type is DiscountType.PERCENT and (self.value > 100 or -_exponent(self.value) > RATE_DECIMALS):
            raise ValueError(f"a deposit in percent is up to 100 with up to {RATE_DECIMALS} decimals")
        return self


Lines = Annotated[list[LineInput], Field(min_length=1, max_length=MAX_LINES)]


def least_of(minimum: Decimal | None, currency: str) -> int:
    """The least payment in minor units, 0 without one."""
    return to_minor(minimum, currency, field="minimumPayment") if minimum else 0


def read_lines(amount: Decimal | None, lines: list[LineInput] | None, currency: str) -> tuple[Line, ...]:
    """The lines of a body, or the one line that a bare amount stands for."""
    if lines is None:
        return (Line(SERVICES, Decimal(1), to_minor(amount or Decimal(0), currency)),)
    return tuple(line.read(currency, field=f"lines.{index}") for index, line in enumerate(lines))


def _exponent(number: Decimal) -> int:
    return int(number.normalize().as_tuple().exponent)
