"""`portico up` as a process of its own, with a real mail server and a real webhook receiver beside it."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from tests.ports import free_ports

ROOT = Path(__file__).resolve().parents[2]
READY_TIMEOUT_S = 90
STOP_TIMEOUT_S = 60


@dataclass
class Stack:
    """A running deployment."""

    url: str
    data: Path
    process: "subprocess.Popen[bytes]"
    output: Path

    def wait_until_ready(self) -> None:
        """Until the gateway answers for every service."""
        deadline = time.monotonic() + READY_TIMEOUT_S
        probes = ("/api/auth/me", "/api/projects", "/api/invoices", "/api/zapier", "/api/portal")
        while True:
            if self.process.poll() is not None:
                raise AssertionError(f"portico up ended:\n{self.output.read_text()}")
            try:
                if all(httpx.get(self.url + path).status_code == 401 for path in probes):
                    return
            except httpx.HTTPError:
                pass
            assert time.monotonic() < deadline, f"not ready:\n{self.output.read_text()}"
            time.sleep(0.1)

    def stop(self) -> None:
        """As Ctrl-C does."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            self.process.wait(STOP_TIMEOUT_S)


@contextmanager
def portico_up(data: Path, *, port: int | None = None, **variables: str) -> Iterator[Stack]:
    """`portico up --no-demo` on a free port, or on the one given; stopped at the end."""
    data.mkdir(parents=True, exist_ok=True)
    port = port or free_ports(1)[0]
    output = data.parent / f"{data.name}.up.log"
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PORTICO_")}
    environment |= {"PYTHONPATH": f"{ROOT}:{ROOT / 'generated'}", **variables}
    with output.open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "cli", "up", "--no-demo", "--port", str(port), "--data", str(data)],
            cwd=ROOT,
            env=environment,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    stack = Stack(f"http://localhost:{port}", data, process, output)
    try:
        stack.wait_until_ready()
        yield stack
    finally:
        stack.stop()
