"""All SQL about files and their versions."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, text, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from chassis.database import Reader
from services.projects import shapes
from services.projects.audience import Audience
from services.projects.files.models import File, FileVersion

_NAME_INDEX = "files_name"

_LIVE = """f.agency_id = $1 AND f.deleted_at IS NULL
  AND ($2::uuid[] IS NULL OR (f.client_id = ANY ($2) AND f.visible_to_client))
  AND (f.project_id IS NULL OR EXISTS (SELECT FROM projects p
    WHERE p.agency_id = f.agency_id AND p.id = f.project_id AND p.deleted_at IS NULL))"""

_LIST = f"""
SELECT f.id, {shapes.FILE} AS body FROM files f
WHERE {_LIVE}
  AND ($3::uuid IS NULL OR f.project_id = $3) AND ($4::uuid IS NULL OR f.client_id = $4)
  AND ($5::text IS NULL OR f.status = $5) AND ($6::text IS NULL OR strpos(lower(f.name), lower($6)) > 0)
  AND ($7::uuid IS NULL OR f.id < $7)
ORDER BY f.id DESC LIMIT $8
"""  # noqa: S608 (constants)

_VERSIONS = f"""
SELECT v.id, {shapes.FILE_VERSION} AS body FROM file_versions v
JOIN files f ON f.agency_id = v.agency_id AND f.id = v.file_id
WHERE {_LIVE} AND v.file_id = $3 AND ($2::uuid[] IS NULL OR v.shown_to_client)
ORDER BY v.number DESC
"""  # noqa: S608 (constants)

_EXISTS = f"SELECT true FROM files f WHERE {_LIVE} AND f.id = $3"  # noqa: S608 (constants)

# The table of a sibling feature, whose class is not to be imported here.
_PROJECT_IS_LIVE = text(
    "(files.project_id IS NULL OR EXISTS (SELECT FROM projects WHERE projects.agency_id = files.agency_id"
    " AND projects.id = files.project_id AND projects.deleted_at IS NULL))"
)

_PURGE = text("""
DELETE FROM file_versions WHERE (agency_id, id) IN (
    SELECT v.agency_id, v.id FROM file_versions v
    JOIN files f ON f.agency_id = v.agency_id AND f.id = v.file_id
    JOIN projects p ON p.agency_id = f.agency_id AND p.id = f.project_id
    WHERE f.status <> 'signed' AND (f.deleted_at < :before OR p.deleted_at < :before)
    LIMIT :limit)
RETURNING id
""")


async def save(session: AsyncSession, file: File) -> bool:
    """Save a file; False when another one of its project and audience has its name."""
    session.add(file)
    try:
        await session.flush()
    except IntegrityError as error:
        if _NAME_INDEX not in str(error.orig):
            raise
        return False
    return True


async def save_version(session: AsyncSession, file: File) -> bool:
    """Save a file whose content is new, and the content as a version; False as `save`."""
    if not await save(session, file):
        return False
    session.add(file.as_version())
    await session.flush()
    return True


async def get(session: AsyncSession, audience: Audience, file_id: UUID, *, lock: bool = False) -> File | None:
    """The file that this audience may see; `lock` keeps others from changing it until the transaction ends."""
    query = _live(audience).where(col(File.id) == file_id)
    if lock:
        query = query.with_for_update(key_share=True)
    return (await session.scalars(query)).one_or_none()


async def named(session: AsyncSession, audience: Audience, project_id: UUID, name: str) -> list[File]:
    """The files of that name in a project that this audience may see: at most one shown to the client, one not."""
    query = (
        _live(audience)
        .where(col(File.project_id) == project_id, col(File.name) == name)
        .with_for_update(key_share=True)
    )
    return list(await session.scalars(query))


async def taken_names(session: AsyncSession, audience: Audience, project_id: UUID, names: Sequence[str]) -> set[str]:
    """Which of these names files of the project have."""
    query = _live(audience).where(col(File.project_id) == project_id, col(File.name).in_(names))
    return {file.name for file in await session.scalars(query)}


async def some(session: AsyncSession, audience: Audience, project_id: UUID, ids: Sequence[UUID]) -> list[File]:
    """Those of the named files that are in the project and seen by this audience."""
    query = _live(audience).where(col(File.project_id) == project_id, col(File.id).in_(ids))
    return list(await session.scalars(query))


async def exists(reader: Reader, audience: Audience, file_id: UUID) -> bool:
    """Whether this audience may see the file."""
    return bool(await reader.fetchval(_EXISTS, audience.agency_id, audience.client_ids, file_id))


async def version(session: AsyncSession, file: File, number: int) -> FileVersion | None:
    """One version of a file."""
    query = select(FileVersion).where(
        FileVersion.agency_id == file.agency_id, FileVersion.file_id == file.id, FileVersion.number == number
    )
    return (await session.scalars(query)).one_or_none()


async def keep_state_of_version(session: AsyncSession, file: File) -> None:
    """Write the decision on the current version, and that the client was shown it, into the version's row too."""
    shown = {"shown_to_client": True} if file.visible_to_client else {}
    await session.execute(
        update(FileVersion)
        .where(
            col(FileVersion.agency_id) == file.agency_id,
            col(FileVersion.file_id) == file.id,
            col(FileVersion.number) == file.content_version,
        )
        .values(approval=file.approval, version=col(FileVersion.version) + 1, updated_at=file.updated_at, **shown)
        .execution_options(synchronize_session=False)
    )


async def page(
    reader: Reader,
    audience: Audience,
    *,
    project_id: UUID | None,
    client_id: UUID | None,
    status: str | None,
    q: str | None,
    after: UUID | None,
    limit: int,
) -> list[tuple[UUID, str]]:
    """Ids and public JSON of files, newest first."""
    rows = await reader.fetch(
        _LIST, audience.agency_id, audience.client_ids, project_id, client_id, status, q or None, after, limit
    )
    return [(row["id"], row["body"]) for row in rows]


async def versions(reader: Reader, audience: Audience, file_id: UUID) -> list[tuple[UUID, str]]:
    """Ids and public JSON of a file's versions that this audience may see, newest first."""
    rows = await reader.fetch(_VERSIONS, audience.agency_id, audience.client_ids, file_id)
    return [(row["id"], row["body"]) for row in rows]


async def kept_keys(session: AsyncSession, keys: Sequence[str]) -> set[str]:
    """Which of these objects a version's row names, in whichever agency."""
    query = select(col(FileVersion.storage_key)).where(col(FileVersion.storage_key).in_(keys))
    return set(await session.scalars(query))


async def purge(session: AsyncSession, before: datetime, limit: int) -> int:
    """Forget the versions of files that were deleted, alone or with their project, before that moment.

    Signed papers are kept. Returns how many rows went; the bytes have no row then, and go as all such do.
    """
    gone = await session.scalars(_PURGE, {"before": before, "limit": limit})
    return len(gone.all())


def _live(audience: Audience) -> Select[Any]:
    query = select(File).where(
        col(File.agency_id) == audience.agency_id, col(File.deleted_at).is_(None), _PROJECT_IS_LIVE
    )
    if audience.client_ids is not None:
        query = query.where(col(File.client_id).in_(audience.client_ids), col(File.visible_to_client).is_(True))
    return query
