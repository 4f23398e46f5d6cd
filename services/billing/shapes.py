"""Public JSON as SQL, for lists that Postgres builds; single rows use the schemas, and tests hold both equal."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from chassis.database import Reader

# What a client's snapshot holds of each kind at the most; the lists hold the rest.
SNAPSHOT_LIMIT = 1000


def major(minor: str, decimals: str) -> str:
    """Minor units as an exact number in the major unit, written without trailing zeros as chassis.money writes it."""
    return f"trim_scale({minor} * (ARRAY[1, 0.1, 0.01, 0.001, 0.0001])[{decimals} + 1])"


def moment(column: str) -> str:
    """A timestamp as the API writes it: UTC, milliseconds, `Z`."""
    return f"""to_char({column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')"""


def object_of(fields: Mapping[str, str]) -> str:
    """A JSON object of expressions by name; smaller and quicker than json_build_object makes it."""
    columns = ", ".join(f'{sql} AS "{name}"' for name, sql in fields.items())
    return f"(SELECT row_to_json(made) FROM (SELECT {columns}) made)"  # noqa: S608 (expressions of this package)


def like(words: str) -> str:
    """A pattern that finds the words anywhere, taken literally."""
    escaped = words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"


async def page_of(
    reader: Reader,
    select: str,
    table: str,
    *,
    args: list[Any],
    filters: Sequence[tuple[str, Any]],
    limit: int,
) -> tuple[bytes, UUID | None]:
    """One page of an agency's rows, newest first: a JSON array, and the last row's id when more rows follow.

    `select` gives `id` and `body`, its first argument is the agency. Filters whose value is None are left out.
    """
    conditions, given = [f"{table}.agency_id = $1"], list(args)
    for condition, value in filters:
        if value is not None:
            given.append(value)
            conditions.append(condition.format(f"${len(given)}"))
    # The limit is written out: for a parameter Postgres would guess, and plan each page anew.
    sql = f"{select} WHERE {' AND '.join(conditions)} ORDER BY {table}.id DESC LIMIT {limit + 1:d}"
    rows = await reader.fetch(sql, *given)
    body = "[" + ",".join([row["body"] for row in rows[:limit]]) + "]"
    return body.encode(), rows[limit - 1]["id"] if len(rows) > limit else None
