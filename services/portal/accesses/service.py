"""Use cases of accesses."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.principals import Client
from services.portal import events
from services.portal.accesses import repository


async def open_portal(session: AsyncSession, client: Client, *, now: datetime) -> None:
    """Record that a person opened the portal and announce it once per visit."""
    access = await repository.lock_access(session, client)
    if access.open(now):
        await events.token_accessed(session, access, client=client, now=now)
