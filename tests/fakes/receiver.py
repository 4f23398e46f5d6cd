"""A real HTTP server that receives webhooks as an integrator would: verifies them, answers as a test tells it to."""

import asyncio
import ssl
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

import h11
from standardwebhooks import Webhook


@dataclass(frozen=True)
class Received:
    """One request: its body has not been looked at until `verify`."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes
    at: float

    @property
    def id(self) -> str:
        """The `webhook-id` header."""
        return self.headers["webhook-id"]

    def verify(self, secret: str) -> dict[str, Any]:
        """The payload, verified by the library that integrators use; raises WebhookVerificationError."""
        payload: dict[str, Any] = Webhook(secret).verify(self.body, self.headers)
        return payload


@dataclass(frozen=True)
class Answer:
    """What to answer: `hang_s` before the answer, `stall` after its head, for ever; `endless` repeats the body."""

    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b"ok"
    hang_s: float = 0
    stall: bool = False
    endless: bool = False


@dataclass
class Receiver:
    """Listens on a free port; answers 200 unless told otherwise."""

    scheme: str = "http"
    port: int = 0
    received: list[Received] = field(default_factory=list)
    connections: int = 0
    _queue: deque[Answer] = field(default_factory=deque)
    _always: Callable[[Received], Answer] = lambda _: Answer()

    def url(self, path: str = "/hook", host: str = "127.0.0.1") -> str:
        """The address of a path."""
        return f"{self.scheme}://{host}:{self.port}{path}"

    def at(self, path: str) -> list[Received]:
        """What came to one path, in order."""
        return [one for one in self.received if one.path == path]

    def answer_next(self, *answers: Answer | int) -> None:
        """Answer the next requests so, then as always."""
        self._queue.extend(Answer(one) if isinstance(one, int) else one for one in answers)

    def answer_always(self, answer: Callable[[Received], Answer] | Answer | int) -> None:
        """Answer every request so."""
        if isinstance(answer, int):
            answer = Answer(answer)
        self._always = (lambda _, fixed=answer: fixed) if isinstance(answer, Answer) else answer

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, with as many requests as the caller sends on it."""
        self.connections += 1
        try:
            with suppress(ConnectionError, h11.RemoteProtocolError):
                connection = h11.Connection(h11.SERVER)
                while request := await self._read(connection, reader):
                    self.received.append(request)
                    answer = self._queue.popleft() if self._queue else self._always(request)
                    if not await _write(connection, writer, answer):
                        break
                    connection.start_next_cycle()
        finally:
            writer.close()

    async def _read(self, connection: h11.Connection, reader: asyncio.StreamReader) -> Received | None:
        head: h11.Request | None = None
        body = b""
        while True:
            event = connection.next_event()
            if event is h11.NEED_DATA:
                connection.receive_data(await reader.read(65536))
            elif isinstance(event, h11.Request):
                head = event
            elif isinstance(event, h11.Data):
                body += bytes(event.data)
            elif isinstance(event, h11.EndOfMessage) and head:
                headers = {name.decode(): value.decode() for name, value in head.headers}
                now = asyncio.get_running_loop().time()
                return Received(head.method.decode(), head.target.decode(), headers, body, now)
            else:
                return None


async def _write(connection: h11.Connection, writer: asyncio.StreamWriter, answer: Answer) -> bool:
    await asyncio.sleep(answer.hang_s)
    length = [] if answer.endless else [("Content-Length", str(len(answer.body)))]
    headers = [*answer.headers.items(), *length]
    writer.write(connection.send(h11.Response(status_code=answer.status, headers=headers)) or b"")
    await writer.drain()
    if answer.stall:
        await asyncio.sleep(3600)
    while True:
        writer.write(connection.send(h11.Data(data=answer.body)) or b"")
        await writer.drain()
        if not answer.endless:
            break
    writer.write(connection.send(h11.EndOfMessage()) or b"")
    await writer.drain()
    return connection.our_state is h11.DONE and connection.their_state is h11.DONE


@asynccontextmanager
async def receiving(*, tls: ssl.SSLContext | None = None, host: str = "127.0.0.1") -> AsyncIterator[Receiver]:
    """A receiver that listens while the block runs."""
    receiver = Receiver(scheme="https" if tls else "http")
    handlers: set[asyncio.Task[None]] = set()

    def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(receiver.serve(reader, writer))
        handlers.add(task)
        task.add_done_callback(handlers.discard)

    server = await asyncio.start_server(accept, host, 0, ssl=tls)
    receiver.port = server.sockets[0].getsockname()[1]
    try:
        yield receiver
    finally:
        server.close()
        for task in handlers:
            task.cancel()
        await asyncio.gather(*handlers, return_exceptions=True)
