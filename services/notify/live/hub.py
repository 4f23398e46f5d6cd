"""The hub of one process: which streams are open, and what wakes them."""

import asyncio
from collections import Counter
from dataclasses import dataclass, field
from uuid import UUID

from chassis.bell import Bell
from chassis.bus import Bus
from chassis.database import Database
from chassis.errors import Unavailable
from services.notify.live import service
from services.notify.live.models import MAX_STREAMS_PER_CREDENTIAL, Audience, TooManyStreams

# How often events of other processes are looked for; those of this one ring.
LOOK_S = 1.0
# Events that come together are published together.
GATHER_S = 0.02
MAX_STREAMS = 2000
# How long a credential is believed without a look. What is remembered of it makes a look cheap; while the bus is
# away nothing is remembered, and each look is a question to auth.
CHECK_S = 0.5
CHECK_UNLINKED_S = 5.0


@dataclass(eq=False)
class Stream:
    """One listener: `position` is how far it was told everything that is for it."""

    audience: Audience
    credential_id: UUID
    position: int
    news: asyncio.Event = field(default_factory=asyncio.Event)
    doubted: asyncio.Event = field(default_factory=asyncio.Event)
    ended: asyncio.Event = field(default_factory=asyncio.Event)


class Hub:
    """Publishes what notify has kept, and wakes the streams whom it concerns.

    A stream reads its events itself, so that one that is slow costs no memory. `heartbeat_s` is how often it says
    that it lives, `patience_s` how long it waits for a listener that does not read.
    """

    def __init__(self, database: Database, bus: Bus, *, heartbeat_s: float = 15.0, patience_s: float = 20.0) -> None:
        self.heartbeat_s, self.patience_s = heartbeat_s, patience_s
        self.bell: Bell[None] = Bell()
        self._database, self._bus = database, bus
        self._streams: dict[UUID, set[Stream]] = {}
        self._positions: dict[UUID, int] = {}
        self._per_credential: Counter[UUID] = Counter()
        self._closed = False

    @property
    def size(self) -> int:
        """How many streams are open."""
        return self._per_credential.total()

    @property
    def check_s(self) -> float:
        """How often a stream looks whether its credential is still good."""
        return CHECK_S if self._bus.connected else CHECK_UNLINKED_S

    def join(self, stream: Stream) -> None:
        """Add a stream; raises TooManyStreams, and Unavailable when this process takes no more."""
        if self._closed or self.size >= MAX_STREAMS:
            raise Unavailable
        if self._per_credential[stream.credential_id] >= MAX_STREAMS_PER_CREDENTIAL:
            raise TooManyStreams
        self._per_credential[stream.credential_id] += 1
        self._streams.setdefault(stream.audience.agency_id, set()).add(stream)
        self._positions.setdefault(stream.audience.agency_id, stream.position)

    def leave(self, stream: Stream) -> None:
        """Take a stream away."""
        agency_id = stream.audience.agency_id
        self._streams[agency_id].discard(stream)
        if not self._streams[agency_id]:
            del self._streams[agency_id], self._positions[agency_id]
        self._per_credential[stream.credential_id] -= 1
        if not self._per_credential[stream.credential_id]:
            del self._per_credential[stream.credential_id]

    def doubt(self, credential_id: UUID) -> None:
        """Have the streams of a credential look at once whether it is still good."""
        for streams in self._streams.values():
            for stream in streams:
                if stream.credential_id == credential_id:
                    stream.doubted.set()

    def close(self) -> None:
        """End every stream, and take no more: the process is about to stop."""
        self._closed = True
        for streams in self._streams.values():
            for stream in streams:
                stream.ended.set()

    async def run(self) -> None:
        """Publish and wake for ever."""
        while True:
            await self.bell.wait(LOOK_S)
            await asyncio.sleep(GATHER_S)
            async with self._database.across_agencies() as session:
                await service.publish(session)
            await self._wake()

    async def _wake(self) -> None:
        if not self._positions:
            return
        async with self._database.across_agencies() as session:
            news = await service.news(session, self._positions)
        for agency_id, (last, client_ids) in news.items():
            if agency_id in self._positions:
                self._positions[agency_id] = last
            for stream in self._streams.get(agency_id, ()):
                if stream.audience.is_concerned(client_ids):
                    stream.news.set()
