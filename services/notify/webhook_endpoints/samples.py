"""What the payload of each event looks like, for integrators who build before the first event happens."""

import json
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

import orjson

from services.notify.deliveries.models import Payload
from services.notify.webhook_endpoints.event_types import NOUNS

TEST_EVENT = "webhook.test"


def payload_of(event_type: str, *, agency_id: UUID, event_id: UUID, at: datetime, data: Any) -> Payload:
    """An event as webhooks get it: `{id, type, time, agencyId, data}`."""
    return Payload(
        agency_id, event_id, event_type, orjson.dumps(_envelope(event_type, agency_id, event_id, at, data)).decode(), at
    )


def sample(event_type: str, *, agency_id: UUID, event_id: UUID, at: datetime) -> dict[str, Any]:
    """A made-up payload of an event type."""
    return _envelope(event_type, agency_id, event_id, at, sample_data(event_type))


def sample_data(event_type: str) -> Any:
    """The made-up noun of an event type; `webhook.test` tells what it is."""
    if event_type == TEST_EVENT:
        return {"message": "It works. This event was sent because somebody asked for a test."}
    noun = dict(_nouns()[NOUNS[event_type]])
    return noun | _nouns()["changes"].get(event_type, {})


def _envelope(event_type: str, agency_id: UUID, event_id: UUID, at: datetime, data: Any) -> dict[str, Any]:
    time = at.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return {"id": str(event_id), "type": event_type, "time": time, "agencyId": str(agency_id), "data": data}


@cache
def _nouns() -> dict[str, Any]:
    nouns: dict[str, Any] = json.loads((Path(__file__).parent / "samples.json").read_text("utf-8"))
    return nouns
