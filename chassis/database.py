"""Postgres: units of work, readers, and the one door across agencies; all inside row-level security."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any
from urllib.parse import quote, urlsplit
from uuid import UUID

import asyncpg
import orjson
from sqlalchemy import Connection, event
from sqlalchemy.engine import URL
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import Session as SyncSession
from sqlalchemy.orm import SessionTransaction

from chassis.secrets import database_password

COMMAND_TIMEOUT_S = 15
# How asyncpg tells that a connection broke; the last is its protocol, cut off in the middle of an answer.
LOST = (asyncpg.PostgresError, asyncpg.InterfaceError, OSError, asyncpg.InternalClientError)
CONNECT_TIMEOUT_S = 5
_KEEPALIVE = {"tcp_keepalives_idle": "30", "tcp_keepalives_interval": "10", "tcp_keepalives_count": "3"}


class Reader:
    """Reads of one agency in one read-only transaction, which the first of them begins.

    asyncpg itself: `$1` placeholders, prepared statements. Whoever makes one closes it.
    """

    def __init__(self, pool: "asyncpg.Pool[asyncpg.Record]", agency_id: UUID) -> None:
        self._pool, self._agency_id = pool, agency_id
        self._connection: asyncpg.pool.PoolConnectionProxy[asyncpg.Record] | None = None

    async def fetch(self, sql: str, *args: Any) -> list[asyncpg.Record]:
        """All rows."""
        return await (self._connection or await self._begin()).fetch(sql, *args)

    async def fetchrow(self, sql: str, *args: Any) -> asyncpg.Record | None:
        """The first row, or None."""
        return await (self._connection or await self._begin()).fetchrow(sql, *args)

    async def fetchval(self, sql: str, *args: Any) -> Any:
        """The first column of the first row, or None."""
        return await (self._connection or await self._begin()).fetchval(sql, *args)

    async def close(self) -> None:
        """End the transaction and give the connection back; nothing to do when nothing was read."""
        if (connection := self._connection) is None:
            return
        self._connection = None
        try:
            await connection.execute("COMMIT")
        except LOST:
            # Nothing depends on the end of a read, and a connection that broke is of no more use.
            with suppress(*LOST):
                connection.terminate()
        finally:
            # Shielded by the pool itself, which rolls back what is still open.
            with suppress(*LOST):
                await self._pool.release(connection)

    async def _begin(self) -> "asyncpg.pool.PoolConnectionProxy[asyncpg.Record]":
        connection = await self._pool.acquire(timeout=CONNECT_TIMEOUT_S)
        try:
            # One simple-protocol message instead of two round trips; the id is a UUID, so it cannot carry SQL.
            await connection.execute(f"BEGIN READ ONLY; SET LOCAL portico.agency_id = '{UUID(str(self._agency_id))}'")
        except BaseException:
            await self._pool.release(connection)
            raise
        self._connection = connection
        return connection


class _PlainConnection(asyncpg.Connection):  # type: ignore[type-arg]
    """A pooled connection without session state, so that handing it back costs no round trip."""

    def get_reset_query(self) -> str:
        """Nothing: every setting is local to a transaction, and an open one is rolled back by the pool."""
        return ""


class _UnitConnection(asyncpg.Connection):  # type: ignore[type-arg]
    """A connection of units of work: `entering` goes with the next BEGIN, so that a tenant costs no round trip."""

    entering = ""

    async def execute(self, query: str, *args: Any, timeout: float | None = None) -> str:
        """As asyncpg does it; SQLAlchemy's transactions begin here."""
        if query != "BEGIN;" or not self.entering:
            return await super().execute(query, *args, timeout=timeout)
        query, self.entering = f"BEGIN; {self.entering}", ""
        try:
            return await super().execute(query, timeout=timeout)
        except BaseException:
            # Begun, perhaps, and not known to SQLAlchemy, which would hand it on as it is.
            self.terminate()
            raise


class Database:
    """One service's database, as its application role."""

    def __init__(self, *, service: str, url: str, secret_key: str, units: int = 8, readers: int = 8) -> None:
        self.name = f"portico_{service}"
        self._role = f"{self.name}_app"
        self._across = f"{self.name}_across"
        self._units, self._readers = units, readers
        parts = urlsplit(url)
        self._host, self._port = parts.hostname or "localhost", parts.port or 5432
        self._password = database_password(secret_key, self._role)
        self._engine = create_async_engine(
            URL.create("postgresql+asyncpg", self._role, self._password, self._host, self._port, self.name),
            pool_size=units,
            max_overflow=0,
            pool_timeout=CONNECT_TIMEOUT_S,
            pool_recycle=1800,
            json_serializer=lambda value: orjson.dumps(value).decode(),
            json_deserializer=orjson.loads,
            connect_args={
                "command_timeout": COMMAND_TIMEOUT_S,
                "timeout": CONNECT_TIMEOUT_S,
                "connection_class": _UnitConnection,
                "server_settings": {"application_name": service, **_KEEPALIVE},
            },
        )
        event.listen(self._engine.sync_engine, "checkout", _refuse_closed)
        self._sessions = async_sessionmaker(
            self._engine,
            expire_on_commit=False,
            sync_session_class=self._session_class(),
            info={"across_role": self._across},
        )
        self._pool: asyncpg.Pool[asyncpg.Record] | None = None
        self._announced: list[Callable[[], None]] = []

    @property
    def dsn(self) -> str:
        """Address for a connection of one's own, as the application role."""
        return f"postgresql://{self._role}:{quote(self._password)}@{self._host}:{self._port}/{self.name}"

    async def open(self) -> None:
        """Open the readers' pool."""
        self._pool = await asyncpg.create_pool(
            self.dsn,
            min_size=1,
            max_size=self._readers,
            command_timeout=COMMAND_TIMEOUT_S,
            timeout=CONNECT_TIMEOUT_S,
            max_inactive_connection_lifetime=300,
            connection_class=_PlainConnection,
            server_settings={"application_name": f"{self.name}_reader", **_KEEPALIVE},
        )

    async def close(self) -> None:
        """Close every connection."""
        if self._pool:
            await self._pool.close()
        await self._engine.dispose()

    async def ping(self) -> None:
        """Ask the server something trivial; raises when it does not answer."""
        assert self._pool, "open() first"
        async with self._pool.acquire(timeout=CONNECT_TIMEOUT_S) as connection:
            await connection.execute("SELECT 1")

    def session(self) -> AsyncSession:
        """A session that sees nothing until `assume` or `assume_across` tells whose rows it is about."""
        return self._sessions()

    def on_announced(self, listener: Callable[[], None]) -> None:
        """Call `listener` whenever a transaction of this process that announced an event has committed."""
        self._announced.append(listener)

    @asynccontextmanager
    async def unit(self, agency_id: UUID) -> AsyncIterator[AsyncSession]:
        """A unit of work for one agency: commits at the end, rolls back on an error."""
        async with self.session() as session:
            assume(session, agency_id)
            yield session
            await session.commit()

    @asynccontextmanager
    async def across_agencies(self) -> AsyncIterator[AsyncSession]:
        """A unit of work that sees every agency's rows: login by e-mail, token by hash, relay, schedules."""
        async with self.session() as session:
            assume_across(session)
            yield session
            await session.commit()

    @asynccontextmanager
    async def across_agencies_bare(self) -> AsyncIterator["asyncpg.pool.PoolConnectionProxy[asyncpg.Record]"]:
        """The same on asyncpg itself, for what runs at every commit; the commit at the end does not wait for the disk.

        A crash may undo what was written in the last moments, so it must be something that can be done again.
        """
        assert self._pool, "open() first"
        begin = f'BEGIN; SET LOCAL ROLE "{self._across}"; SET LOCAL synchronous_commit = off'
        async with self._pool.acquire(timeout=CONNECT_TIMEOUT_S) as connection:
            await connection.execute(begin)
            try:
                yield connection
            except BaseException:
                with suppress(*LOST):
                    await connection.execute("ROLLBACK")
                raise
            await connection.execute("COMMIT")

    def open_reader(self, agency_id: UUID) -> Reader:
        """Reads in one read-only transaction of one agency; the caller closes it."""
        assert self._pool, "open() first"
        return Reader(self._pool, agency_id)

    @asynccontextmanager
    async def reader(self, agency_id: UUID) -> AsyncIterator[Reader]:
        """Reads in one read-only transaction of one agency."""
        reader = self.open_reader(agency_id)
        try:
            yield reader
        finally:
            await reader.close()

    def _session_class(self) -> type[SyncSession]:
        """A class of its own, so that the listeners are registered once and not with every session."""

        class TenantSession(SyncSession):
            """Enters its tenant in each transaction, and tells when events of its were committed."""

        event.listen(TenantSession, "after_begin", _enter_tenant)
        event.listen(TenantSession, "after_commit", self._committed)
        return TenantSession

    def _committed(self, session: SyncSession) -> None:
        # A savepoint that is released is not committed yet.
        if session.info.get("announced") and not session.in_nested_transaction():
            session.info["announced"] = False
            for listener in self._announced:
                listener()


def note_announcement(session: AsyncSession) -> None:
    """Have the listeners of `on_announced` called once the session's transaction commits."""
    session.info["announced"] = True


def assume(session: AsyncSession, agency_id: UUID) -> None:
    """Make the session one agency's, in this and every later transaction."""
    session.info["agency_id"] = str(agency_id)


def assume_across(session: AsyncSession) -> None:
    """Make the session see every agency's rows, from its next transaction on."""
    session.info["across"] = True


async def assume_across_now(session: AsyncSession) -> None:
    """Make the session see every agency's rows, also in a transaction that has begun."""
    if session.in_transaction() and not session.info.get("across"):
        connection = await session.connection()
        await connection.exec_driver_sql(f'SET LOCAL ROLE "{session.info["across_role"]}"')
    assume_across(session)


def _enter_tenant(session: SyncSession, transaction: SessionTransaction, connection: Connection) -> None:
    """Have the transaction that the first statement begins enter its tenant; a savepoint is in it already."""
    if transaction.nested:
        return
    entering = ""
    if session.info.get("across"):
        entering += f'SET LOCAL ROLE "{session.info["across_role"]}";'
    if agency_id := session.info.get("agency_id"):
        # A UUID, so it cannot carry SQL.
        entering += f"SET LOCAL portico.agency_id = '{UUID(agency_id)}';"
    driver_connection = connection.connection.driver_connection
    assert isinstance(driver_connection, _UnitConnection)
    # Also where it is empty: a transaction before that had no statement has left its own.
    driver_connection.entering = entering


def _refuse_closed(connection: Any, record: Any, proxy: Any) -> None:
    """Have the pool replace a connection that the server has closed meanwhile; asks nobody, so it costs nothing."""
    if connection.driver_connection.is_closed():
        raise DisconnectionError
