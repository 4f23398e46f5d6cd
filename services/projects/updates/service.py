"""Use cases of updates."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.database import Reader
from chassis.errors import NotFound
from chassis.principals import Principal, Staff
from services.projects import events
from services.projects.audience import Audience
from services.projects.context import Context
from services.projects.listing import Listing, listing
from services.projects.projects import service as projects
from services.projects.updates import repository
from services.projects.updates.models import Update

# How far back the first update of a project looks.
LATELY = timedelta(days=14)


async def draft_update(
    session: AsyncSession, staff: Staff, *, context: Context, project_id: UUID, now: datetime
) -> Update:
    """A draft from the project's facts; no connection is held while the writer thinks."""
    zone = await context.directory.zone_of(staff.agency_id)
    async with context.database.reader(staff.agency_id) as reader:
        facts = await repository.facts(reader, staff.agency_id, project_id, earliest=now - LATELY, now=now, zone=zone)
    if facts is None:
        raise NotFound
    draft = await context.writer.write(facts)
    project = await projects.visible_project(session, staff, project_id)
    update = Update(
        agency_id=staff.agency_id,
        project_id=project.id,
        client_id=project.client_id,
        content=draft.content,
        ai_generated=draft.ai_generated,
        created_at=now,
        updated_at=now,
    )
    await repository.add(session, update)
    return update


async def visible_update(session: AsyncSession, principal: Principal, update_id: UUID, *, lock: bool = False) -> Update:
    """The update; NotFound for one that the principal may not see."""
    update = await repository.get(session, Audience.of(principal), update_id, lock=lock)
    if update is None:
        raise NotFound
    await projects.visible_project(session, principal, update.project_id)
    return update


async def list_updates(
    reader: Reader, principal: Principal, *, project_id: UUID | None, after: UUID | None, limit: int
) -> Listing:
    """A page of updates, newest first; drafts are for staff."""
    rows = await repository.page(reader, Audience.of(principal), project_id=project_id, after=after, limit=limit + 1)
    return listing(rows, limit)


async def edit_update(session: AsyncSession, *, update: Update, content: str, now: datetime) -> None:
    """Other words for a draft."""
    update.edit(content, now)
    await session.flush()


async def publish_update(session: AsyncSession, staff: Staff, *, update_id: UUID, now: datetime) -> Update:
    """Show the update to the client."""
    update = await visible_update(session, staff, update_id, lock=True)
    update.publish(now)
    await events.update_published(session, update, actor=staff.actor, now=now)
    return update


async def delete_update(session: AsyncSession, *, update: Update) -> None:
    """Throw a draft away."""
    update.require_draft()
    await repository.remove(session, update)
