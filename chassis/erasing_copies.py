"""Copies of what a service has told: events on their way, events that were parked, answers that are kept."""

from uuid import UUID

import orjson
from cryptography.exceptions import InvalidTag
from sqlalchemy import text

from chassis.database import Database
from chassis.erasing import Erasure
from chassis.erasing_documents import blanked_envelope, blanked_json, telling
from chassis.http.unit import NOBODY
from chassis.secrets import Vault

# Events looked through in one statement, whosever they are: ids give the order, and no index knows agencies.
EVENTS_AT_ONCE = 20_000
ANSWERS_AT_ONCE = 500

_UPTO = text("SELECT id FROM outbox WHERE id > :after ORDER BY id OFFSET :count LIMIT 1")
_REWRITE_EVENT = text("UPDATE outbox SET envelope = :envelope WHERE id = :id AND envelope = :before")
_REWRITE_PARKED = text("UPDATE parked_events SET envelope = :envelope, error = :error WHERE event_id = :id")
_ANSWERS = text(
    "SELECT holder, key, headers, body FROM idempotency_keys WHERE agency_id = :agency AND (holder, key) > (:holder,"
    " :key) ORDER BY holder, key LIMIT :count FOR UPDATE"
)
_REWRITE_ANSWER = text(
    "UPDATE idempotency_keys SET body = :body WHERE agency_id = :agency AND holder = :holder AND key = :key"
)
_FIRST = UUID(int=0)
_LAST = UUID(int=2**128 - 1)


async def blank_outbox(database: Database, erasure: Erasure, *, settled: bool) -> None:
    """Leave of the client's events their bones; whoever rebuilds the stream publishes those."""
    after = _FIRST
    condition, needles = telling("envelope", erasure.subject, is_text=False)
    find = text(
        "SELECT id, envelope FROM outbox WHERE agency_id = :agency AND id > :after AND id <= :upto"  # noqa: S608
        f" AND ({condition}) ORDER BY id"
    )
    while after != _LAST:
        async with database.across_agencies() as session:
            window = {"after": after, "count": EVENTS_AT_ONCE}
            upto = (await session.execute(_UPTO, window)).scalar_one_or_none() or _LAST
            values = {"agency": erasure.agency_id, "after": after, "upto": upto}
            for row in (await session.execute(find, values | needles)).all():
                if (envelope := blanked_envelope(row.envelope, settled=settled)) != row.envelope:
                    await session.execute(_REWRITE_EVENT, {"id": row.id, "envelope": envelope, "before": row.envelope})
        after = upto


async def blank_parked(database: Database, erasure: Erasure) -> None:
    """The same for events that nobody could handle; why not is forgotten too, for it may quote them."""
    condition, needles = telling("envelope", erasure.subject, is_text=False)
    find = text(f"SELECT event_id, envelope FROM parked_events WHERE agency_id = :agency AND ({condition}) FOR UPDATE")  # noqa: S608
    async with database.unit(erasure.agency_id) as session:
        for row in (await session.execute(find, {"agency": erasure.agency_id} | needles)).all():
            envelope = blanked_envelope(row.envelope)
            await session.execute(_REWRITE_PARKED, {"id": row.event_id, "envelope": envelope, "error": ""})


async def blank_answers(database: Database, vault: Vault, erasure: Erasure) -> None:
    """Leave of kept answers their shape: the same request is still known to have been answered."""
    for agency_id in (erasure.agency_id, NOBODY):
        holder = key = ""
        while True:
            async with database.across_agencies() as session:
                page = {"agency": agency_id, "holder": holder, "key": key, "count": ANSWERS_AT_ONCE}
                rows = (await session.execute(_ANSWERS, page)).all()
                for row in rows:
                    context = f"{agency_id}/{row.holder}/{row.key}"
                    body = _blanked_answer(vault, row.body, context, erasure, row.holder)
                    if body is not None:
                        values = {"agency": agency_id, "holder": row.holder, "key": row.key, "body": body}
                        await session.execute(_REWRITE_ANSWER, values)
            if len(rows) < ANSWERS_AT_ONCE:
                break
            holder, key = rows[-1].holder, rows[-1].key


def _blanked_answer(vault: Vault, sealed: bytes, context: str, erasure: Erasure, holder: str) -> bytes | None:
    """The answer sealed anew, None when it tells nothing of the client."""
    try:
        plain = vault.open(sealed, context)
    except InvalidTag:
        return vault.seal(b"{}", context)
    is_own = holder.endswith(str(erasure.subject.client_id))
    if not (is_own or erasure.subject.is_told_of(plain)):
        return None
    blank = blanked_json(plain)
    return None if _same(plain, blank) else vault.seal(blank, context)


def _same(plain: bytes, blank: bytes) -> bool:
    try:
        return bool(orjson.loads(plain) == orjson.loads(blank))
    except orjson.JSONDecodeError:
        return plain == blank
