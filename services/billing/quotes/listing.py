"""The hot reads of quotes: Postgres builds the JSON, and the bytes pass through."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from chassis.database import Reader
from services.billing.quotes.models import WAITING, QuoteStatus
from services.billing.shapes import SNAPSHOT_LIMIT, like, major, moment, object_of, page_of


@dataclass(frozen=True, slots=True)
class QuoteFilter:
    """Which quotes are asked for. `client_ids` narrows the list to what those clients may see."""

    status: QuoteStatus | None = None
    client_id: UUID | None = None
    q: str | None = None
    client_ids: Sequence[UUID] | None = None


def _money(column: str) -> str:
    return major(column, "q.decimals")


LABEL = "'QUO-' || lpad(q.number::text, greatest(4, length(q.number::text)), '0')"

# The fields of QuoteForClient; $1 agency.
_FOR_CLIENT = {
    "id": "q.id",
    "number": LABEL,
    "status": "q.status",
    "revision": "q.revision",
    "clientId": "q.client_id",
    "client": "(SELECT row_to_json(card) FROM (SELECT c.id, c.name, c.email, c.company"
    " FROM clients c WHERE c.agency_id = $1 AND c.id = q.client_id) card)",
    "title": "q.title",
    "currency": "q.currency",
    "lines": "q.shown -> 'lines'",
    "optionalLines": "q.chosen",
    "taxInclusive": "q.tax_inclusive",
    "discount": "q.shown -> 'discount'",
    "subtotal": _money("q.subtotal_minor"),
    "discountTotal": _money("q.discount_minor"),
    "taxes": "q.shown -> 'taxes'",
    "taxTotal": _money("q.tax_minor"),
    "amount": _money("q.amount_minor"),
    "notes": "q.notes",
    "expiresOn": "q.expires_on",
    "sentAt": moment("q.sent_at"),
    "changeRequest": "q.change_request",
    "declinedAt": moment("q.declined_at"),
    "declineReason": "q.decline_reason",
    "acceptedAt": moment("q.accepted_at"),
    "acceptedBy": "q.accepted_by",
    "projectId": "q.project_id",
    "createdAt": moment("q.created_at"),
    "updatedAt": moment("q.updated_at"),
}
_FOR_STAFF = {
    **_FOR_CLIENT,
    "firstViewedAt": moment("q.first_viewed_at"),
    "lastViewedAt": moment("q.last_viewed_at"),
    "viewCount": "q.view_count",
    "reopenings": "q.reopenings",
}

_MATCHES = (
    f"({LABEL} ILIKE {{0}} OR q.title ILIKE {{0}} OR q.client_id IN (SELECT c.id FROM clients c"  # noqa: S608 (constants)
    " WHERE c.agency_id = $1 AND (c.name ILIKE {0} OR c.company ILIKE {0} OR c.email ILIKE {0})))"
)
_WAITING = ", ".join(f"'{status}'" for status in sorted(WAITING))
_COUNT_WAITING = f"""
SELECT count(*) FROM quotes q
WHERE q.agency_id = $1 AND q.client_id = ANY ($2) AND q.status IN ({_WAITING})
  AND (q.expires_on IS NULL OR q.expires_on >= $3)
"""  # noqa: S608 (constants)


async def page_of_quotes(
    reader: Reader, agency_id: UUID, *, wanted: QuoteFilter, after: UUID | None, limit: int
) -> tuple[bytes, UUID | None]:
    """One page, newest first, as a JSON array, and the last row's id when more rows follow."""
    shape = object_of(_FOR_STAFF if wanted.client_ids is None else _FOR_CLIENT)
    return await page_of(
        reader,
        f"SELECT q.id, {shape}::text AS body FROM quotes q",  # noqa: S608 (constants of this module)
        "q",
        args=[agency_id],
        filters=[
            _seen_by(wanted.client_ids),
            ("q.status = {}", wanted.status),
            ("q.client_id = {}", wanted.client_id),
            (_MATCHES, like(wanted.q) if wanted.q else None),
            ("q.id < {}", after),
        ],
        limit=limit,
    )


def rows_for_clients(whose: str) -> str:
    """SQL for the latest sent quotes of clients (`= $4`, or another such test) as those clients see them."""
    return (
        f"SELECT q.id, {object_of(_FOR_CLIENT)}::text AS body FROM quotes q"  # noqa: S608 (constants)
        f" WHERE q.agency_id = $1 AND q.status <> 'draft' AND q.client_id {whose}"
        f" ORDER BY q.id DESC LIMIT {SNAPSHOT_LIMIT}"
    )


async def count_waiting(reader: Reader, agency_id: UUID, client_ids: Sequence[UUID], *, today: date) -> int:
    """How many quotes wait for the answer of some clients, and can still be accepted."""
    return int(await reader.fetchval(_COUNT_WAITING, agency_id, list(client_ids), today))


def _seen_by(client_ids: Sequence[UUID] | None) -> tuple[str, Any]:
    """What clients see of their own: never a draft, also not one that is a sent quote being revised."""
    return "q.status <> 'draft' AND q.client_id = ANY({}::uuid[])", None if client_ids is None else list(client_ids)
