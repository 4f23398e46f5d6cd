"""Totals: a table worked out by hand, and the properties that hold for every paper."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chassis.errors import Invalid
from chassis.money import MAX_MINOR
from services.billing.invoices.totals import Discount, DiscountType, Line, divide, spread, totals_of


def line(quantity: str, price: int, rate: str | None = None, discount: Discount | None = None) -> Line:
    """A line of which only the numbers matter."""
    return Line("Work", Decimal(quantity), price, Decimal(rate) if rate else None, None, discount)


def percent(value: str) -> Discount:
    """A discount in percent."""
    return Discount(DiscountType.PERCENT, Decimal(value))


def off(minor: int) -> Discount:
    """A discount in minor units."""
    return Discount(DiscountType.AMOUNT, Decimal(minor))


# Each row: lines, tax inclusive, discount -> subtotal, discount, [(rate, base, tax)], total.
BY_HAND = {
    "one amount": ([line("1", 149950)], False, None, 149950, 0, [("0", 149950, 0)], 149950),
    "19 % on top": ([line("3", 3333, "19")], False, None, 9999, 0, [("19", 9999, 1900)], 11899),
    "19 % within": ([line("1", 11900, "19")], True, None, 11900, 0, [("19", 10000, 1900)], 11900),
    "7 % within one euro": ([line("1", 100, "7")], True, None, 100, 0, [("7", 93, 7)], 100),
    "yen, half a yen of tax": ([line("1", 105, "10")], False, None, 105, 0, [("10", 105, 11)], 116),
    "dinar, half a fils of tax": ([line("1", 1250, "5")], False, None, 1250, 0, [("5", 1250, 63)], 1313),
    "tax once per rate, not per line": ([line("1", 5, "10")] * 3, False, None, 15, 0, [("10", 15, 2)], 17),
    "the same rate written twice": (
        [line("1", 5, "10"), line("1", 5, "10.000")],
        False,
        None,
        10,
        0,
        [("10", 10, 1)],
        11,
    ),
    "a discount of a third each": (
        [line("1", 100, "19"), line("1", 100, "7"), line("1", 100)],
        False,
        off(100),
        300,
        100,
        [("0", 67, 0), ("7", 67, 5), ("19", 66, 13)],
        218,
    ),
    "10 % off 99.99": ([line("1", 9999)], False, percent("10"), 9999, 1000, [("0", 8999, 0)], 8999),
    "10 % off, tax within": ([line("1", 11900, "19")], True, percent("10"), 11900, 1190, [("19", 9000, 1710)], 10710),
    "all of it off": ([line("2", 50, "19")], False, percent("100"), 100, 100, [("19", 0, 0)], 0),
    "half a cent of a line": ([line("1.5", 33)], False, None, 50, 0, [("0", 50, 0)], 50),
    "four decimals of an hour": ([line("0.3333", 10000)], False, None, 3333, 0, [("0", 3333, 0)], 3333),
    "a line's own 12.5 %": ([line("3", 99, None, percent("12.5"))], False, None, 260, 0, [("0", 260, 0)], 260),
    "a line's own amount off": ([line("3", 99, None, off(97))], False, None, 200, 0, [("0", 200, 0)], 200),
    "8.875 % sales tax": ([line("1", 10000, "8.875")], False, None, 10000, 0, [("8.875", 10000, 888)], 10888),
    "the largest amount": ([line("1", MAX_MINOR)], False, None, MAX_MINOR, 0, [("0", MAX_MINOR, 0)], MAX_MINOR),
}


@pytest.mark.parametrize("case", BY_HAND)
def test_totals_agree_with_those_worked_out_by_hand(case: str) -> None:
    lines, inclusive, discount, subtotal, discounted, taxes, total = BY_HAND[case]
    found = totals_of(lines, tax_inclusive=inclusive, discount=discount)
    assert (found.subtotal_minor, found.discount_minor, found.total_minor) == (subtotal, discounted, total)
    assert [(tax.rate, tax.base_minor, tax.amount_minor) for tax in found.taxes] == [
        (Decimal(rate), base, amount) for rate, base, amount in taxes
    ]


quantities = st.decimals("0.0001", "1000000", places=4)
rates = st.none() | st.decimals("0", "100", places=3)
discounts = st.none() | st.decimals("0", "100", places=3).map(lambda value: Discount(DiscountType.PERCENT, value))
lines_of_any_kind = st.lists(
    st.builds(
        Line, st.just("Work"), quantities, st.integers(0, 10**7), rates, st.sampled_from([None, "VAT"]), discounts
    ),
    min_size=1,
    max_size=30,
)


@given(lines=lines_of_any_kind, inclusive=st.booleans(), discount=discounts)
def test_sums_agree_to_the_last_unit(lines: list[Line], inclusive: bool, discount: Discount | None) -> None:
    found = totals_of(lines, tax_inclusive=inclusive, discount=discount)
    assert sum(found.line_amounts_minor) == found.subtotal_minor
    assert sum(tax.base_minor + tax.amount_minor for tax in found.taxes) == found.total_minor
    tax_on_top = 0 if inclusive else found.tax_minor
    assert found.subtotal_minor - found.discount_minor + tax_on_top == found.total_minor


@given(lines=lines_of_any_kind, inclusive=st.booleans(), discount=discounts)
def test_each_rates_tax_is_the_nearest_unit_to_the_exact_tax(
    lines: list[Line], inclusive: bool, discount: Discount | None
) -> None:
    for tax in totals_of(lines, tax_inclusive=inclusive, discount=discount).taxes:
        rate = Fraction(tax.rate)
        gross = tax.base_minor + tax.amount_minor
        exact = gross * rate / (100 + rate) if inclusive else tax.base_minor * rate / 100
        assert abs(exact - tax.amount_minor) <= Fraction(1, 2)


@given(lines=lines_of_any_kind, inclusive=st.booleans())
def test_the_order_of_lines_does_not_change_what_is_paid(lines: list[Line], inclusive: bool) -> None:
    there, back = (totals_of(order, tax_inclusive=inclusive) for order in (lines, lines[::-1]))
    assert (there.total_minor, there.tax_minor) == (back.total_minor, back.tax_minor)


@given(weights=st.lists(st.integers(0, 10**12), min_size=1, max_size=50), data=st.data())
def test_parts_add_up_and_each_is_within_one_unit_of_its_share(weights: list[int], data: st.DataObject) -> None:
    whole = sum(weights)
    total = data.draw(st.integers(0, whole))
    parts = spread(total, weights)
    assert sum(parts) == total
    for part, weight in zip(parts, weights, strict=True):
        assert 0 <= part <= weight
        assert abs(part - Fraction(total * weight, whole or 1)) < 1


@given(numerator=st.integers(-(10**30), 10**30), denominator=st.integers(1, 10**9))
def test_a_quotient_is_rounded_to_the_nearest_halves_away_from_zero(numerator: int, denominator: int) -> None:
    exact, rounded = Fraction(numerator, denominator), divide(numerator, denominator)
    assert abs(exact - rounded) <= Fraction(1, 2)
    if abs(exact - rounded) == Fraction(1, 2):
        assert abs(rounded) > abs(exact)


def test_the_remainder_goes_to_the_largest_fractions_then_to_the_earlier_line() -> None:
    assert spread(100, [1, 1, 1]) == [34, 33, 33]
    assert spread(5, [10, 30, 10]) == [1, 3, 1]
    assert spread(1, [1, 2, 1]) == [0, 1, 0]


def test_taxes_of_one_rate_with_two_names_show_both() -> None:
    named = [Line("A", Decimal(1), 100, Decimal(5), "GST"), Line("B", Decimal(1), 100, Decimal(5), "HST")]
    assert [tax.name for tax in totals_of(named).taxes] == ["GST / HST"]


@pytest.mark.parametrize(
    ("lines", "discount", "field"),
    [
        ([line("1", 100)], off(101), "discount"),
        ([line("1", 100, None, off(101))], None, "lines.0.discount"),
        ([line("1", 1), line("1000000000", MAX_MINOR)], None, "lines.1"),
        ([line("1", MAX_MINOR), line("1", 1)], None, "lines"),
        ([line("1", MAX_MINOR, "0.1")], None, "lines"),
    ],
)
def test_sums_that_cannot_be_billed_are_refused_by_field(
    lines: list[Line], discount: Discount | None, field: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        totals_of(lines, discount=discount)
    assert refusal.value.errors[0].field == field
