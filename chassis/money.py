"""Money: integer minor units inside, exact JSON numbers in the currency's major unit outside (ISO 4217)."""

from decimal import ROUND_HALF_UP, Decimal, localcontext
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, PlainSerializer, WithJsonSchema

from chassis.errors import Invalid

# 15 digits survive a round trip through the binary floating point of most JSON readers.
MAX_MINOR = 10**15

# ISO 4217 list one: national currencies and the units of account that people are billed in. Not CLDR's digits, which
# say how a currency is displayed (CLDR gives IQD and RSD none, ISO 4217 three and two).
_EXPONENTS = {
    0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
    2: "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE "
    "CHF CHW CNY COP COU CRC CUC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL "
    "HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR "
    "MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP "
    "SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XAD XCD XCG YER "
    "ZAR ZMW ZWG",
    3: "BHD IQD JOD KWD LYD OMR TND",
    4: "CLF UYW",
}
_EXPONENT_OF = {code: exponent for exponent, codes in _EXPONENTS.items() for code in codes.split()}


def exponent(currency: str) -> int:
    """How many decimals the currency has: EUR 2, JPY 0, KWD 3; Invalid for a code that ISO 4217 does not list."""
    try:
        return _EXPONENT_OF[currency]
    except KeyError:
        raise Invalid.field("currency", "must be an ISO 4217 code such as EUR") from None


def to_minor(amount: Decimal, currency: str, *, field: str = "amount") -> int:
    """1499.5 EUR -> 149950; Invalid (naming `field`) for more decimals than the currency has, or out of range."""
    digits = exponent(currency)
    if not amount.is_finite() or abs(amount) > MAX_MINOR:
        raise Invalid.field(field, "must be a smaller number")
    with localcontext(prec=60):
        scaled = amount.scaleb(digits)
    if scaled != scaled.to_integral_value():
        raise Invalid.field(field, _too_fine(currency, digits))
    if abs(scaled) > MAX_MINOR:
        raise Invalid.field(field, "must be a smaller number")
    return int(scaled)


def to_major(minor: int, currency: str) -> Decimal:
    """149950 EUR -> 1499.50, exact."""
    return Decimal(minor).scaleb(-exponent(currency))


def round_half_away(number: Decimal) -> int:
    """The nearest integer, halves away from zero: 0.5 -> 1, -0.5 -> -1, 2.5 -> 3."""
    return int(number.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def printed(minor: int, currency: str) -> str:
    """149950 EUR -> "1,499.50 EUR": for papers, pages and mails."""
    return f"{to_major(minor, currency):,.{exponent(currency)}f} {currency}"


def json_number(number: Decimal) -> int | float:
    """A number that JSON writes without loss: any decimal of up to 15 digits survives as a float's shortest form."""
    return int(number) if number == number.to_integral_value() else float(number)


def _too_fine(currency: str, digits: int) -> str:
    if digits == 0:
        return f"must be a whole number: {currency} has no decimals"
    return f"must have at most {digits} decimals in {currency}"


def _known(code: Any) -> Any:
    if not isinstance(code, str) or code.strip().upper() not in _EXPONENT_OF:
        raise ValueError("must be an ISO 4217 code such as EUR")
    return code.strip().upper()


def _only_numbers(value: Any) -> Any:
    # Pydantic would take "12.5" and true as well; the documented shape is a JSON number.
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal)):
        raise ValueError("must be a number")
    # str() of a float is its shortest form, the very digits that stood in the JSON text.
    return Decimal(str(value))


def _in_range(number: Decimal) -> Decimal:
    if not number.is_finite() or abs(number) > MAX_MINOR:
        raise ValueError("must be a smaller number")
    return number


Currency = Annotated[
    str,
    BeforeValidator(_known),
    WithJsonSchema({"type": "string", "pattern": "^[A-Za-z]{3}$", "examples": ["EUR"], "description": "ISO 4217 code"}),
]

# What callers send: a JSON number, read without passing through binary arithmetic.
Number = Annotated[
    Decimal,
    BeforeValidator(_only_numbers),
    AfterValidator(_in_range),
    WithJsonSchema({"type": "number", "minimum": -MAX_MINOR, "maximum": MAX_MINOR}),
]

# What callers get.
Amount = Annotated[
    Decimal,
    PlainSerializer(json_number, return_type=int | float, when_used="json"),
    WithJsonSchema({"type": "number", "examples": [1499.5]}),
]
