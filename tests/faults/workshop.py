"""A service of one table, for tests of outbox, relay and inbox on real servers."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import asyncpg
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.bus import Bus
from chassis.consuming import Consumers, Consuming
from chassis.database import Database
from chassis.events import Event, announce
from chassis.ids import new_id
from chassis.migrations import migrate
from chassis.principals import SYSTEM
from chassis.relay import Relay
from chassis.schemas import Output
from chassis.tables import Row

SECRET = "a workshop secret that is long enough to be one"
SERVICE = "projects"  # Its migrations bring the chassis tables; its own tables are not used here.
TYPE = "workshop.thing.made"

_TABLES = """
CREATE TABLE things (
    agency_id uuid NOT NULL, id uuid NOT NULL, version int NOT NULL, created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL, name text NOT NULL, PRIMARY KEY (agency_id, id)
);
CREATE TABLE effects (event_id uuid NOT NULL, thing_id uuid NOT NULL);
GRANT ALL ON things, effects TO portico_projects_app, portico_projects_across;
"""


class Thing(Row, table=True):
    """The one noun of the workshop."""

    __tablename__ = "things"

    name: str


class ThingPublic(Output):
    """As its event shows it."""

    id: UUID
    name: str


async def prepare(postgres: str) -> None:
    """Make the workshop's tables."""
    connection = await asyncpg.connect(postgres.removesuffix("/postgres") + f"/portico_{SERVICE}")
    try:
        await connection.execute(_TABLES)
    finally:
        await connection.close()


def migrate_workshop(postgres: str) -> None:
    """Make the database."""
    migrate(SERVICE, postgres, SECRET)


def database(postgres: str) -> Database:
    """A connection pool to the workshop's database."""
    return Database(service=SERVICE, url=postgres, secret_key=SECRET, units=8, readers=2)


async def make_thing(session: AsyncSession, agency_id: UUID, name: str = "thing") -> UUID:
    """A state change and its event, in the session's transaction."""
    thing = Thing(agency_id=agency_id, name=name)
    session.add(thing)
    await announce(
        session,
        TYPE,
        row=thing,
        actor=SYSTEM,
        data=ThingPublic(id=thing.id, name=name),
        now=datetime.now(UTC),
    )
    return thing.id


def consumers() -> Consumers:
    """A handler whose effect is one row per event."""
    made = Consumers()

    @made.on(TYPE)
    async def thing_made(event: Event, session: AsyncSession, context: object) -> None:
        await session.execute(
            text("INSERT INTO effects (event_id, thing_id) VALUES (:event, :thing)"),
            {"event": event.id, "thing": event.aggregate_id},
        )

    return made


class Workshop:
    """Database, bus, relay and consumer of the workshop."""

    def __init__(self, postgres: str, nats: str) -> None:
        self.postgres, self.nats = postgres, nats
        self.agency_id = new_id()
        self.database = database(postgres)
        self.bus = Bus(nats, "workshop")
        self.relay = Relay(self.database, self.bus)
        self.consuming = Consuming("workshop", consumers(), self.database, self.bus, None)

    async def make(self, count: int = 1) -> list[UUID]:
        """Things, each in a transaction of its own."""
        made = []
        for _ in range(count):
            async with self.database.unit(self.agency_id) as session:
                made.append(await make_thing(session, self.agency_id))
        return made

    async def ids(self, sql: str) -> list[UUID]:
        """The first column of a query that sees all agencies."""
        async with self.database.across_agencies() as session:
            return list((await session.execute(text(sql))).scalars())

    async def published(self) -> list[UUID]:
        """Ids of the events in the stream."""
        stream = self.bus.stream
        state = (await stream.stream_info("EVENTS")).state
        found = []
        for sequence in range(max(1, state.first_seq), state.last_seq + 1):
            message = await stream.get_msg("EVENTS", sequence)
            if message.subject == f"events.{TYPE}":
                found.append(Event.decode(message.data or b"").id)
        return found


@asynccontextmanager
async def workshop(postgres: str, nats: str) -> AsyncIterator[Workshop]:
    """An open workshop."""
    shop = Workshop(postgres, nats)
    await shop.database.open()
    await shop.bus.open()
    try:
        yield shop
    finally:
        await shop.bus.close()
        await shop.database.close()


def storage_of(path: Path) -> Path:
    """Where nats-server keeps its streams below its data directory."""
    return next(path.rglob("jetstream"))
