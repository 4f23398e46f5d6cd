"""The gallery: draws pictures anew and hangs them up, and shows them."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from chassis.database import Database
from chassis.storage import ObjectStore
from services.portal.blobs import repository
from services.portal.blobs.models import Blob
from services.portal.blobs.pictures import Order, Picture, Pictures

# Far longer than it takes from the row to the transaction that takes the picture into use.
UNUSED_FOR = timedelta(hours=1)
PUBLIC_NAME_BYTES = 16


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose a picture is: a client's or company's of the agency, or with `id` None the agency's own and public."""

    agency_id: UUID
    id: UUID | None = None


class Gallery:
    """Pictures in the object store, each with its row."""

    def __init__(self, database: Database, store: ObjectStore, pictures: Pictures) -> None:
        self._database, self._store, self._pictures = database, store, pictures

    async def draw(self, source: bytes, order: Order, *, owner: Owner, field: str, now: datetime) -> list[Blob]:
        """The picture in each size of the order, kept but not in use yet: unused ones are removed by themselves.

        In transactions of its own, so none may be open: drawing takes a while. Raises Invalid, naming `field`, for
        what is no such picture; Unavailable when it takes too long or the object store does not take it.
        """
        pictures = await self._pictures.redraw(source, order, field=field)
        blobs = [_blob(picture, owner, now) for picture in pictures]
        async with self._database.unit(owner.agency_id) as session:
            await repository.add(session, blobs)
        for blob, picture in zip(blobs, pictures, strict=True):
            await self._store.put(blob.key, picture.data)
        return blobs

    async def show(self, blob: Blob) -> bytes:
        """The bytes of a picture."""
        return await self._store.get(blob.key)

    async def close(self) -> None:
        """Let process and threads end."""
        await self._pictures.close()
        self._store.close()


def _blob(picture: Picture, owner: Owner, now: datetime) -> Blob:
    return Blob(
        agency_id=owner.agency_id,
        owner_id=owner.id,
        public_name=None if owner.id else f"{secrets.token_hex(PUBLIC_NAME_BYTES)}.png",
        mime_type=picture.mime_type,
        size=len(picture.data),
        sha256=hashlib.sha256(picture.data).hexdigest(),
        width=picture.width,
        height=picture.height,
        expires_at=now + UNUSED_FOR,
        created_at=now,
        updated_at=now,
    )
