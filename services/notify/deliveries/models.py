"""Deliveries and their attempts: the states, and the schedule as data."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from chassis.errors import Conflict
from chassis.tables import Row, enum_column, timestamp

# Before the first, second, ... try: Standard Webhooks' schedule, a little over three days in all.
SCHEDULE = (
    timedelta(0),
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=10),
    timedelta(hours=14),
    timedelta(hours=20),
    timedelta(hours=24),
)
# Jitter only ever adds, so that a delivery's tries never end before the schedule says.
JITTER = 0.1
# How long a claim holds: longer than a try may take, and if the claimer dies, others try when it ends.
LEASE = timedelta(seconds=60)
# What is left of a claim when a try begins; less may end before the try does.
LEASE_NEEDED = timedelta(seconds=20)
GONE_STATUS = 410


class DeliveryUnderWay(Conflict):
    """The delivery waits for its next moment already."""

    default = "This delivery is about to be sent. Wait for its outcome first."


class DeliveryStatus(StrEnum):
    """Where a delivery stands."""

    PENDING = "pending"
    DELIVERED = "delivered"
    RETRYING = "retrying"
    FAILED = "failed"
    CANCELLED = "cancelled"


Lane = tuple[UUID, UUID]
"""Agency id and endpoint id: deliveries of one endpoint wait in one lane, and no lane waits for another."""

OPEN = (DeliveryStatus.PENDING, DeliveryStatus.RETRYING)


@dataclass(frozen=True, slots=True)
class Payload:
    """An event as webhooks get it: its public type, and the JSON that is posted."""

    agency_id: UUID
    event_id: UUID
    event_type: str
    body: str
    at: datetime

    def delivery_to(self, endpoint_id: UUID, *, claimed_until: datetime | None = None) -> "Delivery":
        """The delivery of this event to one endpoint, due at once; `claimed_until` when it is taken already."""
        return Delivery(
            agency_id=self.agency_id,
            endpoint_id=endpoint_id,
            event_id=self.event_id,
            event_type=self.event_type,
            body=self.body,
            next_attempt_at=self.at,
            created_at=self.at,
            claimed_until=claimed_until,
        )


@dataclass(frozen=True, slots=True)
class Parcel:
    """What is to be posted: `secret` is the endpoint's raw signing key, `body` the very bytes that are signed."""

    url: str
    secret: bytes
    event_id: UUID
    body: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one try brought: status and beginning of the answer, or what went wrong, and how long it took."""

    status_code: int | None
    error: str | None
    response: str
    duration_ms: int

    @property
    def arrived(self) -> bool:
        """Any 2xx means that the receiver has it, however the rest of its answer went."""
        return self.status_code is not None and 200 <= self.status_code < 300

    @property
    def gone(self) -> bool:
        """Whether the receiver unsubscribes."""
        return self.status_code == GONE_STATUS


class Delivery(Row, table=True):
    """One event for one webhook endpoint; `body` is the JSON that is posted, the same in every try."""

    __tablename__ = "deliveries"

    endpoint_id: UUID
    event_id: UUID
    event_type: str
    body: str
    status: DeliveryStatus = enum_column(DeliveryStatus, DeliveryStatus.PENDING)
    tries: int = 0
    attempts_made: int = 0
    next_attempt_at: datetime | None = timestamp()
    claimed_until: datetime | None = timestamp()
    delivered_at: datetime | None = timestamp()

    @property
    def lane(self) -> Lane:
        """Where it waits."""
        return self.agency_id, self.endpoint_id

    def claim_lasts(self, now: datetime) -> bool:
        """Whether a try that begins now ends while the claim holds."""
        return self.claimed_until is not None and self.claimed_until - now >= LEASE_NEEDED

    def record(self, outcome: Outcome, now: datetime, *, chance: float) -> "Attempt":
        """Note a try and decide what follows; `chance` in [0, 1) draws the jitter."""
        self.attempts_made += 1
        self.claimed_until = None
        attempt = Attempt(
            agency_id=self.agency_id,
            delivery_id=self.id,
            number=self.attempts_made,
            at=now,
            duration_ms=outcome.duration_ms,
            status_code=outcome.status_code,
            error=outcome.error,
            response=outcome.response,
        )
        if outcome.arrived:
            self._finish(DeliveryStatus.DELIVERED)
            self.delivered_at = now
        elif self.status in OPEN:
            self._retry_or_fail(outcome, now, chance)
        return attempt

    def cancel(self) -> None:
        """Give it up because its endpoint has ended."""
        if self.status in OPEN:
            self._finish(DeliveryStatus.CANCELLED)

    def replay(self, now: datetime) -> None:
        """Send it once more at once, with all its tries before it again."""
        if self.status == DeliveryStatus.PENDING or (self.claimed_until and self.claimed_until > now):
            raise DeliveryUnderWay
        self.status = DeliveryStatus.PENDING
        self.tries = 0
        self.next_attempt_at = now

    def _retry_or_fail(self, outcome: Outcome, now: datetime, chance: float) -> None:
        self.tries += 1
        if outcome.gone or self.tries >= len(SCHEDULE):
            self._finish(DeliveryStatus.FAILED)
            return
        self.status = DeliveryStatus.RETRYING
        self.next_attempt_at = now + SCHEDULE[self.tries] * (1 + JITTER * chance)

    def _finish(self, status: DeliveryStatus) -> None:
        self.status = status
        self.next_attempt_at = None


class Attempt(Row, table=True):
    """One HTTP try of a delivery, as the log shows it; `response` is the beginning of the answer's body."""

    __tablename__ = "attempts"

    delivery_id: UUID
    number: int
    at: datetime = timestamp()
    duration_ms: int
    status_code: int | None = None
    error: str | None = None
    response: str = ""


@dataclass(frozen=True, slots=True)
class Claimed:
    """A delivery that this process may try, and what is to be posted."""

    delivery: Delivery
    parcel: Parcel

    def tried(self, outcome: Outcome, now: datetime, *, chance: float) -> "Tried":
        """What the try has made of it."""
        held_until = self.delivery.claimed_until
        assert held_until is not None, "only what is claimed is tried"
        return Tried(self.delivery, self.delivery.record(outcome, now, chance=chance), outcome, now, held_until)


@dataclass(frozen=True, slots=True)
class Tried:
    """A try that has ended: the delivery as it is now, the log's entry, and the claim it was made under."""

    delivery: Delivery
    attempt: Attempt
    outcome: Outcome
    at: datetime
    held_until: datetime
