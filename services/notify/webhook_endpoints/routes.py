"""Webhooks over REST: register, list, remove, try out, send again."""

from typing import Any
from uuid import UUID

from fastapi import Response

from chassis.errors import NotFound
from chassis.http.dependencies import CurrentManager, CurrentStaff, Now, PathId, Session
from chassis.http.pages import Paging
from chassis.http.problems import problems
from chassis.http.unit import Router
from chassis.ids import new_id
from services.notify.addresses import AddressRefused
from services.notify.deliveries.models import DeliveryUnderWay
from services.notify.deliveries.schemas import DeliveryPublic
from services.notify.dependencies import Ctx
from services.notify.webhook_endpoints import samples, service
from services.notify.webhook_endpoints.event_types import MEANINGS
from services.notify.webhook_endpoints.models import EndpointInactive, TooManyEndpoints, WebhookEndpoint
from services.notify.webhook_endpoints.schemas import (
    EventType,
    WebhookCreate,
    WebhookCreated,
    WebhookPayload,
    WebhookPublic,
    WebhookTest,
)

router = Router(tags=["Webhooks"])


@router.get("/api/zapier", response_model=list[WebhookPublic])
async def list_webhooks(
    session: Session, staff: CurrentStaff, page: Paging, response: Response
) -> list[WebhookEndpoint]:
    """List the registered webhooks, newest first."""
    rows = await service.list_endpoints(session, after=page.after, limit=page.limit + 1)
    return page.respond(rows, response)


@router.post(
    "/api/zapier",
    status_code=201,
    response_model=WebhookCreated,
    responses=problems(AddressRefused, TooManyEndpoints),
)
async def register_webhook(
    body: WebhookCreate, session: Session, staff: CurrentManager, context: Ctx
) -> WebhookCreated:
    """Register a webhook; the answer shows its signing secret this once."""
    url = await service.checked_url(context.guard, body.url)
    endpoint, secret = await service.register(
        session, context.vault, agency_id=staff.agency_id, url=url, events=body.events
    )
    return WebhookCreated(**WebhookPublic.model_validate(endpoint).model_dump(), secret=secret)


@router.delete("/api/zapier", response_model=WebhookPublic, responses=problems(NotFound))
async def remove_webhook(id: UUID, session: Session, staff: CurrentManager, now: Now) -> WebhookEndpoint:
    """Deactivate a webhook; what is queued for it is cancelled."""
    return await service.remove(session, endpoint_id=id, now=now)


@router.post(
    "/api/zapier/test",
    status_code=201,
    response_model=DeliveryPublic,
    responses=problems(NotFound, EndpointInactive),
)
async def test_webhook(
    body: WebhookTest, session: Session, staff: CurrentManager, now: Now, context: Ctx
) -> DeliveryPublic:
    """Send a made-up event to a webhook; follow it in the delivery log."""
    event_type = body.event or samples.TEST_EVENT
    payload = samples.payload_of(
        event_type,
        agency_id=staff.agency_id,
        event_id=new_id(),
        at=now,
        data=samples.sample_data(event_type),
    )
    delivery = await service.send_test(session, payload, endpoint_id=body.id)
    context.dispatcher.look_on_commit(session, delivery.lane)
    return DeliveryPublic.model_validate(delivery)


@router.get("/api/zapier/events", response_model=list[EventType])
async def list_events(staff: CurrentStaff) -> list[EventType]:
    """List the events that webhooks can hear."""
    return [EventType(type=name, description=meaning) for name, meaning in MEANINGS.items()]


@router.get("/api/zapier/samples/{event}", response_model=WebhookPayload, responses=problems(NotFound))
async def show_sample(event: str, staff: CurrentStaff, now: Now) -> dict[str, Any]:
    """Show the payload that an event is delivered with, made up."""
    if event not in MEANINGS:
        raise NotFound
    return samples.sample(event, agency_id=staff.agency_id, event_id=new_id(), at=now)


@router.delete("/api/zapier/{endpoint_id}", response_model=WebhookPublic, responses=problems(NotFound))
async def remove_webhook_by_path(
    endpoint_id: PathId, session: Session, staff: CurrentManager, now: Now
) -> WebhookEndpoint:
    """Deactivate a webhook, named in the path."""
    return await service.remove(session, endpoint_id=endpoint_id, now=now)


@router.post(
    "/api/webhook-deliveries/{delivery_id}/replay",
    response_model=DeliveryPublic,
    responses=problems(NotFound, EndpointInactive, DeliveryUnderWay),
)
async def replay_delivery(
    delivery_id: PathId, session: Session, staff: CurrentManager, now: Now, context: Ctx
) -> DeliveryPublic:
    """Send a delivery once more, with the same `webhook-id`."""
    delivery = await service.replay_delivery(session, delivery_id=delivery_id, now=now)
    context.dispatcher.look_on_commit(session, delivery.lane)
    return DeliveryPublic.model_validate(delivery)
