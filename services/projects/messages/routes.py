"""REST of messages: by thread for both sides, and by project for the portal."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Response

from chassis.errors import NotFound
from chassis.http.dependencies import CurrentClient, CurrentPrincipal, Now, PathId, Reading, Session, needs_module
from chassis.http.pages import Paging
from chassis.http.problems import problems
from chassis.http.unit import Router
from services.projects.messages import service
from services.projects.messages.models import Message
from services.projects.messages.schemas import MessageCreate, MessagePublic, PortalMessageCreate

router = Router(tags=["Messages"], dependencies=[needs_module("messages")])

ProjectFilter = Annotated[UUID, Query(alias="projectId", description="The project whose messages are read.")]


@router.get("/api/threads/{thread_id}/messages", response_model=list[MessagePublic])
async def list_thread_messages(
    thread_id: PathId, principal: CurrentPrincipal, reader: Reading, page: Paging
) -> Response:
    """List a thread's messages, newest first."""
    found = await service.list_thread_messages(
        reader, principal, thread_id=thread_id, after=page.after, limit=page.limit
    )
    return page.respond_json(found.body, found.next_after)


@router.post("/api/threads/{thread_id}/messages", status_code=201, response_model=MessagePublic)
async def write_message(
    thread_id: PathId, body: MessageCreate, session: Session, principal: CurrentPrincipal, now: Now
) -> Message:
    """Write a message in a thread. A client's message is mailed to the agency."""
    return await service.write_message(
        session, principal, thread_id=thread_id, content=body.content, attachments=body.attachments, now=now
    )


@router.get("/api/portal/messages", response_model=list[MessagePublic], responses=problems(NotFound))
async def list_portal_messages(
    project_id: ProjectFilter, client: CurrentClient, reader: Reading, page: Paging
) -> Response:
    """List the latest messages that the client of a project may read, oldest first; the next page holds older ones."""
    found = await service.list_portal_messages(
        reader, client, project_id=project_id, after=page.after, limit=page.limit
    )
    return page.respond_json(found.body, found.next_after)


@router.post("/api/portal/messages", status_code=201, response_model=MessagePublic, responses=problems(NotFound))
async def write_portal_message(body: PortalMessageCreate, session: Session, client: CurrentClient, now: Now) -> Message:
    """Write a message as a client. The agency is notified by e-mail."""
    return await service.write_portal_message(
        session,
        client,
        project_id=body.project_id,
        thread_id=body.thread_id,
        content=body.content,
        attachments=body.attachments,
        now=now,
    )
