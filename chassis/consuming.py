"""Consumers: each event has one effect, however often it arrives; a poison event is parked and delays no other."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from typing import Any

import nats
from google.protobuf.message import DecodeError
from nats.aio.msg import Msg
from nats.js import JetStreamContext
from nats.js.api import AckPolicy, ConsumerConfig, DeliverPolicy
from nats.js.errors import Error as JetStreamError
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.bus import STREAM, Bus
from chassis.database import Database, assume
from chassis.events import SUBJECT_PREFIX, Event
from chassis.telemetry import log

# Events handled in one transaction when so many wait: the commit and its fsync are shared.
BATCH = 50
# A batch that takes longer is given up, and its events are handled one by one, so many at a time.
BATCH_S = 2
CONCURRENCY = 4
FETCH_WAIT_S = 5
BEHIND_WAIT_S = 0.2
ACK_WAIT_S = 30
PROGRESS_S = 10
MAX_TRIES = 8
RETRY_DELAYS_S = (0.2, 1, 2, 5, 10, 30, 60)
STALL_S = 30

Handler = Callable[[Event, AsyncSession, Any], Awaitable[None]]

# Enters the event's agency and notes it as heard, in one round trip; a row comes back the first time only.
_HEAR = text(
    "WITH entered AS (SELECT set_config('portico.agency_id', :agency, true))"
    " INSERT INTO inbox (event_id, agency_id) SELECT CAST(:id AS uuid), CAST(:agency AS uuid) FROM entered"
    " ON CONFLICT DO NOTHING RETURNING event_id"
)
_PARK = text(
    "INSERT INTO parked_events (event_id, agency_id, subject, envelope, error, tries)"
    " VALUES (:id, :agency_id, :subject, :envelope, :error, :tries) ON CONFLICT DO NOTHING"
)


class Consumers:
    """The registry of one service: event type -> handler."""

    def __init__(self) -> None:
        self.handlers: dict[str, Handler] = {}

    def on(self, *types: str) -> Callable[[Handler], Handler]:
        """Register a handler for event types such as "billing.invoice.paid"."""

        def register(handler: Handler) -> Handler:
            for type in types:
                assert type not in self.handlers, f"{type} has a handler already"
                self.handlers[type] = handler
            return handler

        return register


class Consuming:
    """Pulls a service's events from its durable consumer and hands each to its handler."""

    def __init__(self, service: str, consumers: Consumers, database: Database, bus: Bus, context: Any) -> None:
        self._service = service
        self._handlers = consumers.handlers
        self._database, self._bus, self._context = database, bus, context

    async def run(self) -> None:
        """Consume for ever; a lost stream, consumer or connection is made anew."""
        while True:
            try:
                subscription = await self._subscribe()
                try:
                    await self._pull(subscription)
                finally:
                    # What it has asked for goes on being sent to it, and would be heard by nobody.
                    with suppress(nats.errors.Error, OSError):
                        await subscription.unsubscribe()
            except (nats.errors.Error, JetStreamError, OSError, TimeoutError) as error:
                log.warning("consumer_restarts", error=repr(error))
            await asyncio.sleep(RETRY_DELAYS_S[0])

    async def handle(self, *envelopes: bytes) -> None:
        """Handle events in one transaction with their inbox rows; a repeated event does nothing."""
        events = [Event.decode(envelope) for envelope in envelopes]
        async with self._database.session() as session:
            for event in events:
                assume(session, event.agency_id)
                heard = await session.execute(_HEAR, {"id": str(event.id), "agency": str(event.agency_id)})
                if heard.scalar_one_or_none() is not None:
                    await self._handlers[event.type](event, session, self._context)
                    await session.flush()
                    # Each event finds the rows as if it were alone.
                    session.expunge_all()
            await session.commit()

    async def _subscribe(self) -> JetStreamContext.PullSubscription:
        await self._bus.ensure_stream()
        config = ConsumerConfig(
            durable_name=self._service,
            deliver_policy=DeliverPolicy.ALL,
            ack_policy=AckPolicy.EXPLICIT,
            ack_wait=ACK_WAIT_S,
            max_deliver=-1,
            max_ack_pending=1000,
            filter_subjects=sorted(SUBJECT_PREFIX + type for type in self._handlers),
        )
        await self._bus.stream.add_consumer(STREAM, config)
        return await self._bus.stream.pull_subscribe_bind(durable=self._service, stream=STREAM)

    async def _pull(self, subscription: JetStreamContext.PullSubscription) -> None:
        running: set[asyncio.Task[None]] = set()
        while True:
            messages = await self._fetch(subscription)
            if await self._processed_together(messages):
                continue
            for message in messages:
                while len(running) >= CONCURRENCY:
                    await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
                task = asyncio.create_task(self._process(message))
                running.add(task)
                task.add_done_callback(running.discard)

    async def _fetch(self, subscription: JetStreamContext.PullSubscription) -> list[Msg]:
        """What waits, at most BATCH; when nothing does, the next that comes."""
        quiet_s = 0.0
        while True:
            try:
                (first,) = await subscription.fetch(1, timeout=FETCH_WAIT_S)
            except nats.errors.TimeoutError:
                quiet_s += FETCH_WAIT_S
                if quiet_s >= STALL_S:
                    # Silence may mean that nothing happened, or that stream or consumer are gone: ask.
                    await self._bus.stream.consumer_info(STREAM, self._service)
                    quiet_s = 0
            else:
                return [first, *await _those_behind(subscription, first)]

    async def _processed_together(self, messages: Sequence[Msg]) -> bool:
        """Handle all in one transaction; False when that failed, and nothing has happened then."""
        if len(messages) < 2:
            return False
        try:
            async with asyncio.timeout(BATCH_S):
                await self.handle(*(message.data for message in messages))
        except Exception as error:
            log.info("batch_split", events=len(messages), error=repr(error))
            return False
        with suppress(nats.errors.Error):
            for message in messages:
                await message.ack()
        return True

    async def _process(self, message: Msg) -> None:
        keepalive = asyncio.create_task(_keep_alive(message))
        try:
            await self.handle(message.data)
        except Exception as error:
            await self._retry_or_park(message, error)
        else:
            with suppress(nats.errors.Error):
                await message.ack()
        finally:
            keepalive.cancel()

    async def _retry_or_park(self, message: Msg, error: Exception) -> None:
        tries = message.metadata.num_delivered or 1
        log.warning("event_failed", subject=message.subject, tries=tries, error=repr(error))
        with suppress(nats.errors.Error):
            if tries < MAX_TRIES:
                await message.nak(delay=RETRY_DELAYS_S[min(tries, len(RETRY_DELAYS_S)) - 1])
            elif await self._park(message, error, tries):
                await message.ack()

    async def _park(self, message: Msg, error: Exception, tries: int) -> bool:
        try:
            event = Event.decode(message.data)
        except (DecodeError, ValueError, KeyError):
            log.error("event_unreadable", subject=message.subject)
            return True
        try:
            async with self._database.unit(event.agency_id) as session:
                await session.execute(
                    _PARK,
                    {
                        "id": event.id,
                        "agency_id": event.agency_id,
                        "subject": message.subject,
                        "envelope": message.data,
                        "error": repr(error)[:2000],
                        "tries": tries,
                    },
                )
        except Exception as failure:
            log.error("event_not_parked", error=repr(failure))
            return False
        log.error("event_parked", subject=message.subject, event_id=str(event.id))
        return True


async def _those_behind(subscription: JetStreamContext.PullSubscription, first: Msg) -> list[Msg]:
    """What the server holds ready behind a message, at most BATCH together with it.

    Asked for by their number: nats-py may wait for all that a fetch has asked for until its time is over, though
    some are there, and a lone event would be late by seconds.
    """
    count = min(first.metadata.num_pending or 0, BATCH - 1)
    if not count:
        return []
    try:
        return await subscription.fetch(count, timeout=BEHIND_WAIT_S)
    except nats.errors.TimeoutError:
        return []  # another replica has them


async def _keep_alive(message: Msg) -> None:
    """Tell the server that a long handler is still at work."""
    while True:
        await asyncio.sleep(PROGRESS_S)
        with suppress(nats.errors.Error):
            await message.in_progress()
