"""The list of recurring invoices: Postgres builds the JSON, and the bytes pass through."""

from dataclasses import dataclass
from uuid import UUID

from chassis.database import Reader
from services.billing.recurring_invoices.models import RecurringInvoiceStatus
from services.billing.shapes import like, major, moment, object_of, page_of


@dataclass(frozen=True, slots=True)
class RecurringInvoiceFilter:
    """Which recurring invoices are asked for."""

    status: RecurringInvoiceStatus | None = None
    client_id: UUID | None = None
    q: str | None = None


def _money(column: str) -> str:
    return major(column, "r.decimals")


# The fields of RecurringInvoicePublic; $1 agency.
_SHAPE = object_of(
    {
        "id": "r.id",
        "status": "r.status",
        "clientId": "r.client_id",
        "client": "(SELECT row_to_json(card) FROM (SELECT c.id, c.name, c.email, c.company"
        " FROM clients c WHERE c.agency_id = $1 AND c.id = r.client_id) card)",
        "projectId": "r.project_id",
        "currency": "r.currency",
        "lines": "r.shown -> 'lines'",
        "taxInclusive": "r.tax_inclusive",
        "discount": "r.shown -> 'discount'",
        "subtotal": _money("r.subtotal_minor"),
        "discountTotal": _money("r.discount_minor"),
        "taxes": "r.shown -> 'taxes'",
        "taxTotal": _money("r.tax_minor"),
        "amount": _money("r.amount_minor"),
        "notes": "r.notes",
        "frequency": "r.frequency",
        "interval": "r.every",
        "startsOn": "r.starts_on",
        "endsOn": "r.ends_on",
        "occurrences": "r.occurrences",
        "daysUntilDue": "r.days_until_due",
        "sendEmail": "r.send_email",
        "draft": "r.draft",
        "nextOn": "r.next_on",
        "lastInvoiceId": "r.last_invoice_id",
        "issuedCount": "r.issued_count",
        "error": "r.error",
        "failedAt": moment("r.failed_at"),
        "createdAt": moment("r.created_at"),
        "updatedAt": moment("r.updated_at"),
    }
)
_MATCHES = (
    "(r.notes ILIKE {0} OR r.client_id IN (SELECT c.id FROM clients c"
    " WHERE c.agency_id = $1 AND (c.name ILIKE {0} OR c.company ILIKE {0} OR c.email ILIKE {0})))"
)


async def page_of_recurring_invoices(
    reader: Reader, agency_id: UUID, *, wanted: RecurringInvoiceFilter, after: UUID | None, limit: int
) -> tuple[bytes, UUID | None]:
    """One page, newest first, as a JSON array, and the last row's id when more rows follow."""
    return await page_of(
        reader,
        f"SELECT r.id, {_SHAPE}::text AS body FROM recurring_invoices r",  # noqa: S608 (constants of this module)
        "r",
        args=[agency_id],
        filters=[
            ("r.status = {}", wanted.status),
            ("r.client_id = {}", wanted.client_id),
            (_MATCHES, like(wanted.q) if wanted.q else None),
            ("r.id < {}", after),
        ],
        limit=limit,
    )
