"""All SQL of events for streams.

An event gets its position after the transaction that kept it has committed, from one writer at a time: whoever
has seen a position has seen all before it, in whatever order the transactions ended.
"""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.database import Reader
from services.notify.deliveries.models import Payload
from services.notify.live.models import Audience, ClientForm, Page, Told

PUBLISHED_AT_ONCE = 1000

_KEEP = text(
    "INSERT INTO live_events (agency_id, id, type, body, client_id, module, client_body, created_at)"
    " VALUES (:agency_id, :id, :type, :body, :client_id, :module, :client_body, :now) ON CONFLICT DO NOTHING"
)
_WAITING = text("SELECT EXISTS (SELECT FROM live_events WHERE position IS NULL)")
# A process that is frozen with the lock in its hands loses it.
_TAKE_PEN = text(
    "SELECT pg_advisory_xact_lock(hashtextextended('live_events/publish', 0)),"
    " set_config('idle_in_transaction_session_timeout', '5s', true)"
)
_PUBLISH = text(
    f"""
    WITH waiting AS (
        SELECT agency_id, id, row_number() OVER (PARTITION BY agency_id ORDER BY id) AS place,
               count(*) OVER (PARTITION BY agency_id) AS places
        FROM (SELECT agency_id, id FROM live_events WHERE position IS NULL
              ORDER BY id LIMIT {PUBLISHED_AT_ONCE}) AS oldest
    ), counted AS (
        INSERT INTO live_positions AS p (agency_id, last)
        SELECT agency_id, count(*) FROM waiting GROUP BY agency_id
        ON CONFLICT (agency_id) DO UPDATE SET last = p.last + excluded.last
        RETURNING agency_id, last
    )
    UPDATE live_events e SET position = counted.last - waiting.places + waiting.place
    FROM waiting JOIN counted USING (agency_id)
    WHERE e.agency_id = waiting.agency_id AND e.id = waiting.id
    """  # noqa: S608 (a constant)
)
_NEWS = text(
    """
    SELECT p.agency_id, p.last, ARRAY(
        SELECT DISTINCT e.client_id FROM live_events e
        WHERE e.agency_id = p.agency_id AND e.position > seen.position AND e.position <= p.last
          AND e.client_id IS NOT NULL) AS client_ids
    FROM live_positions p
    JOIN unnest(CAST(:agencies AS uuid[]), CAST(:positions AS bigint[])) AS seen (agency_id, position)
      ON p.agency_id = seen.agency_id AND p.last > seen.position
    """
)
_FORGET = text("DELETE FROM live_events WHERE created_at < :moment")

_LAST = "SELECT last FROM live_positions WHERE agency_id = $1"
_PLACE = "SELECT position FROM live_events WHERE agency_id = $1 AND id = $2"
_PLACE_OF_CLIENT = f"{_PLACE} AND client_id = ANY ($3)"
_NEWEST = "SELECT id FROM live_events WHERE agency_id = $1 AND position <= $2 {} ORDER BY position DESC LIMIT 1"
_THEIRS = "AND client_id = ANY ({}) AND module = ANY ({})"
_PAGE = (
    "SELECT position, id, type, {} AS body FROM live_events WHERE agency_id = $1 AND position > $2 AND position <= $3"
    " {} ORDER BY position LIMIT {:d}"
)


async def keep(session: AsyncSession, payload: Payload, form: ClientForm | None, now: datetime) -> None:
    """Keep an event, without a position yet; one that is kept already stays as it is."""
    values = {
        "agency_id": payload.agency_id,
        "id": payload.event_id,
        "type": payload.event_type,
        "body": payload.body,
        "client_id": form.client_id if form else None,
        "module": form.module if form else None,
        "client_body": form.body if form else None,
        "now": now,
    }
    await session.execute(_KEEP, values)


async def any_waiting(session: AsyncSession) -> bool:
    """Whether an event has no position yet."""
    return bool((await session.execute(_WAITING)).scalar_one())


async def publish(session: AsyncSession) -> None:
    """Give positions to what has none, oldest first, at most PUBLISHED_AT_ONCE events."""
    await session.execute(_TAKE_PEN)
    # A statement of its own: it has to see what was published before the lock was to be had.
    await session.execute(_PUBLISH)


async def news(session: AsyncSession, positions: Mapping[UUID, int]) -> dict[UUID, tuple[int, frozenset[UUID]]]:
    """Of agencies with events beyond a position: the last position, and the clients whom those events concern."""
    asked = {"agencies": list(positions), "positions": list(positions.values())}
    return {row.agency_id: (row.last, frozenset(row.client_ids)) for row in await session.execute(_NEWS, asked)}


async def forget_before(session: AsyncSession, moment: datetime) -> None:
    """Remove what was kept before a moment."""
    await session.execute(_FORGET, {"moment": moment})


async def last_position(reader: Reader, agency_id: UUID) -> int:
    """The position of the agency's newest event, 0 before the first."""
    return int(await reader.fetchval(_LAST, agency_id) or 0)


async def position_of(reader: Reader, audience: Audience, id: UUID) -> int | None:
    """The position of an event that the audience may have heard; None for all others."""
    if audience.client_ids is None:
        found = await reader.fetchval(_PLACE, audience.agency_id, id)
    else:
        found = await reader.fetchval(_PLACE_OF_CLIENT, audience.agency_id, id, list(audience.client_ids))
    return None if found is None else int(found)


async def newest(reader: Reader, audience: Audience, upto: int) -> UUID | None:
    """The last event up to a position that the audience may have heard."""
    condition = "" if audience.client_ids is None else _THEIRS.format("$3", "$4")
    id = await reader.fetchval(_NEWEST.format(condition), audience.agency_id, upto, *_whose(audience))
    return UUID(str(id)) if id else None


async def page(reader: Reader, audience: Audience, *, after: int, limit: int) -> Page:
    """What the audience hears after a position, in order."""
    last = await last_position(reader, audience.agency_id)
    if audience.client_ids is None:
        sql = _PAGE.format("body", "", limit)
    else:
        sql = _PAGE.format("client_body", _THEIRS.format("$4", "$5"), limit)
    rows = await reader.fetch(sql, audience.agency_id, after, last, *_whose(audience))
    events = [Told(row["position"], row["id"], row["type"], row["body"]) for row in rows]
    complete = len(events) < limit
    return Page(events, max(after, last) if complete else events[-1].position, complete)


def _whose(audience: Audience) -> list[list[UUID] | list[str]]:
    return [] if audience.client_ids is None else [list(audience.client_ids), list(audience.modules)]
