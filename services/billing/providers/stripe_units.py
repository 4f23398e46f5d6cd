"""How Stripe counts money: its units and ours, which differ for some currencies."""

from typing import Any

from chassis.errors import Invalid
from chassis.money import exponent
from services.billing.providers.protocol import ProviderRefused

# Where Stripe differs from ISO 4217 (https://docs.stripe.com/currencies#special-cases).
_STRIPE_DECIMALS = {"ISK": 2, "UGX": 2, "MGA": 0}


def to_stripe(amount_minor: int, currency: str) -> int:
    """Our minor units in Stripe's; raises ProviderRefused for what Stripe cannot count."""
    ours, theirs = _unit(exponent(currency)), _unit(_decimals(currency))
    units, rest = divmod(amount_minor * theirs, ours)
    # Card networks take three-decimal currencies in tens only.
    if rest or (exponent(currency) == 3 and units % 10):
        raise ProviderRefused(f"Stripe does not take this amount in {currency}. Please ask for another way to pay.")
    return units


def from_stripe(units: object, currency: str) -> int | None:
    """Stripe's units in our minor units; None for what is no amount of ours."""
    if not isinstance(units, int) or isinstance(units, bool):
        return None
    minor, rest = divmod(units * _unit(exponent(currency)), _unit(_decimals(currency)))
    return None if rest else minor


def amount_of(units: Any, currency: str) -> int | None:
    """The same, None for a currency that ISO 4217 does not list as well."""
    try:
        return from_stripe(units, currency)
    except Invalid:
        return None


def _decimals(currency: str) -> int:
    return _STRIPE_DECIMALS.get(currency, exponent(currency))


def _unit(decimals: int) -> int:
    return int(10**decimals)
