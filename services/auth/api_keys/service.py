"""Use cases of API keys."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.errors import Forbidden, Invalid, NotFound
from chassis.principals import Staff
from chassis.secrets import hash_token
from services.auth import events
from services.auth.api_keys import repository
from services.auth.api_keys.models import ApiKey
from services.auth.api_keys.schemas import ApiKeyCreate, ApiKeyCreated, ApiKeyPublic
from services.auth.holders import Holder, HolderKind


class KeysAreForPeople(Forbidden):
    """A key that could make keys would outlive its own end."""

    default = "API keys are made and ended by owners and admins in person, not by an API key."


async def create_api_key(session: AsyncSession, staff: Staff, *, body: ApiKeyCreate, now: datetime) -> ApiKeyCreated:
    """A new key; the answer is the only place where the key itself is shown. Invalid for an end that has passed."""
    _require_person(staff)
    if body.expires_at is not None and body.expires_at <= now:
        raise Invalid.field("expiresAt", "must be in the future")
    row, key = ApiKey.issue(
        agency_id=staff.agency_id,
        now=now,
        name=body.name,
        scopes=[str(scope) for scope in body.scopes],
        created_by=staff.id,
        expires_at=body.expires_at,
    )
    await repository.add(session, row)
    return ApiKeyCreated(**ApiKeyPublic.model_validate(row).model_dump(), key=key)


async def list_api_keys(session: AsyncSession, staff: Staff, *, after: UUID | None, limit: int) -> list[ApiKeyPublic]:
    """Keys that were not deleted, newest first; those that have run out too."""
    _require_person(staff)
    rows = await repository.kept(session, staff.agency_id, after=after, limit=limit)
    return [ApiKeyPublic.model_validate(row) for row in rows]


async def delete_api_key(session: AsyncSession, staff: Staff, *, key_id: UUID, now: datetime) -> None:
    """End a key; every process hears of it. NotFound when there is none, or it has ended already."""
    _require_person(staff)
    key = await repository.get(session, staff.agency_id, key_id)
    if key is None or not key.revoke(now):
        raise NotFound
    await events.credential_revoked(session, key, actor=staff.actor, now=now)


async def holder_of(session: AsyncSession, key: str, *, now: datetime) -> Holder | None:
    """Whose key it is; None when it is unknown or has ended. The session must see every agency."""
    row = await repository.with_hash(session, hash_token(key))
    if row is None or not row.is_live(now):
        return None
    await repository.note_use(session, row, now)
    return Holder(
        HolderKind.API_KEY,
        agency_id=row.agency_id,
        id=row.id,
        name=row.name,
        scopes=tuple(row.scopes),
        credential_id=row.id,
        expires_at=row.expires_at,
    )


def _require_person(staff: Staff) -> None:
    if staff.via != "session":
        raise KeysAreForPeople
