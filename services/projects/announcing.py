"""Announces this service's events, each with its line in the activity feed, in the transaction of their cause."""

from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from chassis import events
from chassis.principals import Actor
from chassis.schemas import Output
from chassis.tables import Row
from services.projects.activity.service import note


async def announce(
    session: AsyncSession,
    type: str,
    *,
    row: Row,
    actor: Actor,
    data: Output,
    now: datetime,
    internal: dict[str, Any] | None = None,
) -> None:
    """As `chassis.events.announce`, for a project or a row of one: what happened can be read afterwards."""
    event = await events.announce(session, type, row=row, actor=actor, data=data, now=now, internal=internal)
    owner = row.model_dump(include={"client_id", "project_id"})
    await note(session, event, client_id=owner["client_id"], project_id=owner.get("project_id", row.id))
