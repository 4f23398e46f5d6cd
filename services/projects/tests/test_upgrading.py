"""Databases of earlier releases are brought up to date with what is in them."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import asyncpg
import pytest

from chassis.ids import new_id
from chassis.migrations import migrate
from tests.fixtures import start_postgres

SECRET = "of the upgrade alone"
_ROW = "agency_id, id, version, created_at, updated_at"


@pytest.fixture(scope="module")
def server(workspace: Path) -> Iterator[str]:
    """A PostgreSQL of its own, for other releases of the tables."""
    started = start_postgres(workspace / "upgrading-projects", durable=False)
    yield started.url
    started.discard()


async def test_threads_learn_of_the_messages_that_they_have(server: str) -> None:
    await asyncio.to_thread(migrate, "projects", server, SECRET, to="0010")
    connection = await asyncpg.connect(urlunsplit(urlsplit(server)._replace(path="/portico_projects")))
    agency, client, project, talked, silent = (uuid4() for _ in range(5))
    await connection.execute(
        f"INSERT INTO clients ({_ROW}, name, email, company, source_version)"
        " VALUES ($1, $2, 1, now(), now(), 'Ada', '', '', 1)",
        *(agency, client),
    )
    await connection.execute(
        f"INSERT INTO projects ({_ROW}, client_id, name, description, status)"
        " VALUES ($1, $2, 1, now(), now(), $3, 'Website', '', 'active')",
        *(agency, project, client),
    )
    for thread in (talked, silent):
        await connection.execute(
            f"INSERT INTO threads ({_ROW}, project_id, client_id, name, visibility)"
            " VALUES ($1, $2, 1, now(), now(), $3, $4, 'General', 'client')",
            *(agency, thread, project, client),
        )
    # Ids of one millisecond are in no order.
    said = sorted(new_id() for _ in range(3))
    for message, kind in zip(said, ("client", "member", "client"), strict=True):
        await connection.execute(
            f"INSERT INTO messages ({_ROW}, thread_id, project_id, client_id, content, attachments, author_kind,"
            " author_id, author_name) VALUES ($1, $2, 1, now(), now(), $3, $4, $5, 'Hello', '[]', $6, $7, 'Somebody')",
            *(agency, message, talked, project, client, kind, uuid4()),
        )
    await asyncio.to_thread(migrate, "projects", server, SECRET)
    rows = await connection.fetch("SELECT id, last_message_id, last_author_kind, message_count FROM threads")
    await connection.close()
    assert {row["id"]: tuple(row)[1:] for row in rows} == {
        talked: (said[-1], "client", 3),
        silent: (None, None, 0),
    }
