"""Use cases of client sessions: open, refresh, end."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chassis import principals
from chassis.credentials import PortalClosed
from chassis.errors import Conflict, NotFound, Unauthenticated
from chassis.principals import SYSTEM, Actor
from chassis.telemetry import log
from services.auth import events
from services.auth.agencies import service as agencies
from services.auth.client_sessions import repository
from services.auth.client_sessions.models import ClientSession, SignedInBy
from services.auth.client_sessions.schemas import ClientSignedIn
from services.auth.client_sessions.tokens import mint
from services.auth.clients.models import Client
from services.auth.context import Context
from services.auth.holders import Holder, HolderKind
from services.auth.secret_tokens import Named, Purpose
from services.auth.signing_keys import service as signing_keys


class RefreshNotValid(Unauthenticated):
    """The refresh token is unknown, used, or of a session that is over: which of them is nobody's business."""

    default = "This session cannot be continued. Sign in again."


class NoSession(Conflict):
    """A portal token or a key has no session that could end."""

    default = "Nobody is signed in here: a portal link or a key has no session to end."


async def open_session(
    session: AsyncSession, client: Client, *, context: Context, user_agent: str, via: SignedInBy, now: datetime
) -> ClientSignedIn:
    """A new session of a client and its first pair of tokens. The session must see every agency.

    PortalClosed when the agency has shut its portal; what the client signed in with is not used up then, because
    the error undoes the transaction.
    """
    await _require_open_portal(session, client)
    opened = ClientSession.opened_by(
        agency_id=client.agency_id, client_id=client.id, signed_in_by=via, user_agent=user_agent, now=now
    )
    await repository.add(session, opened)
    return await _pair(session, opened, client, context=context, now=now)


def read_refresh_token(token: str, *, context: Context) -> Named:
    """The session that a refresh token names, and which of its tokens it is; RefreshNotValid for what is not ours."""
    named = context.tokens.read(Purpose.REFRESH, token)
    if named is None:
        raise RefreshNotValid
    return named


async def refresh(
    session: AsyncSession, named: Named, *, context: Context, contested: bool, now: datetime
) -> ClientSignedIn | None:
    """The next pair of tokens of a session, or None when the token was used before and has ended the session.

    Of calls that are sent at once with one token one wins, and RefreshNotValid is all that happens to the others:
    `contested` says that this call met another. A call that comes by itself with a token that has been used is
    made by somebody who should not have it, or by its owner after a thief.
    """
    seen = await repository.generation_of(session, named.id)
    found = await repository.with_client_locked(session, named.id)
    if found is None or not found[0].is_live(now):
        raise RefreshNotValid
    current, client = found
    if named.generation == current.generation:
        await _require_open_portal(session, client)
        current.rotate(now)
        return await _pair(session, current, client, context=context, now=now)
    # What it met need not have been in this process: before it waited for the row, the token was good.
    lost_a_race = (contested or seen == named.generation) and current.was_just_used(named.generation, now)
    if lost_a_race or named.generation > current.generation:
        raise RefreshNotValid
    current.end(now)
    log.warning("refresh_token_used_again", session_id=str(current.id), agency_id=str(current.agency_id))
    await events.session_revoked(session, current, actor=SYSTEM, now=now)
    return None


async def log_out(session: AsyncSession, client: principals.Client, *, now: datetime) -> None:
    """End the session that is asking; every process hears of it."""
    if client.via != "session":
        raise NoSession
    await end_own(session, client, session_id=client.credential_id, now=now)


async def list_own(
    session: AsyncSession, client: principals.Client, *, after: UUID | None, limit: int, now: datetime
) -> list[ClientSession]:
    """Live sessions of the client who asks, newest first."""
    return await repository.page(session, client.agency_id, client_id=client.id, after=after, limit=limit, now=now)


async def end_own(session: AsyncSession, client: principals.Client, *, session_id: UUID, now: datetime) -> None:
    """End a session of the client who asks; NotFound when they have none with that id that lives."""
    found = await repository.get_locked(session, client.agency_id, session_id)
    if found is None or found.client_id != client.id or not found.end(now):
        raise NotFound
    await events.session_revoked(session, found, actor=client.actor, now=now)


async def end_all(session: AsyncSession, agency_id: UUID, client_id: UUID, *, actor: Actor, now: datetime) -> int:
    """End every session of a client; how many there were."""
    live = await repository.live_of_client(session, agency_id, client_id, now=now)
    for found in live:
        found.end(now)
        await events.session_revoked(session, found, actor=actor, now=now)
    return len(live)


async def holder_of(session: AsyncSession, session_id: UUID, *, now: datetime) -> Holder | None:
    """Whose session it is; None when it is unknown or over. The session must see every agency."""
    found = await repository.with_client(session, session_id)
    if found is None or not found[0].is_live(now):
        return None
    current, client = found
    return Holder(
        HolderKind.CLIENT,
        agency_id=client.agency_id,
        id=client.id,
        name=client.name,
        email=client.email or "",
        credential_id=current.id,
        expires_at=current.expires_at,
        client_ids=(client.id,),
    )


async def forget_ended(session: AsyncSession, *, now: datetime) -> None:
    """Forget sessions that are of use to nobody."""
    await repository.delete_ended(session, now)


async def _require_open_portal(session: AsyncSession, client: Client) -> None:
    agency = await agencies.get_agency(session, client.agency_id)
    if not agency.portal_open:
        raise PortalClosed


async def _pair(
    session: AsyncSession, current: ClientSession, client: Client, *, context: Context, now: datetime
) -> ClientSignedIn:
    signer = await signing_keys.current(session, vault=context.vault, now=now)
    access_token, ends = mint(client, current, issuer=context.issuer, signer=signer, now=now)
    return ClientSignedIn(
        access_expires_unix=ends,
        access_token=access_token,
        id=client.id,
        refresh_token=context.tokens.token(Purpose.REFRESH, current.id, current.generation),
        username=client.email or client.name,
    )
