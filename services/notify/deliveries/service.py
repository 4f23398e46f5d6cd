"""Use cases of deliveries: queue, hand out what is due, note what became of each try."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.errors import NotFound
from services.notify.deliveries import repository
from services.notify.deliveries.models import Attempt, Delivery, DeliveryStatus, Lane, Tried


async def due_lanes(session: AsyncSession, now: datetime) -> set[Lane]:
    """The endpoints that something is due for, across all agencies."""
    return await repository.due_lanes(session, now)


async def claim_due(session: AsyncSession, slots: Mapping[Lane, int], now: datetime) -> Sequence[Delivery]:
    """Deliveries to be tried now, claimed for this process: at most so many per endpoint."""
    return await repository.claim_due(session, slots, now)


async def release(session: AsyncSession, deliveries: Sequence[Delivery]) -> None:
    """Give back what was claimed and will not be tried by this process."""
    if deliveries:
        await repository.release(session, deliveries)


async def save_tries(session: AsyncSession, tries: Sequence[Tried], now: datetime) -> None:
    """Save what tries have made of deliveries."""
    await repository.save_tries(session, tries, now)


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
