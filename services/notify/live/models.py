"""Events as streams tell them, and who listens."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Self
from uuid import UUID

from chassis.errors import RateLimited
from chassis.principals import Client, Principal

# How long an event can be caught up with.
KEPT_FOR = timedelta(days=3)
MAX_STREAMS_PER_CREDENTIAL = 20
# What browsers wait before they come back.
COME_BACK_S = 3


class TooManyStreams(RateLimited):
    """The credential has as many streams open as it may."""

    default = f"This credential has {MAX_STREAMS_PER_CREDENTIAL} event streams open. Close one first."

    def __init__(self) -> None:
        super().__init__(retry_after=COME_BACK_S)


@dataclass(frozen=True, slots=True)
class ClientForm:
    """What a client hears of an event: whose it is, the portal's part that it belongs to, and the payload's JSON."""

    client_id: UUID
    module: str
    body: str


@dataclass(frozen=True, slots=True)
class Told:
    """An event as one audience hears it; `position` grows with each event of the agency."""

    position: int
    id: UUID
    type: str
    body: str


@dataclass(frozen=True, slots=True)
class Page:
    """Events in order. `upto` is how far the audience has heard everything once these are told."""

    events: list[Told]
    upto: int
    complete: bool


@dataclass(frozen=True, slots=True)
class Beginning:
    """Where a stream begins: behind a position; and the id of an event to come back with before one was heard."""

    position: int
    id: UUID


@dataclass(frozen=True, slots=True)
class Audience:
    """The agency; or of its clients some, with the parts of the portal that are switched on for them."""

    agency_id: UUID
    client_ids: frozenset[UUID] | None = None
    modules: frozenset[str] = frozenset()

    @classmethod
    def of(cls, principal: Principal) -> Self:
        """The audience that a principal belongs to."""
        if isinstance(principal, Client):
            return cls(principal.agency_id, frozenset(principal.client_ids), principal.modules)
        return cls(principal.agency_id)

    def is_concerned(self, client_ids: frozenset[UUID]) -> bool:
        """Whether events of these clients may be for it; everything is for the agency."""
        return self.client_ids is None or not self.client_ids.isdisjoint(client_ids)
