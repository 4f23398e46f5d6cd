"""Invoices of earlier releases are looked after like new ones."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit
from uuid import UUID, uuid4

import asyncpg
import pytest

from chassis.migrations import migrate
from tests.fixtures import start_postgres

SECRET = "of the upgrade alone"
_INVOICE = (
    "INSERT INTO invoices (agency_id, id, number, status, client_id, currency, decimals, lines, tax_inclusive, shown,"
    " subtotal_minor, discount_minor, tax_minor, amount_minor, paid_minor, issued_on, due_on, notes, pay_key, sent_at)"
    " VALUES ($1, $2, $3, $4, $5, 'EUR', 2, '[]', false, '{}', 100, 0, 0, 100, 0, '2026-01-01', '2026-01-31', '', 'k',"
    " '2026-01-01')"
)
_WAITING = (
    "SELECT id FROM invoices WHERE status IN ('sent', 'viewed', 'partially_paid') AND follow_up_at <= now()"
    " AND overdue_from IS NULL AND overdue_at IS NULL"
)


@pytest.fixture(scope="module")
def server(workspace: Path) -> Iterator[str]:
    """A PostgreSQL of its own, for other releases of the tables."""
    started = start_postgres(workspace / "upgrading-invoices", durable=False)
    yield started.url
    started.discard()


async def test_what_was_open_waits_to_be_followed_up_and_what_comes_later_waits_for_its_issue(server: str) -> None:
    await asyncio.to_thread(migrate, "billing", server, SECRET, to="0003")
    connection = await asyncpg.connect(urlunsplit(urlsplit(server)._replace(path="/portico_billing")))
    agency, client = uuid4(), uuid4()
    await connection.execute(
        "INSERT INTO clients (agency_id, id, name, source_version) VALUES ($1, $2, 'Ada', 1)", agency, client
    )

    async def invoice(status: str, number: int | None) -> UUID:
        id = uuid4()
        await connection.execute(_INVOICE, agency, id, number, status, client)
        return id

    sent = await invoice("sent", 1)
    await invoice("draft", None)
    await asyncio.to_thread(migrate, "billing", server, SECRET)
    # The database alone puts nothing new there: an invoice waits from the moment that it is issued.
    await invoice("sent", 2)
    waiting = [row["id"] for row in await connection.fetch(_WAITING)]
    await connection.close()
    assert waiting == [sent]
