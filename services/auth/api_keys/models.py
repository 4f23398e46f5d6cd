"""The API key: `pk_<8 hex digits>_<secret>`, of which only the hash and the public prefix are kept."""

import secrets
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from chassis.secrets import hash_token
from chassis.tables import Row, json_column, timestamp

MARK = "pk_"
PREFIX_BYTES = 4
SECRET_BYTES = 32
# How exact "last used" is: a busy key would otherwise write a row with every request.
LAST_USE_GRAIN = timedelta(minutes=1)


class Scope(StrEnum):
    """What a key may do."""

    READ = "read"
    WRITE = "write"
    CUSTODIAN = "custodian"


class ApiKey(Row, table=True):
    """A credential of the agency's own machine."""

    __tablename__ = "api_keys"

    name: str
    prefix: str
    key_hash: bytes
    scopes: list[str] = json_column(list)
    created_by: UUID
    last_used_at: datetime | None = timestamp()
    expires_at: datetime | None = timestamp()
    revoked_at: datetime | None = timestamp()

    @classmethod
    def issue(cls, *, agency_id: UUID, now: datetime, **fields: Any) -> tuple["ApiKey", str]:
        """A new row and the key itself, which cannot be shown again."""
        prefix = f"{MARK}{secrets.token_hex(PREFIX_BYTES)}"
        key = f"{prefix}_{secrets.token_urlsafe(SECRET_BYTES)}"
        row = cls(
            agency_id=agency_id,
            prefix=prefix,
            key_hash=hash_token(key),
            created_at=now,
            updated_at=now,
            **fields,
        )
        return row, key

    def is_live(self, now: datetime) -> bool:
        """True while it opens anything."""
        return self.revoked_at is None and (self.expires_at is None or now < self.expires_at)

    def revoke(self, now: datetime) -> bool:
        """End it; False when it had ended already."""
        if self.revoked_at is not None:
            return False
        self.revoked_at = now
        return True
