"""Use cases of files: finding, changing and deleting them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.database import Reader
from chassis.errors import Forbidden, Invalid, NotFound
from chassis.file_names import clean_name
from chassis.principals import Client, Principal
from services.projects.audience import Audience
from services.projects.files import repository
from services.projects.files.models import Content, File, FileNameTaken, FileStatus
from services.projects.listing import Listing, listing


class NotYourUpload(Forbidden):
    """Clients change and delete only what they uploaded themselves."""

    default = "Only the agency may change this file. You may change files that you uploaded."


async def visible_file(session: AsyncSession, principal: Principal, file_id: UUID, *, lock: bool = False) -> File:
    """The file; NotFound for one that the principal may not see."""
    file = await repository.get(session, Audience.of(principal), file_id, lock=lock)
    if file is None:
        raise NotFound
    return file


async def require_visible_file(reader: Reader, principal: Principal, file_id: UUID) -> None:
    """Raise NotFound for a file that the principal may not see."""
    if not await repository.exists(reader, Audience.of(principal), file_id):
        raise NotFound


async def is_shown_version(session: AsyncSession, file: File, number: int) -> bool | None:
    """Whether the file's client sees that version of it; None for one that there is not."""
    if number > file.content_version:
        return None
    kept = await repository.version(session, file, number)
    return None if kept is None else file.visible_to_client and kept.shown_to_client


async def list_files(
    reader: Reader,
    principal: Principal,
    *,
    project_id: UUID | None,
    client_id: UUID | None,
    status: FileStatus | None,
    q: str | None,
    after: UUID | None,
    limit: int,
) -> Listing:
    """A page of the files that the principal may see, newest first."""
    rows = await repository.page(
        reader,
        Audience.of(principal),
        project_id=project_id,
        client_id=client_id,
        status=status,
        q=q,
        after=after,
        limit=limit + 1,
    )
    return listing(rows, limit)


async def list_versions(reader: Reader, principal: Principal, file_id: UUID) -> Listing:
    """All versions of a file that the principal may see, newest first; NotFound when there are none."""
    rows = await repository.versions(reader, Audience.of(principal), file_id)
    if not rows:
        raise NotFound
    return listing(rows, len(rows))


async def content_of(
    session: AsyncSession, principal: Principal, file_id: UUID, *, version: int | None
) -> tuple[File, Content]:
    """Where the bytes of a file, or of one version of it, are. A client gets only versions that it was shown."""
    file = await visible_file(session, principal, file_id)
    if version is None or version == file.content_version:
        return file, file.content
    kept = await repository.version(session, file, version)
    if kept is None or (isinstance(principal, Client) and not kept.shown_to_client):
        raise NotFound
    return file, Content(kept.storage_key, kept.size, kept.sha256, kept.mime_type)


async def update_file(
    session: AsyncSession, principal: Principal, *, file: File, changes: dict[str, Any], now: datetime
) -> File:
    """Rename a file, or show it to the client or hide it. Clients rename what they uploaded themselves."""
    _require_own_upload(principal, file)
    if isinstance(principal, Client) and "visible_to_client" in changes:
        raise Forbidden("Only the agency decides what is visible.")
    file.rename(clean_name(changes.get("name", file.name)), now)
    file.show(changes.get("visible_to_client", file.visible_to_client), now)
    if not await repository.save(session, file):
        raise FileNameTaken
    await repository.keep_state_of_version(session, file)
    return file


async def delete_file(session: AsyncSession, principal: Principal, *, file: File, now: datetime) -> None:
    """Take a file away with all its versions. Clients delete what they uploaded, until somebody decided on it."""
    _require_own_upload(principal, file)
    if isinstance(principal, Client) and file.status is not FileStatus.UPLOADED:
        raise NotYourUpload("This file was decided on, so only the agency may delete it.")
    file.delete(now)
    await session.flush()


async def require_attachable(
    session: AsyncSession, principal: Principal, *, project_id: UUID, file_ids: Sequence[UUID], for_client: bool
) -> None:
    """Raise Invalid unless these are files of the project that every reader of the message may see."""
    if not file_ids:
        return
    found = await repository.some(session, Audience.of(principal), project_id, file_ids)
    if {file.id for file in found} != set(file_ids):
        raise Invalid.field("attachments", "must be files of this project")
    if for_client and not all(file.visible_to_client for file in found):
        raise Invalid.field("attachments", "must be visible to the client, who reads this thread")


def _require_own_upload(principal: Principal, file: File) -> None:
    own = (file.uploaded_by["kind"], file.uploaded_by["id"]) == ("client", str(principal.id))
    if isinstance(principal, Client) and not own:
        raise NotYourUpload
