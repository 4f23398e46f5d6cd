"""All SQL about contract templates."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm.attributes import flag_modified
from sqlmodel import select

from chassis.database import Reader
from services.projects import shapes
from services.projects.contract_templates.models import ContractTemplate

_LIST = f"""
SELECT t.id, {shapes.CONTRACT_TEMPLATE} AS body FROM contract_templates t
WHERE t.agency_id = $1
  AND ($2::text IS NULL OR strpos(lower(t.name), lower($2)) > 0 OR strpos(lower(t.title), lower($2)) > 0)
  AND ($3::uuid IS NULL OR t.id < $3)
ORDER BY t.id DESC LIMIT $4
"""  # noqa: S608 (constants)


async def add(session: AsyncSession, template: ContractTemplate) -> None:
    """Save a new template."""
    session.add(template)
    await session.flush()


async def save(session: AsyncSession, template: ContractTemplate, now: datetime) -> None:
    """Write a change; its version grows even where nothing else does."""
    template.updated_at = now
    flag_modified(template, "updated_at")
    await session.flush()


async def remove(session: AsyncSession, template: ContractTemplate) -> None:
    """Delete a template."""
    await session.delete(template)
    await session.flush()


async def get(
    session: AsyncSession, agency_id: UUID, template_id: UUID, *, lock: bool = False
) -> ContractTemplate | None:
    """The agency's template; with `lock`, nobody else changes it until the transaction ends."""
    query = select(ContractTemplate).where(ContractTemplate.agency_id == agency_id, ContractTemplate.id == template_id)
    if lock:
        query = query.with_for_update(key_share=True)
    return (await session.scalars(query)).one_or_none()


async def page(
    reader: Reader, agency_id: UUID, *, q: str | None, after: UUID | None, limit: int
) -> list[tuple[UUID, str]]:
    """Ids and public JSON of templates, newest first."""
    rows = await reader.fetch(_LIST, agency_id, q or None, after, limit)
    return [(row["id"], row["body"]) for row in rows]
