"""The shapes of payments outside."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import ConfigDict, Field, StringConstraints

from chassis.money import Amount, to_major
from chassis.schemas import Clean, Input, Output, Text, Timestamp
from services.billing.invoices.fields import Day, Positive
from services.billing.invoices.models import Invoice
from services.billing.payments.models import Payment
from services.billing.refunds.models import Refund
from services.billing.refunds.schemas import RefundOfPayment, refunds_of_payment

Method = Annotated[str, StringConstraints(min_length=1, max_length=50), Clean]


class PaymentCreate(Input):
    """Money that the agency has received by other means than a provider."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"amount": 500, "receivedOn": "2026-03-12", "method": "bank transfer", "note": "First half"}]
        }
    )

    amount: Positive
    received_on: Day | None = None
    method: Method = "other"
    note: Text = ""


class PaymentForClient(Output):
    """Money received for an invoice, as its client sees it."""

    id: UUID
    invoice_id: UUID
    invoice_number: str = Field(examples=["INV-0042"])
    client_id: UUID
    amount: Amount
    currency: str = Field(examples=["EUR"])
    refunded: Amount = Field(description="How much of it has gone back.")
    refunds: list[RefundOfPayment]
    method: str
    received_on: date
    created_at: Timestamp


class PaymentPublic(PaymentForClient):
    """Money received for an invoice, with what only the agency sees of it."""

    provider: str = Field(examples=["stripe"])
    provider_id: str | None
    note: str


def payment_public(payment: Payment, invoice: Invoice, refunds: Sequence[Refund] = ()) -> PaymentPublic:
    """A payment for an invoice as REST and events show it to the agency, with its refunds."""
    given_back = refunds_of_payment(refunds)
    return PaymentPublic(
        id=payment.id,
        invoice_id=payment.invoice_id,
        invoice_number=invoice.label or "",
        client_id=payment.client_id,
        amount=to_major(payment.amount_minor, payment.currency),
        currency=payment.currency,
        refunded=sum((one.amount for one in given_back), Decimal(0)),
        refunds=given_back,
        method=payment.method,
        provider=payment.provider,
        provider_id=payment.provider_id,
        received_on=payment.received_on,
        note=payment.note,
        created_at=payment.created_at,
    )


def for_client(payment: PaymentPublic) -> PaymentForClient:
    """The same without what only the agency may see."""
    return PaymentForClient.model_validate(payment.model_dump())
