"""Use cases of deliveries: queue, hand out what is due, note what became of each try."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.errors import NotFound
from services.notify.deliveries import repository
from services.notify.deliveries.models import Attempt, Delivery, DeliveryStatus, Outcome
from services.notify.deliveries.repository import Lane


@dataclass(frozen=True, slots=True)
class Try:
    """A try that has ended; `chance` in [0, 1) draws the jitter of the next one."""

    lane: Lane
    delivery_id: UUID
    outcome: Outcome
    at: datetime
    chance: float


async def queue(session: AsyncSession, deliveries: Sequence[Delivery]) -> None:
    """Queue deliveries; an event reaches each endpoint once, however often this is called."""
    await repository.add_all(session, deliveries)


async def due_lanes(session: AsyncSession, now: datetime) -> set[Lane]:
    """The endpoints that something is due for, across all agencies."""
    return await repository.due_lanes(session, now)


async def claim_due(session: AsyncSession, slots: Mapping[Lane, int], now: datetime) -> Sequence[Delivery]:
    """Deliveries to be tried now, claimed for this process: at most so many per endpoint."""
    return await repository.claim_due(session, slots, now)


async def record(session: AsyncSession, tries: Sequence[Try]) -> None:
    """Note tries and what follows from each."""
    by_id = {one.delivery_id: one for one in tries}
    for delivery in await repository.lock_all(session, [(one.lane[0], one.delivery_id) for one in tries]):
        one = by_id[delivery.id]
        session.add(delivery.record(one.outcome, one.at, chance=one.chance))


async def cancel_open(session: AsyncSession, lane: Lane, now: datetime) -> None:
    """Cancel what waits for an endpoint."""
    await repository.cancel_open(session, *lane, now)


async def list_deliveries(
    session: AsyncSession,
    *,
    endpoint_id: UUID | None,
    status: DeliveryStatus | None,
    after: UUID | None,
    limit: int,
) -> Sequence[Delivery]:
    """Deliveries of the agency, newest first."""
    return await repository.page(session, endpoint_id=endpoint_id, status=status, after=after, limit=limit)


async def get_delivery(session: AsyncSession, delivery_id: UUID) -> Delivery:
    """One delivery of the agency; raises NotFound."""
    delivery = await repository.find(session, delivery_id)
    if delivery is None:
        raise NotFound
    return delivery


async def attempts_of(session: AsyncSession, delivery: Delivery) -> Sequence[Attempt]:
    """The tries of a delivery, first one first."""
    return await repository.attempts(session, delivery.id)


async def count_open(session: AsyncSession) -> int:
    """How many deliveries wait, across all agencies."""
    return await repository.count_open(session)


async def forget_before(session: AsyncSession, moment: datetime) -> None:
    """Forget deliveries that ended before a moment, across all agencies."""
    await repository.forget_before(session, moment)
