"""NATS JetStream: one stream of events, durable on disk, rebuilt from the outbox when it is lost."""

import asyncio
import os
from collections.abc import Awaitable, Callable
from contextlib import suppress

import nats
from nats.aio.client import Client
from nats.js import JetStreamContext
from nats.js.api import DiscardPolicy, RetentionPolicy, StorageType, StreamConfig
from nats.js.errors import NotFoundError

from chassis.telemetry import log

STREAM = "EVENTS"
SUBJECTS = ["events.>"]
MAX_BYTES = 2 * 1024**3
MAX_AGE_S = 30 * 86400
DEDUPE_WINDOW_S = 120
PING_INTERVAL_S = 5
REQUEST_TIMEOUT_S = 5

Hook = Callable[[], Awaitable[None]]


class Bus:
    """The connection to NATS; reconnects for ever, and ends the process when it is closed for good."""

    def __init__(self, url: str, name: str) -> None:
        self._url, self._name = url, name
        self._client = Client()
        self._closing = False
        self._down: list[Hook] = []
        self._up: list[Hook] = []

    @property
    def client(self) -> Client:
        """The NATS client itself."""
        return self._client

    @property
    def stream(self) -> JetStreamContext:
        """The JetStream context."""
        return self._client.jetstream(timeout=REQUEST_TIMEOUT_S)

    @property
    def connected(self) -> bool:
        """Whether the wire is up at this moment."""
        return self._client.is_connected

    def on_down(self, hook: Hook) -> None:
        """Call when the connection is lost."""
        self._down.append(hook)

    def on_up(self, hook: Hook) -> None:
        """Call when the connection is back."""
        self._up.append(hook)

    async def open(self) -> None:
        """Connect, waiting for the server as long as it takes, and make the stream exist."""
        await self._client.connect(
            servers=[self._url],
            name=self._name,
            connect_timeout=3,
            max_reconnect_attempts=-1,
            allow_reconnect=True,
            reconnect_time_wait=1,
            ping_interval=PING_INTERVAL_S,
            max_outstanding_pings=2,
            disconnected_cb=self._disconnected,
            reconnected_cb=self._reconnected,
            closed_cb=self._closed,
            error_cb=_log_error,
        )
        await self.ensure_stream()

    async def ensure_stream(self) -> str:
        """Create the stream if it is missing; returns the moment it was created, which tells a rebuilt one."""
        try:
            info = await self.stream.stream_info(STREAM)
        except NotFoundError:
            info = await self.stream.add_stream(
                StreamConfig(
                    name=STREAM,
                    subjects=SUBJECTS,
                    storage=StorageType.FILE,
                    retention=RetentionPolicy.LIMITS,
                    discard=DiscardPolicy.OLD,
                    max_bytes=MAX_BYTES,
                    max_age=MAX_AGE_S,
                    duplicate_window=DEDUPE_WINDOW_S,
                    num_replicas=1,
                )
            )
        return str(info.created)

    async def close(self) -> None:
        """Close for good."""
        self._closing = True
        if self._client.is_connected:
            # Not drain(): it waits for the answers to fetches that were given up long before.
            with suppress(TimeoutError, nats.errors.Error):
                await asyncio.wait_for(self._client.flush(), REQUEST_TIMEOUT_S)
        await self._client.close()

    async def _disconnected(self) -> None:
        if not self._closing:
            log.warning("nats_disconnected")
        for hook in self._down:
            await hook()

    async def _reconnected(self) -> None:
        log.info("nats_reconnected")
        for hook in self._up:
            await hook()

    async def _closed(self) -> None:
        if not self._closing:
            # A closed client never comes back by itself; the supervisor starts a fresh process.
            log.critical("nats_closed")
            os._exit(70)


async def _log_error(error: Exception) -> None:
    if not isinstance(error, (nats.errors.TimeoutError, ConnectionRefusedError)):
        log.warning("nats_error", error=repr(error))
