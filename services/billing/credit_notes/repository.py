"""The SQL of credit notes."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import select

from chassis.database import Reader
from services.billing.credit_notes.amounts import restored_taxes
from services.billing.credit_notes.models import CreditNote
from services.billing.invoices.totals import Tax
from services.billing.shapes import like, major, moment, object_of, page_of

SNAPSHOT_LIMIT = 1000

# The row stays locked until the issuing transaction ends, and rolls back with it: no number is lost or given twice.
_NEXT_NUMBER = text(
    "INSERT INTO credit_note_numbers (agency_id, last) VALUES (:agency_id, 1)"
    " ON CONFLICT (agency_id) DO UPDATE SET last = credit_note_numbers.last + 1 RETURNING last"
)


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


@dataclass(frozen=True, slots=True)
class CreditNoteFilter:
    """Which credit notes are asked for. `client_ids` narrows the list to those of some clients."""

    invoice_id: UUID | None = None
    client_id: UUID | None = None
    q: str | None = None
    client_ids: Sequence[UUID] | None = None


async def find(session: AsyncSession, agency_id: UUID, credit_note_id: UUID) -> CreditNote | None:
    """The credit note."""
    found = select(CreditNote).where(CreditNote.agency_id == agency_id, CreditNote.id == credit_note_id)
    return (await session.execute(found)).scalar_one_or_none()


async def credited_taxes(session: AsyncSession, agency_id: UUID, invoice_id: UUID) -> list[Tax]:
    """What an invoice's credit notes have credited at each tax rate."""
    found = select(CreditNote.taxes).where(CreditNote.agency_id == agency_id, CreditNote.invoice_id == invoice_id)
    return [tax for taxes in (await session.execute(found)).scalars() for tax in restored_taxes(taxes)]


async def next_number(session: AsyncSession, agency_id: UUID) -> int:
    """The agency's next number of a credit note, without gaps: 1, 2, 3."""
    number: int = (await session.execute(_NEXT_NUMBER, {"agency_id": agency_id})).scalar_one()
    return number


async def page(
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


async def credit_notes_of_clients(reader: Reader, agency_id: UUID, client_ids: Sequence[UUID]) -> bytes:
    """The latest credit notes of some clients, newest first, as a JSON array."""
    body, _ = await page(
        reader, agency_id, wanted=CreditNoteFilter(client_ids=client_ids), after=None, limit=SNAPSHOT_LIMIT
    )
    return body
