"""What can be done with credit notes: issue one, read them."""

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.database import Reader
from chassis.errors import NotFound
from chassis.money import to_minor
from chassis.principals import Client as ClientPrincipal
from chassis.principals import Principal, Staff
from services.billing import events
from services.billing.checkouts import service as checkouts
from services.billing.context import Context
from services.billing.credit_notes import listing, repository
from services.billing.credit_notes.amounts import Credit, Creditable, creditable
from services.billing.credit_notes.listing import CreditNoteFilter
from services.billing.credit_notes.models import CreditNote, issue
from services.billing.credit_notes.papers import paper_of
from services.billing.credit_notes.schemas import CreditNoteCreate, CreditNotePublic, credit_note_public
from services.billing.invoices import service as invoices
from services.billing.invoices.models import Invoice
from services.billing.invoices.service import ClientHasNoEmail
from services.billing.papers.printing import branded
from services.billing.replicas import service as replicas


async def create_credit_note(
    session: AsyncSession, staff: Staff, *, invoice_id: UUID, body: CreditNoteCreate, context: Context, now: datetime
) -> tuple[CreditNote, CreditNotePublic]:
    """Take back an issued invoice or a part of it, and announce what follows for the invoice."""
    invoice = await invoices.load(session, staff, invoice_id=invoice_id, lock=True)
    invoice.require_creditable()
    client = await replicas.client_of(session, staff.agency_id, invoice.client_id)
    if body.send_email and not client.email:
        raise ClientHasNoEmail
    credited = await repository.credited_taxes(session, staff.agency_id, invoice.id)
    credit = _read(body, creditable(invoice.content, credited), invoice)
    before = invoice.status
    invoice.credit(credit.totals.total_minor, now)
    today = await replicas.today_of(session, staff.agency_id, directory=context.directory, now=now)
    number = await repository.next_number(session, staff.agency_id)
    note = issue(invoice, credit, number=number, reason=body.reason, today=today, now=now)
    session.add(note)
    invoices.touch(invoice, now)
    public = credit_note_public(note, client)
    await events.credit_note_created(session, note, actor=staff.actor, data=public, now=now, send_email=body.send_email)
    await invoices.announce_settled(session, invoice, before=before, actor=staff.actor, context=context, now=now)
    # What was opened for more than is due now should not be paid any more.
    await checkouts.hasten(session, staff.agency_id, invoice_id=invoice.id, now=now)
    return note, public


async def get_credit_note(
    session: AsyncSession, principal: Principal, *, credit_note_id: UUID
) -> tuple[CreditNote, CreditNotePublic]:
    """The credit note; a client finds its own only."""
    note = await _load(session, principal, credit_note_id=credit_note_id)
    return note, credit_note_public(note, await replicas.client_of(session, note.agency_id, note.client_id))


async def list_credit_notes(
    reader: Reader, principal: Principal, *, wanted: CreditNoteFilter, after: UUID | None, limit: int
) -> tuple[bytes, UUID | None]:
    """A page of credit notes as a JSON array; a client sees its own."""
    if isinstance(principal, ClientPrincipal):
        wanted = replace(wanted, client_ids=principal.client_ids)
    return await listing.page_of_credit_notes(reader, principal.agency_id, wanted=wanted, after=after, limit=limit)


async def credit_notes_of_invoice(
    session: AsyncSession, reader: Reader, *, principal: Principal, invoice_id: UUID, after: UUID | None, limit: int
) -> tuple[bytes, UUID | None]:
    """A page of one invoice's credit notes; NotFound for an invoice that the principal may not see."""
    await invoices.load(session, principal, invoice_id=invoice_id)
    wanted = CreditNoteFilter(invoice_id=invoice_id)
    return await list_credit_notes(reader, principal, wanted=wanted, after=after, limit=limit)


async def get_paper(
    session: AsyncSession, principal: Principal, *, credit_note_id: UUID, context: Context
) -> dict[str, Any]:
    """What stands on the credit note as a paper; a client finds its own only."""
    note = await _load(session, principal, credit_note_id=credit_note_id)
    client = await replicas.client_of(session, note.agency_id, note.client_id)
    agency = await context.directory.agency_name(note.agency_id)
    return await branded(session, paper_of(note, client, agency=agency), agency_id=note.agency_id, agency=agency)


async def _load(session: AsyncSession, principal: Principal, *, credit_note_id: UUID) -> CreditNote:
    note = await repository.find(session, principal.agency_id, credit_note_id)
    if note is None or (isinstance(principal, ClientPrincipal) and note.client_id not in principal.client_ids):
        raise NotFound
    return note


def _read(body: CreditNoteCreate, open: Creditable, invoice: Invoice) -> Credit:
    description = f"Credit for invoice {invoice.label}"
    if body.lines is not None:
        return open.lines(
            [line.read(invoice.currency, field=f"lines.{index}") for index, line in enumerate(body.lines)]
        )
    if body.amount is not None:
        return open.amount(to_minor(body.amount, invoice.currency), description)
    return open.everything(description)
