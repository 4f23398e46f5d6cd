"""How worked time becomes an invoice's lines: grouped, rounded up, and charged by the hour."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from uuid import UUID

from services.billing.invoices.totals import QUANTITY_DECIMALS, Line

MAX_DESCRIPTION = 1000
_HOUR = 60


class GroupBy(StrEnum):
    """What shares a line, as far as it costs the same."""

    ENTRY = "entry"
    TASK = "task"
    DAY = "day"
    DESCRIPTION = "description"


class RoundingPer(StrEnum):
    """Whether each entry is rounded up, or what a line adds up to."""

    ENTRY = "entry"
    LINE = "line"


@dataclass(frozen=True, slots=True)
class Rounding:
    """Up to the next multiple of so many minutes; 1 leaves time as it was measured."""

    minutes: int
    per: RoundingPer = RoundingPer.ENTRY


@dataclass(frozen=True, slots=True)
class WorkedTime:
    """A time entry; an hour of it costs `rate_minor`. `task` is empty where the client knows of none."""

    id: UUID
    description: str
    minutes: int
    worked_on: date
    task: str
    rate_minor: int


def lines_of(
    entries: Sequence[WorkedTime], *, group_by: GroupBy, rounding: Rounding, project: str, tax_rate: Decimal | None
) -> list[Line]:
    """The lines, in the order of their first entries; `project` names time that belongs to no task.

    A quantity is in hours with 4 decimals: 20 minutes are 0.3333.
    """
    groups: dict[tuple[str, int], list[WorkedTime]] = {}
    for entry in sorted(entries, key=lambda entry: (entry.worked_on, entry.id)):
        groups.setdefault((_KEYS[group_by](entry, project), entry.rate_minor), []).append(entry)
    return [
        Line(
            description=_fitting(_heading(group_by, name, group)),
            quantity=_hours(_minutes(group, rounding)),
            unit_price_minor=rate_minor,
            tax_rate=tax_rate,
        )
        for (name, rate_minor), group in groups.items()
    ]


_KEYS: dict[GroupBy, Callable[[WorkedTime, str], str]] = {
    GroupBy.ENTRY: lambda entry, project: str(entry.id),
    GroupBy.TASK: lambda entry, project: entry.task or project,
    GroupBy.DAY: lambda entry, project: entry.worked_on.isoformat(),
    GroupBy.DESCRIPTION: lambda entry, project: entry.description,
}


def _heading(group_by: GroupBy, name: str, group: Sequence[WorkedTime]) -> str:
    if group_by is GroupBy.ENTRY:
        return f"{group[0].worked_on}: {group[0].description}"
    if group_by is GroupBy.DAY:
        return f"{name}: {'; '.join(dict.fromkeys(entry.description for entry in group))}"
    return name


def _fitting(text: str) -> str:
    return text if len(text) <= MAX_DESCRIPTION else text[: MAX_DESCRIPTION - 1] + "…"


def _minutes(group: Iterable[WorkedTime], rounding: Rounding) -> int:
    if rounding.per is RoundingPer.ENTRY:
        return sum(_rounded_up(entry.minutes, rounding.minutes) for entry in group)
    return _rounded_up(sum(entry.minutes for entry in group), rounding.minutes)


def _rounded_up(minutes: int, step: int) -> int:
    return -(-minutes // step) * step


def _hours(minutes: int) -> Decimal:
    return (Decimal(minutes) / _HOUR).quantize(Decimal(1).scaleb(-QUANTITY_DECIMALS), ROUND_HALF_UP)
