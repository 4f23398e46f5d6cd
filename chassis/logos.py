"""Logos for papers: read from the object store once, kept in bounded memory, and never in a paper's way."""

import asyncio
from collections import OrderedDict

from chassis.errors import Unavailable
from chassis.storage import ObjectStore
from chassis.telemetry import log

MAX_LOGO_BYTES = 4 * 1024**2
MAX_KEPT_BYTES = 16 * 1024**2
DEADLINE_S = 2.0
_PNG = b"\x89PNG\r\n\x1a\n"


class Logos:
    """Pictures by key. What stands under a key never changes, so nothing that is kept grows old."""

    def __init__(self, store: ObjectStore) -> None:
        self._store = store
        self._kept: OrderedDict[str, bytes] = OrderedDict()

    async def read(self, key: str | None) -> bytes:
        """The picture, a PNG; nothing without a key, and where it is gone, too large or slow to come."""
        if not key:
            return b""
        if key not in self._kept and (logo := await self._fetch(key)):
            self._keep(key, logo)
        if key not in self._kept:
            return b""
        self._kept.move_to_end(key)
        return self._kept[key]

    async def _fetch(self, key: str) -> bytes:
        try:
            async with asyncio.timeout(DEADLINE_S):
                size = await self._store.head(key)
                logo = await self._store.get(key) if size <= MAX_LOGO_BYTES else b""
        except (Unavailable, TimeoutError) as error:
            log.warning("logo_missing", key=key, error=type(error).__name__)
            return b""
        if not logo.startswith(_PNG):
            log.warning("logo_unfit", key=key, size=size)
            return b""
        return logo

    def _keep(self, key: str, logo: bytes) -> None:
        self._kept[key] = logo
        while sum(map(len, self._kept.values())) > MAX_KEPT_BYTES:
            self._kept.popitem(last=False)
