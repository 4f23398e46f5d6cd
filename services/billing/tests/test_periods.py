"""Periods: counted from the first day, whose number short months do not change for the months behind them."""

from datetime import date, timedelta
from itertools import islice, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.billing.recurring_invoices.periods import LAST_DAY, Frequency, Rhythm

DAYS = st.dates(date(2000, 1, 1), date(2100, 12, 31))


def first(rhythm: Rhythm, count: int, day: date | None = None) -> list[str]:
    return [period.isoformat() for period in islice(rhythm.from_day(day or rhythm.starts_on), count)]


@pytest.mark.parametrize(
    ("frequency", "every", "starts_on", "expected"),
    [
        ("monthly", 1, "2027-01-31", ["2027-01-31", "2027-02-28", "2027-03-31", "2027-04-30", "2027-05-31"]),
        ("monthly", 1, "2028-01-30", ["2028-01-30", "2028-02-29", "2028-03-30"]),
        ("monthly", 2, "2027-12-31", ["2027-12-31", "2028-02-29", "2028-04-30"]),
        ("quarterly", 1, "2027-11-30", ["2027-11-30", "2028-02-29", "2028-05-30"]),
        ("yearly", 1, "2028-02-29", ["2028-02-29", "2029-02-28", "2030-02-28", "2031-02-28", "2032-02-29"]),
        ("weekly", 1, "2027-12-27", ["2027-12-27", "2028-01-03"]),
        ("weekly", 2, "2028-02-22", ["2028-02-22", "2028-03-07"]),
    ],
)
def test_periods_keep_the_day_that_they_began_with(
    frequency: str, every: int, starts_on: str, expected: list[str]
) -> None:
    rhythm = Rhythm(Frequency(frequency), every, date.fromisoformat(starts_on))
    assert first(rhythm, len(expected)) == expected


@given(st.sampled_from(Frequency), st.integers(1, 100), DAYS, DAYS)
def test_the_first_from_a_day_is_the_first_of_all_that_is_not_before_it(
    frequency: Frequency, every: int, starts_on: date, day: date
) -> None:
    rhythm = Rhythm(frequency, every, starts_on)
    walked = next((period for period in rhythm.from_day(starts_on) if period >= day), None)
    assert next(rhythm.from_day(day), None) == walked


@given(st.sampled_from(Frequency), st.integers(1, 12), DAYS)
def test_periods_go_forward_and_never_past_the_day_of_the_first(
    frequency: Frequency, every: int, starts_on: date
) -> None:
    periods = list(islice(Rhythm(frequency, every, starts_on).from_day(starts_on), 30))
    assert periods[0] == starts_on
    assert periods == sorted(set(periods))
    if frequency is Frequency.WEEKLY:
        assert {later - sooner for sooner, later in pairwise(periods)} == {timedelta(weeks=every)}
    else:
        # Short of it only on the last day of a month.
        assert all(
            period.day == starts_on.day or (period.day < starts_on.day and (period + timedelta(days=1)).day == 1)
            for period in periods
        )


def test_there_are_none_behind_the_last_day() -> None:
    rhythm = Rhythm(Frequency.YEARLY, 100, date(2190, 5, 1))
    assert list(rhythm.from_day(date(2000, 1, 1))) == [date(2190, 5, 1)]
    assert list(rhythm.from_day(LAST_DAY)) == []
