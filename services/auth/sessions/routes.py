"""REST of sessions: register, login, me, logout, another password, where one is signed in."""

from fastapi import Request, Response

from chassis.errors import Invalid
from chassis.http.dependencies import Budgets, CurrentStaff, Now, PathId, Session, Wide
from chassis.http.pages import Paging
from chassis.http.problems import problems
from chassis.http.unit import Router
from services.auth.dependencies import Caller, Ctx, CurrentMember
from services.auth.members.models import EmailTaken, PeopleOnly, WrongCredentials, WrongPassword
from services.auth.members.passwords import PasswordTooCommon
from services.auth.second_factors.models import SecondFactorRequired, SecondFactorWrong
from services.auth.sessions import passwords, service
from services.auth.sessions.budgets import allow_login, allow_proof, allow_registration
from services.auth.sessions.cookies import clear_cookie, set_cookie
from services.auth.sessions.schemas import (
    Login,
    Me,
    PasswordChange,
    PasswordChanged,
    Registration,
    SessionEnded,
    SessionPublic,
    SessionsEnded,
    SignedIn,
    SignedOut,
)

router = Router(tags=["Sessions"])


@router.post(
    "/api/auth/register",
    status_code=201,
    response_model=SignedIn,
    responses=problems(EmailTaken, Invalid, PasswordTooCommon),
)
async def register(
    body: Registration,
    request: Request,
    response: Response,
    session: Wide,
    context: Ctx,
    caller: Caller,
    now: Now,
) -> SignedIn:
    """Create an agency with its owner and sign them in.

    The password has 8 to 128 characters and is not a common one. Sets the session cookie.
    """
    await allow_registration(context, address=caller.address, email=body.email)
    signed_in = await service.register(session, body, context=context, device=caller, now=now)
    set_cookie(response, request.app.state.chassis.settings, signed_in.token)
    return signed_in


@router.post(
    "/api/auth/login",
    response_model=SignedIn,
    responses=problems(WrongCredentials, SecondFactorRequired, SecondFactorWrong),
)
async def login(
    body: Login,
    request: Request,
    response: Response,
    session: Wide,
    context: Ctx,
    caller: Caller,
    now: Now,
) -> SignedIn:
    """Sign a member in.

    One answer for an unknown address and a wrong password. Where two-factor sign-in is on, a right password without
    `code` is 401 `second_factor_required`. The token is good for 30 days. Sets the session cookie.
    """
    await allow_login(context, address=caller.address, email=body.email)
    signed_in = await service.log_in(session, body, context=context, device=caller, now=now)
    set_cookie(response, request.app.state.chassis.settings, signed_in.token)
    return signed_in


@router.get("/api/auth/me", response_model=Me)
async def me(staff: CurrentStaff, session: Session) -> Me:
    """Show who is signed in, and their agency.

    `user` is null for an API key.
    """
    return await service.who_am_i(session, staff)


@router.post("/api/auth/logout", response_model=SignedOut, responses=problems(service.NoSession))
async def logout(request: Request, response: Response, staff: CurrentStaff, session: Session, now: Now) -> SignedOut:
    """End the session and clear its cookie.

    The same token is refused everywhere within a second.
    """
    await service.log_out(session, staff, now=now)
    clear_cookie(response, request.app.state.chassis.settings)
    return SignedOut()


@router.post(
    "/api/auth/password",
    response_model=PasswordChanged,
    responses=problems(PeopleOnly, WrongPassword, Invalid, PasswordTooCommon),
)
async def change_password(
    body: PasswordChange, staff: CurrentMember, session: Session, context: Ctx, budgets: Budgets, now: Now
) -> PasswordChanged:
    """Change one's own password.

    The member's other sessions end, refused everywhere within a second; the one that asks stays.
    """
    await allow_proof(budgets, staff)
    await passwords.change_password(session, staff, body=body, context=context, now=now)
    return PasswordChanged()


@router.get("/api/sessions", response_model=list[SessionPublic], responses=problems(PeopleOnly))
async def list_sessions(
    staff: CurrentMember, session: Session, page: Paging, response: Response, now: Now
) -> list[SessionPublic]:
    """List where one is signed in oneself, newest first."""
    sessions = await service.list_sessions(session, staff, after=page.after, limit=page.limit + 1, now=now)
    return page.respond(sessions, response)


@router.delete("/api/sessions/{session_id}", response_model=SessionEnded, responses=problems(PeopleOnly))
async def end_session(
    session_id: PathId, request: Request, response: Response, staff: CurrentMember, session: Session, now: Now
) -> SessionEnded:
    """End one of one's own sessions; it is refused everywhere within a second."""
    await service.end_session(session, staff, session_id=session_id, now=now)
    if session_id == staff.credential_id:
        clear_cookie(response, request.app.state.chassis.settings)
    return SessionEnded(id=session_id)


@router.delete("/api/sessions", response_model=SessionsEnded, responses=problems(PeopleOnly))
async def end_other_sessions(staff: CurrentMember, session: Session, now: Now) -> SessionsEnded:
    """End all of one's own sessions but the one that asks."""
    return await service.end_others(session, staff, now=now)
