"""The log of deliveries: what was sent to which webhook, and what it answered."""

from uuid import UUID

import orjson
from fastapi import Response

from chassis.errors import NotFound
from chassis.http.dependencies import CurrentStaff, PathId, Session
from chassis.http.pages import Paging
from chassis.http.problems import problems
from chassis.http.unit import Router
from services.notify.deliveries import service
from services.notify.deliveries.models import DeliveryStatus
from services.notify.deliveries.schemas import AttemptPublic, DeliveryDetail, DeliveryPublic

router = Router(tags=["Webhooks"])


@router.get("/api/webhook-deliveries", response_model=list[DeliveryPublic])
async def list_deliveries(
    session: Session,
    staff: CurrentStaff,
    page: Paging,
    response: Response,
    endpointId: UUID | None = None,  # noqa: N803  the query's name
    status: DeliveryStatus | None = None,
) -> list[DeliveryPublic]:
    """List deliveries, newest first; they are kept for 60 days."""
    rows = await service.list_deliveries(
        session, endpoint_id=endpointId, status=status, after=page.after, limit=page.limit + 1
    )
    return page.respond([DeliveryPublic.model_validate(row) for row in rows], response)


@router.get("/api/webhook-deliveries/{delivery_id}", response_model=DeliveryDetail, responses=problems(NotFound))
async def get_delivery(delivery_id: PathId, session: Session, staff: CurrentStaff) -> DeliveryDetail:
    """Show a delivery with its body and the log of its tries."""
    delivery = await service.get_delivery(session, delivery_id)
    attempts = await service.attempts_of(session, delivery)
    shown = DeliveryPublic.model_validate(delivery).model_dump()
    return DeliveryDetail(
        **shown,
        payload=orjson.loads(delivery.body),
        log=[AttemptPublic.model_validate(attempt) for attempt in attempts],
    )
