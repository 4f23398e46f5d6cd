"""The projects service as its own process; told a point of an upload, it is killed with -9 there."""

import os
import signal
import sys
from collections.abc import AsyncIterator, Mapping
from typing import Any

from fastapi import FastAPI
from sqlalchemy import event
from sqlalchemy.orm import Session

from chassis.runtime import run
from chassis.storage import ObjectStore, Stored
from services.projects.config import Settings
from services.projects.main import build_app

POINTS = ("before_bytes", "amid_bytes", "after_bytes", "after_rows", "before_commit", "after_commit")


class Victim:
    """Dies at its point."""

    def __init__(self, point: str) -> None:
        self._point = point
        self.uploading = False

    def reach(self, point: str) -> None:
        """End as a crash would, if this is the point."""
        if point == self._point:
            os.kill(os.getpid(), signal.SIGKILL)


class FragileStore(ObjectStore):
    """A store that its process dies in."""

    def __init__(self, url: str, victim: Victim) -> None:
        super().__init__(url)
        self._victim = victim

    async def put_stream(
        self,
        key: str,
        chunks: AsyncIterator[bytes],
        *,
        limit: int | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Stored:
        self._victim.uploading = True
        self._victim.reach("before_bytes")
        stored = await super().put_stream(key, self._watched(chunks), limit=limit, headers=headers)
        self._victim.reach("after_bytes")
        return stored

    async def _watched(self, chunks: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
        size = 0
        async for chunk in chunks:
            yield chunk
            size += len(chunk)
            if size > 2_500_000:
                self._victim.reach("amid_bytes")


def main(point: str) -> None:
    """Serve until the point is reached."""
    victim = Victim(point)

    @event.listens_for(Session, "after_flush")
    def flushed(session: Session, *_: Any) -> None:
        if any(type(row).__name__ == "FileVersion" for row in session.new):
            victim.reach("after_rows")

    @event.listens_for(Session, "before_commit")
    def committing(session: Session) -> None:
        if victim.uploading:
            victim.reach("before_commit")

    @event.listens_for(Session, "after_commit")
    def committed(session: Session) -> None:
        if victim.uploading:
            victim.reach("after_commit")

    def build(settings: Settings) -> FastAPI:
        return build_app(settings, store=FragileStore(settings.storage_url, victim))

    run("projects", build, Settings)


if __name__ == "__main__":
    main(sys.argv[1])
