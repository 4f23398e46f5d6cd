"""Use cases of portal tokens: issue, tell whose one is, revoke."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.principals import Staff
from services.auth import events
from services.auth.holders import Holder, HolderKind
from services.auth.portal_tokens import repository
from services.auth.portal_tokens.links import PortalLinks, id_in
from services.auth.portal_tokens.models import PortalToken


async def issue(
    session: AsyncSession, *, agency_id: UUID, client_id: UUID, lifetime: timedelta, now: datetime
) -> PortalToken:
    """A new token of a client."""
    token = PortalToken(
        agency_id=agency_id, client_id=client_id, expires_at=now + lifetime, created_at=now, updated_at=now
    )
    await repository.add(session, token)
    return token


async def live_token(session: AsyncSession, *, agency_id: UUID, client_id: UUID, now: datetime) -> PortalToken | None:
    """The newest token of a client that still opens the portal."""
    tokens = await repository.of_client(session, agency_id, client_id)
    return next((token for token in tokens if token.is_live(now)), None)


async def revoke_all(session: AsyncSession, *, client_id: UUID, staff: Staff, now: datetime) -> None:
    """End and remove every token of a client who goes; every process hears of it."""
    for token in await repository.of_client(session, staff.agency_id, client_id):
        if token.revoke(now):
            await events.credential_revoked(session, token, actor=staff.actor, now=now)
        await repository.delete(session, token)


async def holder_of(session: AsyncSession, token: str, *, links: PortalLinks, now: datetime) -> Holder | None:
    """Whose token it is; None when it is forged, revoked or over. The session must see every agency."""
    token_id = id_in(token)
    found = await repository.with_client(session, token_id) if token_id else None
    if found is None:
        return None
    row, client = found
    if not links.matches(row, token) or not row.is_live(now):
        return None
    return Holder(
        HolderKind.CLIENT,
        agency_id=client.agency_id,
        id=client.id,
        name=client.name,
        email=client.email or "",
        credential_id=row.id,
        expires_at=row.expires_at,
        client_ids=(client.id,),
    )
