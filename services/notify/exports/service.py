"""Use cases of exports: open every service's snapshot, then write rows and bytes as fast as they are taken."""

import asyncio
import json
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Mapping
from contextlib import suppress
from datetime import datetime
from uuid import UUID
from weakref import WeakValueDictionary

from chassis.errors import Unavailable
from chassis.exporting import Object, Opened, Part, Rows, Table
from chassis.principals import Staff
from chassis.storage import ObjectMissing, ObjectStore
from services.notify.exports.archive import Archive
from services.notify.exports.models import MANIFEST, ExportUnderWay, Manifest, require_owner, safe_path

# Each holds a snapshot and a connection in every service.
AT_ONCE = 4
# Until every service has fixed its moment.
OPEN_DEADLINE_S = 10.0

# What one service keeps of an agency; and all services by name.
Source = Callable[[UUID], AsyncIterator[Part]]
Sources = Mapping[str, Source]


class Export:
    """One export under way. Whoever has it reads `pieces` once, and closes it in any case."""

    def __init__(self, agency_id: UUID, store: ObjectStore, now: datetime) -> None:
        self._store = store
        self._manifest = Manifest(agency_id, now)
        self._archive = Archive(now)
        self._streams: dict[str, AsyncIterator[Part]] = {}
        self._objects: list[Object] = []

    async def open(self, sources: Sources) -> None:
        """Fix the moment in every service; Unavailable when one does not answer."""
        agency_id = self._manifest.agency_id
        self._streams = {service: source(agency_id) for service, source in sources.items()}
        try:
            async with asyncio.timeout(OPEN_DEADLINE_S):
                # All are waited for, so that none is being read any more when it is closed.
                firsts = (anext(stream) for stream in self._streams.values())
                opened = await asyncio.gather(*firsts, return_exceptions=True)
        except TimeoutError as error:
            raise Unavailable from error
        for service, part in zip(self._streams, opened, strict=True):
            if isinstance(part, BaseException):
                raise part
            assert isinstance(part, Opened), "the first part tells that the snapshot stands"
            self._manifest.tables_left_out[service] = list(part.tables_left_out)

    async def pieces(self) -> AsyncIterator[bytes]:
        """The archive; it breaks off where a service does, and then lacks its end."""
        for service, stream in self._streams.items():
            async for piece in self._tables(service, stream):
                yield piece
        await self.close()
        for found in self._objects:
            async for piece in self._file(found):
                yield piece
        self._archive.begin(MANIFEST, compress=True)
        yield await self._archive.write(json.dumps(self._manifest.as_json(), indent=1).encode())
        yield self._archive.end()[1] + self._archive.close()

    async def close(self) -> None:
        """Let every snapshot go."""
        for stream in self._streams.values():
            if isinstance(stream, AsyncGenerator):
                with suppress(Unavailable):
                    await stream.aclose()
        self._streams = {}

    async def _tables(self, service: str, stream: AsyncIterator[Part]) -> AsyncIterator[bytes]:
        current: Table | None = None
        async for part in stream:
            if isinstance(part, Rows):
                yield await self._archive.write(part.lines)
                continue
            if current:
                yield self._end_table(service, current)
                current = None
            if isinstance(part, Table):
                current = part
                self._archive.begin(f"{service}/{part.name}.jsonl", compress=True)
            elif isinstance(part, Object):
                self._objects.append(part)
        if current:
            yield self._end_table(service, current)

    def _end_table(self, service: str, table: Table) -> bytes:
        entry, rest = self._archive.end()
        self._manifest.add_table(service, table.name, left_out=table.columns_left_out, entry=entry)
        return rest

    async def _file(self, found: Object) -> AsyncIterator[bytes]:
        path = safe_path(found.path)
        stream = self._store.get_stream(found.key)
        try:
            first = await anext(stream, b"")
        except ObjectMissing:
            # Removed since its row was read, or lost before: the rest is worth having all the same.
            self._manifest.files_missing.append(path)
            return
        self._archive.begin(path, compress=False)
        yield await self._archive.write(first)
        async for data in stream:
            yield await self._archive.write(data)
        entry, rest = self._archive.end()
        self._manifest.add_file(entry)
        yield rest


class Exports:
    """The exports of one process: one of an agency at a time, and only a few in all."""

    def __init__(self, sources: Sources, store: ObjectStore) -> None:
        self._sources, self._store = sources, store
        self._running: WeakValueDictionary[UUID, Export] = WeakValueDictionary()

    async def begin(self, staff: Staff, *, now: datetime) -> Export:
        """An export with every snapshot open.

        Raises OwnersOnly, ExportUnderWay, and Unavailable when a service does not answer or too many are under way.
        """
        require_owner(staff)
        if staff.agency_id in self._running:
            raise ExportUnderWay
        if len(self._running) >= AT_ONCE:
            raise Unavailable("Several exports are under way. Try again when they have ended.")
        export = self._running[staff.agency_id] = Export(staff.agency_id, self._store, now)
        try:
            await export.open(self._sources)
        except BaseException:
            await self.end(export, staff.agency_id)
            raise
        return export

    async def end(self, export: Export, agency_id: UUID) -> None:
        """It was read, or nobody reads on: make room for the next."""
        self._running.pop(agency_id, None)
        await export.close()
