"""Databases of earlier releases are brought up to date with what is in them."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import asyncpg
import pytest

from chassis.migrations import migrate
from tests.fixtures import start_postgres

SECRET = "of the upgrade alone"


@pytest.fixture(scope="module")
def server(workspace: Path) -> Iterator[str]:
    """A PostgreSQL of its own, for other releases of the tables."""
    started = start_postgres(workspace / "upgrading", durable=False)
    yield started.url
    started.discard()


async def test_links_that_had_no_end_get_one_and_others_keep_theirs(server: str) -> None:
    await asyncio.to_thread(migrate, "auth", server, SECRET, to="0002")
    url = urlunsplit(urlsplit(server)._replace(path="/portico_auth"))
    connection = await asyncpg.connect(url)
    agency, client, endless, ending = (uuid4() for _ in range(4))
    end = datetime(2027, 1, 31, tzinfo=UTC)
    await connection.execute(
        "INSERT INTO agencies (agency_id, id, name, slug, currency, time_zone) VALUES ($1, $1, 'A', 'a', 'USD', 'UTC')",
        agency,
    )
    await connection.execute(
        "INSERT INTO clients (agency_id, id, number, name) VALUES ($1, $2, 1, 'Mira')", agency, client
    )
    await connection.executemany(
        "INSERT INTO portal_tokens (agency_id, id, client_id, generation, expires_at) VALUES ($1, $2, $3, 1, $4)",
        [(agency, endless, client, None), (agency, ending, client, end)],
    )
    await asyncio.to_thread(migrate, "auth", server, SECRET)
    ends = dict(await connection.fetch("SELECT id, expires_at FROM portal_tokens"))
    forced = await connection.fetchval("SELECT relforcerowsecurity FROM pg_class WHERE relname = 'portal_tokens'")
    await connection.close()
    assert ends[ending] == end
    assert abs(ends[endless] - datetime.now(UTC) - timedelta(days=30)) < timedelta(minutes=5)
    assert forced, "the policies that were lifted for the change are back"


async def test_a_feed_of_which_it_is_not_known_that_it_is_shown_stays_shut(server: str) -> None:
    url = urlunsplit(urlsplit(server)._replace(path="/portico_auth"))
    await drop_databases(server)
    await asyncio.to_thread(migrate, "auth", server, SECRET, to="0006")
    connection = await asyncpg.connect(url)
    untouched, changed = uuid4(), uuid4()
    await connection.executemany(
        "INSERT INTO agencies (agency_id, id, name, slug, currency, time_zone, portal_settings_version)"
        " VALUES ($1, $1, 'A', $2, 'USD', 'UTC', $3)",
        [(untouched, "untouched", 0), (changed, "changed", 2)],
    )
    await asyncio.to_thread(migrate, "auth", server, SECRET)
    shown = dict(await connection.fetch("SELECT id, may_see_activity FROM agencies"))
    forced = await connection.fetchval("SELECT relforcerowsecurity FROM pg_class WHERE relname = 'agencies'")
    await connection.close()
    assert shown == {untouched: True, changed: False}
    assert forced, "the policies that were lifted for the change are back"


async def drop_databases(server: str) -> None:
    """So that each test begins with an earlier release."""
    connection = await asyncpg.connect(server)
    await connection.execute("DROP DATABASE IF EXISTS portico_auth WITH (FORCE)")
    await connection.close()
