"""Paystack: one transaction per attempt, whose reference is our checkout's id.

https://paystack.com/docs/api/transaction. Signatures hold no time (https://paystack.com/docs/payments/webhooks), so
that a captured webhook can be sent again for ever. It is harmless: it can only say of one reference what was true of
it, a reference belongs to one checkout, and a checkout is paid once.
"""

import hashlib
import hmac
from datetime import datetime
from typing import Any
from urllib.parse import quote

import orjson

from services.billing.providers.paystack_api import PaystackApi
from services.billing.providers.paystack_reversals import (
    bell_of,
    dispute_report,
    note_of,
    refund_report,
    transaction_of,
)
from services.billing.providers.paystack_units import CURRENCIES, from_paystack, to_paystack
from services.billing.providers.protocol import (
    Attempt,
    BadSignature,
    Opened,
    PayerEmailMissing,
    ProviderEvent,
    ProviderName,
    ProviderRefused,
    ProviderUnavailable,
    RefundRefused,
    Report,
    ReportedState,
)
from services.billing.providers.reversals import Charge, RefundOrder, RefundReport, Reversals
from services.billing.providers.signatures import read_object, uuid_or_none

_PAID_EVENT = "charge.success"
# Disputes are listed between two days.
_BEGINNING, _END = "2016-01-01", "2100-01-01"


class PaystackProvider:
    """One Paystack account; its secret key signs its webhooks as well."""

    def __init__(self, *, secret_key: str, api: PaystackApi, account: str) -> None:
        self._secret_key, self._api, self._account = secret_key, api, account

    @property
    def name(self) -> ProviderName:
        """Which provider it is."""
        return ProviderName.PAYSTACK

    @property
    def account(self) -> str:
        """Whose account."""
        return self._account

    @property
    def needs_email(self) -> bool:
        """Paystack opens no transaction without its payer's address."""
        return True

    def takes(self, currency: str) -> bool:
        """Whether it is one of Paystack's currencies."""
        return currency in CURRENCIES

    async def open(self, attempt: Attempt) -> Opened:
        """Initialize a transaction for the attempt; raises PayerEmailMissing too."""
        if not attempt.email:
            raise PayerEmailMissing
        if not self.takes(attempt.currency):
            raise ProviderRefused(f"Paystack takes no {attempt.currency}. Please ask for another way to pay.")
        reference = str(attempt.checkout_id)
        body = {
            "email": attempt.email,
            "amount": str(to_paystack(attempt.amount_minor, attempt.currency)),
            "currency": attempt.currency,
            "reference": reference,
            "callback_url": attempt.back_url,
            "metadata": {
                "checkout_id": reference,
                "invoice_id": str(attempt.invoice_id),
                "agency_id": str(attempt.agency_id),
                # Where the cancel button of Paystack's page leads.
                "cancel_action": attempt.back_url,
                "custom_fields": [
                    {"display_name": "Invoice", "variable_name": "invoice", "value": attempt.title},
                ],
            },
        }
        data = await self._api.ask("POST", "/transaction/initialize", secret_key=self._secret_key, body=body)
        url = data.get("authorization_url")
        if data.get("reference") != reference or not isinstance(url, str) or not url:
            raise ProviderUnavailable
        return Opened(reference, url)

    async def recover(self, attempt: Attempt) -> str:
        """The reference of a transaction whose opening was never confirmed; ProviderRefused where there is none."""
        reference = str(attempt.checkout_id)
        await self.look_up(reference)
        return reference

    async def look_up(self, provider_id: str) -> Report:
        """How a transaction stands."""
        path = f"/transaction/verify/{quote(provider_id, safe='')}"
        data = await self._api.ask("GET", path, secret_key=self._secret_key)
        report = _report(data, self._account)
        if report is None:
            raise ProviderUnavailable
        return report

    async def close(self, provider_id: str) -> None:
        """Nothing: Paystack ends no transaction for us. Whoever pays one later is told apart as a surplus."""

    def read_event(self, raw: bytes, signature: str | None, now: datetime) -> ProviderEvent:
        """A webhook that this account's secret key has signed."""
        if not signature or not hmac.compare_digest(self._mac(raw), signature.encode()):
            raise BadSignature
        event = read_object(raw, ("event",))
        data = event.get("data")
        data = data if isinstance(data, dict) else {}
        is_paid = event["event"] == _PAID_EVENT
        # Its events have no id: the same bytes are the same event.
        id = hashlib.sha256(raw).hexdigest()
        is_foreign = self._is_other_mode(data.get("domain"))
        report = _report(data, self._account) if is_paid else None
        return ProviderEvent(id, str(event["event"])[:255], is_foreign, report, bell_of(str(event["event"]), data))

    def require_refundable(self, amount_minor: int, currency: str) -> None:
        """Every amount that could be paid."""

    async def refund(self, order: RefundOrder) -> RefundReport:
        """Ask for the refund; it is queued there, and known by the note that it carries."""
        body = {
            "transaction": order.charge.payment_id,
            "amount": to_paystack(order.amount_minor, order.charge.currency),
            "currency": order.charge.currency,
            "merchant_note": note_of(order),
        }
        try:
            made = await self._api.ask("POST", "/refund", secret_key=self._secret_key, body=body)
        except ProviderRefused as error:
            raise RefundRefused(reason=error.reason) from error
        report = refund_report(made)
        if report is None:
            raise ProviderUnavailable
        return report

    async def reversals(self, charge: Charge) -> Reversals:
        """What Paystack lists of refunds and disputes of the transaction."""
        payment = quote(charge.payment_id, safe="")
        refunds = await self._api.ask_all(f"/refund?transaction={payment}&perPage=100", secret_key=self._secret_key)
        disputes = await self._api.ask_all(
            f"/dispute?transaction={payment}&from={_BEGINNING}&to={_END}&perPage=100", secret_key=self._secret_key
        )
        # Narrowed down here as well: a filter that the API did not know would list every transaction's.
        refunds = [one for one in refunds if transaction_of(one) == charge.payment_id]
        disputes = [one for one in disputes if transaction_of(one) == charge.payment_id]
        return Reversals(
            refunds=[refund for one in refunds if (refund := refund_report(one))],
            disputes=[dispute for one in disputes if (dispute := dispute_report(one))],
        )

    def _mac(self, raw: bytes) -> bytes:
        return hmac.new(self._secret_key.encode(), raw, hashlib.sha512).hexdigest().encode()

    def _is_other_mode(self, domain: object) -> bool:
        kind = [*self._secret_key.split("_"), "", ""][1]
        return kind in ("live", "test") and domain is not None and domain != kind


def _report(data: dict[str, Any], account: str) -> Report | None:
    reference = data.get("reference")
    if not isinstance(reference, str) or not reference:
        return None
    currency = data.get("currency")
    currency = currency.upper() if isinstance(currency, str) else ""
    checkout_id = uuid_or_none(reference)
    metadata = _metadata(data.get("metadata"))
    channel = data.get("channel")
    return Report(
        account=account,
        provider_id=reference[:255],
        state=_state(data.get("status")),
        amount_minor=from_paystack(data.get("amount"), currency),
        currency=currency or None,
        payment_id=_payment_id(data.get("id"), reference),
        method=channel[:50] if isinstance(channel, str) and channel else "online",
        # Only the reference as it was sent: an id may be written in other ways.
        checkout_id=checkout_id if str(checkout_id) == reference else None,
        invoice_id=uuid_or_none(metadata.get("invoice_id")),
        agency_id=uuid_or_none(metadata.get("agency_id")),
    )


def _state(status: object) -> ReportedState:
    # "abandoned" is how an untouched transaction is called, and a "failed" one may be tried again on Paystack's page.
    return {"success": ReportedState.PAID, "reversed": ReportedState.ENDED}.get(str(status), ReportedState.OPEN)


def _payment_id(id: object, reference: str) -> str:
    is_named = isinstance(id, int | str) and not isinstance(id, bool) and id
    return str(id if is_named else reference)[:255]


def _metadata(found: object) -> dict[str, Any]:
    """Metadata comes back as an object or as its JSON text."""
    if isinstance(found, str):
        try:
            found = orjson.loads(found)
        except orjson.JSONDecodeError:
            return {}
    return found if isinstance(found, dict) else {}
