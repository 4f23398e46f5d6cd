"""Days of time zones: each begins where the one before it ends, also where clocks are changed at midnight."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from services.billing.days import days_in

# Offsets at both ends, changes at 1, 2 and 3 o'clock, by half an hour, at midnight forward and back, and none at all.
ZONES = (
    "UTC",
    "Europe/Berlin",
    "Europe/London",
    "America/New_York",
    "America/Santiago",
    "America/Havana",
    "Africa/Cairo",
    "Asia/Beirut",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Pacific/Kiritimati",
    "Pacific/Pago_Pago",
)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize("zone", ZONES)
def test_a_day_begins_when_the_one_before_it_ends(zone: str) -> None:
    days = days_in(zone)
    for count in range(3 * 366):
        day = date(2025, 1, 1) + timedelta(days=count)
        begins = days.at(day)
        assert (days.today(begins), days.today(begins - SECOND)) == (day, day - timedelta(days=1)), day


def test_days_are_as_long_as_their_clocks_say() -> None:
    days = days_in("Europe/Berlin")
    lengths = {
        day: days.at(day + timedelta(days=1)) - days.at(day)
        for day in (date(2027, 3, 27), date(2027, 3, 28), date(2027, 10, 31))
    }
    assert [length / timedelta(hours=1) for length in lengths.values()] == [24, 23, 25]


def test_a_time_of_day_follows_the_clocks() -> None:
    days = days_in("America/New_York")
    assert days.at(date(2027, 3, 13), time(9)) == datetime(2027, 3, 13, 14, tzinfo=UTC)
    assert days.at(date(2027, 3, 14), time(9)) == datetime(2027, 3, 14, 13, tzinfo=UTC)


@pytest.mark.parametrize("zone", ["", "Mars/Olympus", "../../etc/passwd", "a\x00b"])
def test_a_zone_that_is_not_known_has_the_days_of_utc(zone: str) -> None:
    assert days_in(zone).zone is UTC
