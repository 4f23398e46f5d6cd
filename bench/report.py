"""The table at the end: one line for each thing measured, with what it is held to."""

import os
import platform
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from rich.console import Console
from rich.table import Table

from bench.duels import Duel, Outcome, typical
from bench.loads import Sample


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of the table; `ok` is None where nothing is aimed at."""

    id: str = ""
    work: str
    ours: str
    limit: str = ""
    ratio: str = ""
    aim: str = ""
    ok: bool | None = None


@dataclass(frozen=True, kw_only=True)
class Aims:
    """Least share of the limit's rate, and where there is one the most of its 99th percentile."""

    rate: float
    p99: float | None = None


def lines(duel: Duel, outcome: Outcome, aims: Aims) -> list[Line]:
    """A duel as lines: rate, median and 99th percentile, and how long events took to settle."""
    rate = outcome.ratio(lambda sample: sample.rate)
    told = [
        Line(
            id=duel.id,
            work=duel.work,
            ours=f"{typical(outcome.ours, _rate):,.0f}/s",
            limit=f"{typical(outcome.limit, _rate):,.0f}/s",
            ratio=f"{rate:.2f}",
            aim=f">= {aims.rate:.2f}",
            ok=rate >= aims.rate,
        ),
        _latency("half answered within", outcome, _p50, None),
        _latency("99 of 100 answered within", outcome, _p99, aims.p99),
    ]
    if outcome.settling:
        longest = max(outcome.settling)
        told.append(Line(work="  all events consumed after the last answer", ours=f"{longest:.1f} s"))
    return told


def _latency(what: str, outcome: Outcome, measure: Callable[[Sample], float], most: float | None) -> Line:
    ratio = outcome.ratio(measure)
    return Line(
        work=f"  {what}",
        ours=f"{typical(outcome.ours, measure):.1f} ms",
        limit=f"{typical(outcome.limit, measure):.1f} ms",
        ratio=f"{ratio:.2f}",
        aim=f"<= {most:.2f}" if most else "",
        ok=ratio <= most if most else None,
    )


def _rate(sample: Sample) -> float:
    return sample.rate


def _p50(sample: Sample) -> float:
    return sample.percentile(50)


def _p99(sample: Sample) -> float:
    return sample.percentile(99)


def show(all_lines: Iterable[Line]) -> None:
    """Print the table."""
    table = Table(title=f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}")
    for name in ("id", "work"):
        table.add_column(name)
    for name in ("ours", "limit", "ratio", "aim"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("ok?")
    for line in all_lines:
        if line.id:
            table.add_section()
        verdict = {True: "[green]yes[/]", False: "[red]no[/]", None: ""}[line.ok]
        table.add_row(line.id, line.work, line.ours, line.limit, line.ratio, line.aim, verdict)
    Console(width=None if os.isatty(1) else 120).print(table)
