"""The lists of credit notes: Postgres builds the JSON, and the bytes pass through."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from chassis.database import Reader
from services.billing.shapes import SNAPSHOT_LIMIT, like, major, moment, object_of, page_of


@dataclass(frozen=True, slots=True)
class CreditNoteFilter:
    """Which credit notes are asked for. `client_ids` narrows the list to those of some clients."""

    invoice_id: UUID | None = None
    client_id: UUID | None = None
    q: str | None = None
    client_ids: Sequence[UUID] | None = None


def _money(column: str) -> str:
    return major(column, "n.decimals")


def _label(prefix: str, column: str) -> str:
    return f"'{prefix}-' || lpad({column}::text, greatest(4, length({column}::text)), '0')"


_LABEL = _label("CN", "n.number")
_INVOICE_LABEL = _label("INV", "n.invoice_number")

# The fields of CreditNotePublic; $1 agency.
_FIELDS = {
    "id": "n.id",
    "number": _LABEL,
    "invoiceId": "n.invoice_id",
    "invoiceNumber": _INVOICE_LABEL,
    "clientId": "n.client_id",
    "client": "(SELECT row_to_json(card) FROM (SELECT c.id, c.name, c.email, c.company"
    " FROM clients c WHERE c.agency_id = $1 AND c.id = n.client_id) card)",
    "projectId": "n.project_id",
    "currency": "n.currency",
    "lines": "n.shown -> 'lines'",
    "taxInclusive": "n.tax_inclusive",
    "discount": "n.shown -> 'discount'",
    "subtotal": _money("n.subtotal_minor"),
    "discountTotal": _money("n.discount_minor"),
    "taxes": "n.shown -> 'taxes'",
    "taxTotal": _money("n.tax_minor"),
    "amount": _money("n.amount_minor"),
    "reason": "n.reason",
    "issueDate": "n.issued_on",
    "createdAt": moment("n.created_at"),
}
_MATCHES = (
    f"({_LABEL} ILIKE {{0}} OR {_INVOICE_LABEL} ILIKE {{0}} OR n.client_id IN (SELECT c.id FROM clients c"  # noqa: S608 (constants)
    " WHERE c.agency_id = $1 AND (c.name ILIKE {0} OR c.company ILIKE {0} OR c.email ILIKE {0})))"
)


async def page_of_credit_notes(
    reader: Reader, agency_id: UUID, *, wanted: CreditNoteFilter, after: UUID | None, limit: int
) -> tuple[bytes, UUID | None]:
    """Credit notes, newest first, as a JSON array, and the last row's id when more rows follow."""
    client_ids = None if wanted.client_ids is None else list(wanted.client_ids)
    return await page_of(
        reader,
        f"SELECT n.id, {object_of(_FIELDS)}::text AS body FROM credit_notes n",  # noqa: S608 (constants of this module)
        "n",
        args=[agency_id],
        filters=[
            ("n.client_id = ANY({}::uuid[])", client_ids),
            ("n.invoice_id = {}", wanted.invoice_id),
            ("n.client_id = {}", wanted.client_id),
            (_MATCHES, like(wanted.q) if wanted.q else None),
            ("n.id < {}", after),
        ],
        limit=limit,
    )


def rows_for_clients(whose: str) -> str:
    """SQL for the latest credit notes of clients (`= $4`, or another such test)."""
    return (
        f"SELECT n.id, {object_of(_FIELDS)}::text AS body FROM credit_notes n"  # noqa: S608 (constants)
        f" WHERE n.agency_id = $1 AND n.client_id {whose} ORDER BY n.id DESC LIMIT {SNAPSHOT_LIMIT}"
    )
