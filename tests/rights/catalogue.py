"""The tables and columns that there really are, as the superuser of the database sees them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import asyncpg

_COLUMNS = """
    SELECT c.relname AS table, a.attname AS column, a.atttypid::regtype::text AS type
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = 'public'
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    WHERE c.relkind IN ('r', 'p')
    ORDER BY 1, a.attnum
"""


@dataclass(frozen=True)
class Column:
    """A column and the name of its type."""

    table: str
    name: str
    type: str


@asynccontextmanager
async def superuser(postgres: str, service: str) -> AsyncIterator["asyncpg.Connection[asyncpg.Record]"]:
    """A connection to a service's database that no policy binds."""
    connection = await asyncpg.connect(postgres.rsplit("/", 1)[0] + f"/portico_{service}")
    try:
        yield connection
    finally:
        await connection.close()


async def columns(connection: "asyncpg.Connection[asyncpg.Record]") -> list[Column]:
    """Every column of every table."""
    return [Column(row["table"], row["column"], row["type"]) for row in await connection.fetch(_COLUMNS)]


async def tenanted(connection: "asyncpg.Connection[asyncpg.Record]") -> dict[str, list[Column]]:
    """The columns of each table that holds rows of agencies."""
    tables: dict[str, list[Column]] = {}
    for column in await columns(connection):
        tables.setdefault(column.table, []).append(column)
    return {table: found for table, found in tables.items() if any(one.name == "agency_id" for one in found)}
