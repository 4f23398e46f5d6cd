"""Where B4's webhooks arrive, a process of its own; `python -m bench.receiver PORT`.

It notes when each came and which moment the event in it names; `GET /told` gives the notes as JSON and forgets them.
"""

import asyncio
import json
import re
import sys
import time
from datetime import datetime

import uvloop

_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_TIME = re.compile(rb'"time": ?"([^"]+)"')
_TAKEN = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"


class Receiver(asyncio.Protocol):
    """One connection; requests come one after the other."""

    def __init__(self, told: list[tuple[float, float]]) -> None:
        self._told, self._buffer = told, b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Remember where answers go."""
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Answer every request that is whole."""
        self._buffer += data
        while (end := self._buffer.find(b"\r\n\r\n")) >= 0:
            head = self._buffer[:end]
            length = int(found[1]) if (found := _LENGTH.search(head)) else 0
            whole = end + 4 + length
            if len(self._buffer) < whole:
                return
            body, self._buffer = self._buffer[end + 4 : whole], self._buffer[whole:]
            self._transport.write(self._tell() if head.startswith(b"GET") else self._take(body))

    def _take(self, body: bytes) -> bytes:
        found = _TIME.search(body)
        assert found, body
        self._told.append((time.time(), datetime.fromisoformat(found[1].decode()).timestamp()))
        return _TAKEN

    def _tell(self) -> bytes:
        notes = json.dumps(self._told).encode()
        self._told.clear()
        return b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(notes) + notes


async def main() -> None:
    """Until SIGTERM."""
    told: list[tuple[float, float]] = []
    server = await asyncio.get_running_loop().create_server(lambda: Receiver(told), "127.0.0.1", int(sys.argv[1]))
    await server.serve_forever()


if __name__ == "__main__":
    uvloop.run(main())
