"""An event stream as an answer: server-sent events, for as long as listener, credential and process last."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

from fastapi import Response
from starlette.types import Receive, Scope, Send

from chassis.database import LOST, Database
from chassis.errors import PorticoError
from chassis.principals import Principal
from chassis.telemetry import log
from services.notify.live import service
from services.notify.live.hub import Hub, Stream
from services.notify.live.models import COME_BACK_S, Audience, Beginning, Told

MEDIA_TYPE = "text/event-stream"
HEARTBEAT = b": still here\n\n"
CAUGHT_UP = b": live\n\n"

Identify = Callable[[], Awaitable[Principal | None]]


class EventStream(Response):
    """Tells events until the listener goes, the credential ends, or the process does; holds no connection meanwhile.

    `identify` asks anew whose credential it is.
    """

    media_type = MEDIA_TYPE

    def __init__(
        self, hub: Hub, database: Database, *, holder: Principal, beginning: Beginning, identify: Identify
    ) -> None:
        super().__init__(headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"})
        del self.headers["content-length"]
        self._hub, self._database = hub, database
        self._holder, self._identify, self._came_from = holder, identify, beginning.id
        self._stream = Stream(Audience.of(holder), holder.credential_id, beginning.position)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer; raises TooManyStreams or Unavailable before anything is sent."""
        self._hub.join(self._stream)
        try:
            await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
            await _first_of(
                self._tell(send),
                self._watch_credential(),
                self._stream.ended.wait(),
                _gone(receive),
            )
            with suppress(TimeoutError):
                await self._put(send, b"", more=False)
        finally:
            self._hub.leave(self._stream)

    async def _tell(self, send: Send) -> None:
        """Everything that has happened since, then what happens; ends when the listener does not read."""
        try:
            # An id without data is no event, but from now on what browsers come back with.
            await self._put(send, f"retry: {COME_BACK_S * 1000}\nid: {self._came_from}\n\n".encode())
            await self._catch_up(send)
            await self._put(send, CAUGHT_UP)
            while True:
                try:
                    async with asyncio.timeout(self._hub.heartbeat_s):
                        await self._stream.news.wait()
                except TimeoutError:
                    await self._put(send, HEARTBEAT)
                else:
                    await self._catch_up(send)
        except (TimeoutError, *LOST) as error:
            log.info("event_stream_cut_off", error=repr(error))

    async def _catch_up(self, send: Send) -> None:
        complete = False
        while not complete:
            # Before the look: what is published after it rings again.
            self._stream.news.clear()
            page = await service.page(self._database, self._stream.audience, self._stream.position)
            for event in page.events:
                await self._put(send, _written(event))
                self._stream.position = event.position
            self._stream.position, complete = page.upto, page.complete

    async def _put(self, send: Send, chunk: bytes, *, more: bool = True) -> None:
        async with asyncio.timeout(self._hub.patience_s):
            await send({"type": "http.response.body", "body": chunk, "more_body": more})

    async def _watch_credential(self) -> None:
        """Until the credential is no longer whose it was."""
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(self._hub.check_s):
                    await self._stream.doubted.wait()
            self._stream.doubted.clear()
            try:
                holder = await self._identify()
            except PorticoError:
                return
            if holder is None or (type(holder), holder.id) != (type(self._holder), self._holder.id):
                return
            # It may open other clients or parts of the portal than before.
            self._stream.audience = Audience.of(holder)


def _written(event: Told) -> bytes:
    return f"id: {event.id}\nevent: {event.type}\ndata: {event.body}\n\n".encode()


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _first_of(*each: Awaitable[Any]) -> None:
    """Wait until one has ended, and end the others; raises what it raised."""
    tasks = [asyncio.ensure_future(one) for one in each]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    for task in done:
        task.result()
