"""REST of credit notes."""

from typing import Annotated
from uuid import UUID

from fastapi import Header, Query, Response

from chassis.errors import Unavailable
from chassis.http.dependencies import CurrentPrincipal, CurrentStaff, Now, PathId, Reading, Session, needs_module
from chassis.http.etags import set_etag
from chassis.http.pages import Paging
from chassis.http.problems import problems
from chassis.http.unit import Router
from chassis.schemas import Clean
from services.billing.credit_notes import service
from services.billing.credit_notes.listing import CreditNoteFilter
from services.billing.credit_notes.schemas import CreditNoteCreate, CreditNotePublic
from services.billing.dependencies import Ctx
from services.billing.invoices.refusals import (
    CreditExceedsInvoice,
    InvoiceNotIssued,
    InvoiceVoid,
)
from services.billing.invoices.service import ClientHasNoEmail
from services.billing.papers.answers import PAPER, Format, answer_paper

router = Router(tags=["Credit notes"])
if_enabled = needs_module("invoices")

InvoiceOnly = Annotated[UUID | None, Query(alias="invoiceId", description="Only this invoice's credit notes.")]
ClientOnly = Annotated[UUID | None, Query(alias="clientId", description="Only this client's credit notes.")]
Search = Annotated[
    Annotated[str, Clean] | None,
    Query(max_length=200, description="Words in its or its invoice's number, or in the client's name or address."),
]


@router.get("/api/credit-notes", response_model=list[CreditNotePublic], dependencies=[if_enabled])
async def list_credit_notes(
    principal: CurrentPrincipal,
    reader: Reading,
    page: Paging,
    invoice_id: InvoiceOnly = None,
    client_id: ClientOnly = None,
    q: Search = None,
) -> Response:
    """List credit notes, newest first. A client sees its own."""
    wanted = CreditNoteFilter(invoice_id, client_id, q)
    body, last_id = await service.list_credit_notes(
        reader, principal, wanted=wanted, after=page.after, limit=page.limit
    )
    return page.respond_json(body, last_id)


@router.get("/api/credit-notes/{credit_note_id}", response_model=CreditNotePublic, dependencies=[if_enabled])
async def get_credit_note(
    credit_note_id: PathId, session: Session, principal: CurrentPrincipal, response: Response
) -> CreditNotePublic:
    """Show one credit note. A client finds its own. A credit note never changes."""
    note, public = await service.get_credit_note(session, principal, credit_note_id=credit_note_id)
    set_etag(response, note.version)
    return public


@router.get(
    "/api/credit-notes/{credit_note_id}/pdf",
    dependencies=[if_enabled],
    response_class=Response,
    responses={200: {"description": "The credit note as a paper.", "content": PAPER}, **problems(Unavailable)},
)
async def get_credit_note_paper(
    credit_note_id: PathId,
    session: Session,
    principal: CurrentPrincipal,
    context: Ctx,
    format: Format = None,
    accept: Annotated[str, Header(max_length=1000)] = "",
) -> Response:
    """Show the credit note as a printable page, or as a PDF with `?format=pdf` or `Accept: application/pdf`."""
    paper = await service.get_paper(session, principal, credit_note_id=credit_note_id, context=context)
    return await answer_paper(context, paper, format=format, accept=accept)


@router.get(
    "/api/invoices/{invoice_id}/credit-notes",
    dependencies=[if_enabled],
    response_model=list[CreditNotePublic],
)
async def list_credit_notes_of_invoice(
    invoice_id: PathId, session: Session, principal: CurrentPrincipal, reader: Reading, page: Paging
) -> Response:
    """List one invoice's credit notes, newest first. A client sees those of its own invoices."""
    body, last_id = await service.credit_notes_of_invoice(
        session, reader, principal=principal, invoice_id=invoice_id, after=page.after, limit=page.limit
    )
    return page.respond_json(body, last_id)


@router.post(
    "/api/invoices/{invoice_id}/credit-notes",
    status_code=201,
    response_model=CreditNotePublic,
    responses=problems(InvoiceNotIssued, InvoiceVoid, CreditExceedsInvoice, ClientHasNoEmail),
)
async def create_credit_note(
    invoice_id: PathId,
    session: Session,
    staff: CurrentStaff,
    context: Ctx,
    now: Now,
    response: Response,
    body: CreditNoteCreate | None = None,
) -> CreditNotePublic:
    """Credit an issued invoice: some `lines`, an `amount` with its tax, or all that is left of it.

    The credit note gets the agency's next number, and the invoice's `amountDue` falls. With nothing left to pay the
    invoice becomes `paid` where something was paid, else `void`; what was paid beyond shows as its `amountOverpaid`.
    Lines are taxed at the invoice's rates; a line without a rate is at the invoice's where that has a single one.
    """
    note, public = await service.create_credit_note(
        session, staff, invoice_id=invoice_id, body=body or CreditNoteCreate(), context=context, now=now
    )
    set_etag(response, note.version)
    return public
