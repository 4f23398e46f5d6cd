"""A picture that is kept: whose it is, what it is, and until when."""

from datetime import datetime
from uuid import UUID

from chassis.tables import Row, timestamp

# All objects of this service are below it.
PREFIX = "portal"


class Blob(Row, table=True):
    """The row of one picture; its bytes are in the object store under `key`.

    `owner_id` is the client or company whose profile it is for. Without an owner it is the agency's, and anyone may
    fetch it by its `public_name`. The row is there before the bytes, with a moment at which both are removed, and
    only what comes into use loses that moment: nothing that was left behind needs to be searched for.
    """

    __tablename__ = "blobs"

    owner_id: UUID | None = None
    public_name: str | None = None
    mime_type: str
    size: int
    sha256: str
    width: int
    height: int
    expires_at: datetime | None = timestamp()

    @property
    def key(self) -> str:
        """Where its bytes are."""
        return f"{PREFIX}/{self.agency_id}/{self.id}"

    def keep(self) -> None:
        """It has come into use."""
        self.expires_at = None

    def end(self, at: datetime) -> None:
        """It is not shown from that moment on, and removed soon after."""
        if self.expires_at is None or at < self.expires_at:
            self.expires_at = at
