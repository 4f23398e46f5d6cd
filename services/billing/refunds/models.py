"""A refund: a part of a payment that goes back, from the wish to the fact."""

from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from sqlalchemy import BigInteger
from sqlmodel import Field

from chassis.errors import Conflict
from chassis.principals import SYSTEM, Actor, ActorKind
from chassis.tables import Row, enum_column, timestamp
from services.billing.providers.protocol import ProviderName
from services.billing.providers.reversals import RefundReport

# When the provider is asked again about a refund that is under way; the last interval repeats. Cards take seconds,
# bank transfers take days, and the provider's webhook is heard in between.
LOOK_AFTER = (
    timedelta(minutes=3),
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(hours=6),
    timedelta(hours=24),
)


class RefundStatus(StrEnum):
    """Where a refund stands: a pending one may be known to the provider or not."""

    PENDING = "pending"
    SUCCEEDED = "succeeded"
    FAILED = "failed"


class RefundKind(StrEnum):
    """Whether the money was given back, or taken back in a dispute that was lost."""

    REFUND = "refund"
    DISPUTE = "dispute"


class PaymentRefunded(Conflict):
    """Nothing of the payment is left to give back."""

    default = "The whole payment has been refunded already, or is being refunded."


class RefundExceedsPayment(Conflict):
    """More than what is left of a payment cannot go back."""

    default = "The refund is more than what is left of the payment."


class RefundNotPossible(Conflict):
    """The account through which the money came is not set up any more."""

    default = (
        "The payment account through which this payment came is not set up any more. Refund it at the provider or by "
        "other means, and record that with recordOnly."
    )


class Refund(Row, table=True):
    """Money that goes back, in minor units; kept before the provider is asked, so that the wish is never lost.

    `provider_id` names it at the provider and is unique there. `member_id` and `member_name` are whoever asked for it,
    None when it was made at the provider. `failure` is the provider's word for why it did not happen.
    """

    __tablename__ = "refunds"

    payment_id: UUID
    invoice_id: UUID
    client_id: UUID
    amount_minor: int = Field(sa_type=BigInteger)
    currency: str
    decimals: int
    kind: RefundKind = enum_column(RefundKind, RefundKind.REFUND)
    status: RefundStatus = enum_column(RefundStatus, RefundStatus.PENDING)
    reason: str = ""
    provider: ProviderName = enum_column(ProviderName)
    provider_id: str | None = None
    dispute_id: UUID | None = None
    member_id: UUID | None = None
    member_name: str | None = None
    failure: str | None = None
    refunded_on: date | None = None

    @property
    def actor(self) -> Actor:
        """Who caused it: a member, or nobody in particular."""
        return Actor(ActorKind.MEMBER, self.member_id, self.member_name or "") if self.member_id else SYSTEM

    def is_told_by(self, report: RefundReport) -> bool:
        """Whether a report can be about this refund: amount, currency and id are those that are known."""
        return (
            report.amount_minor == self.amount_minor
            and report.currency == self.currency
            and self.provider_id in (None, report.provider_id)
        )

    def succeed(self, *, today: date, now: datetime) -> bool:
        """The money has gone back; True when that is news. Believed after a failure too: the provider knows."""
        if self.status is RefundStatus.SUCCEEDED:
            return False
        self.status = RefundStatus.SUCCEEDED
        self.failure = None
        self.refunded_on = today
        self.updated_at = now
        return True

    def fail(self, failure: str, now: datetime) -> bool:
        """The money has not gone back, or has returned; True when that is news."""
        if self.status is RefundStatus.FAILED:
            return False
        self.status = RefundStatus.FAILED
        self.failure = failure or "failed"
        self.refunded_on = None
        self.updated_at = now
        return True


class Lookout(Row, table=True):
    """When the provider is to be asked what has happened to a payment; its id is the checkout's.

    There may be one before there is a payment: the provider may tell of a refund first.
    """

    __tablename__ = "lookouts"

    looks: int = 0
    look_at: datetime | None = timestamp()

    def rest(self, now: datetime, *, is_settled: bool) -> None:
        """Look again later, each time after a longer while; not at all when nothing is under way."""
        self.look_at = None if is_settled else now + LOOK_AFTER[min(self.looks, len(LOOK_AFTER) - 1)]
        self.looks += 1
        self.updated_at = now

    @property
    def has_waited_long(self) -> bool:
        """Whether the payment that it waits for would be here by now."""
        return self.looks >= len(LOOK_AFTER)
