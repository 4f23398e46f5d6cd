"""REST of payments."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Response

from chassis.http.dependencies import CurrentPrincipal, CurrentStaff, Now, PathId, Reading, Session, needs_module
from chassis.http.etags import set_etag
from chassis.http.pages import Paging
from chassis.http.problems import problems
from chassis.http.unit import Router
from chassis.principals import Client
from services.billing.dependencies import Ctx
from services.billing.invoices.refusals import (
    InvoiceAlreadyPaid,
    InvoiceNotIssued,
    InvoiceVoid,
    PaymentExceedsAmountDue,
)
from services.billing.payments import service
from services.billing.payments.schemas import PaymentCreate, PaymentForClient, PaymentPublic, for_client

router = Router(tags=["Payments"])

InvoiceFilter = Annotated[UUID | None, Query(alias="invoiceId", description="Only this invoice's payments.")]
ClientFilter = Annotated[UUID | None, Query(alias="clientId", description="Only this client's payments.")]


@router.get("/api/payments", response_model=list[PaymentPublic])
async def list_payments(
    staff: CurrentStaff,
    reader: Reading,
    page: Paging,
    invoice_id: InvoiceFilter = None,
    client_id: ClientFilter = None,
) -> Response:
    """List payments, newest first."""
    body, last_id = await service.list_payments(
        reader, staff, invoice_id=invoice_id, client_id=client_id, after=page.after, limit=page.limit
    )
    return page.respond_json(body, last_id)


@router.get(
    "/api/payments/{payment_id}",
    dependencies=[needs_module("invoices")],
    response_model=PaymentPublic | PaymentForClient,
)
async def get_payment(
    payment_id: PathId, principal: CurrentPrincipal, session: Session, response: Response
) -> PaymentPublic | PaymentForClient:
    """Show one payment and what of it has gone back. A client sees those of its own invoices."""
    version, public = await service.get_payment(session, principal, payment_id=payment_id)
    set_etag(response, version)
    return for_client(public) if isinstance(principal, Client) else public


@router.get(
    "/api/invoices/{invoice_id}/payments",
    dependencies=[needs_module("invoices")],
    response_model=list[PaymentPublic | PaymentForClient],
)
async def list_payments_of_invoice(
    invoice_id: PathId, principal: CurrentPrincipal, session: Session, reader: Reading, page: Paging
) -> Response:
    """List one invoice's payments, newest first. A client sees those of its own invoices."""
    body, last_id = await service.payments_of_invoice(
        session, reader, principal=principal, invoice_id=invoice_id, after=page.after, limit=page.limit
    )
    return page.respond_json(body, last_id)


@router.post(
    "/api/invoices/{invoice_id}/payments",
    status_code=201,
    response_model=PaymentPublic,
    responses=problems(InvoiceNotIssued, InvoiceAlreadyPaid, InvoiceVoid, PaymentExceedsAmountDue),
)
async def record_payment(
    invoice_id: PathId, body: PaymentCreate, session: Session, staff: CurrentStaff, context: Ctx, now: Now
) -> PaymentPublic:
    """Record money that came in by other means than a provider: the whole of what is due, or a part."""
    return await service.record_payment(session, staff, invoice_id=invoice_id, body=body, context=context, now=now)
