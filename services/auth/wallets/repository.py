"""All SQL about wallets."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import select

from chassis.ids import new_id
from services.auth.wallets.models import Wallet

# The client's row is held, so that a wallet is not made for a client who is being deleted.
_ENSURE = text(
    "INSERT INTO wallets (agency_id, id, client_id, created_at, updated_at)"
    " SELECT agency_id, :id, id, :now, :now FROM clients WHERE agency_id = :agency_id AND id = :client_id"
    " FOR KEY SHARE ON CONFLICT (agency_id, client_id) DO NOTHING"
)


async def ensure(session: AsyncSession, agency_id: UUID, client_id: UUID, *, now: datetime) -> None:
    """Make the row of a client's wallet, unless it is there or the client is not."""
    which = {"agency_id": agency_id, "client_id": client_id, "id": new_id(), "now": now}
    await session.execute(_ENSURE, which)


async def lock(session: AsyncSession, agency_id: UUID, client_id: UUID) -> Wallet | None:
    """A client's wallet, for this transaction alone."""
    query = select(Wallet).where(Wallet.agency_id == agency_id, Wallet.client_id == client_id).with_for_update()
    return (await session.scalars(query)).first()
