"""What a child prints: all of it into a log file, the important lines to the console."""

import re
import sys
from collections.abc import Callable
from pathlib import Path

ROTATE_BYTES = 10 * 1024 * 1024
KEEP = 3
LINE_BYTES = 64 * 1024
CONSOLE_CHARACTERS = 400
NAME_WIDTH = 9
YELLOW, CYAN, PLAIN = "\033[33m", "\033[36m", "\033[0m"


class Console:
    """The terminal of `portico up`."""

    def __init__(self, *, verbose: bool = False) -> None:
        self.verbose = verbose
        self._colour = sys.stdout.isatty()

    def say(self, text: str) -> None:
        """Something that went as it should."""
        print(text, flush=True)

    def warn(self, text: str) -> None:
        """Something a person may want to look at."""
        print(self._painted(YELLOW, text), flush=True)

    def line(self, name: str, text: str) -> None:
        """A line that the child of that name printed."""
        print(self._painted(CYAN, f"{name:<{NAME_WIDTH}}"), text[:CONSOLE_CHARACTERS], flush=True)

    def _painted(self, colour: str, text: str) -> str:
        return f"{colour}{text}{PLAIN}" if self._colour else text


class Output:
    """One child's output, rotated by size (`auth.log`, `auth.log.1` ...)."""

    def __init__(self, file: Path, important: str, show: Callable[[str], None], *, verbose: bool) -> None:
        self.file = file
        self._important = re.compile(important)
        self._show = show
        self._verbose = verbose
        self._handle = file.open("ab")
        self._rest = b""
        self.quiet = False

    def feed(self, data: bytes) -> None:
        """Takes what was read from the child, in pieces of any size."""
        self._handle.write(data)
        self._handle.flush()
        if self._handle.tell() > ROTATE_BYTES:
            self._rotate()
        *lines, rest = (self._rest + data).split(b"\n")
        self._rest = rest[-LINE_BYTES:]
        for line in lines:
            self._consider(line.decode(errors="replace").rstrip())

    def close(self) -> None:
        """Closes the log file."""
        self._handle.close()

    def _consider(self, line: str) -> None:
        if line and (self._verbose or (not self.quiet and self._important.search(line))):
            self._show(line)

    def _rotate(self) -> None:
        self._handle.close()
        for number in range(KEEP - 1, 0, -1):
            older = self._numbered(number)
            if older.exists():
                older.replace(self._numbered(number + 1))
        self.file.replace(self._numbered(1))
        self._handle = self.file.open("ab")

    def _numbered(self, number: int) -> Path:
        return self.file.with_name(f"{self.file.name}.{number}")
