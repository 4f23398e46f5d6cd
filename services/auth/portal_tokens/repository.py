"""All SQL about portal tokens."""

from uuid import UUID

from sqlalchemy import and_
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from services.auth.clients.models import Client
from services.auth.portal_tokens.models import PortalToken


async def add(session: AsyncSession, token: PortalToken) -> None:
    """Save a new row."""
    session.add(token)
    await session.flush()


async def with_client(session: AsyncSession, token_id: UUID) -> tuple[PortalToken, Client] | None:
    """The row with that id, in whichever agency, and its client."""
    query = (
        select(PortalToken, Client)
        .join(
            Client,
            and_(col(Client.agency_id) == PortalToken.agency_id, col(Client.id) == PortalToken.client_id),
        )
        .where(PortalToken.id == token_id)
    )
    row = (await session.execute(query)).first()
    return (row[0], row[1]) if row else None


async def of_client(session: AsyncSession, agency_id: UUID, client_id: UUID) -> list[PortalToken]:
    """Every row of a client, newest first."""
    query = (
        select(PortalToken)
        .where(PortalToken.agency_id == agency_id, PortalToken.client_id == client_id)
        .order_by(col(PortalToken.id).desc())
    )
    return list(await session.scalars(query))


async def delete(session: AsyncSession, token: PortalToken) -> None:
    """Remove a row."""
    await session.delete(token)
