"""Databases of earlier releases are brought up to date with what is in them."""

import asyncio
from collections.abc import Iterator
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
    started = start_postgres(workspace / "upgrading-billing", durable=False)
    yield started.url
    started.discard()


async def test_an_agencys_account_stays_the_one_in_use_and_others_find_room_beside_it(server: str) -> None:
    await asyncio.to_thread(migrate, "billing", server, SECRET, to="0002")
    connection = await asyncpg.connect(urlunsplit(urlsplit(server)._replace(path="/portico_billing")))
    agency, kept = uuid4(), uuid4()
    await connection.execute(
        "INSERT INTO payment_accounts (agency_id, id, provider, sealed_secret_key, sealed_webhook_secret, secret_hint)"
        " VALUES ($1, $2, 'stripe', 'key', 'secret', '...4eC3')",
        agency,
        kept,
    )
    await asyncio.to_thread(migrate, "billing", server, SECRET)
    beside = (
        "INSERT INTO payment_accounts (agency_id, id, provider, sealed_secret_key, sealed_webhook_secret, secret_hint)"
        " VALUES ($1, $2, $3, 'key', $4, '...9xQ2')"
    )
    await connection.execute(beside, agency, uuid4(), "paystack", None)
    for provider, webhook_secret, refusal in (
        ("stripe", b"secret", asyncpg.UniqueViolationError),
        ("stripe", None, asyncpg.CheckViolationError),
        ("paystack", b"secret", asyncpg.CheckViolationError),
        ("manual", None, asyncpg.CheckViolationError),
    ):
        with pytest.raises(refusal):
            await connection.execute(beside, agency, uuid4(), provider, webhook_secret)
    rows = await connection.fetch("SELECT id, chosen_at, sealed_secret_key FROM payment_accounts ORDER BY chosen_at")
    await connection.close()
    assert (rows[0]["id"], rows[0]["sealed_secret_key"]) == (kept, b"key")
    assert all(row["chosen_at"] for row in rows)
