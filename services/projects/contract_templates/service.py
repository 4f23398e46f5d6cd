"""Use cases of contract templates."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.database import Reader
from chassis.errors import NotFound
from chassis.principals import Staff
from services.projects.contract_templates import repository
from services.projects.contract_templates.models import ContractTemplate
from services.projects.contract_templates.schemas import ContractTemplateCreate, ContractTemplateUpdate
from services.projects.listing import Listing, listing


async def create_template(
    session: AsyncSession, staff: Staff, *, wanted: ContractTemplateCreate, now: datetime
) -> ContractTemplate:
    """Keep a text to begin contracts with."""
    template = ContractTemplate(agency_id=staff.agency_id, name="", title="", body="", created_at=now, updated_at=now)
    template.write(name=wanted.name, title=wanted.title, body=wanted.body, now=now)
    await repository.add(session, template)
    return template


async def get_template(
    session: AsyncSession, staff: Staff, template_id: UUID, *, lock: bool = False
) -> ContractTemplate:
    """The template; NotFound for one that the agency does not have."""
    template = await repository.get(session, staff.agency_id, template_id, lock=lock)
    if template is None:
        raise NotFound
    return template


async def list_templates(reader: Reader, staff: Staff, *, q: str | None, after: UUID | None, limit: int) -> Listing:
    """A page of the agency's templates, newest first."""
    return listing(await repository.page(reader, staff.agency_id, q=q, after=after, limit=limit + 1), limit)


async def update_template(
    session: AsyncSession, *, template: ContractTemplate, wanted: ContractTemplateUpdate, now: datetime
) -> None:
    """Change it; contracts that were made of it stay as they are."""
    changes = wanted.changes()
    template.write(
        name=changes.get("name", template.name),
        title=changes.get("title", template.title),
        body=changes.get("body", template.body),
        now=now,
    )
    await repository.save(session, template, now)


async def delete_template(session: AsyncSession, *, template: ContractTemplate) -> None:
    """Throw it away; contracts that were made of it stay."""
    await repository.remove(session, template)
