"""REST of the payment account."""

from typing import Annotated

from fastapi import Query

from chassis.errors import NotFound
from chassis.http.dependencies import CurrentManager, InPersonOnly, ManagerInPerson, Now, Session
from chassis.http.problems import problems
from chassis.http.unit import Router
from services.billing.accounts import service
from services.billing.accounts.schemas import Account, PaymentAccountPublic, PaymentAccountSet
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
    """Be paid through the agency's own account at Stripe or Paystack.

    Secrets are kept sealed and never shown again. Accounts are kept per provider; the one set last is in use, and one
    that is kept is chosen again by naming its provider alone. Paystack takes NGN, GHS, ZAR, KES, USD and XOF: what it
    does not take goes through another of the agency's own accounts, and nowhere else.
    """
    return await service.set_account(session, manager.agency_id, body=body, context=context, now=now)


@router.delete("", response_model=PaymentAccountPublic, responses=problems(NotFound, InPersonOnly))
async def remove_payment_account(
    session: Session,
    manager: ManagerInPerson,
    context: Ctx,
    provider: Annotated[Account | None, Query()] = None,
) -> PaymentAccountPublic:
    """Forget one of the agency's own accounts: that of `provider`, without it the chosen one.

    Clients pay through the account chosen before it; when none is left, through the deployment's again.
    """
    return await service.remove_account(session, manager.agency_id, name=provider, context=context)
