"""What a supervised process is: how to start it, how to tell that it answers, how to end it."""

import signal
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from cli.embedded.identity import Identity


@dataclass(frozen=True, kw_only=True)
class Program:
    """A command that runs until it is told to stop.

    `answers(pid)` is a short blocking probe; it may be called from a thread and never raises.
    """

    name: str
    argv: tuple[str, ...]
    environment: dict[str, str]
    answers: Callable[[int], bool]
    directory: Path | None = None
    identity: Identity | None = None
    stop_signal: signal.Signals = signal.SIGTERM
    stop_seconds: float = 30
    before_start: Callable[[], None] | None = None
    # Lines of its output that a person at the console should see (a regular expression).
    important: str = r"\b(ERROR|FATAL|PANIC|CRITICAL)\b"
