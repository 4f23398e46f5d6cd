"""All SQL of digests, and of the names of projects that they are grouped by."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select, text, tuple_
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from chassis.ids import new_id
from services.notify.addressees import Addressee
from services.notify.digests.models import Digest

Key = tuple[UUID, UUID]

_NOTE_NAME = text(
    "INSERT INTO project_names AS p (agency_id, project_id, name, as_of)"
    " VALUES (:agency_id, :project_id, :name, :as_of)"
    " ON CONFLICT (agency_id, project_id) DO UPDATE SET name = excluded.name, as_of = excluded.as_of"
    " WHERE p.as_of < excluded.as_of"
)
_NAMES = text(
    "SELECT project_id, name FROM project_names WHERE agency_id = :agency_id AND project_id = ANY(:project_ids)"
)


async def ensure(session: AsyncSession, addressee: Addressee, *, due_at: datetime, due_on: date) -> None:
    """Make somebody's digest if there is none; either way nobody gathers it before the transaction ends."""
    row = {
        "agency_id": addressee.agency_id,
        "id": new_id(),
        "side": addressee.side,
        "recipient_id": addressee.id,
        "due_at": due_at,
        "due_on": due_on,
    }
    made = insert(Digest).values(row)
    # An update that changes nothing, for the lock on the row that it takes.
    held = made.on_conflict_do_update(
        index_elements=["agency_id", "side", "recipient_id"], set_={"due_at": col(Digest.due_at)}
    )
    await session.execute(held)


async def due(session: AsyncSession, now: datetime, *, after: Key | None, limit: int) -> list[Key]:
    """Agency and id of digests that are due, in the order of these, behind one of them."""
    key = tuple_(col(Digest.agency_id), col(Digest.id))
    query = select(col(Digest.agency_id), col(Digest.id)).where(col(Digest.due_at) <= now)
    if after:
        query = query.where(key > after)
    found = await session.execute(query.order_by(col(Digest.agency_id), col(Digest.id)).limit(limit))
    return [(row.agency_id, row.id) for row in found]


async def lock(session: AsyncSession, key: Key) -> Digest | None:
    """The digest, held until the transaction ends."""
    query = select(Digest).where(col(Digest.agency_id) == key[0], col(Digest.id) == key[1]).with_for_update()
    return (await session.execute(query)).scalar_one_or_none()


async def note_name(session: AsyncSession, *, agency_id: UUID, project_id: UUID, name: str, as_of: int) -> None:
    """Keep a project's name, unless a later one is known."""
    row = {"agency_id": agency_id, "project_id": project_id, "name": name, "as_of": as_of}
    await session.execute(_NOTE_NAME, row)


async def names_of(session: AsyncSession, agency_id: UUID, project_ids: Collection[UUID]) -> dict[UUID, str]:
    """The names of projects that are known, by id."""
    if not project_ids:
        return {}
    found = await session.execute(_NAMES, {"agency_id": agency_id, "project_ids": list(project_ids)})
    return {row.project_id: row.name for row in found}
