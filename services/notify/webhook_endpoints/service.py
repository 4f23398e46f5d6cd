"""Use cases of webhook endpoints: register, remove, fan events out to them, judge how they answer."""

import base64
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.errors import NotFound
from chassis.secrets import Vault
from services.notify.addresses import parse_address
from services.notify.connections import AddressGuard
from services.notify.deliveries import service as deliveries
from services.notify.deliveries.models import LEASE, Claimed, Delivery, Lane, Parcel, Payload, Tried
from services.notify.webhook_endpoints import repository
from services.notify.webhook_endpoints.models import (
    MAX_ENDPOINTS,
    SUCCESS_NOTED_EVERY,
    TooManyEndpoints,
    WebhookEndpoint,
)

SECRET_PREFIX = "whsec_"  # noqa: S105  how Standard Webhooks marks secrets
SECRET_BYTES = 32


async def register(
    session: AsyncSession, vault: Vault, *, agency_id: UUID, url: str, events: list[str]
) -> tuple[WebhookEndpoint, str]:
    """A new endpoint and its signing secret; `url` has been checked by `checked_url`."""
    if await repository.count_active(session, agency_id) >= MAX_ENDPOINTS:
        raise TooManyEndpoints
    key = secrets.token_bytes(SECRET_BYTES)
    endpoint = WebhookEndpoint(agency_id=agency_id, url=url, events=events, secret=b"")
    endpoint.secret = vault.seal(key, str(endpoint.id))
    session.add(endpoint)
    await session.flush()
    return endpoint, SECRET_PREFIX + base64.b64encode(key).decode()


async def checked_url(guard: AddressGuard, url: str) -> str:
    """The address in its normal spelling; raises AddressRefused where webhooks may not go."""
    address = parse_address(url)
    await guard.check(address)
    return str(address)


async def list_endpoints(session: AsyncSession, *, after: UUID | None, limit: int) -> Sequence[WebhookEndpoint]:
    """The agency's endpoints, newest first; removed ones are not among them."""
    return await repository.registered(session, after=after, limit=limit)


async def remove(session: AsyncSession, *, endpoint_id: UUID, now: datetime) -> WebhookEndpoint:
    """Send it nothing more, neither new events nor queued retries."""
    endpoint = await _get(session, endpoint_id)
    await deliveries.cancel_open(session, (endpoint.agency_id, endpoint.id), now)
    endpoint.remove(now)
    await session.flush()
    return endpoint


@dataclass(frozen=True, slots=True)
class FanOut:
    """What an event has queued: `ready` is claimed and may be posted, `waiting` is to be claimed when there is room."""

    ready: list[Claimed]
    waiting: list[Lane]


async def fan_out(
    session: AsyncSession, vault: Vault, payload: Payload, *, full: Sequence[UUID], now: datetime
) -> FanOut:
    """Queue an event for every endpoint that hears its type; endpoints that are `full` get theirs later."""
    ready, waiting = [], []
    for one in await repository.fan_out(session, payload, full=full, claimed_until=now + LEASE):
        if one.claimed_until is None:
            waiting.append((payload.agency_id, one.endpoint_id))
            continue
        delivery = payload.delivery_to(one.endpoint_id, claimed_until=one.claimed_until)
        delivery.id = one.delivery_id
        secret = vault.open(one.secret, str(one.endpoint_id))
        ready.append(Claimed(delivery, Parcel(one.url, secret, payload.event_id, payload.body)))
    return FanOut(ready, waiting)


async def send_test(session: AsyncSession, payload: Payload, *, endpoint_id: UUID) -> Delivery:
    """Queue one made-up event for one endpoint."""
    endpoint = await _get(session, endpoint_id)
    endpoint.require_active()
    delivery = payload.delivery_to(endpoint_id)
    session.add(delivery)
    await session.flush()
    return delivery


async def replay_delivery(session: AsyncSession, *, delivery_id: UUID, now: datetime) -> Delivery:
    """Send a delivery once more, with the same id and body."""
    delivery = await deliveries.get_delivery(session, delivery_id)
    endpoint = await repository.find(session, delivery.endpoint_id)
    if endpoint is None:
        raise NotFound("The webhook of this delivery was removed.")
    endpoint.require_active()
    delivery.replay(now)
    await session.flush()
    return delivery


async def take_due(session: AsyncSession, vault: Vault, slots: Mapping[Lane, int], now: datetime) -> list[Claimed]:
    """Claim what is due, ready to be posted. What waits for an endpoint that has ended meanwhile is cancelled."""
    claimed = await deliveries.claim_due(session, slots, now)
    lanes = {delivery.lane for delivery in claimed}
    endpoints = {endpoint.id: endpoint for endpoint in await repository.by_lanes(session, lanes)}
    ready = []
    for delivery in claimed:
        endpoint = endpoints.get(delivery.endpoint_id)
        if endpoint is None or not endpoint.active:
            delivery.cancel()
            continue
        secret = vault.open(endpoint.secret, str(endpoint.id))
        ready.append(Claimed(delivery, Parcel(endpoint.url, secret, delivery.event_id, delivery.body)))
    return ready


async def judge(session: AsyncSession, tries: Sequence[Tried]) -> list[WebhookEndpoint]:
    """Note how endpoints have answered; returns those that are given up now."""
    by_lane: dict[Lane, list[Tried]] = {}
    for one in tries:
        by_lane.setdefault(one.delivery.lane, []).append(one)
    failed = {lane for lane, ended in by_lane.items() if not all(one.outcome.arrived for one in ended)}
    now = tries[-1].at
    endpoints = await repository.lock_for_judgement(
        session, failed=failed, arrived=by_lane.keys() - failed, stale=now - SUCCESS_NOTED_EVERY
    )
    ended, given_up = [], []
    for endpoint in endpoints:
        was_active = endpoint.active
        for one in by_lane[endpoint.agency_id, endpoint.id]:
            if endpoint.note(arrived=one.outcome.arrived, gone=one.outcome.gone, now=one.at):
                given_up.append(endpoint)
        if was_active and not endpoint.active:
            ended.append(endpoint)
    for endpoint in ended:
        await deliveries.cancel_open(session, (endpoint.agency_id, endpoint.id), now)
    return given_up


async def _get(session: AsyncSession, endpoint_id: UUID) -> WebhookEndpoint:
    endpoint = await repository.find(session, endpoint_id)
    if endpoint is None:
        raise NotFound
    return endpoint
