"""The loop that posts deliveries: a lane per endpoint, so that one that hangs delays no other."""

import asyncio
import random
import time
from dataclasses import dataclass, field
from uuid import UUID

from prometheus_client import Counter
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.clock import Clock
from chassis.database import Database
from chassis.secrets import Vault
from chassis.telemetry import log
from services.notify.bell import Bell
from services.notify.deliveries import service
from services.notify.deliveries.models import Delivery, Outcome, Parcel
from services.notify.deliveries.posting import Poster
from services.notify.deliveries.repository import Lane
from services.notify.mails import service as mails
from services.notify.mails.facts import Facts, Occasion, Order
from services.notify.mails.models import Audience, Template
from services.notify.webhook_endpoints import service as endpoints
from services.notify.webhook_endpoints.models import WebhookEndpoint

POLL_S = 1.0
RETRY_S = 1.0
MAX_UNDER_WAY = 256
# Of one agency, so that twenty endpoints that hang do not use up what all agencies share.
MAX_PER_AGENCY = 64
# How many tries of one endpoint run at once: begins narrow, widens with each success, closes up with a failure.
FIRST_WIDTH, WIDEST, NARROWEST = 2, 16, 1
# A try under way at shutdown may finish for this long, so that it is not made a second time after the restart.
FINISH_S = 8.0

_TRIES = Counter("portico_delivery_tries", "Tries of webhook deliveries by outcome.", ["outcome"])


@dataclass
class _LaneState:
    """What this process knows of one endpoint's lane."""

    width: int = FIRST_WIDTH
    under_way: int = 0
    waiting: bool = False

    @property
    def free(self) -> int:
        return max(0, self.width - self.under_way)

    def learn(self, outcome: Outcome) -> None:
        self.width = min(self.width * 2, WIDEST) if outcome.arrived else NARROWEST


@dataclass
class Dispatcher:
    """One loop per process; several share the work by SKIP LOCKED. What one drops is taken up when its claim ends."""

    database: Database
    vault: Vault
    clock: Clock
    poster: Poster
    bell: Bell[Lane]
    mail_bell: Bell[None]
    _lanes: dict[Lane, _LaneState] = field(default_factory=dict)
    _per_agency: dict[UUID, int] = field(default_factory=dict)
    _under_way: set[asyncio.Task[None]] = field(default_factory=set)
    _ended: list[service.Try] = field(default_factory=list)
    _something_ended: asyncio.Event = field(default_factory=asyncio.Event)
    _stopping: bool = False

    async def run(self) -> None:
        """Post for ever."""
        self._stopping = False
        recorder = asyncio.create_task(self._record_for_ever())
        next_poll = 0.0
        try:
            while True:
                for lane in await self.bell.wait(max(0.0, next_poll - time.monotonic())):
                    self._lane(lane).waiting = True
                try:
                    if time.monotonic() >= next_poll:
                        await self._look_around()
                        next_poll = time.monotonic() + POLL_S
                    await self._start_what_fits()
                except Exception as error:
                    # The database is away: tries under way go on, and what is due is found by the next look.
                    log.warning("deliveries_wait", error=repr(error))
                    await asyncio.sleep(RETRY_S)
        finally:
            await self._finish(recorder)

    async def _look_around(self) -> None:
        """Find what no bell told of: retries that have become due, and what a dead process has left."""
        async with self.database.across_agencies() as session:
            due = await service.due_lanes(session, self.clock())
        for lane in due:
            self._lane(lane).waiting = True
        idle = [lane for lane, state in self._lanes.items() if not state.waiting and not state.under_way]
        for lane in idle[: max(0, len(self._lanes) - MAX_UNDER_WAY)]:
            del self._lanes[lane]

    async def _start_what_fits(self) -> None:
        slots = self._slots()
        if not slots:
            return
        for lane in slots:
            self._lanes[lane].waiting = False
        async with self.database.across_agencies() as session:
            ready = await endpoints.take_due(session, self.vault, slots, self.clock())
        taken: dict[Lane, int] = {}
        for delivery, parcel in ready:
            lane = (delivery.agency_id, delivery.endpoint_id)
            taken[lane] = taken.get(lane, 0) + 1
            self._start(lane, delivery, parcel)
        for lane, count in taken.items():
            # As many as asked for: there may be more.
            self._lanes[lane].waiting |= count >= slots[lane]

    def _slots(self) -> dict[Lane, int]:
        slots: dict[Lane, int] = {}
        free = MAX_UNDER_WAY - len(self._under_way)
        agencies = dict(self._per_agency)
        for lane, state in self._lanes.items():
            if not state.waiting:
                continue
            mine = min(state.free, free, MAX_PER_AGENCY - agencies.get(lane[0], 0))
            if mine > 0:
                slots[lane] = mine
                free -= mine
                agencies[lane[0]] = agencies.get(lane[0], 0) + mine
        return slots

    def _start(self, lane: Lane, delivery: Delivery, parcel: Parcel) -> None:
        self._lane(lane).under_way += 1
        self._per_agency[lane[0]] = self._per_agency.get(lane[0], 0) + 1
        task = asyncio.create_task(self._try(lane, delivery.id, parcel))
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    async def _try(self, lane: Lane, delivery_id: UUID, parcel: Parcel) -> None:
        try:
            outcome = await self.poster.post(parcel)
            _TRIES.labels("arrived" if outcome.arrived else "failed").inc()
            self._lane(lane).learn(outcome)
            self._ended.append(service.Try(lane, delivery_id, outcome, self.clock(), random.random()))
            self._something_ended.set()
        finally:
            state = self._lane(lane)
            state.under_way -= 1
            self._per_agency[lane[0]] -= 1
            if not self._per_agency[lane[0]]:
                del self._per_agency[lane[0]]
            self.bell.ring()

    async def _record_for_ever(self) -> None:
        while self._ended or not self._stopping:
            if not self._ended:
                self._something_ended.clear()
                await self._something_ended.wait()
            await self._record()

    async def _record(self) -> None:
        """Note all tries that have ended, in one transaction; kept and repeated while the database is away."""
        tries, self._ended = self._ended, []
        while tries:
            try:
                async with self.database.across_agencies() as session:
                    await service.record(session, tries)
                    for endpoint in await endpoints.judge(session, tries):
                        await self._tell_owner(session, endpoint)
                return
            except Exception as error:
                log.warning("deliveries_not_noted", tries=len(tries), error=repr(error))
                await asyncio.sleep(RETRY_S)

    async def _tell_owner(self, session: AsyncSession, endpoint: WebhookEndpoint) -> None:
        log.warning("webhook_endpoint_given_up", endpoint_id=str(endpoint.id), agency_id=str(endpoint.agency_id))
        since = endpoint.failing_since.date() if endpoint.failing_since else None
        order = Order(
            template=Template.ENDPOINT_DISABLED,
            audience=Audience.OWNER,
            facts=Facts(texts={"url": endpoint.url}, dates={"since": since}),
        )
        about = Occasion(endpoint.agency_id, endpoint.id, self.clock())
        await mails.queue(session, self.vault, about=about, orders=[order])
        self.mail_bell.ring_on_commit(session)

    def _lane(self, lane: Lane) -> _LaneState:
        return self._lanes.setdefault(lane, _LaneState())

    async def _finish(self, recorder: asyncio.Task[None]) -> None:
        if self._under_way:
            _, late = await asyncio.wait(self._under_way, timeout=FINISH_S)
            for task in late:
                task.cancel()
        self._stopping = True
        self._something_ended.set()
        await asyncio.wait([recorder], timeout=FINISH_S)
        recorder.cancel()
