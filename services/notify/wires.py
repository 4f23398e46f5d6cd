"""TCP and TLS streams for the HTTP client, as thin as asyncio allows: thousands of webhooks pass here."""

import asyncio
import ssl
from typing import Any, cast

import httpcore

# What may be received and not yet read; more waits in the kernel.
MAX_BUFFER = 128 * 1024


class Wire(asyncio.Protocol):
    """One end of a connection: what has come and not been read yet, and whether more may come."""

    def __init__(self) -> None:
        self.transport: asyncio.Transport | None = None
        self.received = bytearray()
        self.ended = False
        self._failure: Exception | None = None
        self._news: asyncio.Future[None] | None = None
        self._may_write: asyncio.Future[None] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """The connection stands, or has been wrapped in TLS."""
        # Not isinstance: uvloop's transports are asyncio.Transport by their methods only.
        self.transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        """Keep what has come."""
        self.received += data
        if self.transport and len(self.received) > MAX_BUFFER:
            self.transport.pause_reading()
        self._tell()

    def eof_received(self) -> None:
        """Nothing more will come."""
        self.ended = True
        self._tell()

    def connection_lost(self, exc: Exception | None) -> None:
        """The connection is gone."""
        self.ended, self._failure = True, exc
        self._tell()
        self.resume_writing()

    def pause_writing(self) -> None:
        """The kernel takes no more for the moment."""
        self._may_write = asyncio.get_running_loop().create_future()

    def resume_writing(self) -> None:
        """The kernel takes more again."""
        if self._may_write and not self._may_write.done():
            self._may_write.set_result(None)
        self._may_write = None

    async def take(self, size: int) -> bytes:
        """At most `size` bytes once there are some; none at the end."""
        while not self.received and not self.ended:
            self._news = asyncio.get_running_loop().create_future()
            await self._news
        if not self.received and self._failure:
            raise httpcore.ReadError(str(self._failure) or type(self._failure).__name__)
        taken = bytes(self.received[:size])
        del self.received[:size]
        if self.transport and not self.ended and len(self.received) <= MAX_BUFFER:
            self.transport.resume_reading()
        return taken

    async def put(self, data: bytes) -> None:
        """Send, waiting while the other side does not take it."""
        if self.transport is None or self.transport.is_closing():
            raise httpcore.WriteError("the connection was closed")
        self.transport.write(data)
        if self._may_write:
            await self._may_write

    def _tell(self) -> None:
        if self._news and not self._news.done():
            self._news.set_result(None)


class WireStream(httpcore.AsyncNetworkStream):
    """A wire as httpcore wants it. Reads and writes have no timeout of their own: the caller bounds the whole try."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    @classmethod
    async def connect(cls, address: str, port: int, timeout: float | None) -> "WireStream":
        """A stream to an IP address; raises httpcore.ConnectError or ConnectTimeout."""
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(timeout):
                _, wire = await loop.create_connection(Wire, address, port)
        except TimeoutError as error:
            raise httpcore.ConnectTimeout("no connection in time") from error
        except OSError as error:
            raise httpcore.ConnectError(str(error)) from error
        return cls(wire)

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """What has come."""
        return await self._wire.take(max_bytes)

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send."""
        if buffer:
            await self._wire.put(buffer)

    async def aclose(self) -> None:
        """Hang up."""
        if self._wire.transport:
            self._wire.transport.close()

    async def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.AsyncNetworkStream:
        """The same wire, encrypted, its certificate verified for the name; raises httpcore.ConnectError."""
        assert self._wire.transport, "connect first"
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(timeout):
                transport = await loop.start_tls(
                    self._wire.transport, self._wire, ssl_context, server_hostname=server_hostname
                )
        except TimeoutError as error:
            await self.aclose()
            raise httpcore.ConnectTimeout("no TLS in time") from error
        except (ssl.SSLError, OSError) as error:
            await self.aclose()
            raise httpcore.ConnectError(str(error)) from error
        assert transport, "an open transport can be wrapped"
        self._wire.transport = transport
        return self

    def get_extra_info(self, info: str) -> Any:
        """What httpcore and the address guard ask about the connection."""
        if info == "is_readable":
            # On an idle connection anything that comes is its end.
            return bool(self._wire.received) or self._wire.ended
        names = {"server_addr": "peername", "client_addr": "sockname"}
        return self._wire.transport.get_extra_info(names.get(info, info)) if self._wire.transport else None
