"""Use cases of profiles."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.principals import Client
from services.portal.blobs import service as blobs
from services.portal.blobs.models import Blob
from services.portal.profiles import repository
from services.portal.profiles.models import Profile


@dataclass(frozen=True, slots=True)
class Told:
    """A profile and the larger of its pictures."""

    profile: Profile
    picture: Blob | None


async def read_profile(session: AsyncSession, client: Client) -> Told:
    """What the client has told of themselves; a blank profile while that is nothing."""
    found = await repository.find(session, client)
    return Told(*found) if found else Told(Profile.blank(client), None)


async def change_profile(
    session: AsyncSession,
    client: Client,
    *,
    changes: dict[str, Any],
    check_version: Callable[[int], None],
    now: datetime,
) -> Told:
    """Change the named fields (see Profile.change); a picture that is replaced ends. Raises what the check raises."""
    profile = await repository.lock(session, client)
    check_version(profile.version)
    before = profile.avatar
    profile.change(changes, now)
    if "avatar" in changes:
        await blobs.put_into_use(session, client.agency_id, profile.avatar or ())
        await blobs.end(session, client.agency_id, before or (), at=now)
    await session.flush()
    return await read_profile(session, client)


async def forget_profile(session: AsyncSession, agency_id: UUID, *, client_id: UUID, now: datetime) -> None:
    """Drop what a client told who is gone, pictures included."""
    await repository.remove(session, agency_id, client_id)
    await blobs.end_all_of(session, agency_id, client_id, at=now)
