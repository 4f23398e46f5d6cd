"""Connections kept open between deliveries to the same place."""

from collections.abc import Iterator
from contextlib import suppress

import httpcore

MAX_IDLE = 256
MAX_IDLE_PER_ORIGIN = 16

Origin = tuple[bytes, bytes, int | None]


class Kept:
    """Idle connections by origin; the one used last is used next."""

    def __init__(self) -> None:
        self._idle: dict[Origin, list[httpcore.AsyncHTTPConnection]] = {}
        self._count = 0

    async def take(self, origin: Origin) -> httpcore.AsyncHTTPConnection | None:
        """A connection that is still good, or None."""
        while idle := self._idle.get(origin):
            connection = idle.pop()
            self._count -= 1
            if not (connection.is_closed() or connection.has_expired()):
                return connection
            await connection.aclose()
        return None

    async def give_back(self, origin: Origin, connection: httpcore.AsyncHTTPConnection) -> None:
        """Keep a connection for later if it can be used again and there is room, else close it."""
        idle = self._idle.setdefault(origin, [])
        if connection.is_idle() and len(idle) < MAX_IDLE_PER_ORIGIN and self._count < MAX_IDLE:
            idle.append(connection)
            self._count += 1
        else:
            await connection.aclose()

    async def sweep(self, *, everything: bool = False) -> None:
        """Close what has been idle for too long or was closed by the other side."""
        for origin, connection in list(self._all()):
            if everything or connection.is_closed() or connection.has_expired():
                self._idle[origin].remove(connection)
                self._count -= 1
                with suppress(OSError):
                    await connection.aclose()
        for origin in [origin for origin, idle in self._idle.items() if not idle]:
            del self._idle[origin]

    def _all(self) -> Iterator[tuple[Origin, httpcore.AsyncHTTPConnection]]:
        for origin, idle in self._idle.items():
            for connection in idle:
                yield origin, connection
