"""Erasing: what a service declares about the rows that tell of a client, and how its tables forget one."""

from base64 import b64decode, b64encode
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.database import Database, assume_across
from chassis.erasing_documents import ERASED, ERASED_CLIENT, Subject
from chassis.events import Event
from chassis.secrets import Vault, derive

ERASED_TEXT = f"'{ERASED}'"
ERASED_NAME = f"'{ERASED_CLIENT}'"
# A replica that has heard this has heard everything: whatever arrives late is older.
LAST_VERSION = "9223372036854775807"

# What one statement looks through: a second's work, and far from any time limit.
ROWS_AT_ONCE = 20_000
_BEHIND_ALL = UUID(int=2**128 - 1)
# What a client was called travels between services sealed with a key that all of them have.
_LABEL = "erasure"

_ASK = text(
    "INSERT INTO erasures AS e (agency_id, client_id, asked_at, next_pass_at, sealed_names)"
    " VALUES (:agency, :client, :now, :now, :names)"
    " ON CONFLICT (agency_id, client_id) DO UPDATE SET passes = 0, next_pass_at = excluded.next_pass_at,"
    " sealed_names = coalesce(excluded.sealed_names, e.sealed_names)"
)


@dataclass(frozen=True, slots=True)
class Erasure:
    """One client who is to be forgotten, and what is known of them while it is."""

    agency_id: UUID
    subject: Subject
    asked_at: datetime
    now: datetime

    @property
    def values(self) -> dict[str, Any]:
        """What a statement may name: `:agency`, `:client`, `:email`, `:asked_at`, `:now`, `:pattern` of the names."""
        subject = self.subject
        values = {"agency": self.agency_id, "client": subject.client_id, "asked_at": self.asked_at, "now": self.now}
        return values | {"pattern": subject.pattern, "email": subject.email}


@dataclass(frozen=True, slots=True)
class Columns:
    """What becomes of one table when a client is erased. Every column of text or JSON stands in one of these.

    `rows` is the SQL condition of rows about the client. `erased` gives the SQL of what stays in their columns; in
    `mentions` the client's name and e-mail address are replaced where they occur. `kept` says why a column stays, and
    `impersonal` are columns that tell of nobody. With `removed` the rows go altogether. `append_only` tables are
    changed by the role that steps across agencies, which has been granted just these columns.
    """

    rows: str = ""
    erased: Mapping[str, str] = field(default_factory=dict)
    mentions: Sequence[str] = ()
    kept: Mapping[str, str] = field(default_factory=dict)
    impersonal: Sequence[str] = ()
    removed: bool = False
    append_only: bool = False

    @property
    def declared(self) -> list[str]:
        """The columns that somebody has decided about."""
        return [*self.erased, *self.mentions, *self.kept, *self.impersonal]


Step = Callable[[AsyncSession, Erasure], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Plan:
    """How one service forgets a client.

    `objects` finds the keys of what goes from the object store, `made_of_them` how the keys of all begin that was made
    of those. `steps` are done before the tables are changed, in their transaction.
    """

    tables: Mapping[str, Columns]
    objects: Sequence[str] = ()
    made_of_them: Sequence[str] = ()
    steps: Sequence[Step] = ()


class SealedNames:
    """Names that pass through events and tables which may be kept, and can be opened for a while by services alone."""

    def __init__(self, secret_key: str) -> None:
        self._vault = Vault(derive(secret_key, _LABEL))

    def seal(self, client_id: UUID, names: Sequence[str]) -> str:
        """As an event may carry them."""
        return b64encode(self._vault.seal(orjson.dumps(list(names)), str(client_id))).decode()

    def open(self, client_id: UUID, sealed: bytes | None) -> tuple[str, ...]:
        """The names; none when they were wiped."""
        return tuple(orjson.loads(self._vault.open(sealed, str(client_id)))) if sealed else ()


async def ask(
    session: AsyncSession, *, agency_id: UUID, client_id: UUID, sealed_names: str | None, now: datetime
) -> None:
    """Have this service forget a client soon, in the transaction that hears of it; again, if it is asked again."""
    names = b64decode(sealed_names) if sealed_names else None
    await session.execute(_ASK, {"agency": agency_id, "client": client_id, "names": names, "now": now})


async def hear(session: AsyncSession, event: Event) -> None:
    """Forget the client that auth has told to be erased."""
    await ask(
        session,
        agency_id=event.agency_id,
        client_id=event.aggregate_id,
        sealed_names=event.internal.get("names"),
        now=event.occurred_at,
    )


async def windows(session: AsyncSession, table: str, erasure: Erasure) -> AsyncIterator[dict[str, UUID]]:
    """The agency's rows of a long table in parts, for statements that have to look into each: `:after` and `:upto`."""
    last = text(
        f'SELECT id FROM "{table}" WHERE agency_id = :agency AND id > :after'  # noqa: S608 (declared here)
        " ORDER BY id OFFSET :count LIMIT 1"
    )
    after = UUID(int=0)
    while after != _BEHIND_ALL:
        part = {"agency": erasure.agency_id, "after": after, "count": ROWS_AT_ONCE}
        upto = (await session.execute(last, part)).scalar_one_or_none() or _BEHIND_ALL
        yield {"agency": erasure.agency_id, "after": after, "upto": upto}
        after = upto


def replaced(column: str, type: str = "text") -> str:
    """The SQL of a column in which the client's names are replaced; for `erased`, beside other cases."""
    found = f"regexp_replace(CAST(\"{column}\" AS text), :pattern, {ERASED_NAME}, 'gi')"
    return found if type == "text" else f"CAST({found} AS {type})"


async def object_keys(session: AsyncSession, queries: Sequence[str], erasure: Erasure) -> list[str]:
    """Keys of what is to go from the object store, or beginnings of such, as queries of a plan find them."""
    return [key for query in queries for key in await session.scalars(text(query), _named(query, erasure)) if key]


async def forget(database: Database, plan: Plan, erasure: Erasure) -> None:
    """Change the tables as they are declared, in one transaction; a second time changes nothing."""
    async with database.unit(erasure.agency_id) as session:
        types = {table: await _types(session, table) for table in plan.tables}
        for step in plan.steps:
            await step(session, erasure)
        for table, columns in plan.tables.items():
            if columns.rows and not columns.append_only:
                await _run(session, table, columns, types=types[table], erasure=erasure)
    async with database.session() as session:
        assume_across(session)
        for table, columns in plan.tables.items():
            if columns.rows and columns.append_only:
                await _run(session, table, columns, types=types[table], erasure=erasure)
        await session.commit()


async def _run(
    session: AsyncSession, table: str, columns: Columns, *, types: Mapping[str, str], erasure: Erasure
) -> None:
    where = f"t.agency_id = :agency AND ({columns.rows})"
    if columns.removed:
        await _execute(session, f'DELETE FROM "{table}" t WHERE {where}', erasure)  # noqa: S608 (declared here)
        return
    mentions = columns.mentions if erasure.subject.names else ()
    changes = {**columns.erased, **{column: replaced(column, types[column]) for column in mentions}}
    if not changes:
        return
    different = " OR ".join(
        f'CAST("{column}" AS text) IS DISTINCT FROM CAST({sql} AS text)' for column, sql in changes.items()
    )
    assigned = [f'"{column}" = {sql}' for column, sql in changes.items()]
    if "version" in types and not columns.append_only:
        assigned += ["version = version + 1", "updated_at = :now"]
    await _execute(
        session,
        f'UPDATE "{table}" t SET {", ".join(assigned)} WHERE {where} AND ({different})',  # noqa: S608 (declared here)
        erasure,
    )


async def _execute(session: AsyncSession, statement: str, erasure: Erasure) -> None:
    await session.execute(text(statement), _named(statement, erasure))


def _named(statement: str, erasure: Erasure) -> dict[str, Any]:
    return {name: value for name, value in erasure.values.items() if f":{name}" in statement}


async def _types(session: AsyncSession, table: str) -> dict[str, str]:
    found = await session.execute(
        text(
            "SELECT attname AS name, atttypid::regtype::text AS type FROM pg_attribute"
            " WHERE attrelid = to_regclass(:table) AND attnum > 0 AND NOT attisdropped"
        ),
        {"table": f'public."{table}"'},
    )
    return {row.name: row.type for row in found}
