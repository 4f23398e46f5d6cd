"""How worked time becomes lines: grouping, rounding and hours, by numbers that were worked out by hand."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.billing.invoices.time_lines import GroupBy, Rounding, RoundingPer, WorkedTime, lines_of

MONDAY = date(2026, 11, 16)


def worked(minutes: int, description: str = "Work", *, day: int = 0, task: str = "", rate: int = 6000) -> WorkedTime:
    worked.count += 1  # type: ignore[attr-defined]
    return WorkedTime(
        id=UUID(int=worked.count),  # type: ignore[attr-defined]
        description=description,
        minutes=minutes,
        worked_on=MONDAY + timedelta(days=day),
        task=task,
        rate_minor=rate,
    )


worked.count = 0  # type: ignore[attr-defined]


def made(
    *entries: WorkedTime, by: GroupBy = GroupBy.ENTRY, minutes: int = 1, per: RoundingPer = RoundingPer.ENTRY
) -> list[tuple[str, str, int]]:
    lines = lines_of(entries, group_by=by, rounding=Rounding(minutes, per), project="Website", tax_rate=None)
    return [(line.description, str(line.quantity), line.amount_minor()) for line in lines]


def test_each_entry_is_a_line_with_its_day_in_the_order_of_days() -> None:
    assert made(worked(90, "Wireframes", day=1), worked(30, "Kick-off")) == [
        ("2026-11-16: Kick-off", "0.5000", 3000),
        ("2026-11-17: Wireframes", "1.5000", 9000),
    ]


@pytest.mark.parametrize(("minutes", "hours"), [(1, "0.0167"), (20, "0.3333"), (40, "0.6667"), (1440, "24.0000")])
def test_hours_have_four_decimals(minutes: int, hours: str) -> None:
    [(_, quantity, _)] = made(worked(minutes))
    assert quantity == hours


def test_time_of_a_task_shares_a_line_and_the_rest_goes_by_the_project() -> None:
    lines = made(worked(30, task="Shop"), worked(15), worked(45, day=3, task="Shop"), by=GroupBy.TASK)
    assert lines == [("Shop", "1.2500", 7500), ("Website", "0.2500", 1500)]


def test_what_costs_something_else_has_a_line_of_its_own() -> None:
    lines = made(worked(60, task="Shop"), worked(60, task="Shop", rate=9000), by=GroupBy.TASK)
    assert lines == [("Shop", "1.0000", 6000), ("Shop", "1.0000", 9000)]


def test_a_days_line_tells_once_what_was_done() -> None:
    lines = made(worked(30, "Bugs"), worked(30, "Mails"), worked(30, "Bugs"), worked(6, day=1), by=GroupBy.DAY)
    assert lines == [("2026-11-16: Bugs; Mails", "1.5000", 9000), ("2026-11-17: Work", "0.1000", 600)]


def test_what_is_called_the_same_shares_a_line() -> None:
    assert made(worked(30, "Bugs"), worked(30, "Bugs", day=4), by=GroupBy.DESCRIPTION) == [("Bugs", "1.0000", 6000)]


def test_time_is_rounded_up_by_entry_or_by_line() -> None:
    entries = (worked(1), worked(16), worked(15))
    assert made(*entries, by=GroupBy.DESCRIPTION, minutes=15)[0][1] == "1.0000"
    assert made(*entries, by=GroupBy.DESCRIPTION, minutes=15, per=RoundingPer.LINE)[0][1] == "0.7500"
    assert made(*entries, by=GroupBy.DESCRIPTION, minutes=6)[0][1] == "0.7000"


def test_a_line_that_would_be_too_long_is_cut() -> None:
    [(description, _, _)] = made(*(worked(1, f"{n} {'x' * 300}") for n in range(5)), by=GroupBy.DAY)
    assert (len(description), description[-1]) == (1000, "…")


@given(
    st.lists(st.tuples(st.integers(1, 1440), st.integers(0, 3), st.sampled_from(["", "Shop"])), min_size=1),
    st.sampled_from(GroupBy),
    st.sampled_from([1, 5, 6, 10, 15, 30]),
    st.sampled_from(RoundingPer),
)
def test_no_minute_is_lost_and_no_entry_is_rounded_by_a_whole_step(
    times: list[tuple[int, int, str]], by: GroupBy, step: int, per: RoundingPer
) -> None:
    entries = [worked(minutes, day=day, task=task) for minutes, day, task in times]
    lines = lines_of(entries, group_by=by, rounding=Rounding(step, per), project="Website", tax_rate=None)
    hours = sum(line.quantity for line in lines)
    # Each line's hours are within half of the fourth decimal.
    slack = Decimal("0.00005") * len(lines)
    least = Decimal(sum(minutes for minutes, _, _ in times)) / 60
    rounded = len(entries) if per is RoundingPer.ENTRY else len(lines)
    assert least - slack <= hours < least + Decimal(step) / 60 * rounded + slack
