"""A server that speaks OpenAI's chat completions over HTTP on a free port, well or badly as a test asks."""

import asyncio
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

TEXT = "We finished the start page this week. The next step is your feedback on the draft."


class Mode(StrEnum):
    """How the server behaves."""

    OK = "ok"
    SLOW = "slow"
    HANG = "hang"
    BUSY = "busy"  # 429
    BROKEN = "broken"  # 500
    GARBAGE = "garbage"  # 200, not JSON
    EMPTY = "empty"  # 200, no text
    NO_CHOICES = "no_choices"
    DROP = "drop"  # the connection ends in the middle


@dataclass
class OpenAIServer:
    """The running server: set `mode` and `text`, read `requests`."""

    url: str = ""
    mode: Mode = Mode.OK
    text: str = TEXT
    fail_first: int = 0
    delay: float = 60.0
    requests: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    serving: set[asyncio.Task[None]] = field(default_factory=set)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer the requests of one connection."""
        if task := asyncio.current_task():
            self.serving.add(task)
        with suppress(asyncio.IncompleteReadError, ConnectionError):
            while await self._exchange(reader, writer):
                pass
        writer.close()

    async def _exchange(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        first, *lines = head.split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        body = await reader.readexactly(int(headers.get("content-length", "0")))
        if not first.startswith("POST /v1/chat/completions "):
            return await _answer(writer, 404, {"error": {"message": f"Unknown request: {first}"}})
        self.requests.append(json.loads(body))
        self.keys.append(headers.get("authorization", "").removeprefix("Bearer "))
        mode = self.mode
        if self.fail_first > 0:
            self.fail_first -= 1
            mode = Mode.BROKEN
        return await self._behave(writer, mode)

    async def _behave(self, writer: asyncio.StreamWriter, mode: Mode) -> bool:
        match mode:
            case Mode.SLOW | Mode.HANG:
                await asyncio.sleep(self.delay)
            case Mode.BUSY:
                error = {"message": "Rate limit reached", "type": "requests", "code": "rate_limit_exceeded"}
                return await _answer(writer, 429, {"error": error}, {"retry-after": "1"})
            case Mode.BROKEN:
                return await _answer(writer, 500, {"error": {"message": "The server had an error"}})
            case Mode.GARBAGE:
                return await _answer(writer, 200, b"<html>not what you think</html>")
            case Mode.DROP:
                writer.write(b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 900\r\n\r\n{")
                await writer.drain()
                return False
            case _:
                pass
        text = None if mode is Mode.EMPTY else self.text
        return await _answer(writer, 200, _completion(text, choices=mode is not Mode.NO_CHOICES))


@asynccontextmanager
async def openai_server() -> AsyncIterator[OpenAIServer]:
    """The server, listening until the block ends."""
    fake = OpenAIServer()
    server = await asyncio.start_server(fake.serve, "127.0.0.1", 0)
    fake.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1"
    try:
        yield fake
    finally:
        server.close()
        for task in fake.serving:
            task.cancel()
        await asyncio.gather(*fake.serving, return_exceptions=True)


def _completion(text: str | None, *, choices: bool) -> dict[str, Any]:
    message = {"role": "assistant", "content": text, "refusal": None}
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": int(time.time()),
        "model": "gpt-4o-mini-2024-07-18",
        "choices": [{"index": 0, "message": message, "logprobs": None, "finish_reason": "stop"}] if choices else [],
        "usage": {"prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 120},
    }


async def _answer(
    writer: asyncio.StreamWriter, status: int, body: dict[str, Any] | bytes, headers: dict[str, str] | None = None
) -> bool:
    payload = body if isinstance(body, bytes) else json.dumps(body).encode()
    lines = {"content-type": "application/json", "content-length": str(len(payload)), **(headers or {})}
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    writer.write(f"HTTP/1.1 {status} Status\r\n{head}\r\n".encode() + payload)
    await writer.drain()
    return True
