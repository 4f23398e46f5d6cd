"""Connections that end at public addresses only, whatever a name resolves to and however often that changes.

Two walls behind the spelling check of registration: every address that the name resolves to must be public, the
connection is made to such an address itself (no second look-up that could answer differently), and the peer of the
connected socket is looked at before the first byte is sent.
"""

import asyncio
import socket
import threading
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from typing import Any

import httpcore

from chassis.errors import Unavailable
from services.notify.addresses import Address, AddressRefused, is_public, is_public_host, refused
from services.notify.wires import WireStream

# Threads that may hang in look-ups at once.
MAX_LOOKUPS = 64
REGISTRATION_LOOKUP_S = 3.0

Resolver = Callable[[str, int], Awaitable[list[str]]]


class AddressGuard:
    """Decides which addresses may be connected to; `allow_private` lifts it for tests and closed networks."""

    def __init__(self, resolver: Resolver, *, allow_private: bool = False, https_only: bool = False) -> None:
        self._resolver = resolver
        self._allow_private, self._https_only = allow_private, https_only

    async def check(self, address: Address) -> None:
        """Refuse, at registration, what would be refused at every delivery.

        A name that does not resolve just now is let pass, since it may tomorrow: the connection is checked in the end.
        """
        if self._https_only and address.scheme != "https":
            raise refused("Webhooks carry clients' data, so the address must start with https://.")
        if not self._allow_private and not is_public_host(address.host):
            raise refused("Webhooks go to public addresses only.")
        with suppress(OSError, TimeoutError, Unavailable):
            async with asyncio.timeout(REGISTRATION_LOOKUP_S):
                await self.resolve(address.host, address.port)

    async def resolve(self, host: str, port: int) -> list[str]:
        """The addresses of a host, best first; refused when a single one is not public. OSError when there are none."""
        addresses = await self._resolver(host, port)
        if not self._allow_private and not all(is_public(address) for address in addresses):
            raise refused("The name leads to an address that is not public.")
        return addresses

    def check_peer(self, peer: str, own: str) -> None:
        """Refuse a connection that ended at a private address, or at this machine by its public one."""
        if not self._allow_private and (not is_public(peer) or peer == own):
            raise refused("The connection led to an address that is not public.")


class GuardedBackend(httpcore.AsyncNetworkBackend):
    """Opens TCP connections to checked addresses only; TLS and Host keep the name that was asked for."""

    def __init__(self, guard: AddressGuard) -> None:
        self._guard = guard

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """A stream to the first address of the host that answers."""
        try:
            addresses = await self._guard.resolve(host, port)
        except OSError as error:
            raise httpcore.ConnectError(f"the name does not resolve: {error}") from error
        failure: Exception = httpcore.ConnectError("the name does not resolve")
        for address in addresses:
            try:
                stream = await WireStream.connect(address, port, timeout)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
                continue
            await self._check(stream)
            return stream
        raise failure

    async def _check(self, stream: httpcore.AsyncNetworkStream) -> None:
        peer = stream.get_extra_info("server_addr")
        own = stream.get_extra_info("client_addr")
        try:
            self._guard.check_peer(_ip(peer), _ip(own))
        except AddressRefused:
            await stream.aclose()
            raise


class SystemResolver:
    """Asks the operating system, in a thread of its own per lookup.

    Daemon threads, because a lookup may hang for half a minute: it must hold up neither other hosts nor the exit.
    """

    def __init__(self) -> None:
        self._slots = threading.BoundedSemaphore(MAX_LOOKUPS)

    async def __call__(self, host: str, port: int) -> list[str]:
        """The addresses of a host, each once, in the system's order."""
        if not self._slots.acquire(blocking=False):
            raise Unavailable("Too many names are being resolved at the moment.")
        loop = asyncio.get_running_loop()
        found: asyncio.Future[list[str]] = loop.create_future()
        threading.Thread(target=self._look_up, args=(loop, found, host, port), daemon=True).start()
        return await found

    def _look_up(
        self, loop: asyncio.AbstractEventLoop, found: "asyncio.Future[list[str]]", host: str, port: int
    ) -> None:
        outcome: list[str] | OSError
        try:
            answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            outcome = list(dict.fromkeys(str(answer[4][0]) for answer in answers))
        except (OSError, UnicodeError) as error:
            outcome = error if isinstance(error, OSError) else OSError(str(error))
        finally:
            self._slots.release()
        try:
            loop.call_soon_threadsafe(_settle, found, outcome)
        except RuntimeError:
            return  # The loop has ended; nobody waits for the answer any more.


def _settle(found: "asyncio.Future[list[str]]", outcome: list[str] | OSError) -> None:
    if found.done():
        return
    if isinstance(outcome, OSError):
        found.set_exception(outcome)
    else:
        found.set_result(outcome)


def _ip(endpoint: Any) -> str:
    # A scope (%eth0) marks link-local addresses; the bare address is what the ranges speak about.
    return str(endpoint[0]).partition("%")[0] if endpoint else ""
