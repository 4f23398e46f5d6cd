"""REST of invoices."""

from typing import Annotated
from uuid import UUID

from fastapi import Header, Query, Response

from chassis.errors import PreconditionFailed, Unavailable
from chassis.http.dependencies import (
    CurrentClient,
    CurrentPrincipal,
    CurrentStaff,
    Now,
    PathId,
    Reading,
    Session,
    needs_module,
)
from chassis.http.etags import IfMatch, set_etag
from chassis.http.pages import Paging
from chassis.http.problems import problems
from chassis.http.unit import Router
from chassis.principals import Client
from chassis.schemas import Clean
from services.billing.dependencies import Ctx
from services.billing.invoices import service
from services.billing.invoices.listing import InvoiceFilter
from services.billing.invoices.models import InvoiceStatus
from services.billing.invoices.refusals import (
    InvoiceAlreadyPaid,
    InvoiceHasPayments,
    InvoiceNotDraft,
    InvoiceNotIssued,
    InvoiceVoid,
)
from services.billing.invoices.schemas import (
    InvoiceCreate,
    InvoiceDeleted,
    InvoiceForClient,
    InvoicePublic,
    InvoiceSend,
    InvoiceUpdate,
    InvoiceView,
    for_client,
)
from services.billing.invoices.service import ClientHasNoEmail
from services.billing.papers.answers import PAPER, Format, answer_paper

router = Router(prefix="/api/invoices", tags=["Invoices"])
if_enabled = needs_module("invoices")

Anyones = InvoicePublic | InvoiceForClient
StatusFilter = Annotated[InvoiceStatus | None, Query(description="Only invoices in this status.")]
ClientFilter = Annotated[UUID | None, Query(alias="clientId", description="Only this client's invoices.")]
ProjectFilter = Annotated[UUID | None, Query(alias="projectId", description="Only this project's invoices.")]
OverdueFilter = Annotated[bool | None, Query(description="Only invoices that are, or are not, overdue.")]
OpenFilter = Annotated[
    bool | None, Query(alias="open", description="Only invoices of which something is, or is not, to be paid.")
]
Search = Annotated[
    Annotated[str, Clean] | None,
    Query(max_length=200, description="Words in the number, or in the client's name, company or address."),
]


@router.get("", response_model=list[Anyones], dependencies=[if_enabled])
async def list_invoices(
    principal: CurrentPrincipal,
    reader: Reading,
    page: Paging,
    context: Ctx,
    now: Now,
    status: StatusFilter = None,
    client_id: ClientFilter = None,
    project_id: ProjectFilter = None,
    overdue: OverdueFilter = None,
    is_open: OpenFilter = None,
    q: Search = None,
) -> Response:
    """List invoices, newest first. A client sees its own issued ones."""
    wanted = InvoiceFilter(status, client_id, project_id, q, overdue, is_open)
    body, last_id = await service.list_invoices(
        reader, principal, wanted=wanted, after=page.after, limit=page.limit, context=context, now=now
    )
    return page.respond_json(body, last_id)


@router.post("", status_code=201, response_model=InvoicePublic, responses=problems(ClientHasNoEmail))
async def create_invoice(
    body: InvoiceCreate, session: Session, staff: CurrentStaff, context: Ctx, now: Now, response: Response
) -> InvoicePublic:
    """Create an invoice and issue it at once, or keep it as a draft.

    Give an `amount`, or `lines` with quantities, prices, taxes and discounts. An issued invoice gets the agency's next
    number and a `paymentUrl`; with `sendEmail` its client gets a mail with that link.
    """
    invoice, public = await service.create_invoice(session, staff, body=body, context=context, now=now)
    set_etag(response, invoice.version)
    return public


@router.get("/{invoice_id}", response_model=Anyones, dependencies=[if_enabled])
async def get_invoice(
    invoice_id: PathId, session: Session, principal: CurrentPrincipal, context: Ctx, now: Now, response: Response
) -> Anyones:
    """Show one invoice. A client finds its own issued ones."""
    invoice, public = await service.get_invoice(session, principal, invoice_id=invoice_id, context=context, now=now)
    set_etag(response, invoice.version)
    return for_client(public) if isinstance(principal, Client) else public


@router.patch("/{invoice_id}", response_model=InvoicePublic, responses=problems(InvoiceNotDraft, PreconditionFailed))
async def update_invoice(
    invoice_id: PathId,
    body: InvoiceUpdate,
    session: Session,
    staff: CurrentStaff,
    context: Ctx,
    now: Now,
    match: IfMatch,
    response: Response,
) -> InvoicePublic:
    """Change a draft; what is not named stays. An issued invoice cannot be changed."""
    invoice = await service.load(session, staff, invoice_id=invoice_id, lock=True)
    match.check(invoice.version)
    public = await service.update_invoice(session, staff, invoice=invoice, body=body, context=context, now=now)
    set_etag(response, invoice.version)
    return public


@router.delete("/{invoice_id}", response_model=InvoiceDeleted, responses=problems(InvoiceNotDraft, PreconditionFailed))
async def delete_invoice(
    invoice_id: PathId, session: Session, staff: CurrentStaff, context: Ctx, now: Now, match: IfMatch
) -> InvoiceDeleted:
    """Delete a draft. An issued invoice cannot be deleted; void it."""
    invoice = await service.load(session, staff, invoice_id=invoice_id, lock=True)
    match.check(invoice.version)
    await service.delete_invoice(session, staff, invoice=invoice, context=context, now=now)
    return InvoiceDeleted(id=invoice_id)


@router.post(
    "/{invoice_id}/send",
    response_model=InvoicePublic,
    responses=problems(InvoiceAlreadyPaid, InvoiceVoid, ClientHasNoEmail),
)
async def send_invoice(
    invoice_id: PathId,
    session: Session,
    staff: CurrentStaff,
    context: Ctx,
    now: Now,
    response: Response,
    body: InvoiceSend | None = None,
) -> InvoicePublic:
    """Issue a draft and mail it to its client, or mail an issued invoice once more."""
    send_email = body.send_email if body else True
    invoice, public = await service.send_invoice(
        session, staff, invoice_id=invoice_id, send_email=send_email, context=context, now=now
    )
    set_etag(response, invoice.version)
    return public


@router.post(
    "/{invoice_id}/void",
    response_model=InvoicePublic,
    responses=problems(InvoiceNotIssued, InvoiceAlreadyPaid, InvoiceVoid, InvoiceHasPayments),
)
async def void_invoice(
    invoice_id: PathId, session: Session, staff: CurrentStaff, context: Ctx, now: Now, response: Response
) -> InvoicePublic:
    """Take an issued invoice back. It keeps its number and can no longer be paid."""
    invoice, public = await service.void_invoice(session, staff, invoice_id=invoice_id, context=context, now=now)
    set_etag(response, invoice.version)
    return public


@router.post("/{invoice_id}/view", response_model=InvoiceForClient, dependencies=[if_enabled])
async def view_invoice(
    invoice_id: PathId,
    session: Session,
    client: CurrentClient,
    context: Ctx,
    now: Now,
    response: Response,
    body: InvoiceView | None = None,
) -> InvoiceForClient:
    """Note that the client has opened the invoice in person; the portal's page sends this, a mail scanner does not."""
    invoice, public = await service.view_invoice(session, client, invoice_id=invoice_id, context=context, now=now)
    set_etag(response, invoice.version)
    return for_client(public)


@router.get(
    "/{invoice_id}/pdf",
    dependencies=[if_enabled],
    response_class=Response,
    responses={
        200: {"description": "The invoice as a paper.", "content": PAPER},
        **problems(Unavailable),
    },
)
async def get_invoice_paper(
    invoice_id: PathId,
    session: Session,
    principal: CurrentPrincipal,
    context: Ctx,
    now: Now,
    format: Format = None,
    accept: Annotated[str, Header(max_length=1000)] = "",
) -> Response:
    """Show the invoice as a printable page, or as a PDF with `?format=pdf` or `Accept: application/pdf`."""
    paper = await service.get_paper(session, principal, invoice_id=invoice_id, context=context, now=now)
    return await answer_paper(context, paper, format=format, accept=accept)
