"""Free TCP ports of this machine, remembered between runs so that addresses stay the same."""

import random
import socket
from pathlib import Path

from cli.embedded.failure import CannotStart

LOOPBACK = "127.0.0.1"
# Below the range from which Linux takes ports of outgoing connections (32768 to 60999): a server that is
# restarted finds its port again instead of losing it to a connection made in between.
FIRST, LAST = 20_000, 23_999
ATTEMPTS = 200


def is_free(port: int, host: str = LOOPBACK) -> bool:
    """Whether this process could listen there."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
        return True


def free_port(avoid: frozenset[int] = frozenset()) -> int:
    """A port that nobody listens on at this moment."""
    for _ in range(ATTEMPTS):
        port = random.randint(FIRST, LAST)
        if port not in avoid and is_free(port):
            return port
    raise CannotStart(f"No free port between {FIRST} and {LAST} on {LOOPBACK}.")


def remembered_port(file: Path) -> int:
    """The port written in `file` when it is still free, else a new one, written there."""
    if file.exists():
        kept = file.read_text().strip()
        if kept.isdigit() and is_free(int(kept)):
            return int(kept)
    port = free_port()
    file.write_text(f"{port}\n")
    return port


def accepts(port: int, host: str = LOOPBACK) -> bool:
    """Whether something accepts connections there."""
    try:
        with socket.create_connection((host, port), timeout=1):
            return True
    except OSError:
        return False
