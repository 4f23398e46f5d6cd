"""Webhooks as they arrive: Stripe's signature scheme (`t=...,v1=...`), checked on the raw bytes and against the time.

https://docs.stripe.com/webhooks#verify-manually. Stripe's own library accepts timestamps from the future, which would
let a captured body be kept for later.
"""

import hashlib
import hmac
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson

from chassis.errors import Invalid
from services.billing.providers.protocol import BadSignature

OLDEST_S = 300
# Clocks differ by seconds, not by minutes.
NEWEST_S = 60
_MAX_HEADER = 4096


def sign(raw: bytes, secret: str, now: datetime) -> str:
    """The header that a provider sends with a body."""
    timestamp = str(int(now.timestamp()))
    return f"t={timestamp},v1={_mac(raw, secret, timestamp)}"


def verify(raw: bytes, header: str | None, secret: str, now: datetime) -> None:
    """Raise BadSignature unless the secret's owner signed these very bytes within the last five minutes."""
    if not header or len(header) > _MAX_HEADER or not secret:
        raise BadSignature
    parts = [part.strip().partition("=") for part in header.split(",")]
    timestamps = [value for name, _, value in parts if name == "t"]
    signatures = [value for name, _, value in parts if name == "v1"]
    if len(timestamps) != 1 or not (timestamps[0].isascii() and timestamps[0].isdigit()) or len(timestamps[0]) > 12:
        raise BadSignature
    expected = _mac(raw, secret, timestamps[0]).encode()
    # Several signatures stand there while a secret is being rolled.
    if not any(hmac.compare_digest(expected, given.encode()) for given in signatures):
        raise BadSignature
    age_s = now.timestamp() - int(timestamps[0])
    if not -NEWEST_S <= age_s <= OLDEST_S:
        raise BadSignature


def read_object(raw: bytes, named: Sequence[str] = ("id", "type")) -> dict[str, Any]:
    """The JSON object in a verified body; Invalid unless it has the fields that every event of the provider has."""
    try:
        event = orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        raise Invalid("The body is not valid JSON.") from error
    # Postgres keeps no NUL, and no provider sends one.
    if not isinstance(event, dict) or not all(event.get(name) for name in named) or b"\\u0000" in raw:
        raise Invalid("The body is not an event: it needs " + " and ".join(named) + ".")
    return event


def uuid_or_none(text: Any) -> UUID | None:
    """An id of ours that came back from outside, None where it is missing or something else."""
    try:
        return UUID(text) if isinstance(text, str) else None
    except ValueError:
        return None


def _mac(raw: bytes, secret: str, timestamp: str) -> str:
    return hmac.new(secret.encode(), timestamp.encode() + b"." + raw, hashlib.sha256).hexdigest()
