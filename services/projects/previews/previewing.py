"""Use cases of previews: who may see which, and where it comes from."""

import asyncio
from weakref import WeakValueDictionary

from chassis.clock import Clock
from chassis.database import Database
from chassis.errors import NotFound
from chassis.principals import Principal
from chassis.storage import ObjectStore
from services.projects.files.models import Content, File
from services.projects.files.service import content_of
from services.projects.previews import repository
from services.projects.previews.models import (
    MAX_SOURCE_BYTES,
    PDF,
    PICTURES,
    NoPreview,
    Preview,
    Refusal,
    Wanted,
)
from services.projects.previews.shelf import Shelf
from services.projects.previews.studio import Order, Studio


class Previews:
    """Finds previews on the shelf, and has drawn what is not there."""

    def __init__(self, database: Database, store: ObjectStore, clock: Clock) -> None:
        self._database, self._clock = database, clock
        self._shelf, self._studio = Shelf(store), Studio(store, clock)
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def source_of(self, principal: Principal, wanted: Wanted) -> tuple[File, Content]:
        """What a preview is of, by the rules of its download; NotFound for what the principal may not see.

        Opens its own short transaction: none is held while somebody draws.
        """
        async with self._database.unit(principal.agency_id) as session:
            return await content_of(session, principal, wanted.file_id, version=wanted.version)

    async def show(self, file: File, content: Content, wanted: Wanted) -> Preview:
        """The preview of what `source_of` has found.

        Raises NoPreview where nothing can be drawn, NotFound for a page behind the last one, Unavailable when too many
        wait to be drawn.
        """
        if content.mime_type != PDF and content.mime_type not in PICTURES:
            raise NoPreview
        if content.size > MAX_SOURCE_BYTES:
            raise NoPreview(f"There are previews of files of up to {MAX_SOURCE_BYTES >> 20} MiB.")
        key = self._shelf.key(file.agency_id, content.sha256, page=wanted.page, width=wanted.drawn_width)
        if (found := await self._find(key)) is None:
            found = await self._have_drawn(key, file, content, wanted)
        if isinstance(found, Refusal):
            raise NoPreview(found.why)
        return found

    async def close(self) -> None:
        """Let the processes end."""
        await self._studio.close()

    async def _have_drawn(self, key: str, file: File, content: Content, wanted: Wanted) -> Preview | Refusal:
        if wanted.page > 1:
            # Tells how many pages there are: whoever counts on into the void has nothing drawn by that.
            first = await self.show(file, content, Wanted(wanted.file_id, wanted.version))
            if wanted.page > first.pages:
                raise NotFound("This file has no such page.")
        turn = self._turns.setdefault(key, asyncio.Lock())
        async with turn:
            if (found := await self._find(key)) is not None:
                return found
            order = Order(content.storage_key, content.mime_type, wanted.page, wanted.drawn_width)
            drawn = await self._studio.draw(order)
            if drawn is None:
                raise NotFound("This file has no such page.")
            await self._keep(key, drawn, file, content)
            return drawn

    async def _find(self, key: str) -> Preview | Refusal | None:
        found = await self._shelf.find(key)
        return None if isinstance(found, Refusal) and not found.holds(self._clock()) else found

    async def _keep(self, key: str, drawn: Preview | Refusal, file: File, content: Content) -> None:
        await self._shelf.put(key, drawn)
        # Its bytes may have been erased meanwhile, with all that was drawn from them until then.
        async with self._database.reader(file.agency_id) as reader:
            is_kept = await repository.is_kept(reader, file.agency_id, content.storage_key)
        if not is_kept:
            await self._shelf.remove(key)
