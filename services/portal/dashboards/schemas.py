"""Figures and scopes in the magic-link API's shapes, in which nothing is ever null."""

from decimal import Decimal

from pydantic import ConfigDict, Field

from chassis.money import Amount
from chassis.schemas import Output


class CurrencyStats(Output):
    """What the client owes in one currency."""

    currency: str = Field(description="ISO 4217 code.")
    total_outstanding: Amount
    unpaid_invoices: int


class DashboardStats(Output):
    """A client's figures; those of parts that the agency has switched off are 0."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "currency": "EUR",
                "openOrders": 2,
                "pendingEstimates": 1,
                "totalOutstanding": 1499.5,
                "unpaidInvoices": 3,
                "byCurrency": [
                    {"currency": "EUR", "totalOutstanding": 1499.5, "unpaidInvoices": 3},
                    {"currency": "JPY", "totalOutstanding": 120000, "unpaidInvoices": 1},
                ],
            }
        }
    )

    currency: str = Field(description="The agency's currency (ISO 4217), which the two figures of money are in.")
    open_orders: int = Field(description="Active projects.")
    pending_estimates: int = Field(description="Quotes that wait for the client's answer.")
    total_outstanding: Amount = Field(default=Decimal(0), description="What is due in `currency`.")
    unpaid_invoices: int = Field(default=0, description="Invoices in `currency` of which something is due.")
    by_currency: list[CurrencyStats] = Field(
        default=[], description="The same for every currency of which something is due; they are never added together."
    )


class PortalScopes(Output):
    """Which sections there are."""

    model_config = ConfigDict(json_schema_extra={"example": {"configurator": False, "finance": True, "support": True}})

    configurator: bool = Field(description="Intake forms.")
    finance: bool = Field(description="Invoices or proposals.")
    support: bool = Field(description="Messages.")
