"""The ports of the services, kept between runs in one file."""

import json
import random
from pathlib import Path

from cli.embedded.failure import CannotStart
from cli.embedded.ports import is_free

# Apart from the range of single servers, so that neither takes what the other is about to bind.
FIRST, LAST = 24_000, 31_999
ATTEMPTS = 200
BEYOND_TAKEN = 100


class PortBook:
    """Gives every name a free port of its own; the same as last time where that is still free."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._kept: dict[str, int] = json.loads(file.read_text()) if file.exists() else {}
        self._given: dict[str, int] = {}

    def port(self, name: str) -> int:
        """The port of that name, the same at every call."""
        if name not in self._given:
            kept = self._kept.get(name)
            usable = kept is not None and kept not in self._given.values() and is_free(kept)
            self._given[name] = kept if usable and kept is not None else self._another()
        return self._given[name]

    def save(self) -> None:
        """Keeps what was given out for the next start."""
        self._file.write_text(json.dumps(self._given, indent=2) + "\n")

    def _another(self) -> int:
        for _ in range(ATTEMPTS):
            port = random.randint(FIRST, LAST)
            if port not in self._given.values() and port not in self._kept.values() and is_free(port):
                return port
        raise CannotStart(f"No free port between {FIRST} and {LAST}.")


def first_free_from(wanted: int, host: str) -> int:
    """`wanted`, or the next port above it that is free."""
    for port in range(wanted, min(wanted + BEYOND_TAKEN, 65_536)):
        if is_free(port, host):
            return port
    raise CannotStart(
        f"Port {wanted} and the {BEYOND_TAKEN} above it are taken or not allowed.",
        mend="Choose another one with --port (ports below 1024 need root).",
    )
