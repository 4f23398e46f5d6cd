"""Money that goes back: what a provider is asked for, and how it tells of refunds and disputes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class RefundState(StrEnum):
    """Where a refund stands at the provider."""

    PENDING = "pending"
    SUCCEEDED = "succeeded"
    FAILED = "failed"


class DisputeState(StrEnum):
    """Where a dispute stands; `closed` was an inquiry that came to nothing."""

    NEEDS_RESPONSE = "needs_response"
    UNDER_REVIEW = "under_review"
    WON = "won"
    LOST = "lost"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Charge:
    """A payment as its provider knows it: `payment_id` is the provider's."""

    payment_id: str
    checkout_id: UUID
    currency: str


@dataclass(frozen=True, slots=True)
class RefundOrder:
    """One refund to be made; `refund_id` is ours, and names it at the provider so that none is made twice."""

    refund_id: UUID
    agency_id: UUID
    invoice_id: UUID
    charge: Charge
    amount_minor: int

    @property
    def idempotency_key(self) -> str:
        """Names the refund to the provider: asked twice, it still gives back once."""
        return f"portico-refund-{self.refund_id}"


@dataclass(frozen=True, slots=True)
class RefundReport:
    """What the provider says of a refund; `refund_id` is None for one that was made elsewhere.

    `amount_minor` is None for what is no amount of ours in `currency`.
    """

    provider_id: str
    state: RefundState
    amount_minor: int | None
    currency: str
    refund_id: UUID | None
    failure: str = ""


@dataclass(frozen=True, slots=True)
class DisputeReport:
    """What the provider says of a dispute; `respond_by` is when the agency's evidence must be there."""

    provider_id: str
    state: DisputeState
    amount_minor: int | None
    currency: str
    reason: str
    respond_by: datetime | None


@dataclass(frozen=True, slots=True)
class Reversals:
    """Everything that has happened to one payment since it was received."""

    refunds: Sequence[RefundReport] = ()
    disputes: Sequence[DisputeReport] = ()


@dataclass(frozen=True, slots=True)
class Bell:
    """What a webhook about a refund or a dispute rings for: the payment by the provider's id, the checkout by ours.

    No more is read of it. What has happened is asked of the provider, whose answer is the same however often, in
    whatever order and how late webhooks come.
    """

    payment_id: str | None
    checkout_id: UUID | None
