"""Lanes: which claimed deliveries may be posted now, so that one endpoint that hangs delays no other."""

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from uuid import UUID

from services.notify.deliveries.models import Claimed, Lane

MAX_UNDER_WAY = 256
# Of one agency, so that twenty endpoints that hang do not use up what all agencies share.
MAX_PER_AGENCY = 64
# How many tries of one endpoint run at once: begins narrow, widens with each success, closes up with a failure.
FIRST_WIDTH, WIDEST, NARROWEST = 2, 16, 1
# Claimed and waiting for room, as a multiple of the width.
QUEUE_PER_WIDTH = 2
MAX_REMEMBERED = 1000


@dataclass
class _State:
    width: int = FIRST_WIDTH
    under_way: int = 0
    more_waits: bool = False
    queue: deque[Claimed] = field(default_factory=deque)

    @property
    def room(self) -> int:
        return max(0, self.width * QUEUE_PER_WIDTH - len(self.queue))

    @property
    def idle(self) -> bool:
        return not (self.under_way or self.more_waits or self.queue)


class Lanes:
    """Bookkeeping of one process; does no I/O."""

    def __init__(self) -> None:
        self._states: dict[Lane, _State] = {}
        self._queued: dict[Lane, None] = {}
        self._per_agency: dict[UUID, int] = {}
        self._under_way = 0

    def full(self, agency_id: UUID) -> list[UUID]:
        """The agency's endpoints that have no room for another claimed delivery."""
        return [lane[1] for lane, state in self._states.items() if lane[0] == agency_id and not state.room]

    def more_waits(self, lanes: Iterable[Lane]) -> None:
        """Remember that something that nobody has claimed waits for these endpoints."""
        for lane in lanes:
            self._state(lane).more_waits = True

    def asked(self) -> dict[Lane, int]:
        """How many deliveries of which endpoints to claim; asking is taken for having looked."""
        asked = {lane: state.room for lane, state in self._states.items() if state.more_waits and state.room}
        for lane in asked:
            self._states[lane].more_waits = False
        return asked

    def add(self, claimed: Iterable[Claimed]) -> None:
        """Queue claimed deliveries."""
        for one in claimed:
            self._state(one.delivery.lane).queue.append(one)
            self._queued[one.delivery.lane] = None

    def startable(self) -> Iterator[Claimed]:
        """Take out what there is room to post now; each counts as under way until `ended`."""
        for lane in list(self._queued):
            state = self._states[lane]
            while state.queue and self._may_start(lane, state):
                self._count(lane, state, 1)
                yield state.queue.popleft()
            if not state.queue:
                del self._queued[lane]

    def ended(self, lane: Lane, *, arrived: bool | None) -> bool:
        """Note the end of a try (None: it was not made); returns whether there is now something to claim."""
        state = self._states[lane]
        self._count(lane, state, -1)
        if arrived is not None:
            state.width = min(state.width * 2, WIDEST) if arrived else NARROWEST
        return state.more_waits and bool(state.room)

    def drain(self) -> list[Claimed]:
        """Take out everything that has not been started."""
        left = [claimed for state in self._states.values() for claimed in state.queue]
        for state in self._states.values():
            state.queue.clear()
        self._queued.clear()
        return left

    def forget_idle(self) -> None:
        """Forget endpoints that nothing is going on with, once there are many."""
        if len(self._states) > MAX_REMEMBERED:
            self._states = {lane: state for lane, state in self._states.items() if not state.idle}

    def _may_start(self, lane: Lane, state: _State) -> bool:
        return (
            state.under_way < state.width
            and self._under_way < MAX_UNDER_WAY
            and self._per_agency.get(lane[0], 0) < MAX_PER_AGENCY
        )

    def _count(self, lane: Lane, state: _State, change: int) -> None:
        state.under_way += change
        self._under_way += change
        self._per_agency[lane[0]] = self._per_agency.get(lane[0], 0) + change
        if not self._per_agency[lane[0]]:
            del self._per_agency[lane[0]]

    def _state(self, lane: Lane) -> _State:
        return self._states.setdefault(lane, _State())
