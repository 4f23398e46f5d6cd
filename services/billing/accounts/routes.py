"""REST of the payment account."""

from chassis.errors import NotFound
from chassis.http.dependencies import CurrentManager, InPersonOnly, ManagerInPerson, Now, Session
from chassis.http.problems import problems
from chassis.http.unit import Router
from services.billing.accounts import service
from services.billing.accounts.schemas import PaymentAccountPublic, PaymentAccountSet
from services.billing.dependencies import Ctx

router = Router(prefix="/api/payment-account", tags=["Payments"])


@router.get("", response_model=PaymentAccountPublic)
async def get_payment_account(session: Session, manager: CurrentManager, context: Ctx) -> PaymentAccountPublic:
    """Show through which provider the agency's clients pay. Owners and admins only."""
    return await service.get_account(session, manager.agency_id, context=context)


@router.put("", response_model=PaymentAccountPublic, responses=problems(InPersonOnly))
async def set_payment_account(
    body: PaymentAccountSet, session: Session, manager: ManagerInPerson, context: Ctx, now: Now
) -> PaymentAccountPublic:
    """Be paid through the agency's own Stripe account. Its secrets are kept sealed and never shown again."""
    return await service.set_account(session, manager.agency_id, body=body, context=context, now=now)


@router.delete("", response_model=PaymentAccountPublic, responses=problems(NotFound, InPersonOnly))
async def remove_payment_account(session: Session, manager: ManagerInPerson, context: Ctx) -> PaymentAccountPublic:
    """Forget the agency's own account; its clients pay through the deployment's again."""
    return await service.remove_account(session, manager.agency_id, context=context)
