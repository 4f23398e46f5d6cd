"""Webhook endpoints as the API takes and shows them."""

from typing import Annotated, Any
from uuid import UUID

from pydantic import AliasChoices, ConfigDict, Field, field_validator

from chassis.schemas import Input, Output, Timestamp
from services.notify.addresses import MAX_URL_LENGTH
from services.notify.webhook_endpoints.event_types import ALL_EVENTS, NAMES
from services.notify.webhook_endpoints.models import EndpointStatus

_EXAMPLE: dict[str, Any] = {
    "id": "0198f7a1-88d0-7c10-8a55-91c7d2e4f603",
    "url": "https://hooks.example.com/portico",
    "events": ["invoice.paid", "file.approved"],
    "active": True,
    "status": "active",
    "failingSince": None,
    "lastSuccessAt": "2026-11-21T09:30:00.000Z",
    "createdAt": "2026-11-20T16:00:00.000Z",
}


class WebhookCreate(Input):
    """An address and the events it is to hear; `["*"]` is all of them.

    `targetUrl`, `target_url` and `hookUrl` do for `url`, and `event` for `events` (a name or a list of names).
    """

    model_config = ConfigDict(json_schema_extra={"examples": [{"url": _EXAMPLE["url"], "events": _EXAMPLE["events"]}]})

    url: Annotated[
        str,
        Field(
            min_length=1,
            max_length=MAX_URL_LENGTH,
            validation_alias=AliasChoices("url", "targetUrl", "target_url", "hookUrl"),
        ),
    ]
    events: Annotated[list[str], Field(min_length=1, max_length=100, validation_alias=AliasChoices("events", "event"))]

    @field_validator("events", mode="before")
    @classmethod
    def _one_or_many(cls, value: Any) -> Any:
        return [value] if isinstance(value, str) else value

    @field_validator("events")
    @classmethod
    def _are_known(cls, names: list[str]) -> list[str]:
        unknown = [name for name in names if name != ALL_EVENTS and name not in NAMES]
        if unknown:
            shown = ", ".join(repr(name[:60]) for name in unknown[:3])
            raise ValueError(f"{shown} is not an event; there are {', '.join(NAMES)} and {ALL_EVENTS} for all")
        return [ALL_EVENTS] if ALL_EVENTS in names else list(dict.fromkeys(names))


class WebhookTest(Input):
    """Which webhook to try, and with the sample of which event; without one, with `webhook.test`."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"id": _EXAMPLE["id"], "event": "invoice.paid"}]})

    id: UUID
    event: str | None = None

    @field_validator("event")
    @classmethod
    def _is_known(cls, name: str | None) -> str | None:
        if name is not None and name not in NAMES:
            raise ValueError(f"is not an event; there are {', '.join(NAMES)}")
        return name


class WebhookPublic(Output):
    """A webhook. When `active` is false, `status` tells why: it was removed, answered 410 (gone) or failed for days."""

    model_config = ConfigDict(json_schema_extra={"examples": [_EXAMPLE]})

    id: UUID
    url: str
    events: list[str]
    active: bool
    status: EndpointStatus
    failing_since: Timestamp | None
    last_success_at: Timestamp | None
    created_at: Timestamp


class WebhookCreated(WebhookPublic):
    """A new webhook with its signing secret, which is shown this once."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [_EXAMPLE | {"secret": "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD"}]}
    )

    secret: Annotated[str, Field(description="Verifies `webhook-signature` (Standard Webhooks).")]


class EventType(Output):
    """An event that webhooks can hear."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"type": "invoice.paid", "description": "An invoice was paid in full."}]}
    )

    type: str
    description: str


class WebhookPayload(Output):
    """The body of a delivery: the envelope is the same for every event, `data` is the noun as REST shows it."""

    id: Annotated[UUID, Field(description="Id of the event, as in the `webhook-id` header of every try.")]
    type: str
    time: Annotated[str, Field(description="When it happened, ISO 8601, UTC.")]
    agency_id: UUID
    data: dict[str, Any]
