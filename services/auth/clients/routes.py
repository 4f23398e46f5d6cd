"""REST of clients."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Response

from chassis.errors import PreconditionFailed
from chassis.http.dependencies import CurrentStaff, Now, PathId, Reading, Session
from chassis.http.etags import IfMatch, set_etag
from chassis.http.pages import Paging
from chassis.http.problems import problems
from chassis.http.unit import Router
from services.auth.clients import listing, service
from services.auth.clients.models import ClientEmailTaken, ClientHasOpenInvoices, ClientQuery, NewClient
from services.auth.clients.schemas import ClientCreate, ClientDeleted, ClientUpdate, ClientWithToken
from services.auth.dependencies import Ctx

router = Router(prefix="/api/clients", tags=["Clients"])

Search = Annotated[str | None, Query(alias="q", max_length=200, description="Part of a name, e-mail or company.")]

OfCompany = Annotated[UUID | None, Query(alias="companyId", description="Only clients of this company.")]


@router.get("", response_model=list[ClientWithToken])
async def list_clients(
    staff: CurrentStaff,
    reader: Reading,
    context: Ctx,
    page: Paging,
    response: Response,
    now: Now,
    q: Search = None,
    company_id: OfCompany = None,
) -> list[ClientWithToken]:
    """List the agency's clients, newest first.

    Each comes with its portal token and the number of its projects and invoices.
    """
    query = ClientQuery(limit=page.limit + 1, after=page.after, search=q, company_id=company_id)
    clients = await listing.list_clients(reader, staff, query=query, context=context, now=now)
    return page.respond(clients, response)


@router.post("", status_code=201, response_model=ClientWithToken, responses=problems(ClientEmailTaken))
async def create_client(
    body: ClientCreate, staff: CurrentStaff, session: Session, context: Ctx, response: Response, now: Now
) -> ClientWithToken:
    """Create a client and send them the welcome with their portal link."""
    new = NewClient(**body.model_dump(), welcome=True)
    client, version = await service.create_client(session, staff, new=new, context=context, now=now)
    set_etag(response, version)
    return client


@router.get("/{client_id}", response_model=ClientWithToken)
async def get_client(
    client_id: PathId, staff: CurrentStaff, reader: Reading, context: Ctx, response: Response, now: Now
) -> ClientWithToken:
    """Show one client."""
    client, version = await listing.get_client(reader, staff, client_id=client_id, context=context, now=now)
    set_etag(response, version)
    return client


@router.patch("/{client_id}", response_model=ClientWithToken, responses=problems(ClientEmailTaken, PreconditionFailed))
async def update_client(
    client_id: PathId,
    body: ClientUpdate,
    staff: CurrentStaff,
    session: Session,
    context: Ctx,
    response: Response,
    match: IfMatch,
    now: Now,
) -> ClientWithToken:
    """Change a client's name, e-mail address or company.

    Whoever joins a company takes its name as `company`, and its portal token opens their work from then on.
    """
    client = await service.load_client(session, staff.agency_id, client_id)
    match.check(client.version)
    public = await service.update_client(session, staff, client=client, body=body, now=now)
    set_etag(response, client.version)
    return await service.as_agency_sees(session, public, agency_id=staff.agency_id, context=context, now=now)


@router.delete(
    "/{client_id}",
    response_model=ClientDeleted,
    responses=problems(ClientHasOpenInvoices, PreconditionFailed),
)
async def delete_client(
    client_id: PathId, staff: CurrentStaff, session: Session, match: IfMatch, now: Now
) -> ClientDeleted:
    """Delete a client and end their portal link; refused while they have open invoices."""
    await service.let_events_arrive()
    client = await service.load_client(session, staff.agency_id, client_id)
    match.check(client.version)
    return await service.delete_client(session, staff, client=client, now=now)
