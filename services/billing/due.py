"""What becomes due, over all agencies: found page by page, and each handled apart from every other."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.database import Database


@dataclass(frozen=True, slots=True)
class Due:
    """Something that is to be looked at, and since when."""

    agency_id: UUID
    id: UUID
    at: datetime


class Find(Protocol):
    """At most `limit` of what is due, in order, behind one; it is given a session across agencies."""

    async def __call__(self, session: AsyncSession, *, after: Due, now: datetime, limit: int) -> Sequence[Due]:
        """Find them."""


_FIRST = Due(UUID(int=0), UUID(int=0), datetime.min.replace(tzinfo=UTC))


async def handle_due(
    database: Database, find: Find, handle: Callable[[Due], Awaitable[bool]], *, now: datetime, batch: int
) -> None:
    """Handle all that is due. Where `handle` is False, the others of that agency wait for the next turn."""
    last, away = _FIRST, set[UUID]()
    while True:
        async with database.across_agencies() as session:
            found = await find(session, after=last, now=now, limit=batch)
        for one in found:
            if one.agency_id not in away and not await handle(one):
                away.add(one.agency_id)
        if len(found) < batch:
            return
        last = found[-1]
