"""Use cases of one-time passwords: issue one, exchange it for a client session."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.secrets import hash_token
from services.auth.client_sessions import service as client_sessions
from services.auth.client_sessions.models import SignedInBy
from services.auth.client_sessions.schemas import ClientSignedIn
from services.auth.context import Context
from services.auth.one_time_passwords import repository
from services.auth.one_time_passwords.models import OneTimePassword, OneTimePasswordNotValid


async def issue(session: AsyncSession, *, agency_id: UUID, client_id: UUID, now: datetime) -> str:
    """A new password of a custodian client; the one before is void."""
    row, password = OneTimePassword.issue(agency_id=agency_id, client_id=client_id, now=now)
    await repository.replace(session, row)
    return password


async def exchange(
    session: AsyncSession, password: str, *, context: Context, user_agent: str, now: datetime
) -> ClientSignedIn:
    """A client session for a password, which is used up. The session must see every agency.

    One refusal, OneTimePasswordNotValid, for wrong, used, replaced and expired ones. PortalClosed leaves it unused.
    """
    password_hash = hash_token(password)
    client = await repository.client_of(session, password_hash, now=now)
    if client is None or not await repository.consume(session, password_hash, now=now):
        raise OneTimePasswordNotValid
    return await client_sessions.open_session(
        session, client, context=context, user_agent=user_agent, via=SignedInBy.ONE_TIME_PASSWORD, now=now
    )


async def forget_ended(session: AsyncSession, *, now: datetime) -> None:
    """Forget passwords that are over."""
    await repository.delete_ended(session, now)
