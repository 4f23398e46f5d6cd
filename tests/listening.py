"""The door to answers that do not end: opens an event stream of the house, reads as it comes, and hangs up."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx
from fastapi import FastAPI

from tests.house import House
from tests.routing import service_of

PATIENCE_S = 10
# The comment that a stream tells when it has caught up.
LIVE = "live"


@dataclass
class Frame:
    """One block of a stream."""

    fields: dict[str, str] = field(default_factory=dict)
    comment: str = ""

    @property
    def payload(self) -> dict[str, Any]:
        """What an event carries."""
        return dict(json.loads(self.fields["data"]))


class Listener:
    """One open request, as a server sees it."""

    def __init__(self, app: FastAPI, request: httpx.Request) -> None:
        self._app, self._request = app, request
        self._chunks: asyncio.Queue[str | None] = asyncio.Queue()
        self._started, self._gone, self._asked = asyncio.Event(), asyncio.Event(), False
        self._text = ""
        self.reads = asyncio.Event()
        self.reads.set()
        self.status = 0
        self.headers = httpx.Headers()

    async def open(self) -> None:
        """Until the head of the answer is there."""
        self._task = asyncio.create_task(self._app(self._scope(), self._receive, self._send))
        await asyncio.wait_for(self._started.wait(), PATIENCE_S)

    async def next(self) -> Frame | None:
        """The next block; None at the end."""
        while "\n\n" not in self._text:
            chunk = await asyncio.wait_for(self._chunks.get(), PATIENCE_S)
            if chunk is None:
                return None
            self._text += chunk
        block, _, self._text = self._text.partition("\n\n")
        return _parsed(block)

    async def event(self) -> dict[str, Any]:
        """The payload of the next event; whatever comes before it is passed over."""
        while frame := await self.next():
            if "data" in frame.fields:
                assert frame.fields["id"] == frame.payload["id"]
                assert frame.fields["event"] == frame.payload["type"]
                return frame.payload
        raise AssertionError("the stream has ended")

    async def backlog(self) -> list[dict[str, Any]]:
        """The payloads of what the stream catches up with."""
        told = []
        while (frame := await self.next()) and frame.comment != LIVE:
            if "data" in frame.fields:
                told.append(frame.payload)
        assert frame, "the stream has ended"
        return told

    async def ended(self) -> None:
        """Until the stream ends, as it should: with the last of its answer."""
        while await self.next():
            pass
        await asyncio.wait_for(self._task, PATIENCE_S)

    async def rest(self) -> str:
        """The whole text of an answer that is none of events, or of one what it begins with."""
        if "event-stream" in self.headers["content-type"]:
            return json.dumps(await self.backlog())
        text = ""
        while (chunk := await asyncio.wait_for(self._chunks.get(), PATIENCE_S)) is not None:
            text += chunk
        return text

    async def close(self) -> None:
        """Hang up."""
        self.reads.set()
        self._gone.set()
        await asyncio.wait_for(self._task, PATIENCE_S)

    def _scope(self) -> dict[str, Any]:
        url = self._request.url
        return {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": self._request.method,
            "headers": [(name.lower(), value) for name, value in self._request.headers.raw],
            "scheme": url.scheme,
            "path": url.path,
            "raw_path": url.raw_path.split(b"?")[0],
            "query_string": url.query,
            "server": (url.host, url.port),
            "client": ("127.0.0.1", 1),
            "root_path": "",
        }

    async def _receive(self) -> dict[str, Any]:
        if not self._asked:
            self._asked = True
            return {"type": "http.request", "body": b"", "more_body": False}
        await self._gone.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message: dict[str, Any]) -> None:
        if message["type"] == "http.response.start":
            self.status, self.headers = message["status"], httpx.Headers(message["headers"])
            self._started.set()
            return
        await self.reads.wait()
        if message.get("body"):
            self._chunks.put_nowait(message["body"].decode())
        if not message.get("more_body"):
            self._chunks.put_nowait(None)


@asynccontextmanager
async def listening(
    house: House, http: httpx.AsyncClient, path: str, *, after: str | None = None, app: FastAPI | None = None
) -> AsyncIterator[Listener]:
    """A stream that one of the house's HTTP clients opens, `after` an event; at another process where `app` is one."""
    headers = {"Last-Event-ID": after} if after else {}
    async with opened(house, http.build_request("GET", path, headers=headers), app) as listener:
        assert listener.status == 200, await listener.rest()
        yield listener


@asynccontextmanager
async def opened(house: House, request: httpx.Request, app: FastAPI | None = None) -> AsyncIterator[Listener]:
    """An answer of any status, once its head is there."""
    listener = Listener(app or house.apps[service_of(request.url.path)], request)
    await listener.open()
    try:
        yield listener
    finally:
        await listener.close()


async def answer_of(house: House, request: httpx.Request) -> httpx.Response:
    """What a request to a stream is answered: a refusal, or the events that the stream catches up with."""
    async with opened(house, request) as listener:
        return httpx.Response(listener.status, headers=listener.headers, text=await listener.rest(), request=request)


def _parsed(block: str) -> Frame:
    frame = Frame()
    for line in block.split("\n"):
        name, _, value = line.partition(":")
        if name:
            frame.fields[name] = value.removeprefix(" ")
        else:
            frame.comment = value.strip()
    return frame
