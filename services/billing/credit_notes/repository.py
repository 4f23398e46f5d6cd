"""The SQL of credit notes within a unit of work."""

from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import select

from services.billing.credit_notes.amounts import restored_taxes
from services.billing.credit_notes.models import CreditNote
from services.billing.invoices.totals import Tax

# The row stays locked until the issuing transaction ends, and rolls back with it: no number is lost or given twice.
_NEXT_NUMBER = text(
    "INSERT INTO credit_note_numbers (agency_id, last) VALUES (:agency_id, 1)"
    " ON CONFLICT (agency_id) DO UPDATE SET last = credit_note_numbers.last + 1 RETURNING last"
)


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
