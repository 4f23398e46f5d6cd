"""Consumers: each event has one effect, however often it arrives; a poison event is parked and delays no other."""

import asyncio
from collections.abc import Awaitable, Callable
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
from chassis.database import Database
from chassis.events import SUBJECT_PREFIX, Event
from chassis.telemetry import log

CONCURRENCY = 4
FETCH_WAIT_S = 5
ACK_WAIT_S = 30
PROGRESS_S = 10
MAX_TRIES = 8
RETRY_DELAYS_S = (0.2, 1, 2, 5, 10, 30, 60)
STALL_S = 30
# Longer than the outbox and the stream keep an event, so that a replay is always recognised.
INBOX_DAYS = 45

Handler = Callable[[Event, AsyncSession, Any], Awaitable[None]]

_HEARD = text(
    "INSERT INTO inbox (event_id, agency_id) VALUES (:id, :agency_id) ON CONFLICT DO NOTHING RETURNING event_id"
)
_PARK = text(
    "INSERT INTO parked_events (event_id, agency_id, subject, envelope, error, tries)"
    " VALUES (:id, :agency_id, :subject, :envelope, :error, :tries) ON CONFLICT DO NOTHING"
)
_FORGET_OLD = text(
    f"DELETE FROM inbox WHERE handled_at < now() - interval '{INBOX_DAYS} days'"  # noqa: S608 (a constant)
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
                await self._forget_old()
                await self._pull(subscription)
            except (nats.errors.Error, JetStreamError, OSError, TimeoutError) as error:
                log.warning("consumer_restarts", error=repr(error))
            await asyncio.sleep(RETRY_DELAYS_S[0])

    async def handle(self, envelope: bytes) -> None:
        """Handle one event in one transaction with its inbox row; a repeated event does nothing."""
        event = Event.decode(envelope)
        async with self._database.unit(event.agency_id) as session:
            first = await session.execute(_HEARD, {"id": event.id, "agency_id": event.agency_id})
            if first.scalar_one_or_none() is not None:
                await self._handlers[event.type](event, session, self._context)

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
        quiet_s = 0.0
        running: set[asyncio.Task[None]] = set()
        while True:
            if len(running) >= CONCURRENCY:
                await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
                continue
            try:
                messages = await subscription.fetch(CONCURRENCY - len(running), timeout=FETCH_WAIT_S)
            except nats.errors.TimeoutError:
                quiet_s += FETCH_WAIT_S
                if quiet_s >= STALL_S:
                    # Silence may mean that nothing happened, or that stream or consumer are gone: ask.
                    await self._bus.stream.consumer_info(STREAM, self._service)
                    quiet_s = 0
                continue
            quiet_s = 0
            for message in messages:
                task = asyncio.create_task(self._process(message))
                running.add(task)
                task.add_done_callback(running.discard)

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

    async def _forget_old(self) -> None:
        async with self._database.across_agencies() as session:
            await session.execute(_FORGET_OLD)


async def _keep_alive(message: Msg) -> None:
    """Tell the server that a long handler is still at work."""
    while True:
        await asyncio.sleep(PROGRESS_S)
        with suppress(nats.errors.Error):
            await message.in_progress()
