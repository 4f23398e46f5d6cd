"""All SQL about signatures, their trail and the keys that seal."""

from collections.abc import AsyncIterator
from datetime import datetime
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from services.projects.signatures.models import SealingKey, Signature, TrailEntry

BATCH = 500

_LOCK_TRAIL = text("SELECT pg_advisory_xact_lock(hashtextextended('signature_trail/' || :agency_id, 0))")
_NEWEST_KEY = text(
    "SELECT id, generation, certificate, private_key, not_after FROM sealing_keys ORDER BY generation DESC LIMIT 1"
)
_ADD_KEY = text(
    "INSERT INTO sealing_keys (id, generation, certificate, private_key, not_after, created_at)"
    " VALUES (:id, :generation, :certificate, :private_key, :not_after, :created_at)"
    " ON CONFLICT (generation) DO NOTHING"
)

_IS_ABOUT = (col(Signature.agency_id) == col(TrailEntry.agency_id)) & (
    col(Signature.id) == col(TrailEntry.signature_id)
)


async def add(session: AsyncSession, signature: Signature) -> None:
    """Save a new signature."""
    session.add(signature)
    await session.flush()


async def of_file(session: AsyncSession, agency_id: UUID, file_id: UUID) -> Signature | None:
    """The signature on a file."""
    query = select(Signature).where(Signature.agency_id == agency_id, Signature.file_id == file_id)
    return (await session.scalars(query)).one_or_none()


async def of_contract(session: AsyncSession, agency_id: UUID, contract_id: UUID) -> Signature | None:
    """The signature on a contract."""
    query = select(Signature).where(Signature.agency_id == agency_id, Signature.contract_id == contract_id)
    return (await session.scalars(query)).one_or_none()


async def sealed_as(session: AsyncSession, sha256: str) -> tuple[Signature, TrailEntry | None] | None:
    """The signature whose sealed PDF has that hash, with its entry; the session must see across agencies."""
    query = (
        select(Signature, TrailEntry)
        .outerjoin(TrailEntry, _IS_ABOUT)
        .where(Signature.sealed_sha256 == sha256)
        .order_by(col(Signature.id))
        .limit(1)
    )
    row = (await session.execute(query)).one_or_none()
    return (row[0], row[1]) if row else None


async def last_entry(session: AsyncSession, agency_id: UUID) -> TrailEntry | None:
    """The end of the agency's trail; nobody else adds to it until the transaction ends."""
    await session.execute(_LOCK_TRAIL, {"agency_id": str(agency_id)})
    query = select(TrailEntry).where(TrailEntry.agency_id == agency_id).order_by(col(TrailEntry.position).desc())
    return (await session.scalars(query.limit(1))).one_or_none()


async def add_entry(session: AsyncSession, entry: TrailEntry) -> None:
    """Lengthen the trail."""
    session.add(entry)
    await session.flush()


async def trail(session: AsyncSession, agency_id: UUID) -> AsyncIterator[tuple[TrailEntry, Signature | None]]:
    """Every entry of the agency's trail with the signature it is about, first to last, in batches."""
    position = 0
    while True:
        query = (
            select(TrailEntry, Signature)
            .outerjoin(Signature, _IS_ABOUT)
            .where(TrailEntry.agency_id == agency_id, TrailEntry.position > position)
            .order_by(col(TrailEntry.position))
            .limit(BATCH)
        )
        batch = (await session.execute(query)).all()
        for entry, signature in batch:
            yield entry, signature
        if len(batch) < BATCH:
            return
        position = batch[-1][0].position
        session.expunge_all()


async def first_without_entry(session: AsyncSession, agency_id: UUID) -> UUID | None:
    """The oldest signature that the trail does not tell of: its entry was cut off."""
    told = select(TrailEntry.signature_id).where(TrailEntry.agency_id == agency_id)
    query = select(Signature.id).where(Signature.agency_id == agency_id, col(Signature.id).not_in(told))
    return (await session.scalars(query.order_by(col(Signature.id)).limit(1))).one_or_none()


async def newest_key(session: AsyncSession) -> SealingKey | None:
    """The deployment's newest sealing key; the session must see across agencies."""
    row = (await session.execute(_NEWEST_KEY)).one_or_none()
    return SealingKey(**row._mapping) if row else None


async def add_key(session: AsyncSession, key: SealingKey, now: datetime) -> None:
    """Save a key unless another process has just saved one of the same generation."""
    await session.execute(
        _ADD_KEY,
        {
            "id": key.id,
            "generation": key.generation,
            "certificate": key.certificate,
            "private_key": key.private_key,
            "not_after": key.not_after,
            "created_at": now,
        },
    )
