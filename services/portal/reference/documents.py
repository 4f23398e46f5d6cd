"""Keeps the merged OpenAPI document fresh; a service that is away is shown as it was last seen."""

import asyncio
import gzip
import hashlib
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import orjson

from chassis.errors import Unavailable
from chassis.openapi import Document
from chassis.telemetry import log
from services.portal.reference.assembly import SERVICES, assemble

FRESH_S = 60
RETRY_S = 5

Fetch = Callable[[str], Awaitable[Document]]


@dataclass(frozen=True, slots=True)
class Published:
    """The merged document as it is sent."""

    document: Document
    body: bytes
    packed: bytes
    etag: str


class Documents:
    """Asks each service for its own document when the merged one has grown old."""

    def __init__(self, fetch: Fetch, origin: str, *, timer: Callable[[], float] = time.monotonic) -> None:
        self._fetch, self._origin, self._timer = fetch, origin, timer
        self._known: dict[str, Document] = {}
        self._published: Published | None = None
        self._renew_at = 0.0
        self._renewing = asyncio.Lock()

    async def current(self) -> Published:
        """The document of the whole deployment; a service never yet reached is left out."""
        async with self._renewing:
            if self._published is None or self._timer() >= self._renew_at:
                self._published = await self._renew()
            return self._published

    async def _renew(self) -> Published:
        answers = await asyncio.gather(*(self._ask(service) for service in SERVICES))
        self._renew_at = self._timer() + (FRESH_S if all(answers) else RETRY_S)
        try:
            # In a thread: it takes long enough to be felt by whoever else is being answered.
            return await asyncio.to_thread(_publish, dict(self._known), self._origin)
        except ValueError as error:
            # Half-way through an upgrade two services may both serve an operation; the last good document stays.
            if self._published is None:
                raise Unavailable from error
            log.error("reference_contradicts_itself", error=str(error))
            return self._published

    async def _ask(self, service: str) -> bool:
        try:
            self._known[service] = await self._fetch(service)
        except (OSError, ValueError, TimeoutError) as error:
            log.warning("reference_incomplete", missing=service, error=repr(error))
            return False
        return True


def _publish(documents: dict[str, Document], origin: str) -> Published:
    document = assemble(documents, origin)
    body = orjson.dumps(document)
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    return Published(document, body, gzip.compress(body, 6), etag)
