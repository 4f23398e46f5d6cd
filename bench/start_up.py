"""B8: how long `portico up` takes until it is ready, and what the five services weigh idle."""

import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

import psutil

from bench.report import Line
from cli.embedded.ports import free_port
from cli.services import ROOT, SERVICES

NEW_S, EXISTING_S, MEMORY_MB = 15, 6, 600
STARTS = 3
IDLE_S = 5
_READY = re.compile(r"\bReady\b")


def measure(workspace: Path) -> list[Line]:
    """Start on a new data directory, then again on the same, several times; weigh the services each time."""
    new, existing, weights = [], [], []
    for number in range(STARTS):
        data = workspace / f"up-{number}"
        for times in (new, existing):
            with _up(data) as (process, seconds):
                times.append(seconds)
                time.sleep(IDLE_S)
                weights.append(_weight_mb(process))
    return [
        _line("B8", "`portico up` until ready, existing data directory", median(existing), "s", EXISTING_S),
        _line("", "  a new one", median(new), "s", NEW_S),
        _line("", "  the five services idle (proportional set size)", median(weights), "MB", MEMORY_MB),
    ]


@contextmanager
def _up(data: Path) -> Iterator[tuple[psutil.Process, float]]:
    """`portico up` on a free port, and the seconds until it said that it was ready."""
    command = (sys.executable, "-m", "cli", "up", "--no-demo", "--data", str(data), "--port", str(free_port()))
    began = time.monotonic()
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        assert process.stdout is not None
        said = []
        for line in process.stdout:
            said.append(line)
            if _READY.search(line):
                break
        else:
            raise AssertionError("`portico up` did not come up:\n" + "".join(said[-20:]))
        yield psutil.Process(process.pid), time.monotonic() - began
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)


def _weight_mb(up: psutil.Process) -> float:
    """Memory of the services and their worker processes; a page that several share counts once."""
    services = [child for child in up.children() if _is_service(child)]
    assert len(services) == len(SERVICES), [child.cmdline() for child in up.children()]
    processes = [one for service in services for one in (service, *service.children(recursive=True))]
    return sum(one.memory_full_info().pss for one in processes) / 1e6


def _is_service(process: psutil.Process) -> bool:
    return any(("serve", name) == tuple(process.cmdline()[-2:]) for name in SERVICES)


def _line(id: str, work: str, value: float, unit: str, most: float) -> Line:
    return Line(id=id, work=work, ours=f"{value:,.1f} {unit}", aim=f"<= {most} {unit}", ok=value <= most)
