"""All SQL about one-time passwords."""

from datetime import datetime

from sqlalchemy import and_, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from services.auth.clients.models import Client
from services.auth.one_time_passwords.models import OneTimePassword

# A client has one at the most: the new one takes the place of the one before.
_REPLACE = text(
    "INSERT INTO one_time_passwords (agency_id, id, client_id, password_hash, expires_at, created_at, updated_at)"
    " VALUES (:agency_id, :id, :client_id, :password_hash, :expires_at, :created_at, :updated_at)"
    " ON CONFLICT (agency_id, client_id) DO UPDATE SET password_hash = excluded.password_hash,"
    " expires_at = excluded.expires_at, updated_at = excluded.updated_at, version = one_time_passwords.version + 1"
)
# Of many that try at once, the first deletes the row, and the others wait and then find none.
_CONSUME = text("DELETE FROM one_time_passwords WHERE password_hash = :hash AND expires_at > :now RETURNING id")
_DELETE_ENDED = text("DELETE FROM one_time_passwords WHERE expires_at <= :now")


async def replace(session: AsyncSession, password: OneTimePassword) -> None:
    """Save a client's new password; the one before is gone."""
    fields = ("agency_id", "id", "client_id", "password_hash", "expires_at", "created_at", "updated_at")
    await session.execute(_REPLACE, {name: getattr(password, name) for name in fields})


async def client_of(session: AsyncSession, password_hash: bytes, *, now: datetime) -> Client | None:
    """Whose live password it is, in whichever agency; the client stays until this transaction ends."""
    query = (
        select(Client)
        .join(
            OneTimePassword,
            and_(
                col(OneTimePassword.agency_id) == Client.agency_id,
                col(OneTimePassword.client_id) == Client.id,
            ),
        )
        .where(OneTimePassword.password_hash == password_hash, OneTimePassword.expires_at > now)
        .with_for_update(key_share=True, read=True, of=Client)
    )
    return (await session.scalars(query)).first()


async def consume(session: AsyncSession, password_hash: bytes, *, now: datetime) -> bool:
    """Use a live password up; False when somebody else just has."""
    consumed = await session.execute(_CONSUME, {"hash": password_hash, "now": now})
    return consumed.first() is not None


async def delete_ended(session: AsyncSession, now: datetime) -> None:
    """Forget passwords that are over."""
    await session.execute(_DELETE_ENDED, {"now": now})
