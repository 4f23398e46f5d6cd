"""The hot reads of invoices: Postgres builds the JSON, and the bytes pass through."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from chassis.database import Reader
from services.billing.invoices.models import InvoiceStatus
from services.billing.shapes import SNAPSHOT_LIMIT, like, major, moment, object_of, page_of


@dataclass(frozen=True, slots=True)
class InvoiceFilter:
    """Which invoices are asked for. `client_ids` narrows the list to what those clients may see."""

    status: InvoiceStatus | None = None
    client_id: UUID | None = None
    project_id: UUID | None = None
    q: str | None = None
    overdue: bool | None = None
    is_open: bool | None = None
    client_ids: Sequence[UUID] | None = None


def _money(column: str) -> str:
    return major(column, "i.decimals")


LABEL = "'INV-' || lpad(i.number::text, greatest(4, length(i.number::text)), '0')"

_OWED = "(CASE WHEN i.status = 'void' THEN 0 ELSE i.amount_minor - i.credited_minor END)"
_DUE = f"greatest({_OWED} - i.paid_minor, 0)"
_OPEN = "i.status IN ('sent', 'viewed', 'partially_paid')"
_OVERDUE = f"{_OPEN} AND coalesce(i.overdue_from, (i.due_on + 1)::timestamp AT TIME ZONE 'UTC') <= $2::timestamptz"

# The fields of InvoiceForClient; $1 agency, $2 now, $3 origin. The client is looked up for the rows of the page
# only: a join would make Postgres read every row of the agency behind row-level security.
_FOR_CLIENT = {
    "id": "i.id",
    "number": LABEL,
    "status": "i.status",
    "clientId": "i.client_id",
    "client": "(SELECT row_to_json(card) FROM (SELECT c.id, c.name, c.email, c.company"
    " FROM clients c WHERE c.agency_id = $1 AND c.id = i.client_id) card)",
    "projectId": "i.project_id",
    "currency": "i.currency",
    "lines": "i.shown -> 'lines'",
    "taxInclusive": "i.tax_inclusive",
    "discount": "i.shown -> 'discount'",
    "subtotal": _money("i.subtotal_minor"),
    "discountTotal": _money("i.discount_minor"),
    "taxes": "i.shown -> 'taxes'",
    "taxTotal": _money("i.tax_minor"),
    "amount": _money("i.amount_minor"),
    "amountCredited": _money("i.credited_minor"),
    "amountPaid": _money("i.paid_minor"),
    "amountDue": _money(_DUE),
    "amountOverpaid": _money(f"greatest(i.paid_minor - {_OWED}, 0)"),
    "deposit": "i.shown -> 'deposit'",
    "depositAmount": _money("i.deposit_minor"),
    "depositDue": _money(f"least(greatest(i.deposit_minor - i.paid_minor, 0), {_DUE})"),
    "allowPartialPayments": "i.in_parts",
    "minimumPayment": _money("nullif(i.least_minor, 0)"),
    "issueDate": "i.issued_on",
    "dueDate": "i.due_on",
    "overdue": _OVERDUE,
    "notes": "i.notes",
    "paymentUrl": "CASE WHEN i.status <> 'draft' THEN $3::text || '/pay/' || i.id || '?k=' || i.pay_key END",
    "sentAt": moment("i.sent_at"),
    "paidAt": moment("i.paid_at"),
    "createdAt": moment("i.created_at"),
    "updatedAt": moment("i.updated_at"),
}
_FOR_STAFF = {**_FOR_CLIENT, "viewedAt": moment("i.viewed_at")}
# Put together once and not for each page.
_PAGE_FOR_CLIENT, _PAGE_FOR_STAFF = (
    f"SELECT i.id, {object_of(fields)}::text AS body FROM invoices i"  # noqa: S608 (constants of this module)
    for fields in (_FOR_CLIENT, _FOR_STAFF)
)

_MATCHES = (
    f"({LABEL} ILIKE {{0}} OR i.client_id IN (SELECT c.id FROM clients c WHERE c.agency_id = $1"  # noqa: S608 (constants)
    " AND (c.name ILIKE {0} OR c.company ILIKE {0} OR c.email ILIKE {0})))"
)


async def page_of_invoices(
    reader: Reader,
    agency_id: UUID,
    *,
    wanted: InvoiceFilter,
    after: UUID | None,
    limit: int,
    now: datetime,
    origin: str,
) -> tuple[bytes, UUID | None]:
    """One page, newest first, as a JSON array, and the last row's id when more rows follow."""
    return await page_of(
        reader,
        _PAGE_FOR_STAFF if wanted.client_ids is None else _PAGE_FOR_CLIENT,
        "i",
        args=[agency_id, now, origin],
        filters=[
            _seen_by(wanted.client_ids),
            ("i.status = {}", wanted.status),
            ("i.client_id = {}", wanted.client_id),
            ("i.project_id = {}", wanted.project_id),
            (_MATCHES, like(wanted.q) if wanted.q else None),
            (f"{{}} = ({_OPEN})", wanted.is_open),
            # Said in two ways: of what is overdue Postgres shall see that only open invoices can be.
            (f"{{}}::boolean AND {_OVERDUE}", wanted.overdue or None),
            (f"{{}} = ({_OVERDUE})", None if wanted.overdue else wanted.overdue),
            ("i.id < {}", after),
        ],
        limit=limit,
    )


def _seen_by(client_ids: Sequence[UUID] | None) -> tuple[str, Any]:
    """What clients see of their own; nearly always there is one, which Postgres plans once and not each time."""
    if client_ids is None or len(client_ids) == 1:
        return "i.status <> 'draft' AND i.client_id = {}", client_ids[0] if client_ids else None
    return "i.status <> 'draft' AND i.client_id = ANY({}::uuid[])", list(client_ids)


def rows_for_clients(whose: str) -> str:
    """SQL for the latest issued invoices of clients (`= $4`, or another such test) as those clients see them."""
    return (
        f"{_PAGE_FOR_CLIENT} WHERE i.agency_id = $1 AND i.status <> 'draft' AND i.client_id {whose}"
        f" ORDER BY i.id DESC LIMIT {SNAPSHOT_LIMIT}"
    )
