"""`python -m bench [B1 ... B9] [--rounds 7]`: what `make bench` runs."""

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from importlib.util import find_spec
from pathlib import Path

from rich.console import Console

from bench import deep_pages, first_view, large_files, papers, start_up, webhooks
from bench.dataset.world import AGENCIES
from bench.duels import fight
from bench.report import Line, lines, show
from bench.stack import Stack, running_stack
from bench.works import list_of_invoices, new_project, sign_in, snapshot

DUELS = ("B1", "B2", "B3")
# B7 fills the disk last.
ON_A_STACK = (*DUELS, "B4", "B5", "B9", "B6", "B7")
ALL = (*ON_A_STACK, "B8")
# Left out unless it is asked for: it takes much disk and time.
LARGE = "B7"

console = Console(stderr=True)


def main() -> None:
    """Measure what was asked for, then print the table; of a run that fails, what was measured until then."""
    wanted = _arguments()
    measured: list[Line] = []
    try:
        if set(wanted.ids) & set(ON_A_STACK):
            with _workspace() as workspace:
                for some in _on_a_stack(wanted, workspace):
                    measured += some
        if "B8" in wanted.ids:
            console.print("B8: starting and stopping `portico up` ...")
            with _workspace() as workspace:
                measured += start_up.measure(workspace)
    finally:
        show(measured)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("ids", nargs="*", metavar="ID", help=f"some of {', '.join(ALL)}; all but {LARGE} when left out")
    parser.add_argument("--rounds", type=int, default=7, help="how often each side is measured (%(default)s)")
    parser.add_argument("--agencies", type=int, default=AGENCIES, help="size of the data set (%(default)s)")
    parser.add_argument("--seconds", type=int, default=20, help="B4: how long events are made (%(default)s)")
    parser.add_argument("--mib", type=int, default=1024, help="B6: size of the file (%(default)s)")
    parser.add_argument("--invoices", type=int, default=10_000_000, help="B7: of the larger agency (%(default)s)")
    parser.add_argument(
        "--weasyprint", metavar="PYTHON", help="B5: a Python that has WeasyPrint, when this one has not"
    )
    wanted = parser.parse_args()
    wanted.ids = wanted.ids or [id for id in ALL if id != LARGE]
    if unknown := set(wanted.ids) - set(ALL):
        parser.error(f"there is no {', '.join(sorted(unknown))}")
    if wanted.weasyprint is None and find_spec("weasyprint"):
        wanted.weasyprint = sys.executable
    return wanted


def _on_a_stack(wanted: argparse.Namespace, workspace: Path) -> Iterator[list[Line]]:
    console.print("Starting Portico and the limits, loading the data set ...")
    with running_stack(workspace, wanted.agencies) as stack:
        console.print(f"{stack.rows:,} rows on {stack.origin}.")
        for id, measure in _measures(stack, wanted).items():
            if id in wanted.ids:
                console.print(f"{id} ...")
                yield measure()


def _measures(stack: Stack, wanted: argparse.Namespace) -> dict[str, Callable[[], list[Line]]]:
    tokens, rounds = sign_in(stack), wanted.rounds

    def duel(id: str) -> list[Line]:
        work = {"B1": list_of_invoices, "B3": new_project}[id](stack, tokens) if id != "B2" else snapshot(stack)
        work.check()
        return lines(work.duel, fight(work.duel, stack.port, rounds), work.aims)

    return {
        **{name: partial(duel, name) for name in DUELS},
        "B4": lambda: webhooks.measure(stack, tokens, seconds=wanted.seconds),
        "B5": lambda: papers.measure(stack, tokens[0], rounds=rounds, count=100, weasyprint=wanted.weasyprint),
        "B9": lambda: first_view.measure(stack, rounds=rounds),
        "B6": lambda: large_files.measure(stack, tokens[0], rounds=min(rounds, 3), mib=wanted.mib),
        "B7": lambda: deep_pages.measure(stack, tokens, rounds=rounds, count=2000, many=wanted.invoices),
    }


@contextmanager
def _workspace() -> Iterator[Path]:
    """A directory that PostgreSQL's user may enter, gone at the end."""
    with tempfile.TemporaryDirectory(prefix="portico-bench-") as path:
        Path(path).chmod(0o755)
        yield Path(path)


if __name__ == "__main__":
    main()
