"""A checkout: one try to be paid through a provider, and what makes a provider's report believed."""

from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from sqlalchemy import BigInteger
from sqlmodel import Field

from chassis.tables import Row, enum_column, timestamp
from services.billing.providers.protocol import ProviderName, Report, ReportedState

# When the provider is asked how a checkout stands, counted from its opening and from each look after it. A webhook
# takes seconds; whoever pays late is found by the last interval, which repeats.
LOOK_AFTER = (
    timedelta(minutes=3),
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(minutes=30),
    timedelta(hours=1),
)
# Stripe forgets idempotency keys after 24 hours: asking again later would open a second checkout.
KEY_LIVES = timedelta(hours=23)


# Paystack ends no transaction by itself: one that nobody has paid by then is not looked after any more. A webhook
# that comes later still is believed.
LOOKED_AFTER_FOR = timedelta(days=7)


class CheckoutStatus(StrEnum):
    """Where a checkout stands; an opening one may exist at the provider or not."""

    OPENING = "opening"
    OPEN = "open"
    PAID = "paid"
    FAILED = "failed"
    ENDED = "ended"


UNSETTLED = frozenset({CheckoutStatus.OPENING, CheckoutStatus.OPEN})


class Verdict(StrEnum):
    """What was made of a provider's event or report."""

    PAID = "paid"
    ENDED = "ended"
    UNCHANGED = "unchanged"
    DUPLICATE = "duplicate"
    # About a refund or a dispute: the provider is asked what has happened.
    RUNG = "rung"
    NOT_OURS = "not_ours"
    WRONG_ACCOUNT = "wrong_account"
    WRONG_ID = "wrong_id"
    WRONG_AMOUNT = "wrong_amount"
    WRONG_CURRENCY = "wrong_currency"


class Checkout(Row, table=True):
    """One try to be paid, kept before the provider is asked: whatever happens then, the try is known."""

    __tablename__ = "checkouts"

    invoice_id: UUID
    provider: ProviderName = enum_column(ProviderName)
    account: str
    amount_minor: int = Field(sa_type=BigInteger)
    currency: str
    status: CheckoutStatus = enum_column(CheckoutStatus, CheckoutStatus.OPENING)
    provider_id: str | None = None
    looks: int = 0
    look_at: datetime | None = timestamp()
    settled_at: datetime | None = timestamp()

    def schedule(self, now: datetime) -> None:
        """Have the provider asked again after a while, each time a longer one."""
        self.look_at = now + LOOK_AFTER[min(self.looks, len(LOOK_AFTER) - 1)]
        self.looks += 1

    def look_again(self, now: datetime) -> None:
        """Nothing new was found out: look again later, or give up after a week."""
        if self.look_at is None:
            return
        if now - self.created_at >= LOOKED_AFTER_FOR:
            self.end(now)
        else:
            self.schedule(now)

    def opened(self, provider_id: str) -> None:
        """The provider has opened it; a webhook may have been quicker and settled it."""
        self.provider_id = provider_id
        if self.status is CheckoutStatus.OPENING:
            self.status = CheckoutStatus.OPEN

    def fail(self, now: datetime) -> None:
        """The provider will not have it."""
        if self.status in UNSETTLED:
            self._settle(CheckoutStatus.FAILED, now)

    def end(self, now: datetime) -> None:
        """It can no longer be paid."""
        if self.status in UNSETTLED:
            self._settle(CheckoutStatus.ENDED, now)

    def pay(self, provider_id: str, now: datetime) -> None:
        """Its money has arrived; believed also after an end, because the provider has the money."""
        self.provider_id = provider_id
        self._settle(CheckoutStatus.PAID, now)

    def may_be_asked_for_again(self, now: datetime) -> bool:
        """Whether the provider still knows the idempotency key."""
        return now - self.created_at < KEY_LIVES

    def judge(self, report: Report) -> Verdict:
        """What follows from a report: PAID only when account, ids, amount and currency are those it was opened with."""
        if report.account != self.account or report.agency_id not in (None, self.agency_id):
            return Verdict.WRONG_ACCOUNT
        if self.provider_id not in (None, report.provider_id) or report.invoice_id not in (None, self.invoice_id):
            return Verdict.WRONG_ID
        if report.state is ReportedState.ENDED:
            return Verdict.ENDED if self.status in UNSETTLED else Verdict.UNCHANGED
        if report.state is ReportedState.OPEN:
            return Verdict.UNCHANGED
        if report.currency != self.currency:
            return Verdict.WRONG_CURRENCY
        if report.amount_minor != self.amount_minor:
            return Verdict.WRONG_AMOUNT
        return Verdict.DUPLICATE if self.status is CheckoutStatus.PAID else Verdict.PAID

    def _settle(self, status: CheckoutStatus, now: datetime) -> None:
        self.status = status
        self.settled_at = now
        self.look_at = None


class ReceivedEvent(Row, table=True):
    """A rightly signed webhook and what was made of it; its content is not kept, only what names it."""

    __tablename__ = "provider_events"

    provider: ProviderName = enum_column(ProviderName)
    account: str
    event_id: str
    type: str
    verdict: Verdict = enum_column(Verdict)
    checkout_id: UUID | None = None
    deliveries: int = 1
