"""The signing key: published before it signs, and after, until the last token it signed has run out."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import Field

from chassis.tables import Row, timestamp

# Keys belong to the whole deployment, and every row to a tenant: this is the deployment as its own tenant.
DEPLOYMENT = UUID(int=0)
ROTATE_AFTER = timedelta(days=90)
# Verifiers fetch keys at most every few seconds: a key that signs is in every answer they got lately.
PUBLISHED_BEFORE_SIGNING = timedelta(minutes=2)
# A request that read the key just before its successor took over may sign a moment after.
GRACE = timedelta(hours=1)
# No token is made to live longer than a staff session (sessions/models.py).
LONGEST_TOKEN = timedelta(days=30)


class SigningKey(Row, table=True):
    """An Ed25519 key pair with a sealed private half. Its id is the `kid` of tokens."""

    __tablename__ = "signing_keys"

    public_key: bytes
    sealed_private_key: bytes | None = Field(default=None)
    signs_from: datetime = timestamp(nullable=False)
    signs_until: datetime | None = timestamp()

    @property
    def kid(self) -> str:
        """As named in the header of tokens."""
        return self.id.hex

    def is_due(self, now: datetime) -> bool:
        """True when it has signed for long enough."""
        return self.signs_until is None and now >= self.signs_from + ROTATE_AFTER

    def hand_over(self, moment: datetime) -> None:
        """Sign no more from that moment on."""
        self.signs_until = moment

    def is_published(self, now: datetime) -> bool:
        """True while a token that it signed may be alive."""
        return self.signs_until is None or now < self.signs_until + LONGEST_TOKEN + GRACE

    def forget_private_half(self, now: datetime) -> None:
        """Wipe what can sign, once nobody signs with it any more."""
        if self.signs_until is not None and now >= self.signs_until + GRACE:
            self.sealed_private_key = None
