"""Use cases of erasures."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chassis import erasing
from chassis.errors import Invalid
from chassis.principals import Staff
from services.auth import events
from services.auth.clients import service as clients
from services.auth.clients.models import Client
from services.auth.clients.schemas import ClientPublic
from services.auth.companies import membership as companies
from services.auth.context import Context
from services.auth.erasures.schemas import ErasurePublic


async def load_client(session: AsyncSession, staff: Staff, client_id: UUID) -> Client:
    """The client who is to be erased, or was, as nobody else changes them meanwhile; NotFound."""
    return await clients.load_client(session, staff.agency_id, client_id)


async def erase_client(
    session: AsyncSession, staff: Staff, *, client: Client, confirm: str, context: Context, now: datetime
) -> ErasurePublic:
    """End all that opens anything for the client, forget who they were, and have every service do so.

    Who was erased already is erased once more: what came in since goes too. Raises Invalid when `confirm` is neither
    the client's name nor their e-mail address.
    """
    is_first = client.erased_at is None
    if is_first and not client.is_called(confirm):
        raise Invalid.field("confirm", "is neither the name nor the e-mail address of this client")
    names = context.sealed_names.seal(client.id, [name for name in (client.name, client.email) if name])
    left = client.company_id
    client.erase(now)
    await clients.end_credentials(session, staff, client=client, now=now)
    public = ClientPublic.model_validate(client)
    await events.client_erased(session, client, public, names=names if is_first else "", actor=staff.actor, now=now)
    if left:
        await companies.members_changed(session, client.agency_id, {left}, actor=staff.actor, now=now)
    await erasing.ask(
        session,
        agency_id=client.agency_id,
        client_id=client.id,
        sealed_names=names if is_first else None,
        now=now,
    )
    assert client.erased_at, "it was erased just now"
    return ErasurePublic(client_id=client.id, name=client.name, erased_at=client.erased_at)
