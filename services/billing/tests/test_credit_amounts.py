"""The arithmetic of credit notes: whatever is credited and in what steps, it adds up to the invoice at each rate."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chassis.errors import Conflict
from services.billing.credit_notes.amounts import creditable
from services.billing.invoices.lines import Content
from services.billing.invoices.totals import Line, Tax

RATES = st.sampled_from(["0", "7", "7.7", "19", "20", "33.333"])
# Small prices, whose taxes are rounded the most, come up often.
PRICES = st.one_of(st.integers(1, 9), st.integers(1, 9_999))
LINES = st.lists(st.tuples(st.integers(1, 99), PRICES, RATES), min_size=1, max_size=6)


@pytest.mark.parametrize(
    ("price", "taxes"), [(3, [1, 1, 1, 1, 1, 1, 0, 0, 0, 0]), (2, [0, 0, 1])], ids=["no-more", "no-less"]
)
def test_taxes_of_many_small_notes_come_to_those_of_the_invoice(price: int, taxes: list[int]) -> None:
    line = Line("x", Decimal(1), price, Decimal(19))
    content = Content("EUR", (line,) * len(taxes))
    taken: list[Tax] = []
    for _ in taxes:
        taken += creditable(content, taken).lines([line]).totals.taxes
    assert [tax.amount_minor for tax in taken] == taxes
    assert creditable(content, taken).left_minor == 0


@settings(max_examples=200, deadline=None)
@given(
    lines=LINES,
    is_inclusive=st.booleans(),
    shares=st.lists(st.integers(1, 100), min_size=1, max_size=12),
    data=st.data(),
)
def test_credit_notes_of_any_size_add_up_to_the_invoice(
    lines: list[tuple[int, int, str]], is_inclusive: bool, shares: list[int], data: st.DataObject
) -> None:
    content = Content(
        "EUR", tuple(Line("x", Decimal(n), price, Decimal(rate)) for n, price, rate in lines), is_inclusive
    )
    totals = content.totals()
    taken: list[Tax] = []
    for share in shares:
        open = creditable(content, taken)
        line = data.draw(st.sampled_from(content.lines))
        try:
            if share % 2:
                made = open.amount(max(1, open.left_minor * share // 100), "x")
            else:
                made = open.lines([Line("x", Decimal(1), line.unit_price_minor, line.tax_rate)])
        except Conflict:
            continue
        assert made.totals.total_minor == sum(tax.base_minor + tax.amount_minor for tax in made.totals.taxes)
        assert made.totals.total_minor == made.totals.subtotal_minor + (
            0 if made.content.tax_inclusive else made.totals.tax_minor
        )
        taken += made.totals.taxes
        assert all(tax.base_minor >= 0 and tax.amount_minor >= 0 for tax in creditable(content, taken).left)
    rest = creditable(content, taken)
    if rest.left_minor:
        taken += rest.everything("x").totals.taxes
    for charged in totals.taxes:
        mine = [tax for tax in taken if tax.rate == charged.rate]
        assert sum(tax.base_minor for tax in mine) == charged.base_minor
        assert sum(tax.amount_minor for tax in mine) == charged.amount_minor
