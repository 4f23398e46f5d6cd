"""REST of client sessions: refresh, sign out, see and end sessions."""

from fastapi import Request, Response

from chassis.credentials import PortalClosed
from chassis.errors import Invalid
from chassis.http.credentials import CrossSiteWrite, refresh_cookie_name, refuse_cross_site
from chassis.http.dependencies import CurrentClient, CurrentStaff, Now, PathId, Session, Wide
from chassis.http.pages import Paging
from chassis.http.problems import from_error, problems
from chassis.http.turns import RequestInFlight
from chassis.http.unit import Router, unit_of
from services.auth.client_sessions import listing, service
from services.auth.client_sessions.cookies import clear_cookies, refuse_another_site, set_cookies
from services.auth.client_sessions.models import ClientSession
from services.auth.client_sessions.schemas import (
    ClientSessionEnded,
    ClientSessionPublic,
    ClientSessionsEnded,
    ClientSignedIn,
    ClientSignedOut,
    OwnClientSession,
    Refresh,
)
from services.auth.client_sessions.service import NoSession, RefreshNotValid
from services.auth.dependencies import Ctx

# The gap between two arrivals of calls that a browser or a program has sent at once: a connection whose first packet
# was lost is opened a second later.
LINGER_S = 1.5

router = Router(tags=["Client sessions"])


@router.post(
    "/api/v1/portal/auth/refresh",
    response_model=ClientSignedIn,
    responses=problems(RefreshNotValid, PortalClosed, CrossSiteWrite, Invalid, RequestInFlight),
)
async def refresh_client_session(
    request: Request, response: Response, session: Wide, context: Ctx, now: Now, body: Refresh | None = None
) -> ClientSignedIn | Response:
    """Exchange a refresh token for the next pair of tokens.

    The token stands in the body, or else in the cookie. Each is good for one exchange: of several at the same time
    one wins, and the others are refused. A token that comes again later ends the whole session, since it must have
    been stolen from somebody; whoever may lose an answer sends an Idempotency-Key and repeats the request with it.
    A session ends after 30 days without a refresh, and after 90 days in any case.
    """
    settings = request.app.state.chassis.settings
    named = service.read_refresh_token(_refresh_token(request, body), context=context)
    contested = await unit_of(request).take_turn(f"refresh/{named.id}/{named.generation}", linger_s=LINGER_S)
    signed_in = await service.refresh(session, named, context=context, contested=contested, now=now)
    if signed_in is None:
        # Answered instead of raised: that the session has ended must be committed.
        return from_error(RefreshNotValid())
    set_cookies(response, settings, signed_in, now)
    return signed_in


@router.post("/api/v1/portal/auth/logout", response_model=ClientSignedOut, responses=problems(NoSession))
async def log_client_out(
    request: Request, response: Response, client: CurrentClient, session: Session, now: Now
) -> ClientSignedOut:
    """End the client's session and clear its cookies.

    The same tokens are refused everywhere within a second.
    """
    await service.log_out(session, client, now=now)
    clear_cookies(response, request.app.state.chassis.settings)
    return ClientSignedOut()


@router.get("/api/v1/portal/auth/sessions", response_model=list[OwnClientSession])
async def list_own_client_sessions(
    client: CurrentClient, session: Session, page: Paging, response: Response, now: Now
) -> list[OwnClientSession]:
    """List where the client is signed in, newest first."""
    found = await service.list_own(session, client, after=page.after, limit=page.limit + 1, now=now)
    return [
        OwnClientSession.model_validate(item).model_copy(update={"current": item.id == client.credential_id})
        for item in page.respond(found, response)
    ]


@router.delete("/api/v1/portal/auth/sessions/{session_id}", response_model=ClientSessionEnded)
async def end_own_client_session(
    session_id: PathId, client: CurrentClient, session: Session, now: Now
) -> ClientSessionEnded:
    """Sign the client out somewhere else; its tokens are refused everywhere within a second."""
    await service.end_own(session, client, session_id=session_id, now=now)
    return ClientSessionEnded(id=session_id)


@router.get("/api/clients/{client_id}/sessions", response_model=list[ClientSessionPublic])
async def list_client_sessions(
    client_id: PathId, staff: CurrentStaff, session: Session, page: Paging, response: Response, now: Now
) -> list[ClientSession]:
    """List where a client is signed in, newest first."""
    found = await listing.list_of_client(
        session, staff, client_id=client_id, after=page.after, limit=page.limit + 1, now=now
    )
    return page.respond(found, response)


@router.delete("/api/clients/{client_id}/sessions", response_model=ClientSessionsEnded)
async def end_client_sessions(
    client_id: PathId, staff: CurrentStaff, session: Session, now: Now
) -> ClientSessionsEnded:
    """Sign a client out everywhere; portal links are not sessions and go on."""
    return ClientSessionsEnded(ended=await listing.end_all_of_client(session, staff, client_id=client_id, now=now))


def _refresh_token(request: Request, body: Refresh | None) -> str:
    if body and body.refresh_token is not None:
        refuse_another_site(request)
        return body.refresh_token
    settings = request.app.state.chassis.settings
    if (cookie := request.cookies.get(refresh_cookie_name(settings))) is None:
        raise RefreshNotValid
    refuse_cross_site(request, settings)
    return cookie
