"""All SQL of webhook endpoints."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from services.notify.deliveries.models import Lane, Payload
from services.notify.webhook_endpoints.event_types import ALL_EVENTS
from services.notify.webhook_endpoints.models import EndpointStatus, WebhookEndpoint

_LOCK_AGENCY = text("SELECT pg_advisory_xact_lock(hashtextextended('webhook_endpoints/' || :agency_id, 0))")

_FAN_OUT = text(
    """
    WITH listening AS (
        SELECT id, url, secret FROM webhook_endpoints
        WHERE agency_id = :agency_id AND status = 'active' AND events && CAST(:hears AS text[])
    ), added AS (
        INSERT INTO deliveries (agency_id, id, endpoint_id, event_id, event_type, body, status,
                                next_attempt_at, claimed_until, created_at)
        SELECT :agency_id, uuidv7(), id, :event_id, :event_type, :body, 'pending', :at,
               CASE WHEN id = ANY (CAST(:full AS uuid[])) THEN NULL ELSE CAST(:claimed_until AS timestamptz) END, :at
        FROM listening
        ON CONFLICT DO NOTHING
        RETURNING id, endpoint_id, claimed_until
    )
    SELECT added.id, added.endpoint_id, added.claimed_until, listening.url, listening.secret
    FROM added JOIN listening ON listening.id = added.endpoint_id
    """
)
_BY_LANES = text(
    """
    SELECT webhook_endpoints.* FROM webhook_endpoints
    JOIN unnest(CAST(:agencies AS uuid[]), CAST(:endpoints AS uuid[])) AS lane (agency_id, id) USING (agency_id, id)
    """
)
_FOR_JUDGEMENT = text(
    """
    SELECT * FROM webhook_endpoints
    WHERE agency_id = ANY (CAST(:agencies AS uuid[])) AND (
        id = ANY (CAST(:failed AS uuid[]))
        OR id = ANY (CAST(:arrived AS uuid[]))
           AND (failing_since IS NOT NULL OR last_success_at IS NULL OR last_success_at <= :stale))
    ORDER BY id FOR UPDATE
    """
)


@dataclass(frozen=True, slots=True)
class Listening:
    """A delivery that was queued: `claimed_until` is None when it waits; `secret` is sealed."""

    delivery_id: UUID
    endpoint_id: UUID
    claimed_until: datetime | None
    url: str
    secret: bytes


async def registered(session: AsyncSession, *, after: UUID | None, limit: int) -> Sequence[WebhookEndpoint]:
    """Endpoints that were not removed, newest first."""
    query = select(WebhookEndpoint).where(col(WebhookEndpoint.status) != EndpointStatus.REMOVED)
    if after:
        query = query.where(col(WebhookEndpoint.id) < after)
    return (await session.execute(query.order_by(col(WebhookEndpoint.id).desc()).limit(limit))).scalars().all()


async def count_active(session: AsyncSession, agency_id: UUID) -> int:
    """How many endpoints are active; others of the agency wait with registering until this transaction ends."""
    await session.execute(_LOCK_AGENCY, {"agency_id": str(agency_id)})
    query = select(func.count()).select_from(WebhookEndpoint)
    return (await session.execute(query.where(col(WebhookEndpoint.status) == EndpointStatus.ACTIVE))).scalar_one()


async def find(session: AsyncSession, endpoint_id: UUID) -> WebhookEndpoint | None:
    """One endpoint that was not removed."""
    query = select(WebhookEndpoint).where(
        col(WebhookEndpoint.id) == endpoint_id, col(WebhookEndpoint.status) != EndpointStatus.REMOVED
    )
    return (await session.execute(query)).scalar_one_or_none()


async def fan_out(
    session: AsyncSession, payload: Payload, *, full: Sequence[UUID], claimed_until: datetime
) -> list[Listening]:
    """Queue an event for every active endpoint that hears its type, once per endpoint.

    The deliveries are claimed by this process at once, save those of endpoints that are `full`.
    """
    values = {
        "agency_id": payload.agency_id,
        "event_id": payload.event_id,
        "event_type": payload.event_type,
        "body": payload.body,
        "at": payload.at,
        "hears": [payload.event_type, ALL_EVENTS],
        "full": list(full),
        "claimed_until": claimed_until,
    }
    return [Listening(*row) for row in await session.execute(_FAN_OUT, values)]


async def by_lanes(session: AsyncSession, lanes: Collection[Lane]) -> Sequence[WebhookEndpoint]:
    """Endpoints by agency id and id, across agencies."""
    asked = {"agencies": [agency_id for agency_id, _ in lanes], "endpoints": [endpoint_id for _, endpoint_id in lanes]}
    return (await session.execute(select(WebhookEndpoint).from_statement(_BY_LANES), asked)).scalars().all()


async def lock_for_judgement(
    session: AsyncSession, *, failed: Collection[Lane], arrived: Collection[Lane], stale: datetime
) -> Sequence[WebhookEndpoint]:
    """Endpoints that failed, and of those that answered well the ones whose row does not say so since `stale`."""
    asked = {
        "failed": [endpoint_id for _, endpoint_id in failed],
        "arrived": [endpoint_id for _, endpoint_id in arrived],
        "agencies": list({agency_id for agency_id, _ in [*failed, *arrived]}),
        "stale": stale,
    }
    return (await session.execute(select(WebhookEndpoint).from_statement(_FOR_JUDGEMENT), asked)).scalars().all()
