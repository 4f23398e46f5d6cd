"""Parked events: those that no try could handle, kept until somebody has mended the cause and sends them again."""

from sqlalchemy import text

from chassis.bus import REQUEST_TIMEOUT_S, STREAM, Bus
from chassis.database import Database

_PARKED = text("SELECT event_id, subject, envelope FROM parked_events ORDER BY event_id FOR UPDATE SKIP LOCKED")
_TAKE_OUT = text("DELETE FROM parked_events WHERE event_id = :id")


async def replay_parked(database: Database, bus: Bus) -> int:
    """Send every parked event of one service through the broker again; returns how many.

    Without Nats-Msg-Id, so that the broker does not take it for a repeat; services that have handled it before know
    it by their inbox.
    """
    async with database.across_agencies() as session:
        parked = (await session.execute(_PARKED)).all()
        for row in parked:
            await bus.stream.publish(row.subject, row.envelope, timeout=REQUEST_TIMEOUT_S, stream=STREAM)
            await session.execute(_TAKE_OUT, {"id": row.event_id})
    return len(parked)
