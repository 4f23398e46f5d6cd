"""Runs `portico up` as a person would, and looks at what it has started."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import psutil

from cli.embedded.launch import MARK

ROOT = Path(__file__).resolve().parents[2]
READY = "Portico is ready"
PATIENCE_SECONDS = 120
CHILDREN = {"postgres", "nats", "auth", "projects", "billing", "portal", "notify", "traefik"}


class Up:
    """One `portico up` on a data directory."""

    def __init__(self, data: Path, port: int, *options: str, **variables: str) -> None:
        self.data = data
        self.lines: list[str] = []
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-m", "cli", "up", "--data", str(data), "--port", str(port), *options],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env=_environment() | variables,
            start_new_session=True,
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    @property
    def output(self) -> str:
        return "\n".join(self.lines)

    def until_ready(self) -> "Up":
        self._until(lambda: any(READY in line for line in self.lines))
        return self

    def until_ended(self) -> int:
        code = self.process.wait(PATIENCE_SECONDS)
        self._reader.join(5)
        return code

    def send(self, number: signal.Signals) -> None:
        self.process.send_signal(number)

    def pids(self) -> dict[str, int]:
        file = self.data / "processes.json"
        return dict(json.loads(file.read_text())) if file.exists() else {}

    def until_replaced(self, name: str, old: int) -> None:
        """Until the child of that name is another process, and the console says that it answers."""
        said = f"{name} answers again."
        self._until(lambda: self.pids().get(name, old) != old and said in self.lines)

    def alive(self) -> list[psutil.Process]:
        """Every process on this machine that belongs to the data directory."""
        return [process for process in psutil.process_iter() if self._owns(process)]

    def _owns(self, process: psutil.Process) -> bool:
        try:
            if process.status() == psutil.STATUS_ZOMBIE:
                return False
            marked = process.environ().get(MARK, "")
            return marked.startswith(str(self.data)) or str(self.data) in " ".join(process.cmdline())
        except psutil.Error:
            return False

    def _until(self, condition: Callable[[], bool]) -> None:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not condition():
            assert self.process.poll() is None, f"portico up ended early:\n{self.output}"
            assert time.monotonic() < deadline, f"waited too long:\n{self.output}"
            time.sleep(0.05)

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.append(line.rstrip("\n"))


def _environment() -> dict[str, str]:
    """Ours without anything that would configure Portico; registrations are not what is tested here."""
    ours = ("PORTICO_", "STRIPE_", "PAYSTACK_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return kept | {"PYTHONPATH": f"{ROOT}:{ROOT / 'generated'}", "PYTHONUNBUFFERED": "1"}
