"""Money: exact in, exact out, one rounding rule, ISO 4217's decimals."""

import json
import re
from datetime import date
from decimal import Decimal

import pytest
from babel import Locale
from babel.numbers import get_territory_currencies
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from chassis.errors import Invalid
from chassis.money import (
    MAX_MINOR,
    Amount,
    Currency,
    Number,
    exponent,
    printed,
    round_half_away,
    to_major,
    to_minor,
)

minors = st.integers(-MAX_MINOR + 1, MAX_MINOR - 1)


class Price(BaseModel):
    """A body with all three types."""

    currency: Currency = "EUR"
    given: Number = Decimal(0)
    shown: Amount = Decimal(0)


@pytest.mark.parametrize(
    ("currency", "digits"),
    [
        ("EUR", 2),
        ("USD", 2),
        ("JPY", 0),
        ("ISK", 0),
        ("KWD", 3),
        ("IQD", 3),
        ("CLF", 4),
        ("MGA", 2),
        ("RSD", 2),
        ("UGX", 0),
    ],
)
def test_each_currency_has_the_decimals_of_iso_4217(currency: str, digits: int) -> None:
    assert exponent(currency) == digits


@pytest.mark.parametrize("code", ["XXX", "XTS", "XAU", "DEM", "EURO", "eur", "", "E€R"])
def test_codes_that_nobody_is_billed_in_are_refused(code: str) -> None:
    with pytest.raises(Invalid) as refusal:
        exponent(code)
    assert refusal.value.errors[0].field == "currency"


def test_every_currency_that_is_tender_somewhere_is_known() -> None:
    countries = [code for code in Locale("en").territories if re.fullmatch("[A-Z]{2}", code)]
    tender = {code for country in countries for code in get_territory_currencies(country, date(2025, 1, 1))}
    assert len(tender) > 150
    for code in tender:
        assert exponent(code) in (0, 2, 3)


@given(minor=minors, currency=st.sampled_from(["EUR", "JPY", "KWD", "CLF"]))
def test_minor_units_survive_the_way_out_and_in_again(minor: int, currency: str) -> None:
    assert to_minor(to_major(minor, currency), currency) == minor


@given(minor=minors, currency=st.sampled_from(["EUR", "JPY", "KWD"]))
def test_json_carries_every_amount_exactly(minor: int, currency: str) -> None:
    text = Price(shown=to_major(minor, currency)).model_dump_json()
    again = Price(given=json.loads(text)["shown"]).given
    assert to_minor(again, currency) == minor


@pytest.mark.parametrize(
    ("amount", "currency", "minor"),
    [
        ("1499.5", "EUR", 149950),
        ("0.01", "EUR", 1),
        ("1E+2", "EUR", 10000),
        ("500", "JPY", 500),
        ("1.234", "KWD", 1234),
    ],
)
def test_an_amount_becomes_minor_units(amount: str, currency: str, minor: int) -> None:
    assert to_minor(Decimal(amount), currency) == minor


@pytest.mark.parametrize(
    ("amount", "currency"),
    [
        ("0.001", "EUR"),
        ("10.5", "JPY"),
        ("1.2345", "KWD"),
        ("1E-400", "EUR"),
        ("1E+300", "EUR"),
        ("NaN", "EUR"),
        ("Infinity", "EUR"),
    ],
)
def test_an_amount_that_the_currency_cannot_hold_is_refused_by_field(amount: str, currency: str) -> None:
    with pytest.raises(Invalid) as refusal:
        to_minor(Decimal(amount), currency, field="lines.0.unitPrice")
    assert refusal.value.errors[0].field == "lines.0.unitPrice"


@pytest.mark.parametrize("amount", ["10000000000000.01", "-10000000000000.01"])
def test_an_amount_beyond_fifteen_digits_is_refused(amount: str) -> None:
    with pytest.raises(Invalid):
        to_minor(Decimal(amount), "EUR")


@pytest.mark.parametrize(
    ("number", "nearest"),
    [("0.5", 1), ("-0.5", -1), ("1.5", 2), ("2.5", 3), ("-2.5", -3), ("0.49999", 0), ("7", 7)],
)
def test_halves_are_rounded_away_from_zero(number: str, nearest: int) -> None:
    assert round_half_away(Decimal(number)) == nearest


@pytest.mark.parametrize("value", ["12.5", True, None, [1], {}, float("nan"), float("inf"), 1e300])
def test_only_finite_json_numbers_are_read(value: object) -> None:
    with pytest.raises(ValidationError):
        Price.model_validate({"given": value})


def test_a_float_is_read_by_the_digits_that_stood_in_the_text() -> None:
    assert Price.model_validate({"given": 0.1}).given == Decimal("0.1")


def test_a_currency_is_read_in_any_case() -> None:
    assert Price.model_validate({"currency": " eur "}).currency == "EUR"


@pytest.mark.parametrize("code", ["XYZ", "", 978, None, "EU"])
def test_an_unknown_currency_is_refused(code: object) -> None:
    with pytest.raises(ValidationError):
        Price.model_validate({"currency": code})


@pytest.mark.parametrize(
    ("minor", "currency", "text"),
    [(149950, "EUR", "1,499.50 EUR"), (1000, "JPY", "1,000 JPY"), (-5, "KWD", "-0.005 KWD")],
)
def test_amounts_are_printed_with_all_their_decimals(minor: int, currency: str, text: str) -> None:
    assert printed(minor, currency) == text
