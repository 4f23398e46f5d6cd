"""Databases, roles and Alembic: made once, safe to run twice and by two processes at once."""

import asyncio
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import asyncpg
from alembic import command, context
from alembic.config import Config
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text
from sqlalchemy.engine import URL
from sqlalchemy.ext.asyncio import create_async_engine

from chassis.secrets import database_password

_ROOT = Path(__file__).resolve().parent.parent
_ROLES = ("owner", "app", "across")
# Two processes may migrate at once; the key is the word "portico" as a number.
_LOCK_KEY = 0x706F727469636F


def migrate(service: str, database_url: str, secret_key: str, *, to: str = "head") -> None:
    """Create database and roles of one service if missing and bring its tables up to date.

    `database_url` names a role that may create databases and roles. Returns at once when all is current.
    `to` names an earlier revision to stop at, for tests of the steps that follow it.
    """
    asyncio.run(_migrate(service, database_url, secret_key, to=to))


async def _migrate(service: str, database_url: str, secret_key: str, *, to: str) -> None:
    name = f"portico_{service}"
    admin = await _connect(database_url)
    try:
        await admin.execute("SELECT pg_advisory_lock($1)", _LOCK_KEY)
        await _ensure_roles(admin, name, secret_key)
        if not await admin.fetchval("SELECT 1 FROM pg_database WHERE datname = $1", name):
            await admin.execute(f'CREATE DATABASE "{name}" OWNER "{name}_owner"')
            await admin.execute(f'REVOKE ALL ON DATABASE "{name}" FROM PUBLIC')
            await admin.execute(f'GRANT CONNECT ON DATABASE "{name}" TO "{name}_app"')
        await _prepare_schema(database_url, name)
        await _upgrade(service, database_url, secret_key, to=to)
    finally:
        await admin.close()


async def _ensure_roles(admin: "asyncpg.Connection[asyncpg.Record]", name: str, secret_key: str) -> None:
    for kind in _ROLES:
        role = f"{name}_{kind}"
        login = f"LOGIN PASSWORD '{database_password(secret_key, role)}'" if kind != "across" else "NOLOGIN"
        verb = "ALTER" if await admin.fetchval("SELECT 1 FROM pg_roles WHERE rolname = $1", role) else "CREATE"
        await admin.execute(f'{verb} ROLE "{role}" {login} NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE')
    # The application role may step across agencies only by asking for it (SET LOCAL ROLE), never by inheritance.
    await admin.execute(f'GRANT "{name}_across" TO "{name}_app" WITH INHERIT FALSE, SET TRUE')


async def _prepare_schema(database_url: str, name: str) -> None:
    connection = await _connect(database_url, name)
    try:
        await connection.execute(
            f"""
            REVOKE ALL ON SCHEMA public FROM PUBLIC;
            ALTER SCHEMA public OWNER TO "{name}_owner";
            GRANT USAGE ON SCHEMA public TO "{name}_app", "{name}_across";
            """
        )
    finally:
        await connection.close()


async def _upgrade(service: str, database_url: str, secret_key: str, *, to: str) -> None:
    role = f"portico_{service}_owner"
    parts = urlsplit(database_url)
    url = URL.create(
        "postgresql+asyncpg",
        role,
        database_password(secret_key, role),
        parts.hostname,
        parts.port or 5432,
        f"portico_{service}",
    )
    config = Config()
    config.set_main_option("script_location", str(_ROOT / "services" / service / "migrations"))
    engine = create_async_engine(url)
    try:
        async with engine.connect() as connection:
            await connection.run_sync(_run_upgrade, config, to)
            await connection.commit()
    finally:
        await engine.dispose()


def _run_upgrade(connection: Connection, config: Config, to: str) -> None:
    heads = set(ScriptDirectory.from_config(config).get_heads())
    if set(MigrationContext.configure(connection).get_current_heads()) == heads:
        return
    config.attributes["connection"] = connection
    command.upgrade(config, to)


async def _connect(url: str, database: str | None = None) -> "asyncpg.Connection[asyncpg.Record]":
    parts = urlsplit(url)
    path = f"/{database}" if database else (parts.path if parts.path not in ("", "/") else "/postgres")
    return await asyncpg.connect(urlunsplit(("postgresql", parts.netloc, path, "", "")), timeout=10)


def run_env() -> None:
    """What every service's `migrations/env.py` calls."""
    context.configure(connection=context.config.attributes["connection"], target_metadata=None)
    with context.begin_transaction():
        context.run_migrations()


def protect(op: Operations, table: str, *, append_only: bool = False, tenant: str = "agency_id") -> None:
    """Put a table behind row-level security and grant the application its rights on it.

    `tenant` is the column that names the agency; `append_only` grants neither UPDATE nor DELETE.
    """
    name = _database_name(op)
    rights = "SELECT, INSERT" if append_only else "SELECT, INSERT, UPDATE, DELETE"
    op.execute(f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY')
    op.execute(f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY')
    op.execute(
        f'CREATE POLICY tenant ON "{table}"'
        f" USING ({tenant} = current_agency()) WITH CHECK ({tenant} = current_agency())"
    )
    op.execute(f'CREATE POLICY across ON "{table}" TO "{name}_across" USING (true) WITH CHECK (true)')
    op.execute(f'GRANT {rights} ON "{table}" TO "{name}_app", "{name}_across"')


def create_chassis_tables(op: Operations) -> None:
    """The function `current_agency()` and the tables of outbox, inbox, idempotency and parked events."""
    op.execute(
        """
        CREATE FUNCTION current_agency() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
        RETURN nullif(current_setting('portico.agency_id', true), '')::uuid
        """
    )
    for statement in (_ROOT / "chassis" / "tables.sql").read_text().split(";\n"):
        if statement.strip():
            op.execute(text(statement))
    for table in ("outbox", "inbox", "idempotency_keys", "parked_events"):
        protect(op, table)
    _protect_from_agencies(op, "relay_state")


def create_job_turns(op: Operations) -> None:
    """The table by which replicas take turns at jobs (`chassis.scheduling`), for a service that has some."""
    op.execute("CREATE TABLE job_turns (name text NOT NULL PRIMARY KEY, last_began_at timestamptz NOT NULL)")
    _protect_from_agencies(op, "job_turns")


def create_erasures(op: Operations) -> None:
    """The table of clients whom a service is to forget (`chassis.erasing_loop`), and how far it has come."""
    op.execute(
        """
        CREATE TABLE erasures (
            agency_id uuid NOT NULL,
            client_id uuid NOT NULL,
            asked_at timestamptz NOT NULL,
            -- Name and e-mail address, sealed: for as long as something may still come in that names the client.
            sealed_names bytea,
            passes integer NOT NULL DEFAULT 0 CHECK (passes >= 0),
            next_pass_at timestamptz,
            -- Messages of the stream up to this one are to go, once everybody has heard them.
            purge_upto bigint,
            PRIMARY KEY (agency_id, client_id)
        )
        """
    )
    op.execute("CREATE INDEX erasures_due ON erasures (next_pass_at) WHERE next_pass_at IS NOT NULL")
    op.execute("CREATE INDEX erasures_to_purge ON erasures (purge_upto) WHERE purge_upto IS NOT NULL")
    protect(op, "erasures")


def create_brands(op: Operations) -> None:
    """The table of what a service remembers of agencies' brands (`chassis.branding`); its `id` is its `agency_id`."""
    op.execute(
        """
        CREATE TABLE brands (
            agency_id uuid NOT NULL,
            id uuid NOT NULL CHECK (id = agency_id),
            version integer NOT NULL DEFAULT 1,
            created_at timestamptz NOT NULL DEFAULT now(),
            updated_at timestamptz NOT NULL DEFAULT now(),
            portal_name text NOT NULL,
            color text NOT NULL,
            logo text,
            logo_key text,
            source_version bigint NOT NULL,
            PRIMARY KEY (agency_id, id)
        )
        """
    )
    protect(op, "brands")


def let_erase(op: Operations, table: str, *columns: str) -> None:
    """Let the role that steps across agencies, and nobody else, change some columns of an append-only table."""
    across = f"{_database_name(op)}_across"
    names = ", ".join(f'"{column}"' for column in columns)
    op.execute(f'GRANT UPDATE ({names}) ON "{table}" TO "{across}"')


def _protect_from_agencies(op: Operations, table: str) -> None:
    """The deployment's own: no agency's row, so only the role that steps across agencies may touch it."""
    name = _database_name(op)
    op.execute(f'GRANT SELECT, INSERT, UPDATE, DELETE ON "{table}" TO "{name}_across"')
    op.execute(f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY')
    op.execute(f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY')
    op.execute(f'CREATE POLICY across ON "{table}" TO "{name}_across" USING (true) WITH CHECK (true)')


def _database_name(op: Operations) -> str:
    name: Any = op.get_bind().execute(text("SELECT current_database()")).scalar_one()
    return str(name)
