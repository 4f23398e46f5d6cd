"""Use cases of comments on files."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.database import Reader
from chassis.errors import Invalid, NotFound
from chassis.principals import Client, Principal
from services.projects import events
from services.projects.audience import Audience
from services.projects.comments import repository
from services.projects.comments.models import FileComment, visibility_of
from services.projects.comments.schemas import FileCommentCreate
from services.projects.files.models import File
from services.projects.files.service import is_shown_version, require_visible_file, visible_file
from services.projects.listing import Listing, listing
from services.projects.threads.models import Visibility


async def comment_on_file(
    session: AsyncSession, principal: Principal, *, file_id: UUID, wanted: FileCommentCreate, now: datetime
) -> FileComment:
    """Say something about a version of a file; the other side is told where it may read it."""
    file = await visible_file(session, principal, file_id)
    version = wanted.version or file.content_version
    is_shown = await is_shown_version(session, file, version)
    if is_shown is None or (isinstance(principal, Client) and not is_shown):
        raise Invalid.field("version", "must be a version of this file")
    visibility = visibility_of(principal, asked=wanted.visibility, is_shown=is_shown)
    _require_mailable(principal, visibility, notify=wanted.notify)
    comment = _comment(principal, file, version=version, content=wanted.content, visibility=visibility, now=now)
    await repository.add(session, comment)
    await events.file_commented(session, file, actor=principal.actor, now=now, comment=comment, notify=wanted.notify)
    return comment


async def list_comments(
    reader: Reader, principal: Principal, *, file_id: UUID, after: UUID | None, limit: int
) -> Listing:
    """A page of the comments on a file that the principal may see, newest first."""
    await require_visible_file(reader, principal, file_id)
    rows = await repository.page(reader, Audience.of(principal), file_id=file_id, after=after, limit=limit + 1)
    return listing(rows, limit)


async def delete_comment(session: AsyncSession, principal: Principal, *, file_id: UUID, comment_id: UUID) -> None:
    """Take back what the principal wrote; NotYourComment for what somebody else did."""
    await visible_file(session, principal, file_id)
    comment = await repository.get(session, Audience.of(principal), file_id, comment_id)
    if comment is None:
        raise NotFound
    comment.require_author(principal)
    await repository.remove(session, comment)


def _comment(
    principal: Principal, file: File, *, version: int, content: str, visibility: Visibility, now: datetime
) -> FileComment:
    return FileComment(
        agency_id=file.agency_id,
        file_id=file.id,
        project_id=file.project_id,
        client_id=file.client_id,
        content_version=version,
        content=content,
        visibility=visibility,
        author_kind=str(principal.actor.kind),
        author_id=principal.id,
        author_name=principal.name,
        created_at=now,
        updated_at=now,
    )


def _require_mailable(principal: Principal, visibility: Visibility, *, notify: bool) -> None:
    if notify and isinstance(principal, Client):
        raise Invalid.field("notify", "is for the agency to choose; it is told of every comment of yours")
    if notify and visibility is Visibility.INTERNAL:
        raise Invalid.field("notify", "is for comments that the client may read")
