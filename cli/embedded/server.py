"""One program run by itself, outside `portico up`: what tests and benchmarks start their servers with."""

import shutil
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from cli.embedded.failure import CannotStart
from cli.embedded.launch import popen_options
from cli.embedded.program import Program

READY_SECONDS = 60
POLL_SECONDS = 0.02
LAST_LINES = 15


@dataclass
class Server:
    """A running server: its process, its URL, the file its output goes to and where its data lies."""

    program: Program
    process: "subprocess.Popen[bytes]"
    url: str
    log: Path
    files: Path

    def discard(self) -> None:
        """Stops the server and removes what it kept."""
        self.stop()
        shutil.rmtree(self.files, ignore_errors=True)

    def stop(self) -> None:
        """Ends the server cleanly; killed when that takes longer than its program allows."""
        if self.process.poll() is not None:
            return
        self.process.send_signal(self.program.stop_signal)
        try:
            self.process.wait(self.program.stop_seconds)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


def run(program: Program, url: str, *, log: Path, files: Path) -> Server:
    """Starts `program`, which keeps its data in `files`, and returns once it answers."""
    if program.before_start is not None:
        program.before_start()
    with log.open("ab") as output:
        process = subprocess.Popen(  # noqa: S603 - the command is ours
            program.argv,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            **popen_options(program),
        )
    server = Server(program, process, url, log, files)
    deadline = time.monotonic() + READY_SECONDS
    while not program.answers(process.pid):
        if process.poll() is not None or time.monotonic() > deadline:
            server.stop()
            raise CannotStart(f"{program.name} did not start:\n{last_lines(log)}")
        time.sleep(POLL_SECONDS)
    return server


def last_lines(log: Path, count: int = LAST_LINES) -> str:
    """The end of a log file, as text."""
    if not log.exists():
        return ""
    return "\n".join(log.read_text(errors="replace").splitlines()[-count:])
