"""A payment: money that has arrived. It is never changed or taken back; a refund is another row."""

from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import BigInteger
from sqlmodel import Field

from chassis.errors import Invalid
from chassis.tables import Row

# Whoever records it may be where it is tomorrow already.
_TIME_ZONES = timedelta(days=1)


class Payment(Row, table=True):
    """Money received for an invoice, in minor units; `provider_id` names it at the provider and is unique there."""

    __tablename__ = "payments"

    invoice_id: UUID
    client_id: UUID
    checkout_id: UUID | None = None
    amount_minor: int = Field(sa_type=BigInteger)
    currency: str
    decimals: int
    method: str
    provider: str
    provider_id: str | None = None
    received_on: date
    note: str = ""


def require_past(received_on: date, today: date) -> None:
    """Raise Invalid for money that is to arrive in the future, as seen from where the agency is today."""
    if received_on > today + _TIME_ZONES:
        raise Invalid.field("receivedOn", "must not be in the future")
