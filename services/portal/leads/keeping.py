"""Where the files of leads are kept: inert bytes in the object store, each with its row from before its first byte."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from chassis.database import Database
from chassis.file_names import attachment, clean_name
from chassis.sniffing import sniffed
from chassis.storage import ObjectStore
from services.portal.leads import repository
from services.portal.leads.models import LeadFile

MAX_FILE_BYTES = 10 * 1024**2
# Far longer than a form may take from its first byte to its commit (see SUBMISSION_DEADLINE_S).
UNUSED_FOR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file on its way in: of which agency, the answer to which field, and what its sender calls it."""

    agency_id: UUID
    field: str
    name: str


class Keeper:
    """Takes files in and shows them again."""

    def __init__(self, database: Database, store: ObjectStore) -> None:
        self._database, self._store = database, store

    async def keep(self, incoming: Incoming, chunks: AsyncIterator[bytes], *, now: datetime) -> LeadFile:
        """Stream a file into the store; it goes by itself unless a lead takes it. Raises TooLarge, Unavailable.

        In a transaction of its own, so none may be open: the bytes take a while.
        """
        kind, whole = await sniffed(chunks)
        file = LeadFile(
            agency_id=incoming.agency_id,
            field=incoming.field,
            name=clean_name(incoming.name),
            mime_type=kind,
            expires_at=now + UNUSED_FOR,
            created_at=now,
            updated_at=now,
        )
        async with self._database.unit(incoming.agency_id) as session:
            await repository.add_file(session, file)
        headers = {"Content-Type": kind, "Content-Disposition": attachment(file.name)}
        stored = await self._store.put_stream(file.key, whole, limit=MAX_FILE_BYTES, headers=headers)
        file.size, file.sha256 = stored.size, stored.sha256
        return file

    async def show(self, file: LeadFile) -> AsyncIterator[bytes]:
        """The bytes of a file, the first of them in hand: missing ones are an error and not a broken answer."""
        stream = self._store.get_stream(file.key, 0, file.size)
        first = await anext(stream, b"")

        async def rest() -> AsyncIterator[bytes]:
            yield first
            async for piece in stream:
                yield piece

        return rest()
