"""Use cases of what custodian clients hold: whose a key or session token is, and its end with the client."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.principals import Actor
from services.auth import events
from services.auth.client_session_tokens import service as session_tokens
from services.auth.client_session_tokens.models import PREFIX as SESSION_TOKEN
from services.auth.clients.models import Client
from services.auth.context import Context
from services.auth.custodian_clients import repository
from services.auth.holders import Holder, HolderKind
from services.auth.secret_tokens import Purpose


async def holder_of(session: AsyncSession, credential: str, *, context: Context, now: datetime) -> Holder | None:
    """Whose client key or session token it is; None when it is unknown or over. Must see every agency."""
    if credential.startswith(SESSION_TOKEN):
        return await session_tokens.holder_of(session, credential, now=now)
    named = context.tokens.read(Purpose.CLIENT_KEY, credential)
    found = await repository.with_client(session, named.id) if named else None
    if named is None or found is None or found[0].key_generation != named.generation:
        return None
    custodian_client, client = found
    return Holder(
        HolderKind.CLIENT,
        agency_id=client.agency_id,
        id=client.id,
        name=client.name,
        email=client.email or "",
        credential_id=custodian_client.id,
        client_ids=(client.id,),
    )


async def end_with_client(session: AsyncSession, client: Client, *, actor: Actor, now: datetime) -> None:
    """A client is about to go, and with them whatever they hold from a custodian; every process hears of it."""
    custodian_client = await repository.lock(session, client.agency_id, client.id)
    if custodian_client is None:
        return
    custodian_client.end_credentials(now)
    await events.credential_revoked(session, custodian_client, actor=actor, now=now)
