"""REST of one-time passwords."""

from fastapi import Request, Response

from chassis.credentials import PortalClosed
from chassis.http.credentials import CrossSiteWrite
from chassis.http.dependencies import Address, Budgets, Now, Wide
from chassis.http.problems import problems
from chassis.http.unit import Router
from services.auth.client_sessions.cookies import refuse_another_site, set_cookies
from services.auth.client_sessions.schemas import ClientSignedIn
from services.auth.dependencies import Ctx, UserAgent
from services.auth.one_time_passwords import service
from services.auth.one_time_passwords.models import OneTimePasswordNotValid
from services.auth.one_time_passwords.schemas import OneTimePasswordExchange

router = Router(tags=["Client sessions"])

# A backend may exchange them for all its users from one address; guessing one of 2^256 needs no tight limit.
EXCHANGES_PER_ADDRESS = "600/10minutes"


@router.post(
    "/api/v1/portal/auth/otp",
    response_model=ClientSignedIn,
    responses=problems(OneTimePasswordNotValid, PortalClosed, CrossSiteWrite),
)
async def exchange_one_time_password(
    body: OneTimePasswordExchange,
    request: Request,
    response: Response,
    session: Wide,
    context: Ctx,
    budgets: Budgets,
    address: Address,
    now: Now,
    user_agent: UserAgent = "",
) -> ClientSignedIn:
    """Exchange a one-time password for a client session.

    It works once, within five minutes. One answer for wrong, used, replaced and expired ones. Sets the cookies of
    the session, as signing in by magic link does.
    """
    refuse_another_site(request)
    await budgets.hit("one-time-password-address", address, EXCHANGES_PER_ADDRESS)
    signed_in = await service.exchange(session, body.otp, context=context, user_agent=user_agent, now=now)
    set_cookies(response, request.app.state.chassis.settings, signed_in, now)
    return signed_in
