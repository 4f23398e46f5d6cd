"""The client session token: `cst_<secret>`, of which only the hash is kept, and the two ends that it has."""

import secrets
from datetime import datetime, timedelta
from uuid import UUID

from chassis.secrets import hash_token
from chassis.tables import Row, timestamp

PREFIX = "cst_"
SECRET_BYTES = 32
IDLE = timedelta(hours=24)
LIFETIME = timedelta(days=7)


class ClientSessionToken(Row, table=True):
    """A credential of a custodian client: over after 24 hours without use, and at `expires_at` in any case."""

    __tablename__ = "client_session_tokens"

    client_id: UUID
    token_hash: bytes
    last_used_at: datetime = timestamp(nullable=False)
    expires_at: datetime = timestamp(nullable=False)

    @classmethod
    def issue(cls, *, agency_id: UUID, client_id: UUID, now: datetime) -> tuple["ClientSessionToken", str]:
        """A new row and the token itself, which cannot be shown again."""
        token = f"{PREFIX}{secrets.token_urlsafe(SECRET_BYTES)}"
        row = cls(
            agency_id=agency_id,
            client_id=client_id,
            token_hash=hash_token(token),
            last_used_at=now,
            expires_at=now + LIFETIME,
            created_at=now,
            updated_at=now,
        )
        return row, token
