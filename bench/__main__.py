"""`python -m bench [B1 B2 B3 B8] [--rounds 7]`: what `make bench` runs."""

import argparse
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console

from bench import start_up
from bench.duels import fight
from bench.report import Line, lines, show
from bench.stack import Stack, running_stack
from bench.works import Work, list_of_invoices, new_project, sign_in, snapshot

ALL = ("B1", "B2", "B3", "B8")

console = Console(stderr=True)


def main() -> None:
    """Measure what was asked for, then print the table."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("ids", nargs="*", metavar="ID", help=f"some of {', '.join(ALL)}; all when left out")
    parser.add_argument("--rounds", type=int, default=7, help="how often each side is measured (%(default)s)")
    wanted = parser.parse_args()
    ids = wanted.ids or ALL
    if unknown := set(ids) - set(ALL):
        parser.error(f"there is no {', '.join(sorted(unknown))}")
    measured: list[Line] = []
    if set(ids) & {"B1", "B2", "B3"}:
        with _workspace() as workspace:
            measured += _duels(ids, workspace, wanted.rounds)
    if "B8" in ids:
        console.print("B8: starting and stopping `portico up` ...")
        with _workspace() as workspace:
            measured += start_up.measure(workspace)
    show(measured)


def _duels(ids: list[str], workspace: Path, rounds: int) -> list[Line]:
    console.print("Starting Portico and the limits, loading the data set ...")
    measured: list[Line] = []
    with running_stack(workspace) as stack:
        console.print(f"{stack.rows:,} rows on {stack.origin}.")
        for work in _works(stack):
            if work.duel.id in ids:
                console.print(f"{work.duel.id}: {rounds} rounds of {work.duel.count:,} requests on each side ...")
                work.check()
                measured += lines(work.duel, fight(work.duel, stack.port, rounds), work.aims)
    return measured


def _works(stack: Stack) -> list[Work]:
    tokens = sign_in(stack)
    return [list_of_invoices(stack, tokens), snapshot(stack), new_project(stack, tokens)]


@contextmanager
def _workspace() -> Iterator[Path]:
    """A directory that PostgreSQL's user may enter, gone at the end."""
    with tempfile.TemporaryDirectory(prefix="portico-bench-") as path:
        Path(path).chmod(0o755)
        yield Path(path)


if __name__ == "__main__":
    main()
