"""Use cases of custodian clients."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from services.auth.context import Context
from services.auth.holders import Holder


async def holder_of(session: AsyncSession, key: str, *, context: Context, now: datetime) -> Holder | None:
    """Whose client key or client session token it is; None when it is unknown or over. Must see every agency."""
    return None
