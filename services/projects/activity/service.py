"""Use cases of activity: noting what happened, and telling it."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.database import Reader
from chassis.errors import NotFound
from chassis.events import Event
from chassis.principals import Client, Principal
from services.projects.activity import repository
from services.projects.activity.models import MODULE_OF, Activity, ActivityFeedOff, own_name
from services.projects.activity.repository import Filter
from services.projects.audience import Audience
from services.projects.listing import Listing, listing


async def note(session: AsyncSession, event: Event, *, client_id: UUID, project_id: UUID | None) -> None:
    """Keep what an event tells, in the transaction of its cause; the same event is kept once."""
    name = own_name(event.data)
    # What has no name of its own goes by that of what it belongs to.
    if name is None and "threadId" in event.data:
        name = await repository.thread_name(session, event.agency_id, UUID(event.data["threadId"]))
    elif name is None and "fileId" in event.data:
        name = await repository.file_name(session, event.agency_id, UUID(event.data["fileId"]))
    elif name is None and project_id is not None:
        name = await repository.project_name(session, event.agency_id, project_id)
    activity = Activity.of(event, client_id=client_id, project_id=project_id, subject_name=name or "")
    await repository.add(session, activity)


async def list_activity(
    reader: Reader,
    principal: Principal,
    *,
    project_id: UUID | None = None,
    client_id: UUID | None = None,
    type: str | None = None,
    after: UUID | None,
    limit: int,
) -> Listing:
    """A page of what happened, newest first. Raises ActivityFeedOff for clients of an agency that does not show it."""
    wanted = Filter(_kinds_for(principal), project_id, client_id, type)
    rows = await repository.page(reader, Audience.of(principal), wanted, after=after, limit=limit + 1)
    return listing(rows, limit)


async def list_project_activity(
    reader: Reader, principal: Principal, *, project_id: UUID, type: str | None, after: UUID | None, limit: int
) -> Listing:
    """A page of what happened in one project; for staff in a deleted one too. Raises as `list_activity`."""
    _kinds_for(principal)
    if not await repository.project_known(reader, Audience.of(principal), project_id):
        raise NotFound
    return await list_activity(reader, principal, project_id=project_id, type=type, after=after, limit=limit)


def _kinds_for(principal: Principal) -> list[str] | None:
    if not isinstance(principal, Client):
        return None
    if not principal.may_see_activity:
        raise ActivityFeedOff
    return [kind for kind, module in MODULE_OF.items() if module in principal.modules]
