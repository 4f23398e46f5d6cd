"""COPY into one service's database, as the server's administrator: row-level security does not hold for that role."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import asyncpg


@dataclass(frozen=True)
class Table:
    """Rows for a table: column names, and a tuple per row in that order."""

    name: str
    columns: Sequence[str]
    rows: Iterable[tuple[Any, ...]]


def database_url(admin_url: str, database: str) -> str:
    """The administrator's address of a database."""
    return urlsplit(admin_url)._replace(path=f"/{database}").geturl()


async def copy(admin_url: str, service: str, tables: Iterable[Table]) -> dict[str, int]:
    """Load all tables in their order; how many rows each was given."""
    connection = await asyncpg.connect(database_url(admin_url, f"portico_{service}"), command_timeout=300)
    counts = {}
    try:
        async with connection.transaction():
            for table in tables:
                told = await connection.copy_records_to_table(table.name, columns=table.columns, records=table.rows)
                counts[table.name] = int(told.split()[1])
        # Visibility map and statistics, as autovacuum would have left them.
        await connection.execute("VACUUM (ANALYZE)")
    finally:
        await connection.close()
    return counts
