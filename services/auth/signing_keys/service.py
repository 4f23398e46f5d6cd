"""Use cases of signing keys: which one signs, which are published, and the change from one to the next."""

from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.ids import new_id
from chassis.secrets import Vault
from services.auth import events
from services.auth.signing_keys import repository
from services.auth.signing_keys.models import DEPLOYMENT, PUBLISHED_BEFORE_SIGNING, SigningKey


async def current(session: AsyncSession, *, vault: Vault, now: datetime) -> tuple[str, Ed25519PrivateKey]:
    """The `kid` and the private key to sign with; the first ever is made here."""
    key = await repository.signing_at(session, now) or await _first(session, vault=vault, now=now)
    assert key.sealed_private_key is not None, "a key that signs has its private half"
    raw = vault.open(key.sealed_private_key, key.kid)
    return key.kid, Ed25519PrivateKey.from_private_bytes(raw)


async def published(session: AsyncSession, *, vault: Vault, now: datetime) -> list[SigningKey]:
    """The keys that a token alive today may name, newest first; never empty."""
    if await repository.signing_at(session, now) is None:
        await _first(session, vault=vault, now=now)
    keys = await repository.newest_first(session)
    return [key for key in keys if key.is_published(now)]


async def rotate(session: AsyncSession, *, vault: Vault, now: datetime) -> SigningKey:
    """Make the next key. It is published at once and signs two minutes later, so that no token is refused."""
    await repository.lock(session)
    following = await _make(session, vault=vault, signs_from=now + PUBLISHED_BEFORE_SIGNING, now=now)
    for key in await repository.newest_first(session):
        if key.signs_until is None and key is not following:
            key.hand_over(following.signs_from)
    await events.key_rotated(session, following, now=now)
    return following


async def tend(session: AsyncSession, *, vault: Vault, now: datetime) -> None:
    """What time brings: make the first key, rotate when due, wipe private halves, drop keys that are over."""
    await repository.lock(session)
    keys = await repository.newest_first(session)
    if not keys:
        await _make(session, vault=vault, signs_from=now, now=now)
    elif keys[0].is_due(now):
        await rotate(session, vault=vault, now=now)
    for key in keys:
        key.forget_private_half(now)
        if not key.is_published(now):
            await repository.delete(session, key)


async def _first(session: AsyncSession, *, vault: Vault, now: datetime) -> SigningKey:
    await repository.lock(session)
    return await repository.signing_at(session, now) or await _make(session, vault=vault, signs_from=now, now=now)


async def _make(session: AsyncSession, *, vault: Vault, signs_from: datetime, now: datetime) -> SigningKey:
    private, id = Ed25519PrivateKey.generate(), new_id()
    key = SigningKey(
        agency_id=DEPLOYMENT,
        id=id,
        public_key=private.public_key().public_bytes_raw(),
        sealed_private_key=vault.seal(private.private_bytes_raw(), id.hex),
        signs_from=signs_from,
        created_at=now,
        updated_at=now,
    )
    session.add(key)
    await session.flush()
    return key
