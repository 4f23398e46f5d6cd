"""What every payment provider can do, and the words in which it reports."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from chassis.errors import Conflict, Invalid, Unavailable
from services.billing.providers.reversals import Bell, Charge, RefundOrder, RefundReport, Reversals

# All tries of one call together, so that whoever waits for a payment page is answered within ten seconds.
PROVIDER_DEADLINE_S = 8.0


class ProviderName(StrEnum):
    """How a payment came in; `manual` is recorded by the agency itself."""

    STRIPE = "stripe"
    PAYSTACK = "paystack"
    SANDBOX = "sandbox"
    MANUAL = "manual"


class ReportedState(StrEnum):
    """Where a checkout stands at the provider."""

    OPEN = "open"
    PAID = "paid"
    ENDED = "ended"


class ProviderRefused(Conflict):
    """The provider will not take this payment: the amount, the currency or the account is not to its liking.

    `reason` is the provider's own word for it.
    """

    default = "The payment provider does not take this payment. Please ask the agency for another way to pay."

    def __init__(self, detail: str | None = None, *, reason: str = "refused") -> None:
        super().__init__(detail)
        self.reason = reason


class RefundRefused(ProviderRefused):
    """The provider will not give this back: its balance is too low, or it was given back already."""

    default = "The payment provider does not make this refund."


class PayerEmailMissing(ProviderRefused):
    """The provider asks for its payer's e-mail address, and the client has none."""

    default = "Paying online needs your e-mail address, and the agency has none of you. Please ask it to add yours."


class ProviderUnavailable(Unavailable):
    """The provider did not answer in time, or broke; whether it opened the checkout is found out later."""

    default = "The payment provider does not answer at the moment. Nothing was charged; please try again."


class BadSignature(Invalid):
    """A webhook that the provider did not sign, or signed at another time."""

    default = "The signature does not match this body, or its time is not now."


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try to be paid; `checkout_id` is new for each, and names it at the provider so that none is opened twice.

    `email` is the payer's.
    """

    checkout_id: UUID
    agency_id: UUID
    invoice_id: UUID
    amount_minor: int
    currency: str
    title: str
    back_url: str
    email: str | None

    @property
    def idempotency_key(self) -> str:
        """Names the attempt to the provider: asked twice, it still opens one checkout."""
        return f"portico-checkout-{self.checkout_id}"


@dataclass(frozen=True, slots=True)
class Opened:
    """A checkout at the provider, and the page on which the client pays."""

    provider_id: str
    url: str


@dataclass(frozen=True, slots=True)
class Report:
    """What the provider says of a checkout in one of its accounts; the ids of ours are those it was opened with."""

    account: str
    provider_id: str
    state: ReportedState
    amount_minor: int | None
    currency: str | None
    payment_id: str | None
    method: str
    checkout_id: UUID | None
    invoice_id: UUID | None
    agency_id: UUID | None


@dataclass(frozen=True, slots=True)
class ProviderEvent:
    """A verified webhook; `report` is there when it is about a checkout, `bell` when about a refund or a dispute.

    `is_foreign` tells that it is of another account, or of play money where real money is expected (or the reverse).
    """

    id: str
    type: str
    is_foreign: bool
    report: Report | None
    bell: Bell | None = None


class Provider(Protocol):
    """A way to be paid. Calls are answered within PROVIDER_DEADLINE_S, or raise ProviderUnavailable."""

    @property
    def name(self) -> ProviderName:
        """Which one it is."""

    @property
    def account(self) -> str:
        """Whose account at the provider: "deployment", or the id of an agency's payment account."""

    @property
    def needs_email(self) -> bool:
        """Whether it opens no checkout without the payer's e-mail address."""

    def takes(self, currency: str) -> bool:
        """Whether it can be paid through in that currency at all."""

    async def open(self, attempt: Attempt) -> Opened:
        """Open a checkout, once per attempt; raises ProviderRefused."""

    async def recover(self, attempt: Attempt) -> str:
        """The provider's id of a checkout whose opening was never confirmed; ProviderRefused where it has none."""

    async def look_up(self, provider_id: str) -> Report:
        """How a checkout stands."""

    async def close(self, provider_id: str) -> None:
        """End an open checkout, so that nobody can pay it any more."""

    def read_event(self, raw: bytes, signature: str | None, now: datetime) -> ProviderEvent:
        """The event in a webhook's raw body; raises BadSignature."""

    def require_refundable(self, amount_minor: int, currency: str) -> None:
        """Raise RefundRefused for an amount that the provider cannot count."""

    async def refund(self, order: RefundOrder) -> RefundReport:
        """Give back, once per order; raises RefundRefused."""

    async def reversals(self, charge: Charge) -> Reversals:
        """Every refund and dispute of a payment, also those that nobody here has asked for."""
