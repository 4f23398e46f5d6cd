"""REST of custodian clients."""

from typing import Annotated

from fastapi import Body, Response

from chassis.http.dependencies import CurrentCustodian, CustodianOnly, Now, PathId, Session
from chassis.http.pages import Paging
from chassis.http.problems import problems
from chassis.http.unit import Router
from services.auth.clients.models import ClientEmailTaken
from services.auth.custodian_clients import service
from services.auth.custodian_clients.schemas import (
    CustodianClientCreate,
    CustodianClientCreated,
    CustodianClientListed,
    CustodianClientPublic,
    KeyRotated,
    OneTimePasswordIssued,
    SessionTokenIssued,
    SessionTokensEnded,
)
from services.auth.dependencies import Ctx

router = Router(prefix="/api/v1/custodians/clients", tags=["Custodian clients"])


@router.post(
    "", status_code=201, response_model=CustodianClientCreated, responses=problems(CustodianOnly, ClientEmailTaken)
)
async def create_custodian_client(
    custodian: CurrentCustodian,
    session: Session,
    context: Ctx,
    now: Now,
    body: Annotated[CustodianClientCreate, Body(default_factory=CustodianClientCreate)],
) -> CustodianClientCreated:
    """Create a client of your own product.

    They are a client of the agency like any other, but no mail welcomes them. Both credentials open the portal's API
    as a Bearer: `clientSessionToken` ends after 24 hours without use and after 7 days in any case, `clientApiKey`
    works until it is rotated. The body may be empty. Portico holds no keys of wallets and signs nothing for anybody:
    `isAccountAbstracted` is only kept and told again.
    """
    return await service.create_custodian_client(session, custodian, body=body, context=context, now=now)


@router.get("", response_model=list[CustodianClientListed], responses=problems(CustodianOnly))
async def list_custodian_clients(
    custodian: CurrentCustodian, session: Session, context: Ctx, page: Paging, response: Response
) -> list[CustodianClientListed]:
    """List the clients that the agency's backend has made, newest first.

    `address` is a wallet that the client has proved to be theirs. Both statuses are reports of the client's device
    about key shares that it keeps; Portico holds no keys and no shares.
    """
    found = await service.list_custodian_clients(
        session, custodian, after=page.after, limit=page.limit + 1, context=context
    )
    return page.respond(found, response)


@router.get("/{client_id}", response_model=CustodianClientPublic, responses=problems(CustodianOnly))
async def get_custodian_client(
    client_id: PathId, custodian: CurrentCustodian, session: Session, context: Ctx
) -> CustodianClientPublic:
    """Show a client that the agency's backend has made.

    `address` is a wallet that the client has proved to be theirs, null until they do. Portico holds no keys of it.
    """
    return await service.get_custodian_client(session, custodian, client_id=client_id, context=context)


@router.post("/{client_id}/session", response_model=SessionTokenIssued, responses=problems(CustodianOnly))
async def issue_session_token(
    client_id: PathId, custodian: CurrentCustodian, session: Session, now: Now
) -> SessionTokenIssued:
    """Get a new session token of a client.

    It ends after 24 hours without use and after 7 days in any case; older ones run to their own end.
    """
    return await service.issue_session_token(session, custodian, client_id=client_id, now=now)


@router.delete("/{client_id}/sessions", response_model=SessionTokensEnded, responses=problems(CustodianOnly))
async def end_session_tokens(
    client_id: PathId, custodian: CurrentCustodian, session: Session, now: Now
) -> SessionTokensEnded:
    """End every session token of a client.

    They are refused everywhere within a second. The client's key, one-time password and sessions that were opened
    with one live on.
    """
    return await service.end_session_tokens(session, custodian, client_id=client_id, now=now)


@router.get(
    "/{client_id}/web-otp",
    response_model=OneTimePasswordIssued,
    operation_id="get_web_otp",
    responses=problems(CustodianOnly),
)
@router.post(
    "/{client_id}/web-otp",
    response_model=OneTimePasswordIssued,
    operation_id="create_web_otp",
    responses=problems(CustodianOnly),
)
async def issue_one_time_password(
    client_id: PathId, custodian: CurrentCustodian, session: Session, now: Now, response: Response
) -> OneTimePasswordIssued:
    """Get a one-time password that signs a client in to the portal.

    It works once, within five minutes, and voids the one before. Exchange it at `POST /api/v1/portal/auth/otp`, or
    send the client's browser to `/portal/{slug}#otp=...`.
    """
    response.headers["Cache-Control"] = "no-store"
    return await service.issue_one_time_password(session, custodian, client_id=client_id, now=now)


@router.post("/{client_id}/rotate", response_model=KeyRotated, responses=problems(CustodianOnly))
async def rotate_key(
    client_id: PathId, custodian: CurrentCustodian, session: Session, context: Ctx, now: Now
) -> KeyRotated:
    """Replace a client's key.

    The old one is refused everywhere within a second; session tokens live on.
    """
    return await service.rotate_key(session, custodian, client_id=client_id, context=context, now=now)
