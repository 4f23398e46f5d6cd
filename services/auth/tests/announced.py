"""Reads back what auth has announced, from its outbox."""

from uuid import UUID

from sqlalchemy import text

from chassis.events import Event
from tests.house import Agency, House


async def announced(house: House, agency: Agency, type: str) -> list[Event]:
    """All events of a type that an agency's rows caused, oldest first."""
    async with house.database("auth").unit(UUID(agency.id)) as session:
        rows = await session.scalars(
            text("SELECT envelope FROM outbox WHERE subject = :subject ORDER BY id"), {"subject": f"events.{type}"}
        )
        return [Event.decode(bytes(envelope)) for envelope in rows]
