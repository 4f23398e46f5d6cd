"""REST of password resets."""

from fastapi import Response

from chassis.errors import Invalid
from chassis.http.dependencies import Address, Budgets, Now, Wide
from chassis.http.problems import problems
from chassis.http.unit import Router
from services.auth.dependencies import Ctx
from services.auth.members.passwords import PasswordTooCommon
from services.auth.password_resets import service
from services.auth.password_resets.models import ResetNotValid
from services.auth.password_resets.schemas import ForgottenPassword, NewPasswordByLink, PasswordReplaced
from services.auth.sessions.budgets import allow_reset_request

router = Router(prefix="/api/auth", tags=["Sessions"])


@router.post("/forgot-password", status_code=204, response_class=Response)
async def forgot_password(
    body: ForgottenPassword, session: Wide, budgets: Budgets, address: Address, now: Now
) -> Response:
    """Mail a link that sets another password, if the address is a member's.

    The answer is the same whether or not it is. The link is good once, for an hour. Three requests per address in ten
    minutes.
    """
    await allow_reset_request(budgets, address=address, email=body.email)
    await service.request_reset(session, body.email, now=now)
    return Response(status_code=204)


@router.post(
    "/reset-password",
    response_model=PasswordReplaced,
    responses=problems(ResetNotValid, Invalid, PasswordTooCommon),
)
async def reset_password(body: NewPasswordByLink, session: Wide, context: Ctx, now: Now) -> PasswordReplaced:
    """Set another password by the link of the mail.

    All sessions of the member end, and so do the other links.
    """
    await service.reset_password(session, body, context=context, now=now)
    return PasswordReplaced()
