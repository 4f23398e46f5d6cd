"""Use cases of password resets."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from services.auth.context import Context
from services.auth.password_resets import repository
from services.auth.secret_tokens import Purpose


async def link_of(
    session: AsyncSession, agency_id: UUID, id: UUID, *, context: Context, now: datetime
) -> tuple[str, datetime] | None:
    """The address that a password reset's mail carries and when it ends; None when it has ended."""
    row = await repository.get(session, agency_id, id)
    if row is None or not row.is_live(now):
        return None
    token = context.tokens.token(Purpose.PASSWORD_RESET, row.id)
    return f"{context.issuer}/app/reset-password#token={token}", row.expires_at
