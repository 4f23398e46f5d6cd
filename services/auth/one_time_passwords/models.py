"""The one-time password: `otp_<secret>`, of which only the hash is kept, and only until it is used."""

import secrets
from datetime import datetime, timedelta
from uuid import UUID

from chassis.errors import Unauthenticated
from chassis.secrets import hash_token
from chassis.tables import Row, timestamp

PREFIX = "otp_"
SECRET_BYTES = 32
LIFETIME = timedelta(minutes=5)


class OneTimePasswordNotValid(Unauthenticated):
    """Wrong, used, replaced and expired ones are not told apart."""

    default = "This one-time password is not valid any longer. Ask for a new one."


class OneTimePassword(Row, table=True):
    """The one password of a custodian client that may be exchanged for a client session, once."""

    __tablename__ = "one_time_passwords"

    client_id: UUID
    password_hash: bytes
    expires_at: datetime = timestamp(nullable=False)

    @classmethod
    def issue(cls, *, agency_id: UUID, client_id: UUID, now: datetime) -> tuple["OneTimePassword", str]:
        """A new row and the password itself, which cannot be shown again."""
        password = f"{PREFIX}{secrets.token_urlsafe(SECRET_BYTES)}"
        row = cls(
            agency_id=agency_id,
            client_id=client_id,
            password_hash=hash_token(password),
            expires_at=now + LIFETIME,
            created_at=now,
            updated_at=now,
        )
        return row, password
