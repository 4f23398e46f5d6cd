"""What notify forgets of a client who is erased; each column of text is decided about here."""

from datetime import timedelta
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.erasing import Columns, Erasure, Plan, Step, windows
from chassis.erasing_documents import blanked_json, telling
from chassis.secrets import Vault

# Of the erasure itself webhooks and streams are told; that event names nobody.
TOLD = "client.erased"
_LOG = "tells what the agency's own receiver answered, and goes with its delivery"
_AT_ONCE = 500

_OWN_MAILS = text("DELETE FROM mails WHERE agency_id = :agency AND audience = 'client' AND recipient_id = :client")
_OPEN_MAILS = text(
    "SELECT id, facts FROM mails WHERE agency_id = :agency AND facts IS NOT NULL AND id > :after"
    " ORDER BY id LIMIT :count"
)
_DROP_MAIL = text("DELETE FROM mails WHERE agency_id = :agency AND id = :id")
# What the development mailbox shows is no record of anything.
_KEPT_MAILS = text(
    "UPDATE mails SET message = NULL WHERE agency_id = :agency AND message IS NOT NULL AND created_at <= :until"
)
# A mail that was asked for just before may be composed just after.
_COMPOSING = timedelta(minutes=1)
_NIL = "00000000-0000-0000-0000-000000000000"


def plan(vault: Vault) -> Plan:
    """How notify forgets a client; the facts of mails are sealed, and have to be opened to be known."""
    return Plan(steps=[_blank_streams, _drop_deliveries, _mails(vault)], tables=TABLES)


TABLES = {
    "live_events": Columns(
        impersonal=["type", "module"], kept=dict.fromkeys(["body", "client_body"], "is blanked here")
    ),
    "deliveries": Columns(impersonal=["event_type", "status"], kept={"body": "goes with its row"}),
    "attempts": Columns(kept={"error": _LOG, "response": _LOG}),
    "mails": Columns(
        rows="last_error IS NOT NULL", mentions=["last_error"], impersonal=["template", "audience", "status"]
    ),
    "digests": Columns(rows="side = 'client' AND recipient_id = :client", removed=True, impersonal=["side"]),
    "notification_preferences": Columns(
        rows="side = 'client' AND recipient_id = :client",
        removed=True,
        impersonal=["side", "otherwise", "frequencies"],
    ),
    "project_names": Columns(rows="true", mentions=["name"]),
    "webhook_endpoints": Columns(impersonal=["url", "events", "status"]),
}


async def _blank_streams(session: AsyncSession, erasure: Erasure) -> None:
    """Streams are caught up with by position: an event stays in its place, with its bones alone."""
    condition, needles = telling("body", erasure.subject)
    find = text(
        "SELECT id, body, client_body FROM live_events"  # noqa: S608 (constants)
        f" WHERE agency_id = :agency AND id > :after AND id <= :upto AND type <> '{TOLD}'"
        f" AND (client_id = :client OR {condition}) FOR UPDATE"
    )
    keep = text(
        "UPDATE live_events SET body = :body, client_body = :client_body WHERE agency_id = :agency AND id = :id"
    )
    client = {"client": erasure.subject.client_id}
    async for window in windows(session, "live_events", erasure):
        for row in (await session.execute(find, client | needles | window)).all():
            body = blanked_json(row.body).decode()
            client_body = None if row.client_body is None else blanked_json(row.client_body).decode()
            if (body, client_body) != (row.body, row.client_body):
                blank = {"agency": erasure.agency_id, "id": row.id, "body": body, "client_body": client_body}
                await session.execute(keep, blank)


async def _drop_deliveries(session: AsyncSession, erasure: Erasure) -> None:
    """Deliveries go with the log of their tries; one that is being tried goes with the next pass."""
    condition, needles = telling("body", erasure.subject)
    drop = text(
        "DELETE FROM deliveries WHERE agency_id = :agency AND id > :after AND id <= :upto"  # noqa: S608 (constants)
        f" AND event_type <> '{TOLD}' AND (claimed_until IS NULL OR claimed_until <= :now) AND ({condition})"
    )
    async for window in windows(session, "deliveries", erasure):
        await session.execute(drop, {"now": erasure.now} | needles | window)


def _mails(vault: Vault) -> Step:
    """Mails to the client go, and those to others that would tell of the client."""

    async def drop(session: AsyncSession, erasure: Erasure) -> None:
        agency = {"agency": erasure.agency_id}
        await session.execute(_OWN_MAILS, agency | {"client": erasure.subject.client_id})
        await session.execute(_KEPT_MAILS, agency | {"until": erasure.asked_at + _COMPOSING})
        after: Any = _NIL
        while rows := (await session.execute(_OPEN_MAILS, agency | {"after": after, "count": _AT_ONCE})).all():
            for row in rows:
                if erasure.subject.is_named_in(vault.open(row.facts, str(row.id))):
                    await session.execute(_DROP_MAIL, agency | {"id": row.id})
            after = rows[-1].id

    return drop
