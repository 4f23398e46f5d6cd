"""REST of refunds."""

from fastapi import Response

from chassis.http.dependencies import CurrentManager, CurrentStaff, Now, PathId, Reading, Session
from chassis.http.pages import Paging
from chassis.http.problems import problems
from chassis.http.unit import Router
from services.billing.dependencies import Ctx
from services.billing.providers.protocol import RefundRefused
from services.billing.refunds import service
from services.billing.refunds.models import PaymentRefunded, RefundExceedsPayment, RefundNotPossible
from services.billing.refunds.schemas import RefundCreate, RefundPublic

router = Router(prefix="/api/payments/{payment_id}/refunds", tags=["Payments"])


@router.get("", response_model=list[RefundPublic])
async def list_refunds_of_payment(
    payment_id: PathId, staff: CurrentStaff, session: Session, reader: Reading, page: Paging
) -> Response:
    """List one payment's refunds, newest first, whatever became of them."""
    body, last_id = await service.refunds_of_payment(
        session, reader, staff, payment_id=payment_id, after=page.after, limit=page.limit
    )
    return page.respond_json(body, last_id)


@router.post(
    "",
    status_code=201,
    response_model=RefundPublic,
    responses=problems(PaymentRefunded, RefundExceedsPayment, RefundNotPossible, RefundRefused),
)
async def refund_payment(
    payment_id: PathId,
    session: Session,
    manager: CurrentManager,
    context: Ctx,
    now: Now,
    body: RefundCreate | None = None,
) -> RefundPublic:
    """Give a payment back, all that is left of it or a part. Owners and admins only.

    A payment through a provider goes back through it: the answer is `pending`, and the provider is asked right after.
    What comes of it stands in this payment's refunds: `succeeded` also announces `payment.refunded` and mails the
    client, `failed` mails owners and admins. A payment that was recorded by hand is refunded by this record alone, and
    with `recordOnly` any other one too. What went back is due again; where it is not owed any more, credit it first.
    """
    return await service.refund_payment(
        session, manager, payment_id=payment_id, body=body or RefundCreate(), context=context, now=now
    )
