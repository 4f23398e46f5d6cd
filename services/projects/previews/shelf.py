"""The shelf: what was drawn, in the object store, under the hash of what it was drawn from."""

from datetime import datetime
from typing import Any
from uuid import UUID

import orjson

from chassis.storage import ObjectMissing, ObjectStore
from services.projects.files.storing import PREFIX
from services.projects.files.sweeping import PREVIEWS
from services.projects.previews.models import LOOK, Preview, Refusal

# Ends the line of facts that stands before the picture.
_END = b"\n"


def place_of(agency_id: UUID, sha256: str) -> str:
    """How the keys of all previews of those bytes begin; what erases a client writes it in SQL."""
    return f"{PREFIX}/{agency_id}/{PREVIEWS}/{sha256[:2]}/{sha256}-"


class Shelf:
    """Previews and refusals by key. Nothing here is needed: what is gone is drawn again."""

    def __init__(self, store: ObjectStore) -> None:
        self._store = store

    def key(self, agency_id: UUID, sha256: str, *, page: int, width: int) -> str:
        """Where the preview of a page is kept."""
        return f"{place_of(agency_id, sha256)}{LOOK}-{page}-{width}"

    async def find(self, key: str) -> Preview | Refusal | None:
        """What was put there; None for nothing."""
        try:
            kept = await self._store.get(key)
        except ObjectMissing:
            return None
        head, _, picture = kept.partition(_END)
        facts: dict[str, Any] = orjson.loads(head)
        if "refused" in facts:
            return Refusal(facts["refused"], datetime.fromisoformat(facts["until"]) if facts["until"] else None)
        return Preview(picture, facts["pages"], facts["width"], facts["height"])

    async def put(self, key: str, drawn: Preview | Refusal) -> None:
        """Keep what was drawn, or why nothing was."""
        if isinstance(drawn, Refusal):
            facts: dict[str, Any] = {"refused": drawn.why, "until": drawn.until}
            await self._store.put(key, orjson.dumps(facts) + _END)
            return
        facts = {"pages": drawn.pages, "width": drawn.width, "height": drawn.height}
        await self._store.put(key, orjson.dumps(facts) + _END + drawn.picture)

    async def remove(self, key: str) -> None:
        """Take one away."""
        await self._store.delete(key)
