"""A ZIP that is written while it is read: each step gives the bytes that it has made, and nothing is kept."""

import asyncio
import hashlib
from datetime import datetime
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from services.notify.exports.models import Entry

# Rows shrink to a tenth at the lowest level already, and a download waits for nothing.
LEVEL = 1
# Smaller pieces are not worth the way to a thread.
IN_THREAD_BYTES = 16 * 1024


class Archive:
    """Entries one after the other; sizes and checks follow each, because nobody seeks back (APPNOTE 4.3.9)."""

    def __init__(self, at: datetime) -> None:
        self._sink = _Sink()
        self._zip = ZipFile(self._sink, "w", compresslevel=LEVEL)  # type: ignore[call-overload]
        self._at = at
        self._entry: _Writing | None = None

    def begin(self, path: str, *, compress: bool) -> None:
        """Begin an entry; the one before it has ended."""
        assert self._entry is None, "one entry at a time"
        info = ZipInfo(path, self._at.timetuple()[:6])
        info.compress_type = ZIP_DEFLATED if compress else ZIP_STORED
        info.external_attr = 0o600 << 16
        self._entry = _Writing(path, self._zip.open(info, "w", force_zip64=True))

    async def write(self, data: bytes) -> bytes:
        """Add to the entry; returns what is ready to be sent."""
        assert self._entry, "begin an entry first"
        if len(data) < IN_THREAD_BYTES:
            self._entry.write(data)
        else:
            await asyncio.to_thread(self._entry.write, data)
        return self._sink.take()

    def end(self) -> tuple[Entry, bytes]:
        """End the entry: what it was, and what is ready to be sent."""
        assert self._entry, "begin an entry first"
        entry, self._entry = self._entry.close(), None
        return entry, self._sink.take()

    def close(self) -> bytes:
        """End the archive with its directory; returns the last bytes."""
        self._zip.close()
        return self._sink.take()


class _Sink:
    """What the ZIP is written to: a heap of bytes that is taken away all the time."""

    def __init__(self) -> None:
        self._heap = bytearray()

    def write(self, data: bytes) -> int:
        self._heap += data
        return len(data)

    def flush(self) -> None:
        """Nothing waits anywhere else."""

    def take(self) -> bytes:
        taken = bytes(self._heap)
        self._heap.clear()
        return taken


class _Writing:
    """One entry on its way into the archive."""

    def __init__(self, path: str, stream: IO[bytes]) -> None:
        self._path, self._stream = path, stream
        self._digest, self._size, self._lines = hashlib.sha256(), 0, 0

    def write(self, data: bytes) -> None:
        self._digest.update(data)
        self._size += len(data)
        self._lines += data.count(b"\n")
        self._stream.write(data)

    def close(self) -> Entry:
        self._stream.close()
        return Entry(self._path, self._size, self._digest.hexdigest(), self._lines)
