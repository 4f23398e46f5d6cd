"""Stripe: Checkout Sessions through its own library, one per attempt, each call with a deadline."""

import asyncio
from collections.abc import Awaitable
from datetime import datetime
from importlib import import_module
from typing import TYPE_CHECKING, Any, TypeVar

from chassis.telemetry import log
from services.billing.providers.protocol import (
    PROVIDER_DEADLINE_S,
    Attempt,
    Opened,
    ProviderEvent,
    ProviderName,
    ProviderRefused,
    ProviderUnavailable,
    RefundRefused,
    Report,
    ReportedState,
)
from services.billing.providers.reversals import Charge, RefundOrder, RefundReport, Reversals
from services.billing.providers.signatures import read_object, uuid_or_none, verify
from services.billing.providers.stripe_reversals import bell_of, dispute_report, refund_params, refund_report
from services.billing.providers.stripe_units import amount_of, to_stripe

if TYPE_CHECKING:
    from stripe import StripeClient

T = TypeVar("T")

# One more try heals a dropped connection: the idempotency key makes it the same checkout.
_RETRIES = 1
# Of one payment; nobody gives it back in more parts.
_MOST_LISTED = 100
_CHECKOUT_EVENTS = frozenset(
    {
        "checkout.session.completed",
        "checkout.session.async_payment_succeeded",
        "checkout.session.async_payment_failed",
        "checkout.session.expired",
    }
)


class StripeProvider:
    """One Stripe account: its secret key, and the secret that signs its webhooks."""

    def __init__(self, *, secret_key: str, webhook_secret: str, api_base: str, account: str) -> None:
        self._secret_key, self._webhook_secret, self._api_base = secret_key, webhook_secret, api_base
        self._account = account
        self._client: StripeClient | None = None

    @property
    def name(self) -> ProviderName:
        """Which provider it is."""
        return ProviderName.STRIPE

    @property
    def account(self) -> str:
        """Whose account."""
        return self._account

    @property
    def needs_email(self) -> bool:
        """Stripe's page asks for it."""
        return False

    def takes(self, currency: str) -> bool:
        """Every currency; the odd one that Stripe does not know is refused when it is asked."""
        return True

    async def open(self, attempt: Attempt) -> Opened:
        """Open a Checkout Session for the attempt."""
        currency = attempt.currency.lower()
        ours = {
            "checkout_id": str(attempt.checkout_id),
            "invoice_id": str(attempt.invoice_id),
            "agency_id": str(attempt.agency_id),
        }
        price = {
            "currency": currency,
            "unit_amount": to_stripe(attempt.amount_minor, attempt.currency),
            "product_data": {"name": attempt.title},
        }
        client = await self._stripe()
        session = await self._ask(
            client.v1.checkout.sessions.create_async(
                params={  # type: ignore[arg-type]
                    "mode": "payment",
                    "line_items": [{"quantity": 1, "price_data": price}],
                    "client_reference_id": str(attempt.checkout_id),
                    "metadata": ours,
                    "payment_intent_data": {"metadata": ours, "description": attempt.title},
                    # The amount that is compared afterwards is the one that was asked for, in its own currency.
                    "adaptive_pricing": {"enabled": False},
                    "success_url": attempt.back_url,
                    "cancel_url": attempt.back_url,
                },
                options={"idempotency_key": attempt.idempotency_key},
            )
        )
        if not session.url:
            raise ProviderUnavailable
        return Opened(session.id, session.url)

    async def recover(self, attempt: Attempt) -> str:
        """Asked again with the same idempotency key, Stripe answers as it did before."""
        return (await self.open(attempt)).provider_id

    async def look_up(self, provider_id: str) -> Report:
        """How a Checkout Session stands."""
        client = await self._stripe()
        session = await self._ask(client.v1.checkout.sessions.retrieve_async(provider_id))
        return _report(session.to_dict(), self._account)

    async def close(self, provider_id: str) -> None:
        """Expire a Checkout Session."""
        client = await self._stripe()
        await self._ask(client.v1.checkout.sessions.expire_async(provider_id))

    def read_event(self, raw: bytes, signature: str | None, now: datetime) -> ProviderEvent:
        """A webhook that this account's secret has signed."""
        verify(raw, signature, self._webhook_secret, now)
        event = read_object(raw)
        # `account` stands in events of accounts connected to ours, whose money is not our agencies'.
        is_foreign = event.get("account") is not None or self._is_other_mode(event.get("livemode"))
        return ProviderEvent(
            str(event["id"])[:255],
            str(event["type"])[:255],
            is_foreign,
            _reported(event, self._account),
            bell_of(event),
        )

    def require_refundable(self, amount_minor: int, currency: str) -> None:
        """Raise RefundRefused for an amount that Stripe cannot count."""
        try:
            to_stripe(amount_minor, currency)
        except ProviderRefused as error:
            raise RefundRefused(f"Stripe does not refund this amount in {currency}.") from error

    async def refund(self, order: RefundOrder) -> RefundReport:
        """Make the refund; asked again within a day, the idempotency key gives back the one that there is."""
        client = await self._stripe()
        try:
            made = await self._ask(
                client.v1.refunds.create_async(
                    params=refund_params(order),  # type: ignore[arg-type]
                    options={"idempotency_key": order.idempotency_key},
                )
            )
        except ProviderRefused as error:
            raise RefundRefused(reason=error.reason) from error
        return refund_report(made.to_dict())

    async def reversals(self, charge: Charge) -> Reversals:
        """What Stripe lists of refunds and disputes of the payment."""
        client = await self._stripe()
        wanted = {"payment_intent": charge.payment_id, "limit": _MOST_LISTED}
        refunds = await self._ask(client.v1.refunds.list_async(params=wanted))  # type: ignore[arg-type]
        disputes = await self._ask(client.v1.disputes.list_async(params=wanted))  # type: ignore[arg-type]
        return Reversals(
            refunds=[refund_report(one.to_dict()) for one in refunds.data],
            disputes=[dispute_report(one.to_dict()) for one in disputes.data],
        )

    def _is_other_mode(self, livemode: object) -> bool:
        kind = [*self._secret_key.split("_"), "", ""][1]
        expected = {"live": True, "test": False}.get(kind)
        return expected is not None and livemode is not expected

    async def _stripe(self) -> "StripeClient":
        if self._client is None:
            # 0.2 s and 30 MB, so only where somebody pays; in a thread, so that nobody else waits.
            stripe = await asyncio.to_thread(import_module, "stripe")
            self._client = stripe.StripeClient(
                self._secret_key,
                base_addresses={"api": self._api_base},
                http_client=stripe.HTTPXClient(timeout=PROVIDER_DEADLINE_S),
                max_network_retries=_RETRIES,
            )
        return self._client

    async def _ask(self, call: Awaitable[T]) -> T:
        import stripe

        try:
            async with asyncio.timeout(PROVIDER_DEADLINE_S):
                return await call
        except (stripe.CardError, stripe.InvalidRequestError) as error:
            log.warning("stripe_refused", code=error.code, status=error.http_status, request=error.request_id)
            raise ProviderRefused(reason=error.code or "refused") from error
        except (stripe.StripeError, TimeoutError) as error:
            log.error("stripe_unavailable", kind=type(error).__name__, status=getattr(error, "http_status", None))
            raise ProviderUnavailable from error


def _reported(event: dict[str, Any], account: str) -> Report | None:
    data = event.get("data")
    session = data.get("object") if isinstance(data, dict) else None
    if str(event["type"]) not in _CHECKOUT_EVENTS or not isinstance(session, dict) or not session.get("id"):
        return None
    return _report(session, account)


def _report(session: dict[str, Any], account: str) -> Report:
    currency = str(session.get("currency") or "").upper()
    intent = session.get("payment_intent")
    metadata = session.get("metadata")
    metadata = metadata if isinstance(metadata, dict) else {}
    methods = session.get("payment_method_types")
    methods = methods if isinstance(methods, list) else []
    return Report(
        account=account,
        provider_id=str(session["id"]),
        state=_state(session),
        amount_minor=amount_of(session.get("amount_total"), currency),
        currency=currency or None,
        payment_id=str((intent.get("id") if isinstance(intent, dict) else intent) or session["id"])[:255],
        method=str(methods[0])[:50] if len(methods) == 1 else "online",
        checkout_id=uuid_or_none(session.get("client_reference_id") or metadata.get("checkout_id")),
        invoice_id=uuid_or_none(metadata.get("invoice_id")),
        agency_id=uuid_or_none(metadata.get("agency_id")),
    )


def _state(session: dict[str, Any]) -> ReportedState:
    # The status `complete` is not enough: bank debits complete at once and pay days later.
    if session.get("payment_status") == "paid":
        return ReportedState.PAID
    return ReportedState.ENDED if session.get("status") == "expired" else ReportedState.OPEN
