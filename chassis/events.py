"""Events: facts that have happened, announced in the same transaction as the change."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import orjson
from google.protobuf.timestamp_pb2 import Timestamp
from portico.events.v1 import event_pb2
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.database import note_announcement
from chassis.ids import new_id
from chassis.principals import Actor, ActorKind
from chassis.schemas import Output
from chassis.tables import Row

SUBJECT_PREFIX = "events."

_KINDS = {
    ActorKind.MEMBER: event_pb2.ACTOR_KIND_MEMBER,
    ActorKind.CLIENT: event_pb2.ACTOR_KIND_CLIENT,
    ActorKind.SYSTEM: event_pb2.ACTOR_KIND_SYSTEM,
}
_ACTORS = {number: kind for kind, number in _KINDS.items()}

_INSERT = text(
    "INSERT INTO outbox (id, agency_id, subject, envelope, occurred_at)"
    " VALUES (:id, :agency_id, :subject, :envelope, :occurred_at)"
)


@dataclass(frozen=True, slots=True)
class Event:
    """A fact: `data` is the noun's public JSON, `internal` is for other services only."""

    id: UUID
    type: str
    agency_id: UUID
    aggregate: str
    aggregate_id: UUID
    aggregate_version: int
    actor: Actor
    occurred_at: datetime
    data: dict[str, Any]
    internal: dict[str, Any] = field(default_factory=dict)

    @property
    def subject(self) -> str:
        """Where it travels on NATS."""
        return SUBJECT_PREFIX + self.type

    def encode(self) -> bytes:
        """The protobuf envelope."""
        occurred_at = Timestamp()
        occurred_at.FromDatetime(self.occurred_at)
        return event_pb2.Event(
            id=str(self.id),
            type=self.type,
            agency_id=str(self.agency_id),
            aggregate=self.aggregate,
            aggregate_id=str(self.aggregate_id),
            aggregate_version=self.aggregate_version,
            actor=event_pb2.Actor(kind=_KINDS[self.actor.kind], id=str(self.actor.id or ""), name=self.actor.name),
            occurred_at=occurred_at,
            data=orjson.dumps(self.data),
            internal=orjson.dumps(self.internal) if self.internal else b"",
        ).SerializeToString()

    @classmethod
    def decode(cls, envelope: bytes) -> "Event":
        """The event in a protobuf envelope; raises ValueError or DecodeError for anything else."""
        message = event_pb2.Event.FromString(envelope)
        actor = message.actor
        return cls(
            id=UUID(message.id),
            type=message.type,
            agency_id=UUID(message.agency_id),
            aggregate=message.aggregate,
            aggregate_id=UUID(message.aggregate_id),
            aggregate_version=message.aggregate_version,
            actor=Actor(_ACTORS[actor.kind], UUID(actor.id) if actor.id else None, actor.name),
            occurred_at=message.occurred_at.ToDatetime(tzinfo=UTC),
            data=orjson.loads(message.data),
            internal=orjson.loads(message.internal) if message.internal else {},
        )


async def announce(
    session: AsyncSession,
    type: str,
    *,
    row: Row,
    actor: Actor,
    data: Output,
    now: datetime,
    internal: dict[str, Any] | None = None,
) -> Event:
    """Put an event into the outbox, in the session's own transaction.

    `type` is service, noun and verb (`billing.invoice.paid`); `data` is dumped as REST would show it. The row is
    flushed first, so that the event carries the version it has after the change.
    """
    await session.flush()
    event = Event(
        id=new_id(),
        type=type,
        agency_id=row.agency_id,
        aggregate=type.split(".")[1],
        aggregate_id=row.id,
        aggregate_version=row.version,
        actor=actor,
        occurred_at=now,
        data=data.model_dump(mode="json", by_alias=True),
        internal=internal or {},
    )
    await session.execute(
        _INSERT,
        {
            "id": event.id,
            "agency_id": event.agency_id,
            "subject": event.subject,
            "envelope": event.encode(),
            "occurred_at": now,
        },
    )
    note_announcement(session)
    return event
