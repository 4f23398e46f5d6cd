"""A dispute: a payment that the payer's bank asks back. The agency answers it at the provider; here it is recorded."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger
from sqlmodel import Field

from chassis.tables import Row, enum_column, timestamp
from services.billing.providers.protocol import ProviderName
from services.billing.providers.reversals import DisputeReport, DisputeState

OPEN = frozenset({DisputeState.NEEDS_RESPONSE, DisputeState.UNDER_REVIEW})


class Dispute(Row, table=True):
    """What is asked back, in minor units of the dispute's own currency; `respond_by` is when evidence must be there."""

    __tablename__ = "disputes"

    payment_id: UUID
    invoice_id: UUID
    client_id: UUID
    amount_minor: int = Field(sa_type=BigInteger)
    currency: str
    decimals: int
    provider: ProviderName = enum_column(ProviderName)
    provider_id: str
    status: DisputeState = enum_column(DisputeState)
    reason: str = ""
    respond_by: datetime | None = timestamp()
    closed_at: datetime | None = timestamp()

    @property
    def is_open(self) -> bool:
        """Whether it is still undecided."""
        return self.status in OPEN

    def follow(self, report: DisputeReport, now: datetime) -> bool:
        """Stand as the provider says; True when that is news. An appeal opens a lost one again."""
        if (self.status, self.respond_by) == (report.state, report.respond_by):
            return False
        self.status, self.respond_by = report.state, report.respond_by
        self.closed_at = None if self.is_open else now
        self.updated_at = now
        return True
