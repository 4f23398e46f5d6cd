"""Use cases of client sessions for the agency: see who is signed in as a client, and end it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.principals import Staff
from services.auth.client_sessions import repository, service
from services.auth.client_sessions.models import ClientSession
from services.auth.clients import service as clients


async def list_of_client(
    session: AsyncSession, staff: Staff, *, client_id: UUID, after: UUID | None, limit: int, now: datetime
) -> list[ClientSession]:
    """Live sessions of a client, newest first; NotFound when the agency has no such client."""
    await clients.load_client(session, staff.agency_id, client_id)
    return await repository.page(session, staff.agency_id, client_id=client_id, after=after, limit=limit, now=now)


async def end_all_of_client(session: AsyncSession, staff: Staff, *, client_id: UUID, now: datetime) -> int:
    """End every session of a client, and tell how many there were; NotFound when the agency has no such client."""
    await clients.load_client(session, staff.agency_id, client_id)
    return await service.end_all(session, staff.agency_id, client_id, actor=staff.actor, now=now)
