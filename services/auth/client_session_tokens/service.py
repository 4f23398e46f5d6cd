"""Use cases of client session tokens: issue, tell whose one is, end."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.secrets import hash_token
from services.auth.client_session_tokens import repository
from services.auth.client_session_tokens.models import IDLE, ClientSessionToken
from services.auth.holders import Holder, HolderKind


async def issue(session: AsyncSession, *, agency_id: UUID, client_id: UUID, now: datetime) -> str:
    """A new token of a custodian client; older ones run to their own end."""
    row, token = ClientSessionToken.issue(agency_id=agency_id, client_id=client_id, now=now)
    await repository.add(session, row)
    return token


async def holder_of(session: AsyncSession, token: str, *, now: datetime) -> Holder | None:
    """Whose token it is, which counts as a use of it; None when it is unknown or over. Must see every agency."""
    used = await repository.use(session, hash_token(token), now=now)
    if used is None:
        return None
    return Holder(
        HolderKind.CLIENT,
        agency_id=used.agency_id,
        id=used.client_id,
        name=used.name,
        email=used.email or "",
        credential_id=used.credential_id,
        expires_at=min(used.last_used_at + IDLE, used.expires_at),
        client_ids=(used.client_id,),
    )


async def end_all(session: AsyncSession, *, agency_id: UUID, client_id: UUID, now: datetime) -> int:
    """Every token of a client opens nothing from now on; returns how many were live."""
    return await repository.delete_of_client(session, agency_id, client_id, now=now)


async def forget_ended(session: AsyncSession, *, now: datetime) -> None:
    """Forget tokens that are of use to nobody."""
    await repository.delete_ended(session, now)
