"""REST of recurring invoices."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from fastapi import Query, Response

from chassis.errors import PreconditionFailed
from chassis.http.dependencies import CurrentStaff, Now, PathId, Reading, Session
from chassis.http.etags import IfMatch, set_etag
from chassis.http.pages import Paging
from chassis.http.problems import problems
from chassis.http.unit import Router
from chassis.schemas import Clean
from services.billing.dependencies import Ctx
from services.billing.invoices.service import ClientHasNoEmail
from services.billing.recurring_invoices import service
from services.billing.recurring_invoices.listing import RecurringInvoiceFilter
from services.billing.recurring_invoices.models import (
    RecurringInvoiceActive,
    RecurringInvoiceEnded,
    RecurringInvoicePaused,
    RecurringInvoicePeriod,
    RecurringInvoiceStatus,
)
from services.billing.recurring_invoices.schemas import (
    RecurringInvoiceCreate,
    RecurringInvoiceDeleted,
    RecurringInvoicePeriodPublic,
    RecurringInvoicePublic,
    RecurringInvoiceUpdate,
)

router = Router(prefix="/api/recurring-invoices", tags=["Recurring invoices"])

StatusFilter = Annotated[RecurringInvoiceStatus | None, Query(description="Only those in this status.")]
ClientFilter = Annotated[UUID | None, Query(alias="clientId", description="Only this client's.")]
Search = Annotated[
    Annotated[str, Clean] | None,
    Query(max_length=200, description="Words in the notes, or in the client's name, company or address."),
]


@router.get("", response_model=list[RecurringInvoicePublic])
async def list_recurring_invoices(
    reader: Reading,
    staff: CurrentStaff,
    page: Paging,
    status: StatusFilter = None,
    client_id: ClientFilter = None,
    q: Search = None,
) -> Response:
    """List recurring invoices, newest first."""
    wanted = RecurringInvoiceFilter(status, client_id, q)
    body, last_id = await service.list_recurring_invoices(
        reader, staff, wanted=wanted, after=page.after, limit=page.limit
    )
    return page.respond_json(body, last_id)


@router.post("", status_code=201, response_model=RecurringInvoicePublic, responses=problems(ClientHasNoEmail))
async def create_recurring_invoice(
    body: RecurringInvoiceCreate, session: Session, staff: CurrentStaff, context: Ctx, now: Now, response: Response
) -> RecurringInvoicePublic:
    """Have an invoice issued every so many weeks, months, quarters or years.

    Each period has one invoice, issued as its day begins in the agency's time zone, and due `daysUntilDue` later.
    Periods are counted from `startsOn`: from 31 January months lead to 28 February and on to 31 March. Those that lie
    before today are left out. With `draft` the invoices wait to be sent; with `sendEmail` they are mailed.
    """
    recurring, public = await service.create_recurring_invoice(session, staff, body=body, context=context, now=now)
    set_etag(response, recurring.version)
    return public


@router.get("/{recurring_invoice_id}", response_model=RecurringInvoicePublic)
async def get_recurring_invoice(
    recurring_invoice_id: PathId, session: Session, staff: CurrentStaff, response: Response
) -> RecurringInvoicePublic:
    """Show one recurring invoice, and when it comes next."""
    recurring, public = await service.get_recurring_invoice(session, staff, recurring_id=recurring_invoice_id)
    set_etag(response, recurring.version)
    return public


@router.patch(
    "/{recurring_invoice_id}",
    response_model=RecurringInvoicePublic,
    responses=problems(ClientHasNoEmail, PreconditionFailed),
)
async def update_recurring_invoice(
    recurring_invoice_id: PathId,
    body: RecurringInvoiceUpdate,
    session: Session,
    staff: CurrentStaff,
    context: Ctx,
    now: Now,
    match: IfMatch,
    response: Response,
) -> RecurringInvoicePublic:
    """Change what is to come; what is not named stays. Invoices that were issued are not touched.

    One that has ended goes on when its new end leaves something to come.
    """
    recurring = await service.load(session, staff, recurring_id=recurring_invoice_id, lock=True)
    match.check(recurring.version)
    public = await service.update_recurring_invoice(session, recurring=recurring, body=body, context=context, now=now)
    set_etag(response, recurring.version)
    return public


@router.delete(
    "/{recurring_invoice_id}", response_model=RecurringInvoiceDeleted, responses=problems(PreconditionFailed)
)
async def delete_recurring_invoice(
    recurring_invoice_id: PathId, session: Session, staff: CurrentStaff, match: IfMatch
) -> RecurringInvoiceDeleted:
    """Delete a recurring invoice. The invoices that came of it stay."""
    recurring = await service.load(session, staff, recurring_id=recurring_invoice_id, lock=True)
    match.check(recurring.version)
    await service.delete_recurring_invoice(session, recurring=recurring)
    return RecurringInvoiceDeleted(id=recurring_invoice_id)


@router.post(
    "/{recurring_invoice_id}/pause",
    response_model=RecurringInvoicePublic,
    responses=problems(RecurringInvoicePaused, RecurringInvoiceEnded),
)
async def pause_recurring_invoice(
    recurring_invoice_id: PathId, session: Session, staff: CurrentStaff, now: Now, response: Response
) -> RecurringInvoicePublic:
    """Issue nothing until it is resumed. The periods of a pause have no invoices, also later."""
    recurring, public = await service.pause_recurring_invoice(
        session, staff, recurring_id=recurring_invoice_id, now=now
    )
    set_etag(response, recurring.version)
    return public


@router.post(
    "/{recurring_invoice_id}/resume",
    response_model=RecurringInvoicePublic,
    responses=problems(RecurringInvoiceActive, RecurringInvoiceEnded),
)
async def resume_recurring_invoice(
    recurring_invoice_id: PathId, session: Session, staff: CurrentStaff, context: Ctx, now: Now, response: Response
) -> RecurringInvoicePublic:
    """Go on: after a pause from today on, after a failure with the period that failed and those since."""
    recurring, public = await service.resume_recurring_invoice(
        session, staff, recurring_id=recurring_invoice_id, context=context, now=now
    )
    set_etag(response, recurring.version)
    return public


@router.get("/{recurring_invoice_id}/upcoming", response_model=list[date])
async def list_upcoming_periods(recurring_invoice_id: PathId, session: Session, staff: CurrentStaff) -> list[date]:
    """List the days of the next invoices, twelve at most; none while it is paused."""
    return await service.upcoming_periods(session, staff, recurring_id=recurring_invoice_id)


@router.get("/{recurring_invoice_id}/periods", response_model=list[RecurringInvoicePeriodPublic])
async def list_periods(
    recurring_invoice_id: PathId, session: Session, staff: CurrentStaff, page: Paging, response: Response
) -> Sequence[Any]:
    """List the periods that have their invoice, newest first."""
    found: Sequence[RecurringInvoicePeriod] = await service.list_periods(
        session, staff, recurring_id=recurring_invoice_id, after=page.after, limit=page.limit + 1
    )
    return page.respond(found, response)
