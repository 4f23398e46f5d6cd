"""The SQL of payment accounts."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from services.billing.accounts.models import PaymentAccount

_LOCK = text("SELECT pg_advisory_xact_lock(hashtextextended('payment_accounts/' || CAST(:agency_id AS text), 0))")


async def find_all(session: AsyncSession, agency_id: UUID) -> Sequence[PaymentAccount]:
    """The agency's own accounts, the chosen one first."""
    found = (
        select(PaymentAccount)
        .where(PaymentAccount.agency_id == agency_id)
        .order_by(col(PaymentAccount.chosen_at).desc(), col(PaymentAccount.id).desc())
    )
    return (await session.execute(found)).scalars().all()


async def lock(session: AsyncSession, agency_id: UUID) -> None:
    """Let nobody else change the agency's accounts until the transaction ends, also where it has none yet."""
    await session.execute(_LOCK, {"agency_id": str(agency_id)})
