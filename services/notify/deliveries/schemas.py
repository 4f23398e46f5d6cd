"""Deliveries and attempts as the API shows them."""

from typing import Annotated, Any
from uuid import UUID

from pydantic import ConfigDict, Field

from chassis.schemas import Output, Timestamp
from services.notify.deliveries.models import DeliveryStatus

EXAMPLE: dict[str, Any] = {
    "id": "0198f7a2-5c1e-7b44-9d3e-2f6a8c1b0e55",
    "endpointId": "0198f7a1-88d0-7c10-8a55-91c7d2e4f603",
    "eventId": "0198f7a2-5bfe-7a31-8d02-5a1c3b7e9f10",
    "eventType": "invoice.paid",
    "status": "retrying",
    "attempts": 2,
    "nextAttemptAt": "2026-11-21T09:35:05.000Z",
    "deliveredAt": None,
    "createdAt": "2026-11-21T09:30:00.000Z",
    "updatedAt": "2026-11-21T09:30:05.000Z",
}


class DeliveryPublic(Output):
    """One event for one webhook. `attempts` counts the tries so far; `nextAttemptAt` is null once it has ended."""

    model_config = ConfigDict(json_schema_extra={"examples": [EXAMPLE]})

    id: UUID
    endpoint_id: UUID
    event_id: UUID
    event_type: str
    status: DeliveryStatus
    attempts: Annotated[int, Field(validation_alias="attempts_made")]
    next_attempt_at: Timestamp | None
    delivered_at: Timestamp | None
    created_at: Timestamp
    updated_at: Timestamp


class AttemptPublic(Output):
    """One HTTP try. `statusCode` is null when there was no answer; `error` tells why."""

    number: int
    at: Timestamp
    duration_ms: int
    status_code: int | None
    error: str | None
    response: Annotated[str, Field(description="The beginning of the answer's body, at most 1 KB.")]


class DeliveryDetail(DeliveryPublic):
    """A delivery with the body that is posted and the log of its tries."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                EXAMPLE
                | {
                    "payload": {"id": EXAMPLE["eventId"], "type": "invoice.paid", "data": {}},
                    "log": [
                        {
                            "number": 1,
                            "at": "2026-11-21T09:30:00.000Z",
                            "durationMs": 42,
                            "statusCode": 500,
                            "error": None,
                            "response": "Internal Server Error",
                        }
                    ],
                }
            ]
        }
    )

    payload: dict[str, Any]
    log: list[AttemptPublic]
