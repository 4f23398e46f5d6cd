"""The SQL of payment accounts."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import select

from services.billing.accounts.models import PaymentAccount


async def find(session: AsyncSession, agency_id: UUID, *, lock: bool = False) -> PaymentAccount | None:
    """The agency's own account."""
    found = select(PaymentAccount).where(PaymentAccount.agency_id == agency_id)
    if lock:
        found = found.with_for_update()
    return (await session.execute(found)).scalar_one_or_none()
