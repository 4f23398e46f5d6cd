"""Use cases of client sessions."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from services.auth.holders import Holder


async def holder_of(session: AsyncSession, session_id: UUID, *, now: datetime) -> Holder | None:
    """Whose session it is; None when it is unknown or over. The session must see every agency."""
    return None
