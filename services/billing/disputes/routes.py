"""REST of disputes."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Response

from chassis.http.dependencies import CurrentStaff, PathId, Reading, Session
from chassis.http.etags import set_etag
from chassis.http.pages import Paging
from chassis.http.unit import Router
from services.billing.disputes import service
from services.billing.disputes.listing import DisputeFilter
from services.billing.disputes.schemas import DisputePublic
from services.billing.providers.reversals import DisputeState

router = Router(prefix="/api/disputes", tags=["Payments"])

StatusFilter = Annotated[DisputeState | None, Query(description="Only disputes that stand there.")]
PaymentFilter = Annotated[UUID | None, Query(alias="paymentId", description="Only this payment's disputes.")]
ClientFilter = Annotated[UUID | None, Query(alias="clientId", description="Only disputes of this client's payments.")]


@router.get("", response_model=list[DisputePublic])
async def list_disputes(
    staff: CurrentStaff,
    reader: Reading,
    page: Paging,
    status: StatusFilter = None,
    payment_id: PaymentFilter = None,
    client_id: ClientFilter = None,
) -> Response:
    """List payments that a bank asks back, newest first.

    They are answered at the provider; Portico records how they stand. One that is lost is a refund of its payment.
    """
    wanted = DisputeFilter(status=status, payment_id=payment_id, client_id=client_id)
    body, last_id = await service.list_disputes(reader, staff, wanted=wanted, after=page.after, limit=page.limit)
    return page.respond_json(body, last_id)


@router.get("/{dispute_id}", response_model=DisputePublic)
async def get_dispute(dispute_id: PathId, session: Session, staff: CurrentStaff, response: Response) -> DisputePublic:
    """Show one dispute."""
    dispute, public = await service.get_dispute(session, staff, dispute_id=dispute_id)
    set_etag(response, dispute.version)
    return public
