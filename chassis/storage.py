"""The object store: files on disk or an S3 bucket, written and read as streams in bounded memory."""

import asyncio
import hashlib
import os
import re
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import unquote, urlsplit

from chassis.errors import TooLarge, Unavailable

if TYPE_CHECKING:
    from obstore import ObjectMeta, WritableFile
    from obstore.store import LocalStore, S3Store

# One hop to a thread per piece: small enough for flat memory, large enough that the hop does not count.
PIECE_BYTES = 1024 * 1024
# How much of a file on disk may wait in memory for its way to the disk, so that little is left to wait for at the end.
FLUSH_BYTES = 64 * 1024 * 1024
# S3 refuses parts below 5 MiB and more than 10,000 parts: 8 MiB carries 80 GB.
S3_PART_BYTES = 8 * 1024 * 1024
STEP_DEADLINE_S = 60
LISTED_AT_ONCE = 1000
_THREADS = 8
# How obstore names a file that is still being written on disk.
_UNFINISHED = re.compile(r"#\d+$")

T = TypeVar("T")


class ObjectMissing(Unavailable):
    """The bytes that a row names are not in the store."""

    default = "The bytes of this file cannot be read at the moment."


@dataclass(frozen=True, slots=True)
class Stored:
    """What was written: its size in bytes and its SHA-256 in hexadecimal."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Listed:
    """One object of a listing."""

    key: str
    modified_at: datetime


class ObjectStore:
    """Bytes by key. Making one touches nothing: the store is opened at its first use.

    obstore's blocking calls are made in threads of our own. Its asynchronous ones finish on threads of its
    runtime that take hold of the interpreter, which aborts the process when it is just exiting
    (https://github.com/PyO3/pyo3-async-runtimes/issues/40), and they were three times slower here.
    """

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("file", "s3"):
            raise ValueError("PORTICO_STORAGE_URL must begin with file:// or s3://")
        self._url = url
        self._root = Path(unquote(parts.path)) if parts.scheme == "file" else None
        self._threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="storage")

    @cached_property
    def _objects(self) -> "LocalStore | S3Store":
        from obstore.store import LocalStore, S3Store

        if self._root:
            return LocalStore(self._root, mkdir=True)
        return S3Store.from_url(
            self._url,
            # Plain HTTP only where AWS_ENDPOINT_URL says so: a store in the same private network.
            client_options={"timeout": "30s", "connect_timeout": "5s", "allow_http": True},
            retry_config={"max_retries": 2, "retry_timeout": timedelta(seconds=20)},
        )

    async def put_stream(
        self,
        key: str,
        chunks: AsyncIterator[bytes],
        *,
        limit: int | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Stored:
        """Write all chunks under `key`, hashed on the way; a failure at any step leaves nothing under the key.

        `headers` are kept with the object where the store can (S3), for downloads that bypass us.
        Raises TooLarge past `limit` bytes, Unavailable when the store does not take them.
        """
        writing = _Writing(await self._run(partial(self._open, key, headers)))
        size, pending, flushing = 0, None, None
        try:
            async for piece in _pieces(chunks):
                if self._root and size // FLUSH_BYTES < (size + len(piece)) // FLUSH_BYTES:
                    if flushing:
                        await flushing
                    flushing = asyncio.ensure_future(self._run(partial(self._flush, key)))
                size += len(piece)
                if limit is not None and size > limit:
                    raise TooLarge(f"A file may have {limit} bytes at most.")
                if pending:
                    await pending
                # The next piece arrives while this one is hashed and written.
                pending = asyncio.ensure_future(self._run(partial(writing.write, piece)))
            for step in (pending, flushing):
                if step:
                    await step
            await self._run(writing.close)
            await self._run(partial(self._settle, key))
        except BaseException:
            # Shielded: whoever cancels an upload must not leave half of it behind.
            await asyncio.shield(self._discard(key, writing, [step for step in (pending, flushing) if step]))
            raise
        return Stored(size, writing.digest.hexdigest())

    async def put(self, key: str, data: bytes) -> Stored:
        """Write a small object in one go."""

        async def once() -> AsyncIterator[bytes]:
            yield data

        return await self.put_stream(key, once())

    async def get_stream(self, key: str, start: int = 0, end: int | None = None) -> AsyncIterator[bytes]:
        """The bytes from `start` up to and without `end`; raises ObjectMissing when there are none."""
        step = PIECE_BYTES if self._root else S3_PART_BYTES
        stop = await self.head(key) if end is None else end
        while start < stop:
            piece = await self._run(partial(self._read, key, start, min(start + step, stop)))
            if not piece:
                raise ObjectMissing
            start += len(piece)
            yield piece

    async def get(self, key: str) -> bytes:
        """All bytes of a small object."""
        return b"".join([piece async for piece in self.get_stream(key)])

    async def head(self, key: str) -> int:
        """The size of an object in bytes; raises ObjectMissing."""
        return await self._run(partial(self._size, key))

    async def delete(self, key: str) -> None:
        """Remove an object; one that is not there is no error."""
        await self._run(partial(self._remove, key))

    async def delete_all(self, beginning: str) -> None:
        """Remove every object whose key begins so, up to any place in its name."""
        async for batch in self.list(beginning.rpartition("/")[0]):
            for entry in batch:
                if entry.key.startswith(beginning):
                    await self.delete(entry.key)

    async def list(self, prefix: str) -> AsyncIterator[list[Listed]]:
        """All finished objects below `prefix`, in batches."""
        listing = await self._run(partial(self._batches, prefix))
        while batch := await self._run(lambda: next(listing, None)):
            yield [Listed(entry["path"], entry["last_modified"]) for entry in batch]

    async def sweep_unfinished(self, prefix: str, *, before: datetime) -> int:
        """Remove what uploads killed before that moment left on disk; returns how many.

        Unfinished S3 uploads are for the bucket's lifecycle rule (AbortIncompleteMultipartUpload).
        """
        return await self._run(partial(_sweep, self._root / prefix, before)) if self._root else 0

    async def presigned(self, key: str, *, expires_in: timedelta) -> str | None:
        """An address that lets anyone read the object for a while; None for a store without addresses."""
        return None if self._root else await self._run(partial(self._sign, key, expires_in))

    async def check(self) -> None:
        """Raise Unavailable when the store does not answer."""
        await self._run(self._probe)

    def close(self) -> None:
        """Let the threads end."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def _run(self, step: Callable[[], T]) -> T:
        try:
            async with asyncio.timeout(STEP_DEADLINE_S):
                return await asyncio.get_running_loop().run_in_executor(self._threads, step)
        except FileNotFoundError as error:
            raise ObjectMissing from error
        except TimeoutError as error:
            raise Unavailable("The object store does not answer.") from error
        except Exception as error:
            if isinstance(error, OSError) or type(error).__module__.startswith("obstore"):
                raise Unavailable("The object store could not do that.") from error
            raise

    async def _discard(self, key: str, writing: "_Writing", pending: "Sequence[asyncio.Future[None]]") -> None:
        if pending:
            await asyncio.wait(pending)
        with suppress(Exception):
            await self._run(writing.abort)
        if writing.closed:
            with suppress(Exception):
                await self.delete(key)

    # Below: blocking, in a thread.

    def _open(self, key: str, headers: Mapping[str, str] | None) -> "WritableFile":
        import obstore

        if self._root:
            return obstore.open_writer(self._objects, key, buffer_size=PIECE_BYTES, max_concurrency=2)
        attributes = dict(headers) if headers else None
        return obstore.open_writer(
            self._objects, key, attributes=attributes, buffer_size=S3_PART_BYTES, max_concurrency=2
        )

    def _flush(self, key: str) -> None:
        """Send to the disk what is there of a file that is still being written, while more of it arrives."""
        with suppress(FileNotFoundError), Path(f"{self._root}/{key}#1").open("rb") as unfinished:
            os.fdatasync(unfinished.fileno())

    def _settle(self, key: str) -> None:
        """Make the bytes outlive a power cut, as the row that will name them does."""
        if not self._root:
            return
        path = self._root / key
        for target in (path, path.parent):
            handle = os.open(target, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)

    def _read(self, key: str, start: int, end: int) -> bytes:
        import obstore

        return bytes(obstore.get_range(self._objects, key, start=start, end=end))

    def _size(self, key: str) -> int:
        import obstore

        return obstore.head(self._objects, key)["size"]

    def _remove(self, key: str) -> None:
        import obstore

        with suppress(FileNotFoundError):
            obstore.delete(self._objects, key)

    def _batches(self, prefix: str) -> "Iterator[Sequence[ObjectMeta]]":
        import obstore

        return iter(obstore.list(self._objects, prefix, chunk_size=LISTED_AT_ONCE))

    def _sign(self, key: str, expires_in: timedelta) -> str:
        import obstore
        from obstore.store import S3Store

        assert isinstance(self._objects, S3Store)
        return obstore.sign(self._objects, "GET", key, expires_in)

    def _probe(self) -> None:
        if self._root:
            self._objects  # noqa: B018  opening it makes the directory
            os.statvfs(self._root)
        else:
            next(self._batches("readiness"), None)


class _Writing:
    """One object on its way into the store."""

    def __init__(self, writer: "WritableFile") -> None:
        self._writer = writer
        self.digest = hashlib.sha256()
        self.closed = False

    def write(self, piece: bytes) -> None:
        self.digest.update(piece)
        self._writer.write(piece)

    def close(self) -> None:
        self._writer.close()
        self.closed = True

    def abort(self) -> None:
        # Leaving with an error is how obstore is told to drop the parts.
        self._writer.__exit__(ValueError, ValueError("aborted"), None)


async def _pieces(chunks: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    gathered: list[bytes] = []
    size = 0
    async for chunk in chunks:
        gathered.append(chunk)
        size += len(chunk)
        if size >= PIECE_BYTES:
            yield b"".join(gathered)
            gathered.clear()
            size = 0
    if gathered:
        yield b"".join(gathered)


def _sweep(folder: Path, before: datetime) -> int:
    swept = 0
    for path in folder.rglob("*#*"):
        with suppress(FileNotFoundError):
            if _UNFINISHED.search(path.name) and path.stat().st_mtime < before.timestamp():
                path.unlink()
                swept += 1
    return swept
