"""Use cases of blobs: who may see one, and when one comes into use and ends."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.errors import NotFound
from chassis.principals import Principal, Staff
from services.portal.blobs import repository
from services.portal.blobs.models import Blob


async def visible_blob(session: AsyncSession, principal: Principal, blob_id: UUID, *, now: datetime) -> Blob:
    """A blob of the principal's own, or for staff any of the agency; NotFound otherwise, whatever the reason."""
    blob = await repository.find(session, principal.agency_id, blob_id, now)
    if blob is None or not (isinstance(principal, Staff) or blob.owner_id == principal.id):
        raise NotFound
    return blob


async def public_blob(session: AsyncSession, name: str, *, now: datetime) -> Blob:
    """The blob that anyone may fetch by that name; the session must see every agency."""
    blob = await repository.find_public(session, name, now)
    if blob is None:
        raise NotFound
    return blob


async def key_of(session: AsyncSession, name: str, *, now: datetime) -> str | None:
    """The object store's key of the agency's blob by that public name; None where it has ended."""
    blob = await repository.find_public(session, name, now)
    return blob.key if blob else None


async def put_into_use(session: AsyncSession, agency_id: UUID, ids: Iterable[UUID]) -> None:
    """Keep blobs that were drawn a moment ago for good."""
    for blob in await repository.lock(session, agency_id, ids):
        blob.keep()


async def end(session: AsyncSession, agency_id: UUID, ids: Iterable[UUID], *, at: datetime) -> None:
    """Show some blobs no longer from a moment on."""
    for blob in await repository.lock(session, agency_id, ids):
        blob.end(at)


async def end_all_of(session: AsyncSession, agency_id: UUID, owner_id: UUID | None, *, at: datetime) -> None:
    """Show no longer, from a moment on, any blob of a client or company, or of the agency's own."""
    for blob in await repository.lock_all_of(session, agency_id, owner_id):
        blob.end(at)
