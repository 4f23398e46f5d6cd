"""REST of files, but for their bytes (see `uploads.py` and `downloads.py`)."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Response

from chassis.errors import PreconditionFailed
from chassis.http.dependencies import CurrentPrincipal, Now, PathId, Reading, Session, needs_module
from chassis.http.etags import IfMatch, set_etag
from chassis.http.pages import Paging
from chassis.http.problems import problems
from chassis.http.unit import Router
from services.projects.dependencies import Search
from services.projects.files import reviewing, service
from services.projects.files.models import (
    File,
    FileAlreadyApproved,
    FileAlreadySigned,
    FileNameTaken,
    FileStatus,
    FileVersionStale,
    Seen,
)
from services.projects.files.schemas import ChangesRequest, Decision, FilePublic, FileUpdate, FileVersionPublic
from services.projects.projects.schemas import Deleted

router = Router(prefix="/api/files", tags=["Files"], dependencies=[needs_module("files")])

ProjectFilter = Annotated[UUID | None, Query(alias="projectId", description="Only this project's files.")]
ClientFilter = Annotated[UUID | None, Query(alias="clientId", description="Only this client's files.")]
StatusFilter = Annotated[FileStatus | None, Query(description="Only files in this status.")]


@router.get("", response_model=list[FilePublic])
async def list_files(
    principal: CurrentPrincipal,
    reader: Reading,
    page: Paging,
    project_id: ProjectFilter = None,
    client_id: ClientFilter = None,
    status: StatusFilter = None,
    q: Search = None,
) -> Response:
    """List files, newest first. A client sees those of its projects that are visible to it."""
    found = await service.list_files(
        reader,
        principal,
        project_id=project_id,
        client_id=client_id,
        status=status,
        q=q,
        after=page.after,
        limit=page.limit,
    )
    return page.respond_json(found.body, found.next_after)


@router.get("/{file_id}", response_model=FilePublic)
async def get_file(file_id: PathId, session: Session, principal: CurrentPrincipal, response: Response) -> File:
    """Get one file's data; its bytes are at `/content`."""
    file = await service.visible_file(session, principal, file_id)
    set_etag(response, file.version)
    return file


@router.get("/{file_id}/versions", response_model=list[FileVersionPublic])
async def list_versions(file_id: PathId, principal: CurrentPrincipal, reader: Reading) -> Response:
    """List a file's versions, newest first. A client sees those that it was shown."""
    found = await service.list_versions(reader, principal, file_id)
    return Response(found.body, media_type="application/json")


@router.patch("/{file_id}", response_model=FilePublic, responses=problems(FileNameTaken, PreconditionFailed))
async def update_file(
    file_id: PathId,
    body: FileUpdate,
    session: Session,
    principal: CurrentPrincipal,
    now: Now,
    match: IfMatch,
    response: Response,
) -> File:
    """Rename a file, or show it to the client or hide it. Clients rename what they uploaded themselves."""
    file = await service.visible_file(session, principal, file_id, lock=True)
    match.check(file.version)
    await service.update_file(session, principal, file=file, changes=body.changes(), now=now)
    set_etag(response, file.version)
    return file


@router.delete("/{file_id}", response_model=Deleted, responses=problems(FileAlreadySigned, PreconditionFailed))
async def delete_file(
    file_id: PathId, session: Session, principal: CurrentPrincipal, now: Now, match: IfMatch
) -> Deleted:
    """Delete a file with all its versions; its bytes are kept for 30 days. Signed files stay."""
    file = await service.visible_file(session, principal, file_id, lock=True)
    match.check(file.version)
    await service.delete_file(session, principal, file=file, now=now)
    return Deleted(id=file.id)


@router.post(
    "/{file_id}/approve",
    response_model=FilePublic,
    responses=problems(FileAlreadyApproved, FileAlreadySigned, FileVersionStale),
)
async def approve_file(
    file_id: PathId,
    session: Session,
    principal: CurrentPrincipal,
    now: Now,
    response: Response,
    body: Decision | None = None,
) -> File:
    """Approve the current version. Name the version or hash you saw, and a newer one is a 409 instead."""
    seen = body.seen if body else Seen()
    file = await reviewing.approve_file(session, principal, file_id=file_id, seen=seen, now=now)
    set_etag(response, file.version)
    return file


@router.post(
    "/{file_id}/request-changes",
    response_model=FilePublic,
    responses=problems(FileAlreadyApproved, FileAlreadySigned, FileVersionStale),
)
async def request_changes(
    file_id: PathId,
    body: ChangesRequest,
    session: Session,
    principal: CurrentPrincipal,
    now: Now,
    response: Response,
) -> File:
    """Ask for changes of the current version, saying what should be different."""
    file = await reviewing.request_changes(
        session, principal, file_id=file_id, comment=body.comment, seen=body.seen, now=now
    )
    set_etag(response, file.version)
    return file
