"""How Paystack counts money: in hundredths of each of its currencies."""

from chassis.money import exponent

# Also XOF, which has no smaller unit.
CURRENCIES = frozenset({"NGN", "GHS", "ZAR", "KES", "USD", "XOF"})
_HUNDREDTHS = 100


def to_paystack(amount_minor: int, currency: str) -> int:
    """Our minor units in hundredths, as Paystack counts."""
    return amount_minor * _HUNDREDTHS // int(10 ** exponent(currency))


def from_paystack(hundredths: object, currency: str) -> int | None:
    """Hundredths in our minor units; None for what is no amount of ours."""
    if not isinstance(hundredths, int) or isinstance(hundredths, bool) or currency not in CURRENCIES:
        return None
    minor, rest = divmod(hundredths * int(10 ** exponent(currency)), _HUNDREDTHS)
    return None if rest else minor
