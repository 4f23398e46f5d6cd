"""The shapes of reports outside."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from pydantic import ConfigDict, Field

from chassis.money import Amount, to_major
from chassis.schemas import Output
from services.billing.reports.models import Age, Flow, Months, Owed, currencies_of

_SUMS = {"received": 1499.5, "refunded": 100, "income": 1399.5, "invoiced": 3000, "credited": 0}
_NOTHING = dict.fromkeys(_SUMS, 0)


class Sums(Output):
    """What moved, with taxes."""

    received: Amount = Field(description="Payments.")
    refunded: Amount = Field(description="What of payments went back.")
    income: Amount = Field(description="`received` less `refunded`.")
    invoiced: Amount = Field(description="Issued invoices, but for void ones.")
    credited: Amount = Field(description="Credit notes on those.")


class MonthSums(Sums):
    """What moved in a month."""

    month: str = Field(examples=["2026-11"])


class CurrencyIncome(Sums):
    """What moved in a currency: in all, and month by month."""

    currency: str
    months: list[MonthSums] = Field(description="Every month of the report, oldest first.")


class IncomePublic(Output):
    """What came in and was invoiced month by month, in each currency by itself."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "timeZone": "Europe/Oslo",
                "from": "2026-10-01",
                "to": "2026-11-30",
                "currencies": [
                    {
                        "currency": "EUR",
                        **_SUMS,
                        "months": [{"month": "2026-10", **_NOTHING}, {"month": "2026-11", **_SUMS}],
                    }
                ],
            }
        }
    )

    time_zone: str = Field(description="The agency's; a day begins when it begins there.")
    start: date = Field(alias="from")
    end: date = Field(alias="to")
    currencies: list[CurrencyIncome] = Field(description="Those in which something moved, by code.")


class AgeOwed(Output):
    """What is owed at one age."""

    age: Age = Field(description="Days past the due date.")
    amount: Amount
    invoices: int


class CurrencyOwed(Output):
    """What is owed in a currency: in all, what of it is overdue, and by age."""

    currency: str
    amount: Amount
    invoices: int
    overdue_amount: Amount
    overdue_invoices: int
    ages: list[AgeOwed] = Field(description="All five, youngest first.")


class OutstandingPublic(Output):
    """What open invoices still ask for, in each currency by itself."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "timeZone": "Europe/Oslo",
                "on": "2026-11-22",
                "currencies": [
                    {
                        "currency": "EUR",
                        "amount": 1200,
                        "invoices": 4,
                        "overdueAmount": 700,
                        "overdueInvoices": 2,
                        "ages": [
                            {"age": "not_due", "amount": 500, "invoices": 2},
                            {"age": "1-30", "amount": 700, "invoices": 2},
                            {"age": "31-60", "amount": 0, "invoices": 0},
                            {"age": "61-90", "amount": 0, "invoices": 0},
                            {"age": "over_90", "amount": 0, "invoices": 0},
                        ],
                    }
                ],
            }
        }
    )

    time_zone: str = Field(description="The agency's; a day begins when it begins there.")
    on: date = Field(description="Today, there.")
    currencies: list[CurrencyOwed] = Field(description="Those in which something is owed, by code.")


def income_public(flows: Sequence[Flow], months: Months, *, zone: str) -> IncomePublic:
    """The months as REST shows them; those without money as 0."""
    known = {(flow.currency, flow.month): flow for flow in flows}
    shown = []
    for currency in currencies_of(flows):
        row = [known.get((currency, at)) or Flow(currency, at, 0, 0, 0, 0) for at in range(len(months.starts))]
        by_month = [{"month": name} | _sums([flow], currency) for name, flow in zip(months.names(), row, strict=True)]
        shown.append({"currency": currency, "months": by_month} | _sums(row, currency))
    return IncomePublic.model_validate(
        {"timeZone": zone, "from": months.starts[0], "to": months.last, "currencies": shown}
    )


def _sums(flows: Sequence[Flow], currency: str) -> dict[str, Any]:
    received, refunded = sum(flow.received_minor for flow in flows), sum(flow.refunded_minor for flow in flows)
    minor = {
        "received": received,
        "refunded": refunded,
        "income": received - refunded,
        "invoiced": sum(flow.invoiced_minor for flow in flows),
        "credited": sum(flow.credited_minor for flow in flows),
    }
    return {name: to_major(amount, currency) for name, amount in minor.items()}


def outstanding_public(rows: Sequence[Owed], *, today: date, zone: str) -> OutstandingPublic:
    """What is owed as REST shows it."""
    currencies = [_owed_in(currency, rows) for currency in currencies_of(rows)]
    return OutstandingPublic.model_validate({"timeZone": zone, "on": today, "currencies": currencies})


def _owed_in(currency: str, rows: Sequence[Owed]) -> dict[str, Any]:
    known = {row.age: row for row in rows if row.currency == currency}
    ages = [known.get(age) or Owed(currency, age, 0, 0) for age in Age]
    late = [one for one in ages if one.age is not Age.NOT_DUE]
    return {
        "currency": currency,
        "amount": to_major(sum(one.due_minor for one in ages), currency),
        "invoices": sum(one.invoices for one in ages),
        "overdueAmount": to_major(sum(one.due_minor for one in late), currency),
        "overdueInvoices": sum(one.invoices for one in late),
        "ages": [
            {"age": one.age, "amount": to_major(one.due_minor, currency), "invoices": one.invoices} for one in ages
        ],
    }
