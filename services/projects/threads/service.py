"""Use cases of threads."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.database import Reader
from chassis.errors import Forbidden, NotFound
from chassis.principals import Client, Principal
from services.projects.audience import Audience
from services.projects.listing import Listing, listing
from services.projects.threads import repository
from services.projects.threads.models import GENERAL, Thread, Visibility


async def open_general(
    session: AsyncSession, *, agency_id: UUID, project_id: UUID, client_id: UUID, now: datetime
) -> None:
    """The thread that every project starts with."""
    thread = Thread(
        agency_id=agency_id, project_id=project_id, client_id=client_id, name=GENERAL, created_at=now, updated_at=now
    )
    await repository.add(session, thread)


async def open_thread(
    session: AsyncSession,
    principal: Principal,
    *,
    project_id: UUID,
    client_id: UUID,
    name: str,
    visibility: Visibility,
    now: datetime,
) -> Thread:
    """Begin a conversation in a project that the caller has been shown to see."""
    if isinstance(principal, Client) and visibility is Visibility.INTERNAL:
        raise Forbidden("Only the agency's own people may open an internal thread.")
    thread = Thread(
        agency_id=principal.agency_id,
        project_id=project_id,
        client_id=client_id,
        name=name,
        visibility=visibility,
        created_at=now,
        updated_at=now,
    )
    await repository.add(session, thread)
    return thread


async def visible_thread(session: AsyncSession, principal: Principal, thread_id: UUID) -> Thread:
    """The thread; NotFound for one that the principal may not see."""
    thread = await repository.get(session, Audience.of(principal), thread_id)
    if thread is None:
        raise NotFound
    return thread


async def general_thread(session: AsyncSession, principal: Principal, project_id: UUID) -> Thread:
    """The project's first thread that its client may see."""
    thread = await repository.first_for_client(session, Audience.of(principal), project_id)
    if thread is None:
        raise NotFound
    return thread


async def require_visible_thread(reader: Reader, principal: Principal, thread_id: UUID) -> None:
    """Raise NotFound for a thread that the principal may not see."""
    if not await repository.exists(reader, Audience.of(principal), thread_id):
        raise NotFound


async def list_threads(
    reader: Reader, principal: Principal, *, project_id: UUID, after: UUID | None, limit: int
) -> Listing:
    """A page of the project's threads that the principal may see, newest first."""
    rows = await repository.page(reader, Audience.of(principal), project_id=project_id, after=after, limit=limit + 1)
    return listing(rows, limit)


async def note_message(
    session: AsyncSession, thread: Thread, *, message_id: UUID, author_kind: str, now: datetime
) -> None:
    """A message was written in it."""
    await repository.touch(session, thread, message_id=message_id, author_kind=author_kind, now=now)
