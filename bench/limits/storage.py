"""Limit of B6: the object store alone, written and read in pieces; `python -m bench.limits.storage PORT WORKSPACE`."""

import asyncio
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import obstore
from obstore.store import LocalStore
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from bench.limits.serving import serve

PIECE = 1024 * 1024
KEY = "one"


def make_app(workspace: Path) -> Starlette:
    """The application: neither hashed, nor looked into, nor noted anywhere."""
    store = LocalStore(workspace / "limit-storage", mkdir=True)

    async def write(request: Request) -> Response:
        writer = obstore.open_writer(store, KEY)
        piece = bytearray()
        async for chunk in request.stream():
            piece += chunk
            if len(piece) >= PIECE:
                await asyncio.to_thread(writer.write, bytes(piece))
                piece.clear()
        await asyncio.to_thread(writer.write, bytes(piece))
        await asyncio.to_thread(writer.close)
        return Response(status_code=201)

    async def read(_: Request) -> Response:
        size = (await asyncio.to_thread(obstore.head, store, KEY))["size"]

        async def pieces() -> AsyncIterator[bytes]:
            for start in range(0, size, PIECE):
                end = min(start + PIECE, size)
                yield bytes(await asyncio.to_thread(obstore.get_range, store, KEY, start=start, end=end))

        return StreamingResponse(pieces(), headers={"Content-Length": str(size)})

    return Starlette(
        routes=[Route("/limit/storage", write, methods=["PUT"]), Route("/limit/storage", read, methods=["GET"])]
    )


if __name__ == "__main__":
    serve(make_app(Path(sys.argv[2])), int(sys.argv[1]))
