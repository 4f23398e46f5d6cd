"""Takes a picture out of a form; all the pictures that are being taken at one time fit into a fixed memory."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import Request
from starlette.requests import ClientDisconnect

from chassis.errors import Invalid, TooLarge, Unavailable
from chassis.http.forms import Form
from chassis.http.unit import STREAMS_BODY

MAX_HELD_BYTES = 64 * 1024**2
UPLOAD_DEADLINE_S = 60
# What a form weighs beside its file.
FORM_SLACK_BYTES = 16 * 1024
FIELD = "file"


class TooManyUploads(Unavailable):
    """Others are sending as many pictures as there is room for."""

    default = "Many pictures are being sent at the moment. Nothing was changed; try again shortly."


class Receiving:
    """Counts what it has taken and nobody has finished with yet."""

    def __init__(self, room: int = MAX_HELD_BYTES) -> None:
        self.free = room

    @asynccontextmanager
    async def picture(self, request: Request, *, limit: int) -> AsyncIterator[bytes]:
        """The bytes of the form's one file, whatever it is called; they count until the block is left.

        Raises Invalid, TooLarge past `limit` bytes, UnsupportedMedia, and TooManyUploads when there is no room.
        """
        length = request.headers.get("content-length", "0")
        if length.isdecimal() and int(length) > limit + FORM_SLACK_BYTES:
            raise too_large(limit)
        taking = _Taking(self, limit)
        try:
            await taking.read_in_time(request)
            yield taking.finished()
        finally:
            self.free += taking.size

    def take(self, size: int) -> None:
        """Count what has come in; raises TooManyUploads when there is no room for it."""
        if size > self.free:
            raise TooManyUploads
        self.free -= size


class _Taking:
    """One picture on its way in."""

    def __init__(self, receiving: Receiving, limit: int) -> None:
        self._receiving, self._limit = receiving, limit
        self._taken = bytearray()
        self.size = 0

    async def read_in_time(self, request: Request) -> None:
        """Read the whole form."""
        try:
            async with asyncio.timeout(UPLOAD_DEADLINE_S):
                await self._read(request)
        except TimeoutError as error:
            raise Invalid("The upload took too long.") from error

    def finished(self) -> bytes:
        """All of it."""
        whole = bytes(self._taken)
        self._taken.clear()
        return whole

    async def _read(self, request: Request) -> None:
        found = False
        async for part in Form(request.headers.get("content-type", ""), _body(request)).parts():
            if part.name != FIELD:
                raise Invalid.field(part.name[:100], "is not a field of this form")
            if found:
                raise Invalid.field(FIELD, "was sent twice; send one picture")
            if part.file_name is None:
                raise Invalid.field(FIELD, "must be a file")
            found = True
            async for chunk in part.chunks():
                self._take(chunk)
        if not found:
            raise Invalid.field(FIELD, "is missing")

    def _take(self, chunk: bytes) -> None:
        if self.size + len(chunk) > self._limit:
            raise too_large(self._limit)
        self._receiving.take(len(chunk))
        self.size += len(chunk)
        self._taken += chunk


def too_large(limit: int) -> TooLarge:
    """The picture has more bytes than it may."""
    return TooLarge(f"A picture may have {limit:,} bytes at most.")


def form_of(description: str) -> dict[str, Any]:
    """The OpenAPI part of a route that takes such a form."""
    file = {"type": "string", "contentMediaType": "application/octet-stream", "description": description}
    schema = {"type": "object", "required": [FIELD], "additionalProperties": False, "properties": {FIELD: file}}
    return {
        "requestBody": {"required": True, "content": {"multipart/form-data": {"schema": schema}}},
        **STREAMS_BODY,
    }


async def _body(request: Request) -> AsyncIterator[bytes]:
    try:
        async for chunk in request.stream():
            if chunk:
                yield chunk
    except ClientDisconnect as error:
        raise Invalid("The upload broke off.") from error
