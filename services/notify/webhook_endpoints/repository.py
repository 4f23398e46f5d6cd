"""All SQL of webhook endpoints."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select, text, tuple_
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from services.notify.webhook_endpoints.event_types import ALL_EVENTS
from services.notify.webhook_endpoints.models import EndpointStatus, WebhookEndpoint

_LOCK_AGENCY = text("SELECT pg_advisory_xact_lock(hashtextextended('webhook_endpoints/' || :agency_id, 0))")


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


async def listening(session: AsyncSession, agency_id: UUID, event_type: str) -> Sequence[UUID]:
    """Ids of the active endpoints that hear an event type."""
    query = select(col(WebhookEndpoint.id)).where(
        col(WebhookEndpoint.agency_id) == agency_id,
        col(WebhookEndpoint.status) == EndpointStatus.ACTIVE,
        col(WebhookEndpoint.events).overlap([event_type, ALL_EVENTS]),  # type: ignore[attr-defined]
    )
    return (await session.execute(query)).scalars().all()


async def by_keys(
    session: AsyncSession, keys: Sequence[tuple[UUID, UUID]], *, lock: bool = False
) -> Sequence[WebhookEndpoint]:
    """Endpoints by agency id and id, across agencies; with `lock` held until the transaction ends."""
    key = tuple_(col(WebhookEndpoint.agency_id), col(WebhookEndpoint.id))
    query = select(WebhookEndpoint).where(key.in_(keys)).order_by(col(WebhookEndpoint.id))
    return (await session.execute(query.with_for_update() if lock else query)).scalars().all()
