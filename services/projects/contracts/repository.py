"""All SQL about contracts."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm.attributes import flag_modified
from sqlmodel import col, select

from chassis.database import Reader
from services.projects import shapes
from services.projects.audience import Audience
from services.projects.contracts.filters import ContractFilter
from services.projects.contracts.models import Contract, ContractStatus

_LIST = """
SELECT c.id, {shape} AS body FROM contracts c
WHERE c.agency_id = $1
  AND ($2::uuid[] IS NULL OR (c.client_id = ANY ($2) AND c.status <> 'draft'))
  AND ($3::text IS NULL OR c.status = $3)
  AND ($4::uuid IS NULL OR c.client_id = $4)
  AND ($5::uuid IS NULL OR c.project_id = $5)
  AND ($6::text IS NULL OR strpos(lower(c.title), lower($6)) > 0 OR EXISTS (SELECT FROM clients l
    WHERE l.agency_id = c.agency_id AND l.id = c.client_id
      AND (strpos(lower(l.name), lower($6)) > 0 OR strpos(lower(l.company), lower($6)) > 0)))
  AND ($7::uuid IS NULL OR c.id < $7)
ORDER BY c.id DESC LIMIT $8
"""
_LIST_FOR_STAFF = _LIST.format(shape=shapes.CONTRACT)
_LIST_FOR_CLIENT = _LIST.format(shape=shapes.CONTRACT_FOR_CLIENT)

# The tables of sibling features, whose classes are not to be imported here.
_PROJECT = text(
    "SELECT name, client_id, deleted_at IS NULL AS live FROM projects WHERE agency_id = :agency_id AND id = :id"
)
_LOCK_PROJECT = text(
    "SELECT id FROM projects WHERE agency_id = :agency_id AND id = :id AND deleted_at IS NULL FOR NO KEY UPDATE"
)
_SEALED = text("SELECT storage_key FROM files WHERE agency_id = :agency_id AND id = :id")


@dataclass(frozen=True, slots=True)
class ProjectFacts:
    """The project that a contract is about; not `live` once it is deleted."""

    name: str
    client_id: UUID
    live: bool


async def add(session: AsyncSession, contract: Contract) -> None:
    """Save a new contract."""
    session.add(contract)
    await session.flush()


async def remove(session: AsyncSession, contract: Contract) -> None:
    """Delete a contract."""
    await session.delete(contract)
    await session.flush()


async def save(session: AsyncSession, contract: Contract, now: datetime) -> None:
    """Write a change; its version grows even where nothing else does."""
    contract.updated_at = now
    flag_modified(contract, "updated_at")
    await session.flush()


async def get(session: AsyncSession, audience: Audience, contract_id: UUID, *, lock: bool = False) -> Contract | None:
    """The contract that this audience may see; with `lock`, nobody else changes it until the transaction ends."""
    query = select(Contract).where(Contract.agency_id == audience.agency_id, Contract.id == contract_id)
    if audience.client_ids is not None:
        query = query.where(
            col(Contract.client_id).in_(audience.client_ids), col(Contract.status) != ContractStatus.DRAFT
        )
    if lock:
        query = query.with_for_update(key_share=True).execution_options(populate_existing=True)
    return (await session.scalars(query)).one_or_none()


async def page(
    reader: Reader, audience: Audience, *, wanted: ContractFilter, after: UUID | None, limit: int
) -> list[tuple[UUID, str]]:
    """Ids and public JSON of contracts, newest first."""
    rows = await reader.fetch(
        _LIST_FOR_CLIENT if audience.is_client else _LIST_FOR_STAFF,
        audience.agency_id,
        audience.client_ids,
        wanted.status,
        wanted.client_id,
        wanted.project_id,
        wanted.q or None,
        after,
        limit,
    )
    return [(row["id"], row["body"]) for row in rows]


async def project_facts(session: AsyncSession, agency_id: UUID, project_id: UUID) -> ProjectFacts | None:
    """What a contract has to know of its project, deleted or not."""
    found = (await session.execute(_PROJECT, {"agency_id": agency_id, "id": project_id})).one_or_none()
    return ProjectFacts(**found._mapping) if found else None


async def lock_project(session: AsyncSession, agency_id: UUID, project_id: UUID) -> bool:
    """Keep others from naming files of the project until the transaction ends; False when it is gone."""
    return (await session.execute(_LOCK_PROJECT, {"agency_id": agency_id, "id": project_id})).one_or_none() is not None


async def sealed_key(session: AsyncSession, agency_id: UUID, file_id: UUID) -> str:
    """Where the bytes of a sealed PDF are: also of one whose project was deleted since."""
    return str((await session.execute(_SEALED, {"agency_id": agency_id, "id": file_id})).scalar_one())
