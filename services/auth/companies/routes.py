"""REST of companies."""

from typing import Annotated

from fastapi import Query, Response

from chassis.errors import PreconditionFailed
from chassis.http.dependencies import CurrentStaff, Now, PathId, Reading, Session
from chassis.http.etags import IfMatch, set_etag
from chassis.http.pages import Paging
from chassis.http.problems import problems
from chassis.http.unit import Router
from services.auth.clients.models import ClientEmailTaken
from services.auth.clients.schemas import ClientWithToken
from services.auth.companies import listing, service
from services.auth.companies.models import CompanyHasClients
from services.auth.companies.schemas import (
    CompanyClientCreate,
    CompanyCreate,
    CompanyDeleted,
    CompanyPublic,
    CompanyUpdate,
)
from services.auth.dependencies import Ctx

router = Router(prefix="/api/companies", tags=["Companies"])

Search = Annotated[str | None, Query(alias="q", max_length=200, description="Part of a name.")]


@router.get("", response_model=list[CompanyPublic])
async def list_companies(
    staff: CurrentStaff, reader: Reading, page: Paging, response: Response, q: Search = None
) -> list[CompanyPublic]:
    """List the agency's companies, newest first."""
    found = await listing.list_companies(reader, staff.agency_id, after=page.after, search=q, limit=page.limit + 1)
    return page.respond(found, response)


@router.post("", status_code=201, response_model=CompanyPublic)
async def create_company(
    body: CompanyCreate, staff: CurrentStaff, session: Session, response: Response, now: Now
) -> CompanyPublic:
    """Create a company, to which clients may belong."""
    company, version = await service.create_company(session, staff, body=body, now=now)
    set_etag(response, version)
    return company


@router.get("/{company_id}", response_model=CompanyPublic)
async def get_company(company_id: PathId, staff: CurrentStaff, reader: Reading, response: Response) -> CompanyPublic:
    """Show one company."""
    company, version = await listing.get_company(reader, staff.agency_id, company_id=company_id)
    set_etag(response, version)
    return company


@router.patch("/{company_id}", response_model=CompanyPublic, responses=problems(PreconditionFailed))
async def update_company(
    company_id: PathId,
    body: CompanyUpdate,
    staff: CurrentStaff,
    session: Session,
    response: Response,
    match: IfMatch,
    now: Now,
) -> CompanyPublic:
    """Rename a company; its clients show the new name as their `company`."""
    company = await service.load_company(session, staff.agency_id, company_id)
    match.check(company.version)
    public = await service.update_company(session, staff, company=company, body=body, now=now)
    set_etag(response, company.version)
    return public


@router.delete(
    "/{company_id}",
    response_model=CompanyDeleted,
    responses=problems(CompanyHasClients, PreconditionFailed),
)
async def delete_company(
    company_id: PathId, staff: CurrentStaff, session: Session, match: IfMatch, now: Now
) -> CompanyDeleted:
    """Delete a company and end its portal links; refused while clients belong to it."""
    company = await service.load_company(session, staff.agency_id, company_id)
    match.check(company.version)
    return await service.delete_company(session, staff, company=company, now=now)


@router.post(
    "/{company_id}/clients",
    status_code=201,
    response_model=ClientWithToken,
    responses=problems(ClientEmailTaken),
)
async def create_company_client(
    company_id: PathId,
    body: CompanyClientCreate,
    staff: CurrentStaff,
    session: Session,
    context: Ctx,
    response: Response,
    now: Now,
) -> ClientWithToken:
    """Create a client of a company; with an e-mail address, they are sent the welcome with their portal link."""
    client, version = await service.create_client(
        session, staff, company_id=company_id, body=body, context=context, now=now
    )
    set_etag(response, version)
    return client
