"""Use cases of companies that change something."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.principals import Staff
from services.auth import events
from services.auth.clients import service as clients
from services.auth.clients.models import NewClient
from services.auth.clients.schemas import ClientWithToken
from services.auth.companies import repository
from services.auth.companies.membership import lock_company, members_changed
from services.auth.companies.models import Company
from services.auth.companies.schemas import (
    CompanyClientCreate,
    CompanyCreate,
    CompanyDeleted,
    CompanyPublic,
    CompanyUpdate,
)
from services.auth.context import Context
from services.auth.portal_tokens import service as portal_tokens
from services.auth.portal_tokens.models import HolderType, TokenHolder


async def create_company(
    session: AsyncSession, staff: Staff, *, body: CompanyCreate, now: datetime
) -> tuple[CompanyPublic, int]:
    """A new company without clients, and its version."""
    number = await repository.next_number(session, staff.agency_id)
    company = Company(agency_id=staff.agency_id, number=number, name=body.name, created_at=now, updated_at=now)
    await repository.save(session, company)
    public = _public(company, 0)
    await events.company_created(session, company, public, actor=staff.actor, now=now)
    return public, company.version


async def load_company(session: AsyncSession, agency_id: UUID, company_id: UUID) -> Company:
    """A company to change in this transaction alone; NotFound when the agency has none with that id."""
    return await lock_company(session, agency_id, company_id)


async def update_company(
    session: AsyncSession, staff: Staff, *, company: Company, body: CompanyUpdate, now: datetime
) -> CompanyPublic:
    """Another name, which its clients show too."""
    public = _public(company, await repository.count_clients(session, company))
    if not company.rename(body.name, now):
        return public
    await repository.save(session, company)
    public = _public(company, public.clients)
    await events.company_updated(session, company, public, actor=staff.actor, now=now)
    await clients.company_renamed(session, staff, company=company, now=now)
    await members_changed(session, company.agency_id, {company.id}, actor=staff.actor, now=now)
    return public


async def delete_company(session: AsyncSession, staff: Staff, *, company: Company, now: datetime) -> CompanyDeleted:
    """The company and its portal tokens go; refused while clients belong to it."""
    company.delete(now, clients=await repository.count_clients(session, company))
    holder = TokenHolder(HolderType.COMPANY, company.agency_id, company.id)
    await portal_tokens.revoke_all(session, holder, actor=staff.actor, now=now)
    await events.company_deleted(session, company, _public(company, 0), actor=staff.actor, now=now)
    await repository.delete(session, company)
    return CompanyDeleted(id=company.id)


async def create_client(
    session: AsyncSession,
    staff: Staff,
    *,
    company_id: UUID,
    body: CompanyClientCreate,
    context: Context,
    now: datetime,
) -> tuple[ClientWithToken, int]:
    """A new client of a company, and their version; without an e-mail address they get no welcome."""
    company = await lock_company(session, staff.agency_id, company_id)
    new = NewClient(name=body.name, email=body.email, company_id=company.id, welcome=body.email is not None)
    return await clients.create_client(session, staff, new=new, context=context, now=now)


def _public(company: Company, clients: int) -> CompanyPublic:
    return CompanyPublic(
        id=company.id,
        number=company.number,
        name=company.name,
        clients=clients,
        created_at=company.created_at,
        updated_at=company.updated_at,
    )
