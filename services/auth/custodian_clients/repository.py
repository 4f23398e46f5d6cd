"""All SQL about custodian clients."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import and_
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql import Select
from sqlmodel import col, select

from services.auth.clients.models import Client
from services.auth.custodian_clients.models import CustodianClient
from services.auth.wallets.models import Wallet


@dataclass(frozen=True, slots=True)
class Found:
    """A custodian client with what is known of their wallet, if anything is."""

    client: CustodianClient
    wallet: Wallet | None


async def add(session: AsyncSession, client: CustodianClient) -> None:
    """Save a new custodian client."""
    session.add(client)
    await session.flush()


async def lock(session: AsyncSession, agency_id: UUID, client_id: UUID) -> CustodianClient | None:
    """A custodian client by the client's id, for this transaction alone."""
    query = (
        select(CustodianClient)
        .where(CustodianClient.agency_id == agency_id, CustodianClient.client_id == client_id)
        .with_for_update()
    )
    return (await session.scalars(query)).first()


async def with_client(session: AsyncSession, id: UUID) -> tuple[CustodianClient, Client] | None:
    """The row that a key names, in whichever agency, and its client."""
    query = (
        select(CustodianClient, Client)
        .join(
            Client,
            and_(col(Client.agency_id) == CustodianClient.agency_id, col(Client.id) == CustodianClient.client_id),
        )
        .where(CustodianClient.id == id)
    )
    row = (await session.execute(query)).first()
    return (row[0], row[1]) if row else None


async def get(session: AsyncSession, agency_id: UUID, client_id: UUID) -> Found | None:
    """A custodian client by the client's id."""
    query = _with_wallet(agency_id).where(col(CustodianClient.client_id) == client_id)
    row = (await session.execute(query)).first()
    return Found(row[0], row[1]) if row else None


async def page(session: AsyncSession, agency_id: UUID, *, after: UUID | None, limit: int) -> list[Found]:
    """Custodian clients of the agency, newest first, older than the client `after`."""
    query = _with_wallet(agency_id)
    if after:
        query = query.where(col(CustodianClient.client_id) < after)
    rows = await session.execute(query.order_by(col(CustodianClient.client_id).desc()).limit(limit))
    return [Found(row[0], row[1]) for row in rows]


def _with_wallet(agency_id: UUID) -> Select[CustodianClient, Wallet]:
    same_client = and_(
        col(Wallet.agency_id) == CustodianClient.agency_id, col(Wallet.client_id) == CustodianClient.client_id
    )
    return (
        select(CustodianClient, Wallet)
        .join(Wallet, same_client, isouter=True)
        .where(CustodianClient.agency_id == agency_id)
    )
