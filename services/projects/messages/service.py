"""Use cases of messages."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.database import Reader
from chassis.errors import NotFound
from chassis.principals import Client, Principal
from services.projects import events
from services.projects.audience import Audience
from services.projects.files.service import require_attachable
from services.projects.listing import Listing, listing
from services.projects.messages import repository
from services.projects.messages.models import Message
from services.projects.projects.service import require_visible_project, visible_project
from services.projects.threads.models import Thread, Visibility
from services.projects.threads.service import general_thread, note_message, require_visible_thread, visible_thread


async def write_message(
    session: AsyncSession,
    principal: Principal,
    *,
    thread_id: UUID,
    content: str,
    attachments: Sequence[UUID],
    now: datetime,
) -> Message:
    """Write in a thread that the principal may see; the others of the thread are told."""
    thread = await visible_thread(session, principal, thread_id)
    await visible_project(session, principal, thread.project_id)
    return await _write(session, principal, thread=thread, content=content, attachments=attachments, now=now)


async def write_portal_message(
    session: AsyncSession,
    client: Client,
    *,
    project_id: UUID,
    thread_id: UUID | None,
    content: str,
    attachments: Sequence[UUID],
    now: datetime,
) -> Message:
    """Write in a thread of a client's project, the first one where none is named."""
    await visible_project(session, client, project_id)
    if thread_id is None:
        thread = await general_thread(session, client, project_id)
    else:
        thread = await visible_thread(session, client, thread_id)
        if thread.project_id != project_id:
            raise NotFound
    return await _write(session, client, thread=thread, content=content, attachments=attachments, now=now)


async def list_thread_messages(
    reader: Reader, principal: Principal, *, thread_id: UUID, after: UUID | None, limit: int
) -> Listing:
    """A page of a thread's messages, newest first."""
    await require_visible_thread(reader, principal, thread_id)
    rows = await repository.page_of_thread(
        reader, Audience.of(principal), thread_id=thread_id, after=after, limit=limit + 1
    )
    return listing(rows, limit)


async def list_portal_messages(
    reader: Reader, client: Client, *, project_id: UUID, after: UUID | None, limit: int
) -> Listing:
    """The latest messages of a project that its client may read, oldest first; the next page holds older ones."""
    await require_visible_project(reader, client, project_id)
    rows = await repository.page_of_project(
        reader, Audience.of(client), project_id=project_id, after=after, limit=limit + 1
    )
    older = rows[limit - 1][0] if len(rows) > limit else None
    return Listing(listing(rows[:limit][::-1], limit).body, older)


async def _write(
    session: AsyncSession,
    principal: Principal,
    *,
    thread: Thread,
    content: str,
    attachments: Sequence[UUID],
    now: datetime,
) -> Message:
    if attachments and isinstance(principal, Client):
        principal.require_module("files")
    await require_attachable(
        session,
        principal,
        project_id=thread.project_id,
        file_ids=attachments,
        for_client=thread.visibility is Visibility.CLIENT,
    )
    author = principal.actor
    message = Message(
        agency_id=thread.agency_id,
        thread_id=thread.id,
        project_id=thread.project_id,
        client_id=thread.client_id,
        content=content,
        attachments=[str(file_id) for file_id in dict.fromkeys(attachments)],
        author_kind=str(author.kind),
        author_id=principal.id,
        author_name=author.name,
        created_at=now,
        updated_at=now,
    )
    await repository.add(session, message)
    await note_message(session, thread, message_id=message.id, author_kind=message.author_kind, now=now)
    await events.message_created(session, message, actor=author, now=now, visibility=thread.visibility)
    return message
