"""REST of sessions: register, login, me, logout."""

from fastapi import Request, Response

from chassis.errors import Invalid
from chassis.http.dependencies import Address, CurrentStaff, Now, Session, Wide
from chassis.http.problems import problems
from chassis.http.unit import Router
from services.auth.dependencies import Ctx, UserAgent
from services.auth.members.models import EmailTaken, WrongCredentials
from services.auth.members.passwords import PasswordTooCommon
from services.auth.sessions import service
from services.auth.sessions.budgets import allow_login, allow_registration
from services.auth.sessions.cookies import clear_cookie, set_cookie
from services.auth.sessions.schemas import Login, Me, Registration, SignedIn, SignedOut

router = Router(prefix="/api/auth", tags=["Sessions"])


@router.post(
    "/register", status_code=201, response_model=SignedIn, responses=problems(EmailTaken, Invalid, PasswordTooCommon)
)
async def register(
    body: Registration,
    request: Request,
    response: Response,
    session: Wide,
    context: Ctx,
    address: Address,
    now: Now,
    user_agent: UserAgent = "",
) -> SignedIn:
    """Create an agency with its owner and sign them in.

    The password has 8 to 128 characters and is not a common one. Sets the session cookie.
    """
    await allow_registration(context, address=address, email=body.email)
    signed_in = await service.register(session, body, context=context, user_agent=user_agent, now=now)
    set_cookie(response, request.app.state.chassis.settings, signed_in.token)
    return signed_in


@router.post("/login", response_model=SignedIn, responses=problems(WrongCredentials))
async def login(
    body: Login,
    request: Request,
    response: Response,
    session: Wide,
    context: Ctx,
    address: Address,
    now: Now,
    user_agent: UserAgent = "",
) -> SignedIn:
    """Sign a member in.

    One answer for an unknown address and a wrong password. The token is good for 30 days. Sets the session
    cookie.
    """
    await allow_login(context, address=address, email=body.email)
    signed_in = await service.log_in(session, body, context=context, user_agent=user_agent, now=now)
    set_cookie(response, request.app.state.chassis.settings, signed_in.token)
    return signed_in


@router.get("/me", response_model=Me)
async def me(staff: CurrentStaff, session: Session) -> Me:
    """Show who is signed in, and their agency.

    `user` is null for an API key.
    """
    return await service.who_am_i(session, staff)


@router.post("/logout", response_model=SignedOut, responses=problems(service.NoSession))
async def logout(request: Request, response: Response, staff: CurrentStaff, session: Session, now: Now) -> SignedOut:
    """End the session and clear its cookie.

    The same token is refused everywhere within a second.
    """
    await service.log_out(session, staff, now=now)
    clear_cookie(response, request.app.state.chassis.settings)
    return SignedOut()
