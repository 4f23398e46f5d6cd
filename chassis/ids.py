"""Identifiers: UUIDv7, so that newer ids sort after older ones (RFC 9562, section 5.7)."""

import os
import time
from datetime import UTC, datetime
from uuid import UUID

_VERSION = 0x7 << 76
_VARIANT = 0b10 << 62


def new_id() -> UUID:
    """A fresh UUIDv7: 48 bits of milliseconds since 1970, then 74 random bits."""
    milliseconds = time.time_ns() // 1_000_000
    random = int.from_bytes(os.urandom(10), "big")
    return UUID(int=milliseconds << 80 | _VERSION | (random >> 68) << 64 | _VARIANT | random & (2**62 - 1))


def made_at(id: UUID) -> datetime | None:
    """When a UUIDv7 was made, to the millisecond; None for other ids."""
    if id.version != 7:
        return None
    try:
        return datetime.fromtimestamp((id.int >> 80) / 1000, UTC)
    except (OverflowError, ValueError, OSError):
        return None
