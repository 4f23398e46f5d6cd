"""Use cases of portal tokens: issue, tell whose one is, revoke."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.principals import Actor
from services.auth import events
from services.auth.companies.models import Company
from services.auth.context import Context
from services.auth.holders import Holder, HolderKind
from services.auth.portal_tokens import repository
from services.auth.portal_tokens.links import PortalLinks, id_in
from services.auth.portal_tokens.models import PortalToken, TokenHolder

# Rows outlive their tokens for as long as somebody may still ask what became of a link.
KEPT_AFTER_THE_END = timedelta(days=180)


async def issue(
    session: AsyncSession, holder: TokenHolder, *, lifetime: timedelta, actor: Actor, now: datetime
) -> PortalToken:
    """A new token of a client or company."""
    token = PortalToken.for_holder(holder, lifetime=lifetime, now=now)
    await repository.add(session, token)
    await events.portal_token_created(session, token, actor=actor, now=now)
    return token


async def live_token(session: AsyncSession, holder: TokenHolder, *, now: datetime) -> PortalToken | None:
    """The newest token of a client or company that still opens the portal."""
    tokens = await repository.of_holder(session, holder)
    return next((token for token in tokens if token.is_live(now)), None)


async def revoke_live(session: AsyncSession, holder: TokenHolder, *, actor: Actor, now: datetime) -> int:
    """End every live token of a client or company; every process hears of it. How many there were."""
    ended = [token for token in await repository.of_holder(session, holder) if token.revoke(now)]
    for token in ended:
        await events.credential_revoked(session, token, actor=actor, now=now)
    return len(ended)


async def revoke_all(session: AsyncSession, holder: TokenHolder, *, actor: Actor, now: datetime) -> None:
    """End and remove every token of a client or company that goes."""
    await revoke_live(session, holder, actor=actor, now=now)
    for token in await repository.of_holder(session, holder):
        await repository.delete(session, token)


async def opens_otherwise(session: AsyncSession, holder: TokenHolder, *, actor: Actor, now: datetime) -> None:
    """What the holder's tokens open has changed: no process goes on by what it remembers of them."""
    for token in await repository.of_holder(session, holder):
        if token.is_live(now):
            await events.credential_changed(session, token, actor=actor, now=now)


async def link_of(
    session: AsyncSession, agency_id: UUID, id: UUID, *, context: Context, now: datetime
) -> tuple[str, datetime] | None:
    """The address that a token's mail carries and when it ends; None when it has ended."""
    token = await repository.get(session, agency_id, id)
    if token is None or not token.is_live(now):
        return None
    return context.links.url(token.id, token.generation), token.expires_at


async def holder_of(session: AsyncSession, token: str, *, links: PortalLinks, now: datetime) -> Holder | None:
    """Whose token it is; None when it is forged, revoked or over. The session must see every agency."""
    token_id = id_in(token)
    found = await repository.with_holder(session, token_id) if token_id else None
    if found is None:
        return None
    row, held_by = found
    if not links.matches(row, token) or not row.is_live(now):
        return None
    holder = Holder(
        HolderKind.CLIENT,
        agency_id=row.agency_id,
        id=held_by.id,
        name=held_by.name,
        credential_id=row.id,
        expires_at=row.expires_at,
    )
    if isinstance(held_by, Company):
        return replace(holder, client_ids=await repository.clients_of(session, held_by), is_company=True)
    return replace(holder, email=held_by.email or "", client_ids=(held_by.id,))


async def forget_ended(session: AsyncSession, *, now: datetime) -> None:
    """Forget tokens that ended long ago."""
    await repository.delete_ended(session, now - KEPT_AFTER_THE_END)
