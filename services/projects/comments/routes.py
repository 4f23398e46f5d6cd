"""REST of comments on files."""

from fastapi import Response

from chassis.errors import NotFound
from chassis.http.dependencies import CurrentPrincipal, Now, PathId, Reading, Session, needs_module
from chassis.http.pages import Paging
from chassis.http.problems import problems
from chassis.http.unit import Router
from services.projects.comments import service
from services.projects.comments.models import FileComment, NotYourComment
from services.projects.comments.schemas import FileCommentCreate, FileCommentPublic
from services.projects.projects.schemas import Deleted

router = Router(prefix="/api/files/{file_id}/comments", tags=["Files"], dependencies=[needs_module("files")])


@router.get("", response_model=list[FileCommentPublic], responses=problems(NotFound))
async def list_file_comments(file_id: PathId, principal: CurrentPrincipal, reader: Reading, page: Paging) -> Response:
    """List the comments on a file, newest first. A client sees those that are not internal."""
    found = await service.list_comments(reader, principal, file_id=file_id, after=page.after, limit=page.limit)
    return page.respond_json(found.body, found.next_after)


@router.post("", status_code=201, response_model=FileCommentPublic, responses=problems(NotFound))
async def comment_on_file(
    file_id: PathId, body: FileCommentCreate, session: Session, principal: CurrentPrincipal, now: Now
) -> FileComment:
    """Comment on a file. A client's comment is mailed to the agency, the agency's to its client with `notify`.

    What the agency says of a version that its client was not shown is internal, and stays so.
    """
    return await service.comment_on_file(session, principal, file_id=file_id, wanted=body, now=now)


@router.delete("/{comment_id}", response_model=Deleted, responses=problems(NotFound, NotYourComment))
async def delete_file_comment(
    file_id: PathId, comment_id: PathId, session: Session, principal: CurrentPrincipal
) -> Deleted:
    """Delete a comment that you wrote yourself."""
    await service.delete_comment(session, principal, file_id=file_id, comment_id=comment_id)
    return Deleted(id=comment_id)
