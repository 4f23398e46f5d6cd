"""Use cases of belonging to a company, for whoever joins or leaves one or gets a portal token of it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.errors import Invalid, NotFound
from chassis.principals import Actor
from services.auth.companies import repository
from services.auth.companies.models import Company
from services.auth.portal_tokens import service as portal_tokens
from services.auth.portal_tokens.models import HolderType, TokenHolder


async def lock_company(session: AsyncSession, agency_id: UUID, reference: UUID | int) -> Company:
    """A company by id or number, for this transaction alone; NotFound when the agency has none."""
    company = await repository.lock(session, agency_id, reference)
    if company is None:
        raise NotFound
    return company


async def company_to_join(session: AsyncSession, agency_id: UUID, company_id: UUID) -> Company:
    """A company that keeps its name and stays until the client has joined; Invalid when the agency has none."""
    company = await repository.lock(session, agency_id, company_id, others_may_read=True)
    if company is None:
        raise Invalid.field("companyId", "must be one of your companies")
    return company


async def members_changed(
    session: AsyncSession, agency_id: UUID, company_ids: set[UUID], *, actor: Actor, now: datetime
) -> None:
    """Clients have joined or left: the companies' portal tokens open the work of others than before."""
    for company_id in sorted(company_ids):
        holder = TokenHolder(HolderType.COMPANY, agency_id, company_id)
        await portal_tokens.opens_otherwise(session, holder, actor=actor, now=now)
