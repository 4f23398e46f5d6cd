"""The load generator, a process of its own: a bounded count of requests over kept connections.

Bare sockets and no HTTP library, so that it takes little of the machine that it shares with what it measures.
Reads a plan as JSON from stdin and prints what happened as JSON: `python -m bench.generator < plan.json`.
"""

import gc
import itertools
import json
import selectors
import socket
import sys
import time
from collections import Counter
from collections.abc import Iterator

READ_BYTES = 1 << 18
SILENCE_S = 30
_END_OF_HEAD = b"\r\n\r\n"
_LAST_CHUNK = b"\r\n0\r\n\r\n"


class Broken(Exception):
    """An answer that ends early, or that this generator cannot read."""


class Connection:
    """One kept connection: a request under way, and the answer so far."""

    def __init__(self, address: tuple[str, int]) -> None:
        self.socket = socket.create_connection(address, timeout=SILENCE_S)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.began = 0
        self.status = 0
        self._head = b""
        self._tail = b""
        # Bytes that are still to come; -1 before the head is complete, -2 for a chunked body.
        self._missing = -1

    def send(self, request: bytes) -> None:
        """Begin the next request."""
        self._head, self._missing = b"", -1
        self.began = time.perf_counter_ns()
        self.socket.sendall(request)

    def receive(self) -> bool:
        """Take what has come; True when the answer is complete."""
        data = self.socket.recv(READ_BYTES)
        if not data:
            raise Broken("the server closed the connection in the middle of an answer")
        if self._missing == -1:
            self._head += data
            end = self._head.find(_END_OF_HEAD)
            if end < 0:
                return False
            data = self._head[end + 4 :]
            self._read_head(self._head[:end])
        if self._missing == -2:
            self._tail = (self._tail + data)[-len(_LAST_CHUNK) :]
            return self._tail == _LAST_CHUNK
        self._missing -= len(data)
        return self._missing == 0

    def _read_head(self, head: bytes) -> None:
        self.status = int(head[9:12])
        lower = head.lower()
        at = lower.find(b"\r\ncontent-length:")
        if at >= 0:
            self._missing = int(lower[at + 17 :].split(b"\r\n", 1)[0])
        elif b"\r\ntransfer-encoding: chunked" in lower:
            self._missing, self._tail = -2, b""
        else:
            raise Broken(f"an answer without a length: {head[:200]!r}")


def run(connections: list[Connection], requests: Iterator[bytes], count: int) -> tuple[int, list[int], Counter[int]]:
    """Send `count` requests, one at a time on each connection; nanoseconds in all, of each, and the statuses."""
    selector = selectors.DefaultSelector()
    for connection in connections:
        selector.register(connection.socket, selectors.EVENT_READ, connection)
    took: list[int] = []
    statuses: Counter[int] = Counter()
    unsent = count
    began = time.perf_counter_ns()
    for connection in connections[:count]:
        connection.send(next(requests))
        unsent -= 1
    while len(took) < count:
        ready = selector.select(SILENCE_S)
        if not ready:
            raise Broken(f"no answer for {SILENCE_S} s")
        for key, _ in ready:
            connection = key.data
            if connection.receive():
                took.append(time.perf_counter_ns() - connection.began)
                statuses[connection.status] += 1
                if unsent:
                    connection.send(next(requests))
                    unsent -= 1
    return time.perf_counter_ns() - began, took, statuses


def main() -> None:
    """Warm up, measure, tell."""
    plan = json.load(sys.stdin)
    requests = itertools.cycle([request.encode("latin-1") for request in plan["requests"]])
    connections = [Connection(("127.0.0.1", plan["port"])) for _ in range(plan["connections"])]
    if plan["warm_up"]:
        run(connections, requests, plan["warm_up"])
    gc.disable()
    total, took, statuses = run(connections, requests, plan["count"])
    print(json.dumps({"seconds": total / 1e9, "microseconds": [ns // 1000 for ns in took], "statuses": statuses}))


if __name__ == "__main__":
    main()
