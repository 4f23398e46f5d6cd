"""Use cases that bring bytes: uploads, and the sealed papers that signatures make."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.errors import Invalid
from chassis.file_names import attachment, numbered
from chassis.ids import new_id
from chassis.principals import SYSTEM, Actor, Client, Principal
from chassis.sniffing import sniffed
from chassis.storage import ObjectStore, Stored
from services.projects import events
from services.projects.audience import Audience
from services.projects.files import repository
from services.projects.files.models import Content, File, FileNameTaken, FileStatus, Person
from services.projects.projects.service import visible_project

# All objects of this service are below it; the sweeper looks nowhere else.
PREFIX = "projects"
_NAMES_TRIED = 100


@dataclass(frozen=True, slots=True)
class Upload:
    """What was sent; `visible` is None where the sender left it to us."""

    project_id: UUID
    name: str
    content: Content
    notify: bool = False
    visible: bool | None = None


@dataclass(frozen=True, slots=True)
class SealedPlace:
    """Where a sealed PDF belongs: beside what was signed, under that name or the next free one."""

    agency_id: UUID
    client_id: UUID
    project_id: UUID | None
    name: str


def new_key(agency_id: UUID) -> str:
    """A key in the object store that nothing has ever been kept under."""
    return f"{PREFIX}/{agency_id}/{new_id()}"


def person(actor: Actor) -> Person:
    """Who did something, as files keep it."""
    return {"kind": str(actor.kind), "id": str(actor.id) if actor.id else None, "name": actor.name}


async def receive(
    store: ObjectStore, *, agency_id: UUID, name: str, chunks: AsyncIterator[bytes], limit: int
) -> Content:
    """Stream an upload's bytes into the store; nothing stays there when they break off or pass the limit."""
    kind, whole = await sniffed(chunks)
    key = new_key(agency_id)
    headers = {"Content-Type": kind, "Content-Disposition": attachment(name)}
    stored = await store.put_stream(key, whole, limit=limit, headers=headers)
    return Content(key, stored.size, stored.sha256, kind)


async def keep_upload(session: AsyncSession, principal: Principal, *, upload: Upload, now: datetime) -> File:
    """Make an upload a file of its project, or the next version of the file of that name.

    Raises NotFound for a project that the principal may not see, FileAlreadySigned where a signed file has the name.
    """
    _refuse_contradictions(principal, upload)
    # Locked, so that two uploads of one name become versions one after the other.
    project = await visible_project(session, principal, upload.project_id, lock=True)
    is_client = isinstance(principal, Client)
    twins = await repository.named(session, Audience.of(principal), project.id, upload.name)
    file = _replaced_by(upload, twins)
    by = person(principal.actor)
    if file is None:
        visible = upload.visible if upload.visible is not None else upload.notify or is_client
        file = File(
            agency_id=project.agency_id,
            project_id=project.id,
            client_id=project.client_id,
            name=upload.name,
            visible_to_client=visible,
            uploaded_by=by,
            created_at=now,
            updated_at=now,
            storage_key=upload.content.storage_key,
            size=upload.content.size,
            sha256=upload.content.sha256,
            mime_type=upload.content.mime_type,
        )
    else:
        visible = upload.visible if upload.visible is not None else upload.notify or file.visible_to_client
        file.take_version(upload.content, by=by, visible=visible, now=now)
    if not await repository.save_version(session, file):
        raise FileNameTaken
    notify = upload.notify and not is_client
    await events.file_uploaded(session, file, actor=principal.actor, now=now, notify=notify)
    return file


async def keep_sealed(session: AsyncSession, place: SealedPlace, *, stored: Stored, key: str, now: datetime) -> File:
    """Make a sealed PDF a file, under a name that no other file of its project has."""
    sealed = File(
        agency_id=place.agency_id,
        project_id=place.project_id,
        client_id=place.client_id,
        name=await _free_name(session, place),
        status=FileStatus.SIGNED,
        visible_to_client=True,
        sealed=True,
        uploaded_by=person(SYSTEM),
        created_at=now,
        updated_at=now,
        storage_key=key,
        size=stored.size,
        sha256=stored.sha256,
        mime_type="application/pdf",
    )
    if not await repository.save_version(session, sealed):
        raise FileNameTaken
    return sealed


async def _free_name(session: AsyncSession, place: SealedPlace) -> str:
    if place.project_id is None:
        return place.name
    candidates = [place.name, *(numbered(place.name, number) for number in range(2, _NAMES_TRIED))]
    taken = await repository.taken_names(session, Audience(place.agency_id, None), place.project_id, candidates)
    return next((one for one in candidates if one not in taken), numbered(place.name, new_id().int))


def _refuse_contradictions(principal: Principal, upload: Upload) -> None:
    if isinstance(principal, Client) and upload.visible is False:
        raise Invalid.field("visibleToClient", "your own files are visible to you")
    if upload.notify and upload.visible is False:
        raise Invalid.field("visibleToClient", "the client cannot be notified of a file that it may not see")


def _replaced_by(upload: Upload, twins: list[File]) -> File | None:
    """The file whose next version this is: of two with one name, the one that the upload's visibility asks for."""
    wanted = upload.visible if upload.visible is not None else upload.notify
    return next((file for file in twins if file.visible_to_client is wanted), twins[0] if twins else None)
