"""All SQL of deliveries and attempts."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from services.notify.deliveries.models import LEASE, Attempt, Delivery, DeliveryStatus, Lane, Tried

# Per lane, so that an endpoint with a long backlog takes nothing from the others.
_CLAIM = text(
    """
    UPDATE deliveries SET claimed_until = :until
    FROM unnest(CAST(:agencies AS uuid[]), CAST(:endpoints AS uuid[]), CAST(:slots AS int[]))
             AS lane (agency_id, endpoint_id, slots)
    CROSS JOIN LATERAL (
        SELECT id FROM deliveries waiting
        WHERE waiting.agency_id = lane.agency_id AND waiting.endpoint_id = lane.endpoint_id
          AND waiting.next_attempt_at <= :now AND (waiting.claimed_until IS NULL OR waiting.claimed_until <= :now)
        ORDER BY waiting.next_attempt_at LIMIT lane.slots FOR UPDATE SKIP LOCKED) AS due
    WHERE deliveries.agency_id = lane.agency_id AND deliveries.id = due.id
    RETURNING deliveries.*
    """
)
_RELEASE = text(
    """
    UPDATE deliveries SET claimed_until = NULL
    FROM unnest(CAST(:agencies AS uuid[]), CAST(:ids AS uuid[]), CAST(:held AS timestamptz[]))
             AS given (agency_id, id, held)
    WHERE deliveries.agency_id = given.agency_id AND deliveries.id = given.id AND claimed_until = given.held
    """
)
_SAVED = ("status", "tries", "attempts_made", "next_attempt_at", "delivered_at")
_SAVE = text(
    """
    UPDATE deliveries SET status = tried.status, tries = tried.tries, attempts_made = tried.attempts_made,
        next_attempt_at = tried.next_attempt_at, delivered_at = tried.delivered_at, claimed_until = NULL,
        updated_at = :now, version = version + 1
    FROM unnest(CAST(:agencies AS uuid[]), CAST(:ids AS uuid[]), CAST(:held AS timestamptz[]),
                CAST(:status AS text[]), CAST(:tries AS int[]), CAST(:attempts_made AS int[]),
                CAST(:next_attempt_at AS timestamptz[]), CAST(:delivered_at AS timestamptz[]))
             AS tried (agency_id, id, held, status, tries, attempts_made, next_attempt_at, delivered_at)
    WHERE deliveries.agency_id = tried.agency_id AND deliveries.id = tried.id AND claimed_until = tried.held
    """
)
_LOG = insert(Attempt).on_conflict_do_nothing()
# Steps from lane to lane through the index of open deliveries, however many wait in each.
_DUE_LANES = text(
    """
    WITH RECURSIVE lanes AS (
        (SELECT agency_id, endpoint_id FROM deliveries WHERE next_attempt_at IS NOT NULL
         ORDER BY agency_id, endpoint_id LIMIT 1)
        UNION ALL
        SELECT further.agency_id, further.endpoint_id FROM lanes CROSS JOIN LATERAL (
            SELECT agency_id, endpoint_id FROM deliveries
            WHERE next_attempt_at IS NOT NULL
              AND (agency_id, endpoint_id) > (lanes.agency_id, lanes.endpoint_id)
            ORDER BY agency_id, endpoint_id LIMIT 1) AS further)
    SELECT agency_id, endpoint_id FROM lanes WHERE EXISTS (
        SELECT 1 FROM deliveries waiting
        WHERE waiting.agency_id = lanes.agency_id AND waiting.endpoint_id = lanes.endpoint_id
          AND waiting.next_attempt_at <= :now AND (waiting.claimed_until IS NULL OR waiting.claimed_until <= :now))
    """
)


async def due_lanes(session: AsyncSession, now: datetime) -> set[Lane]:
    """The lanes in which something is due."""
    return {(row.agency_id, row.endpoint_id) for row in await session.execute(_DUE_LANES, {"now": now})}


async def claim_due(session: AsyncSession, slots: Mapping[Lane, int], now: datetime) -> Sequence[Delivery]:
    """Take at most so many due deliveries from each lane, oldest first."""
    claimed = {
        "now": now,
        "until": now + LEASE,
        "agencies": [agency_id for agency_id, _ in slots],
        "endpoints": [endpoint_id for _, endpoint_id in slots],
        "slots": list(slots.values()),
    }
    return (await session.execute(select(Delivery).from_statement(_CLAIM), claimed)).scalars().all()


async def release(session: AsyncSession, deliveries: Sequence[Delivery]) -> None:
    """Give claims back, so that others need not wait for their end."""
    await session.execute(_RELEASE, _keys(deliveries) | {"held": [delivery.claimed_until for delivery in deliveries]})


async def save_tries(session: AsyncSession, tries: Sequence[Tried], now: datetime) -> None:
    """Save what tries have made of deliveries, and the log of the tries.

    A delivery whose claim was lost meanwhile (cancelled, or taken over) stays as others have left it.
    """
    deliveries = [one.delivery for one in tries]
    saved: dict[str, Any] = {name: [getattr(one, name) for one in deliveries] for name in _SAVED}
    held = [one.held_until for one in tries]
    await session.execute(_SAVE, _keys(deliveries) | saved | {"held": held, "now": now})
    await session.execute(_LOG, [one.attempt.model_dump() for one in tries])


async def find(session: AsyncSession, delivery_id: UUID) -> Delivery | None:
    """One delivery."""
    return (await session.execute(select(Delivery).where(col(Delivery.id) == delivery_id))).scalar_one_or_none()


async def page(
    session: AsyncSession,
    *,
    endpoint_id: UUID | None,
    status: DeliveryStatus | None,
    after: UUID | None,
    limit: int,
) -> Sequence[Delivery]:
    """Deliveries, newest first."""
    query = select(Delivery).order_by(col(Delivery.id).desc()).limit(limit)
    if endpoint_id:
        query = query.where(col(Delivery.endpoint_id) == endpoint_id)
    if status:
        query = query.where(col(Delivery.status) == status)
    if after:
        query = query.where(col(Delivery.id) < after)
    return (await session.execute(query)).scalars().all()


async def attempts(session: AsyncSession, delivery_id: UUID) -> Sequence[Attempt]:
    """The tries of a delivery, first one first."""
    query = select(Attempt).where(col(Attempt.delivery_id) == delivery_id).order_by(col(Attempt.number))
    return (await session.execute(query)).scalars().all()


async def cancel_open(session: AsyncSession, agency_id: UUID, endpoint_id: UUID, now: datetime) -> None:
    """Cancel whatever waits for an endpoint."""
    await session.execute(
        update(Delivery)
        .where(col(Delivery.agency_id) == agency_id, col(Delivery.endpoint_id) == endpoint_id)
        .where(col(Delivery.next_attempt_at).is_not(None))
        .values(
            status=DeliveryStatus.CANCELLED,
            next_attempt_at=None,
            claimed_until=None,
            updated_at=now,
            version=Delivery.version + 1,
        )
        .execution_options(synchronize_session=False)
    )


async def count_open(session: AsyncSession) -> int:
    """How many wait to be taken or given up."""
    query = select(func.count()).select_from(Delivery).where(col(Delivery.next_attempt_at).is_not(None))
    return (await session.execute(query)).scalar_one()


async def forget_before(session: AsyncSession, moment: datetime) -> None:
    """Remove deliveries that ended and were made before a moment; their attempts go with them."""
    await session.execute(
        delete(Delivery).where(col(Delivery.created_at) < moment, col(Delivery.next_attempt_at).is_(None))
    )


def _keys(deliveries: Sequence[Delivery]) -> dict[str, Any]:
    return {"agencies": [one.agency_id for one in deliveries], "ids": [one.id for one in deliveries]}
