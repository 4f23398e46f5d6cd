"""All SQL about portal tokens."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import and_
from sqlalchemy import delete as delete_rows
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from services.auth.clients.models import Client
from services.auth.companies.models import Company
from services.auth.portal_tokens.models import HolderType, PortalToken, TokenHolder


async def add(session: AsyncSession, token: PortalToken) -> None:
    """Save a new row."""
    session.add(token)
    await session.flush()


async def get(session: AsyncSession, agency_id: UUID, token_id: UUID) -> PortalToken | None:
    """The row with that id."""
    return await session.get(PortalToken, (agency_id, token_id))


async def with_holder(session: AsyncSession, token_id: UUID) -> tuple[PortalToken, Client | Company] | None:
    """The row with that id, in whichever agency, and its client or company."""
    query = (
        select(PortalToken, Client, Company)
        .outerjoin(
            Client,
            and_(col(Client.agency_id) == PortalToken.agency_id, col(Client.id) == PortalToken.client_id),
        )
        .outerjoin(
            Company,
            and_(col(Company.agency_id) == PortalToken.agency_id, col(Company.id) == PortalToken.company_id),
        )
        .where(PortalToken.id == token_id)
    )
    row = (await session.execute(query)).first()
    return (row[0], row[1] or row[2]) if row else None


async def clients_of(session: AsyncSession, company: Company) -> tuple[UUID, ...]:
    """The ids of a company's clients, oldest first."""
    query = (
        select(Client.id)
        .where(Client.agency_id == company.agency_id, Client.company_id == company.id)
        .order_by(col(Client.id))
    )
    return tuple(await session.scalars(query))


async def of_holder(session: AsyncSession, holder: TokenHolder) -> list[PortalToken]:
    """Every row of a client or company, newest first."""
    column = PortalToken.company_id if holder.type is HolderType.COMPANY else PortalToken.client_id
    query = (
        select(PortalToken)
        .where(PortalToken.agency_id == holder.agency_id, column == holder.id)
        .order_by(col(PortalToken.id).desc())
        .execution_options(populate_existing=True)
    )
    return list(await session.scalars(query))


async def delete(session: AsyncSession, token: PortalToken) -> None:
    """Remove a row."""
    await session.delete(token)


async def delete_ended(session: AsyncSession, before: datetime) -> None:
    """Remove rows that ended before a moment, in every agency."""
    await session.execute(delete_rows(PortalToken).where(col(PortalToken.expires_at) < before))
