"""The sandbox: a provider within this process, for development, whose pages stand under /pay/sandbox.

What its Approve button causes is a signed webhook that goes the same way as Stripe's.
"""

import hashlib
import hmac
from datetime import datetime
from uuid import UUID

import orjson

from chassis.ids import new_id
from chassis.secrets import derive
from services.billing.providers.protocol import (
    Attempt,
    Opened,
    ProviderEvent,
    ProviderName,
    Report,
    ReportedState,
)
from services.billing.providers.reversals import Charge, RefundOrder, RefundReport, RefundState, Reversals
from services.billing.providers.signatures import read_object, sign, uuid_or_none, verify

_PREFIX = "sandbox_"


class SandboxProvider:
    """A provider that takes no money."""

    def __init__(self, *, secret_key: str, origin: str) -> None:
        self._secret = derive(secret_key, "sandbox-provider").hex()
        self._origin = origin

    @property
    def name(self) -> ProviderName:
        """Which provider it is."""
        return ProviderName.SANDBOX

    @property
    def account(self) -> str:
        """Whose account."""
        return "deployment"

    def page_key(self, checkout_id: UUID) -> str:
        """What opens the page of a checkout: a MAC over its id."""
        return hmac.digest(self._secret.encode(), checkout_id.bytes, hashlib.sha256)[:16].hex()

    def opens(self, checkout_id: UUID, key: str) -> bool:
        """Whether the key opens the page of the checkout."""
        return hmac.compare_digest(self.page_key(checkout_id).encode(), key.encode())

    @property
    def needs_email(self) -> bool:
        """Nobody is written to."""
        return False

    def takes(self, currency: str) -> bool:
        """Every currency."""
        return True

    async def open(self, attempt: Attempt) -> Opened:
        """A page of ours with two buttons."""
        id = attempt.checkout_id
        return Opened(f"{_PREFIX}{id.hex}", f"{self._origin}/pay/sandbox/{id}?k={self.page_key(id)}")

    async def recover(self, attempt: Attempt) -> str:
        """It is always there."""
        return (await self.open(attempt)).provider_id

    async def look_up(self, provider_id: str) -> Report:
        """Open: what the buttons cause is known at once, so there is nothing to find out later."""
        return Report(self.account, provider_id, ReportedState.OPEN, None, None, None, "sandbox", None, None, None)

    async def close(self, provider_id: str) -> None:
        """Nothing to do: a settled checkout's buttons have no effect."""

    def event_of(self, attempt: Attempt, *, is_approved: bool, now: datetime) -> tuple[bytes, str]:
        """What the buttons cause: the raw body of a webhook and its signature."""
        raw = orjson.dumps(
            {
                "id": f"sandbox_event_{new_id().hex}",
                "type": "checkout.approved" if is_approved else "checkout.declined",
                "checkout": {
                    "id": f"{_PREFIX}{attempt.checkout_id.hex}",
                    "amount": attempt.amount_minor,
                    "currency": attempt.currency,
                    "payment": f"sandbox_payment_{attempt.checkout_id.hex}",
                    "checkoutId": str(attempt.checkout_id),
                    "invoiceId": str(attempt.invoice_id),
                    "agencyId": str(attempt.agency_id),
                },
            }
        )
        return raw, sign(raw, self._secret, now)

    def read_event(self, raw: bytes, signature: str | None, now: datetime) -> ProviderEvent:
        """The event in a webhook that this process has signed."""
        verify(raw, signature, self._secret, now)
        event = read_object(raw)
        checkout = event["checkout"]
        report = Report(
            account=self.account,
            provider_id=checkout["id"],
            state=ReportedState.PAID if event["type"] == "checkout.approved" else ReportedState.ENDED,
            amount_minor=checkout["amount"],
            currency=checkout["currency"],
            payment_id=checkout["payment"],
            method="sandbox",
            checkout_id=uuid_or_none(checkout["checkoutId"]),
            invoice_id=uuid_or_none(checkout["invoiceId"]),
            agency_id=uuid_or_none(checkout["agencyId"]),
        )
        return ProviderEvent(event["id"], event["type"], False, report)

    def require_refundable(self, amount_minor: int, currency: str) -> None:
        """Every amount."""

    async def refund(self, order: RefundOrder) -> RefundReport:
        """Done at once: no money has to go anywhere."""
        return RefundReport(
            provider_id=f"sandbox_refund_{order.refund_id.hex}",
            state=RefundState.SUCCEEDED,
            amount_minor=order.amount_minor,
            currency=order.charge.currency,
            refund_id=order.refund_id,
        )

    async def reversals(self, charge: Charge) -> Reversals:
        """None that are not known: there is no other place to make one."""
        return Reversals()
