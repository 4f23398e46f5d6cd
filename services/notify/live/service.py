"""Use cases of event streams: keep an event, find where a stream begins, tell what follows."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.database import Database, Reader
from chassis.events import Event
from services.notify.deliveries.models import Payload
from services.notify.live import repository
from services.notify.live.hearing import heard_by_client
from services.notify.live.models import KEPT_FOR, Audience, Beginning, ClientForm, Page
from services.notify.webhook_endpoints.samples import payload_of

PAGE = 50
# No event: whoever names it hears everything that is kept.
BEFORE_ALL = UUID(int=0)


async def keep(session: AsyncSession, event: Event, payload: Payload, now: datetime) -> None:
    """Keep an event for the streams, as the agency hears it and as its client does."""
    if now - event.occurred_at > KEPT_FOR:
        return
    form = None
    if heard := heard_by_client(event):
        told = payload_of(
            payload.event_type, agency_id=event.agency_id, event_id=event.id, at=payload.at, data=heard.data
        )
        form = ClientForm(heard.client_id, heard.module, told.body)
    await repository.keep(session, payload, form, now)


async def beginning(reader: Reader, audience: Audience, after: UUID | None) -> Beginning:
    """Where a stream begins.

    `after` is the last event that was heard; without it only what comes from now on is told. One that is unknown or
    no longer kept begins with the oldest event that is.
    """
    if after is not None:
        return Beginning(await repository.position_of(reader, audience, after) or 0, after)
    position = await repository.last_position(reader, audience.agency_id)
    return Beginning(position, await repository.newest(reader, audience, position) or BEFORE_ALL)


async def page(database: Database, audience: Audience, after: int) -> Page:
    """What follows a position; holds a connection for no longer than that."""
    async with database.reader(audience.agency_id) as reader:
        return await repository.page(reader, audience, after=after, limit=PAGE)


async def publish(session: AsyncSession) -> None:
    """Give events that have committed their positions."""
    while await repository.any_waiting(session):
        await repository.publish(session)


async def news(session: AsyncSession, positions: Mapping[UUID, int]) -> dict[UUID, tuple[int, frozenset[UUID]]]:
    """Of agencies with events beyond a position: the last position, and the clients whom those events concern."""
    return await repository.news(session, positions)


async def forget_before(session: AsyncSession, moment: datetime) -> None:
    """Forget events that were kept before a moment, across all agencies."""
    await repository.forget_before(session, moment)
