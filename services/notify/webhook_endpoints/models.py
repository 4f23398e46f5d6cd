"""Webhook endpoints: which events they hear, how they fail, when they are given up."""

from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import LargeBinary
from sqlalchemy.dialects.postgresql import ARRAY, TEXT
from sqlmodel import Field

from chassis.errors import Conflict
from chassis.tables import Row, enum_column, timestamp

MAX_ENDPOINTS = 20
# As long as the retries of one delivery take: no address is given up before one event has had all its tries.
GIVE_UP_AFTER = timedelta(days=3)
# A busy endpoint's row is not written for each of its deliveries.
SUCCESS_NOTED_EVERY = timedelta(minutes=1)


class TooManyEndpoints(Conflict):
    """The agency has as many webhook endpoints as it may have."""

    default = f"An agency can have {MAX_ENDPOINTS} webhooks. Remove one that is no longer needed."


class EndpointInactive(Conflict):
    """Nothing is sent to an endpoint that was removed or given up."""

    default = "This webhook is not active any more. Register it again to receive events."


class EndpointStatus(StrEnum):
    """Whether events are sent, and if not, why."""

    ACTIVE = "active"
    REMOVED = "removed"
    GONE = "gone"
    FAILING = "failing"


class WebhookEndpoint(Row, table=True):
    """An address of the agency's that events are posted to; `secret` is sealed, bound to the row's id."""

    __tablename__ = "webhook_endpoints"

    url: str
    events: list[str] = Field(sa_type=ARRAY(TEXT))  # type: ignore[call-overload]
    secret: bytes = Field(sa_type=LargeBinary)
    status: EndpointStatus = enum_column(EndpointStatus, EndpointStatus.ACTIVE)
    failing_since: datetime | None = timestamp()
    last_success_at: datetime | None = timestamp()
    ended_at: datetime | None = timestamp()

    @property
    def active(self) -> bool:
        """Whether events are sent to it."""
        return self.status == EndpointStatus.ACTIVE

    def remove(self, now: datetime) -> None:
        """The agency does not want it any more."""
        self._end(EndpointStatus.REMOVED, now)

    def require_active(self) -> None:
        """Refuse to send anything to an endpoint that has ended."""
        if not self.active:
            raise EndpointInactive

    def note(self, *, arrived: bool, gone: bool, now: datetime) -> bool:
        """Note how a try ended; returns True when that was the last straw and the endpoint is given up.

        `gone` means that it answered 410: it wants nothing more (Standard Webhooks).
        """
        if arrived:
            self._note_success(now)
            return False
        self.failing_since = self.failing_since or now
        if not self.active:
            return False
        if gone:
            self._end(EndpointStatus.GONE, now)
            return False
        if now - self.failing_since < GIVE_UP_AFTER:
            return False
        self._end(EndpointStatus.FAILING, now)
        return True

    def _note_success(self, now: datetime) -> None:
        self.failing_since = None
        if self.last_success_at is None or now - self.last_success_at >= SUCCESS_NOTED_EVERY:
            self.last_success_at = now

    def _end(self, status: EndpointStatus, now: datetime) -> None:
        self.status = status
        self.ended_at = now
