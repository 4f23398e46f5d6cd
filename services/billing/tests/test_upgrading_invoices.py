"""Invoices of an earlier release owe after an upgrade what they owed before it, and the database holds the new sums."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit
from uuid import UUID, uuid4

import asyncpg
import pytest

from chassis.migrations import migrate
from tests.fixtures import start_postgres

SECRET = "of this upgrade alone"
NOW = datetime(2026, 3, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def server(workspace: Path) -> Iterator[str]:
    """A PostgreSQL of its own, for an earlier release of the tables."""
    started = start_postgres(workspace / "upgrading-invoices", durable=False)
    yield started.url
    started.discard()


async def keep_invoice(connection: Any, agency: UUID, client: UUID, number: int, **more: Any) -> None:
    """An invoice over 100.00 EUR as the release before wrote it."""
    row = {
        **{"agency_id": agency, "id": uuid4(), "number": number, "status": "sent", "client_id": client},
        **{"currency": "EUR", "decimals": 2, "lines": "[]", "tax_inclusive": False, "shown": "{}"},
        **{"subtotal_minor": 10_000, "discount_minor": 0, "tax_minor": 0, "amount_minor": 10_000, "paid_minor": 0},
        **{"issued_on": date(2026, 1, 1), "due_on": date(2030, 1, 31), "notes": "", "pay_key": "key", "sent_at": NOW},
        **more,
    }
    names = ", ".join(row)
    places = ", ".join(f"${place}" for place in range(1, len(row) + 1))
    await connection.execute(f"INSERT INTO invoices ({names}) VALUES ({places})", *row.values())


async def test_invoices_owe_what_they_owed(server: str) -> None:
    await asyncio.to_thread(migrate, "billing", server, SECRET, to="0003")
    connection = await asyncpg.connect(urlunsplit(urlsplit(server)._replace(path="/portico_billing")))
    agency, client = uuid4(), uuid4()
    await connection.execute(
        "INSERT INTO clients (agency_id, id, name, source_version) VALUES ($1, $2, 'Ada', 1)", agency, client
    )
    await keep_invoice(connection, agency, client, 1)
    await keep_invoice(connection, agency, client, 2, status="paid", paid_minor=10_000, paid_at=NOW)
    await keep_invoice(connection, agency, client, 3, status="void", voided_at=NOW)
    await asyncio.to_thread(migrate, "billing", server, SECRET)
    rows = await connection.fetch(
        "SELECT status, amount_minor - credited_minor - paid_minor, deposit, deposit_minor, in_parts, least_minor"
        " FROM invoices ORDER BY number"
    )
    assert [tuple(row) for row in rows] == [
        ("sent", 10_000, None, 0, False, 0),
        ("paid", 0, None, 0, False, 0),
        ("void", 10_000, None, 0, False, 0),
    ]
    assert await connection.fetchval("SELECT voided_on FROM invoices WHERE number = 3") == NOW.date()
    for refused in (
        *("credited_minor = 10001", "credited_minor = -1", "deposit_minor = 1", "least_minor = 1"),
        *("status = 'paid', paid_at = now(), credited_minor = 10000", "deposit_on = '2026-01-01'"),
    ):
        with pytest.raises(asyncpg.CheckViolationError):
            await connection.execute(f"UPDATE invoices SET {refused} WHERE number = 1")
    await connection.close()
