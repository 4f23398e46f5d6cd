"""The loop that posts deliveries: fresh ones the moment they are committed, retries when they are due."""

import asyncio
import random
import time
from dataclasses import dataclass, field
from uuid import UUID

from prometheus_client import Counter
from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.bell import Bell
from chassis.clock import Clock
from chassis.database import Database
from chassis.secrets import Vault
from chassis.telemetry import log
from services.notify.deliveries import service
from services.notify.deliveries.lanes import Lanes
from services.notify.deliveries.models import Claimed, Lane, Tried
from services.notify.deliveries.posting import Poster
from services.notify.mails import service as mails
from services.notify.mails.facts import Facts, Occasion, Order
from services.notify.mails.models import Audience, Template
from services.notify.webhook_endpoints import service as endpoints
from services.notify.webhook_endpoints.models import WebhookEndpoint

POLL_S = 1.0
RETRY_S = 1.0
# A try under way at shutdown may finish for this long, so that it is not made a second time after the restart.
FINISH_S = 8.0

_TRIES = Counter("portico_delivery_tries", "Tries of webhook deliveries by outcome.", ["outcome"])


@dataclass
class Dispatcher:
    """One per process; several share the work by claims. What one drops is taken up when its claim ends."""

    database: Database
    vault: Vault
    clock: Clock
    poster: Poster
    mail_bell: Bell[None]
    _bell: Bell[Lane] = field(default_factory=Bell)
    _lanes: Lanes = field(default_factory=Lanes)
    _under_way: set[asyncio.Task[None]] = field(default_factory=set)
    _ended: list[Tried] = field(default_factory=list)
    _something_ended: asyncio.Event = field(default_factory=asyncio.Event)
    _stopping: bool = False

    def full(self, agency_id: UUID) -> list[UUID]:
        """The agency's endpoints whose new deliveries are not to be claimed by this process just now."""
        return self._lanes.full(agency_id)

    def take_on_commit(self, session: AsyncSession, queued: endpoints.FanOut) -> None:
        """Begin with what an event has queued when the session's transaction commits, and never if it does not."""
        if queued.ready or queued.waiting:
            event.listen(session.sync_session, "after_commit", lambda _: self._take(queued), once=True)

    def look_on_commit(self, session: AsyncSession, lane: Lane) -> None:
        """Look at an endpoint's deliveries when the session's transaction commits."""
        self._bell.ring_on_commit(session, [lane])

    async def run(self) -> None:
        """Post for ever."""
        self._stopping = False
        recorder = asyncio.create_task(self._record_for_ever())
        next_poll = 0.0
        try:
            while True:
                self._lanes.more_waits(await self._bell.wait(max(0.0, next_poll - time.monotonic())))
                try:
                    if time.monotonic() >= next_poll:
                        await self._look_around()
                        next_poll = time.monotonic() + POLL_S
                    await self._claim()
                except Exception as error:
                    # The database is away: tries under way go on, and what is due is found by the next look.
                    log.warning("deliveries_wait", error=repr(error))
                    await asyncio.sleep(RETRY_S)
        finally:
            await self._finish(recorder)

    def _take(self, queued: endpoints.FanOut) -> None:
        self._lanes.add(queued.ready)
        self._start()
        if queued.waiting:
            self._bell.ring(queued.waiting)

    async def _look_around(self) -> None:
        """Find what nobody told of: retries that have become due, and what a dead process has left."""
        async with self.database.across_agencies() as session:
            self._lanes.more_waits(await service.due_lanes(session, self.clock()))
        self._lanes.forget_idle()
        await self.poster.sweep()

    async def _claim(self) -> None:
        asked = self._lanes.asked()
        if not asked:
            return
        async with self.database.across_agencies() as session:
            claimed = await endpoints.take_due(session, self.vault, asked, self.clock())
        self._lanes.add(claimed)
        taken: dict[Lane, int] = {}
        for one in claimed:
            taken[one.delivery.lane] = taken.get(one.delivery.lane, 0) + 1
        # As many as asked for: there may be more.
        self._lanes.more_waits(lane for lane, count in taken.items() if count >= asked[lane])
        self._start()

    def _start(self) -> None:
        if self._stopping:
            return
        now = self.clock()
        for claimed in self._lanes.startable():
            if not claimed.delivery.claim_lasts(now):
                # It has waited for too long; by now it may be somebody else's.
                self._lanes.ended(claimed.delivery.lane, arrived=None)
                continue
            task = asyncio.create_task(self._try(claimed))
            self._under_way.add(task)
            task.add_done_callback(self._under_way.discard)

    async def _try(self, claimed: Claimed) -> None:
        arrived: bool | None = None
        try:
            outcome = await self.poster.post(claimed.parcel)
            arrived = outcome.arrived
            _TRIES.labels("arrived" if arrived else "failed").inc()
            self._ended.append(claimed.tried(outcome, self.clock(), chance=random.random()))
            self._something_ended.set()
        finally:
            if self._lanes.ended(claimed.delivery.lane, arrived=arrived):
                self._bell.ring()
            self._start()

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
                    await service.save_tries(session, tries, self.clock())
                    for endpoint in await endpoints.judge(session, tries):
                        await self._tell_owner(session, endpoint)
                return
            except Exception as error:
                log.warning("deliveries_not_noted", tries=len(tries), error=repr(error))
                await asyncio.sleep(RETRY_S)

    async def _tell_owner(self, session: AsyncSession, endpoint: WebhookEndpoint) -> None:
        log.warning("webhook_endpoint_given_up", endpoint_id=str(endpoint.id), agency_id=str(endpoint.agency_id))
        order = Order(
            template=Template.ENDPOINT_DISABLED,
            audience=Audience.OWNER,
            facts=Facts(texts={"url": endpoint.url}, days={"since": endpoint.failing_since}),
        )
        about = Occasion(endpoint.agency_id, endpoint.id, self.clock())
        await mails.queue(session, self.vault, about=about, orders=[order])
        self.mail_bell.ring_on_commit(session)

    async def _finish(self, recorder: asyncio.Task[None]) -> None:
        """Let tries under way end, note them, and give back what was not begun."""
        self._stopping = True
        if self._under_way:
            _, late = await asyncio.wait(self._under_way, timeout=FINISH_S)
            for task in late:
                task.cancel()
        self._something_ended.set()
        await asyncio.wait([recorder], timeout=FINISH_S)
        recorder.cancel()
        left = [claimed.delivery for claimed in self._lanes.drain()]
        async with self.database.across_agencies() as session:
            await service.release(session, left)
