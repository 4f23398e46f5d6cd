"""Use cases of signatures: sign a file, and show what proves a signature."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.errors import Conflict, NotFound
from chassis.ids import new_id
from chassis.principals import Client, Staff
from services.projects import events
from services.projects.context import Context
from services.projects.files import service as files
from services.projects.files import storing
from services.projects.files.models import File, Seen
from services.projects.projects import service as projects
from services.projects.signatures import file_papers, papers, repository
from services.projects.signatures.marks import parse_mark
from services.projects.signatures.models import Evidence
from services.projects.signatures.papers import Paper
from services.projects.signatures.recording import Given, record, sealed_name, signature_of, verify_trail


@dataclass(frozen=True, slots=True)
class Signing:
    """What a client sends to sign a file, and the version that it looked at."""

    file_id: UUID
    seen: Seen
    given: Given


async def sign_file(
    session: AsyncSession, client: Client, *, context: Context, signing: Signing, now: datetime
) -> File:
    """Sign the current version of a file.

    Sealing takes a while, so it is done between two looks at the file, and no transaction is open meanwhile: the
    second look holds the row, and whoever comes second (another signature, another version) gets a conflict.
    """
    mark = parse_mark(signing.given.data)
    signer = signing.given.by(client, mark)
    shown, paper = await _look(context, client, signing)
    signature_id = new_id()
    sealed = await papers.seal(context, paper, signer, mark=mark, signature_id=signature_id, now=now)
    key = storing.new_key(client.agency_id)
    stored = await context.store.put(key, sealed.pdf)
    try:
        # The project first, as uploads do: it guards the names of its files, and one order cannot deadlock.
        if shown.project_id:
            await projects.visible_project(session, client, shown.project_id, lock=True)
        file = await files.visible_file(session, client, signing.file_id, lock=True)
        file.require_seen(Seen(shown.content_version, shown.sha256))
        file.require_unsigned()
    except (Conflict, NotFound):
        await context.store.delete(key)  # nothing of this transaction names it, and nothing will
        raise
    place = storing.SealedPlace(file.agency_id, file.client_id, file.project_id, sealed_name(shown.name))
    kept = await storing.keep_sealed(session, place, stored=stored, key=key, now=now)
    signature = signature_of(signature_id, paper, signer, mark=mark, sealed=sealed, kept=kept, now=now)
    signature.file_id, signature.file_version, signature.sha256 = file.id, file.content_version, file.sha256
    file.sign(signature.public, now)
    await record(session, context, signature, now)
    await events.file_signed(session, file, actor=client.actor, now=now, sealed=kept, client_email=signature.email)
    return file


async def evidence_of(session: AsyncSession, staff: Staff, *, context: Context, file_id: UUID) -> Evidence:
    """What proves the signature on a file; NotFound where there is none."""
    await files.visible_file(session, staff, file_id)
    signature = await repository.of_file(session, staff.agency_id, file_id)
    if signature is None:
        raise NotFound
    return Evidence(signature, await verify_trail(context, staff.agency_id))


async def evidence_of_contract(session: AsyncSession, staff: Staff, *, context: Context, contract_id: UUID) -> Evidence:
    """What proves the signature on a contract; NotFound where there is none."""
    signature = await repository.of_contract(session, staff.agency_id, contract_id)
    if signature is None:
        raise NotFound
    return Evidence(signature, await verify_trail(context, staff.agency_id))


async def _look(context: Context, client: Client, signing: Signing) -> tuple[File, Paper]:
    async with context.database.unit(client.agency_id) as session:
        file = await files.visible_file(session, client, signing.file_id)
        file.require_seen(signing.seen)
        file.require_unsigned()
        # A file without a project is a sealed one, which the line above refuses.
        project = await projects.visible_project(session, client, file.project_id) if file.project_id else None
    agency = await context.directory.get_agency_name(client.agency_id)
    return file, await file_papers.paper_of(context, file, project=project.name if project else "", agency=agency)
