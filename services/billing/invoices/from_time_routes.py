"""REST of invoices from time."""

from fastapi import Response

from chassis.errors import Unavailable
from chassis.http.dependencies import CurrentStaff, Now, Session
from chassis.http.etags import set_etag
from chassis.http.problems import problems
from chassis.http.unit import Router
from services.billing.dependencies import Ctx
from services.billing.invoices import from_time
from services.billing.invoices.from_time import NoBillableTime, TimeEntryLocked
from services.billing.invoices.from_time_schemas import InvoiceFromTime
from services.billing.invoices.schemas import InvoicePublic
from services.billing.invoices.service import ClientHasNoEmail

router = Router(prefix="/api/invoices", tags=["Invoices"])


@router.post(
    "/from-time",
    status_code=201,
    response_model=InvoicePublic,
    responses=problems(NoBillableTime, TimeEntryLocked, ClientHasNoEmail, Unavailable),
)
async def invoice_time(
    body: InvoiceFromTime, session: Session, staff: CurrentStaff, context: Ctx, now: Now, response: Response
) -> InvoicePublic:
    """Make an invoice of a project's billable time, a draft unless `draft` is false.

    Each entry is charged at its own rate, else the project's, else the agency's (see the time settings), in hours with
    4 decimals. The entries are locked from then on; voiding the invoice, or deleting the draft, frees them again.
    """
    invoice, public = await from_time.invoice_time(session, staff, body=body, context=context, now=now)
    set_etag(response, invoice.version)
    return public
