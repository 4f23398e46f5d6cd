"""Exporting: everything that a service keeps of an agency, read in one snapshot and found by the catalogue alone."""

from collections.abc import AsyncGenerator, AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

import asyncpg

from chassis.database import CONNECT_TIMEOUT_S, Database

# Copies of what other tables hold, on their way between services; sealed or in envelopes.
LEFT_OUT = frozenset({"outbox", "inbox", "idempotency_keys", "parked_events"})
ROWS_AT_ONCE = 500
# A part is sent when it has so many bytes: small enough for flat memory.
PART_BYTES = 128 * 1024
FETCH_TIMEOUT_S = 60

_COLUMNS = """
    SELECT c.relname AS table, a.attname AS column, a.atttypid::regtype::text AS type, coalesce(i.place, 0) AS place
    FROM pg_class c
    JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = 'public'
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    LEFT JOIN LATERAL (SELECT array_position(p.indkey::int2[], a.attnum) + 1 AS place
                       FROM pg_index p WHERE p.indrelid = c.oid AND p.indisprimary) i ON true
    WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition
      AND EXISTS (SELECT FROM pg_attribute t WHERE t.attrelid = c.oid AND t.attname = 'agency_id')
    ORDER BY c.relname, a.attnum
"""


@dataclass(frozen=True, slots=True)
class Export:
    """What a service gives out beside its rows, and what it keeps back.

    `secrets` are columns by table that are never given out; bytes (`bytea`) never are: they are keys, hashes and what
    a vault has sealed. `objects` are queries of one agency's (`$1`) objects in the store: `key`, and `path` in the
    export.
    """

    secrets: Mapping[str, Sequence[str]] = field(default_factory=dict)
    objects: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Opened:
    """The snapshot stands."""

    tables_left_out: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table begins."""

    name: str
    columns_left_out: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of the table that has begun, as JSON Lines."""

    lines: bytes


@dataclass(frozen=True, slots=True)
class Object:
    """Bytes in the object store, and the path that they get."""

    key: str
    path: str


Part = Opened | Table | Rows | Object


@dataclass(slots=True)
class _Shape:
    """A table as the catalogue tells of it."""

    columns: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    key: dict[int, str] = field(default_factory=dict)

    def query(self, table: str) -> str:
        """Every row of the agency as JSON, in the order of the primary key."""
        order = ", ".join(f't."{self.key[place]}"' for place in sorted(self.key)) or "1"
        return (
            f"SELECT row_to_json(r)::text AS line FROM (SELECT {', '.join(self.columns)}"  # noqa: S608 (names quoted)
            f' FROM "{table}" t WHERE t.agency_id = $1 ORDER BY {order}) r'
        )


async def read_agency(database: Database, export: Export, agency_id: UUID) -> AsyncGenerator[Part, None]:
    """Everything of an agency as it stands at one moment, read as fast as it is taken.

    On a connection of its own: it may take as long as somebody's download, and keeps no request waiting.
    """
    connection = await asyncpg.connect(
        database.dsn,
        timeout=CONNECT_TIMEOUT_S,
        command_timeout=FETCH_TIMEOUT_S,
        server_settings={"application_name": f"{database.name}_export", "timezone": "UTC"},
    )
    try:
        async with connection.transaction(isolation="repeatable_read", readonly=True):
            await connection.execute("SELECT set_config('portico.agency_id', $1, true)", str(agency_id))
            shapes = await _shapes(connection, export)
            yield Opened(tuple(sorted(LEFT_OUT)))
            for table, shape in shapes.items():
                yield Table(table, tuple(shape.left_out))
                async for rows in _rows(connection, shape.query(table), agency_id):
                    yield rows
            for query in export.objects:
                async for found in connection.cursor(query, agency_id, prefetch=ROWS_AT_ONCE):
                    yield Object(found["key"], found["path"])
    finally:
        await connection.close(timeout=CONNECT_TIMEOUT_S)


async def _shapes(connection: "asyncpg.Connection[asyncpg.Record]", export: Export) -> dict[str, _Shape]:
    shapes: dict[str, _Shape] = {}
    for found in await connection.fetch(_COLUMNS):
        table, column = found["table"], found["column"]
        if table in LEFT_OUT:
            continue
        shape = shapes.setdefault(table, _Shape())
        if found["place"]:
            shape.key[found["place"]] = column
        if found["type"] == "bytea" or column in export.secrets.get(table, ()):
            shape.left_out.append(column)
        else:
            # Text of the type json is kept as it was written, and could hold line feeds.
            shape.columns.append(f't."{column}"::jsonb' if found["type"] == "json" else f't."{column}"')
    return shapes


async def _rows(connection: "asyncpg.Connection[asyncpg.Record]", query: str, agency_id: UUID) -> AsyncIterator[Rows]:
    gathered = bytearray()
    async for row in connection.cursor(query, agency_id, prefetch=ROWS_AT_ONCE):
        gathered += row["line"].encode() + b"\n"
        if len(gathered) >= PART_BYTES:
            yield Rows(bytes(gathered))
            gathered.clear()
    if gathered:
        yield Rows(bytes(gathered))
