"""Use cases of signatures: sign a file, and show what proves it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.errors import Conflict, Invalid, NotFound
from chassis.ids import new_id
from chassis.principals import Client, Staff
from chassis.secrets import derive
from services.projects import events
from services.projects.context import Context
from services.projects.files import service as files
from services.projects.files import storing
from services.projects.files.models import File, Seen
from services.projects.projects import service as projects
from services.projects.signatures import papers, repository
from services.projects.signatures.marks import Drawn, Typed, parse_mark, plain_text
from services.projects.signatures.models import Evidence, Signature, SignatureKind, TrailEntry, TrailVerdict
from services.projects.signatures.papers import Paper, Sealed, Signer

MAX_STEM = 200


@dataclass(frozen=True, slots=True)
class Signing:
    """What a client sends to sign: the mark, a name and an address if they differ, the version it looked at."""

    file_id: UUID
    data: str
    name: str | None
    email: str | None
    seen: Seen
    ip: str
    user_agent: str


async def sign_file(
    session: AsyncSession, client: Client, *, context: Context, signing: Signing, now: datetime
) -> File:
    """Sign the current version of a file.

    Sealing takes a while, so it is done between two looks at the file, and no transaction is open meanwhile: the
    second look holds the row, and whoever comes second (another signature, another version) gets a conflict.
    """
    mark = parse_mark(signing.data)
    signer = _signer(client, signing, mark)
    paper = await _look(context, client, signing)
    signature_id = new_id()
    sealed = await papers.seal(context, paper, signer, mark=mark, signature_id=signature_id, now=now)
    key = storing.new_key(client.agency_id)
    stored = await context.store.put(key, sealed.pdf)
    try:
        # The project first, as uploads do: it guards the names of its files, and one order cannot deadlock.
        await projects.visible_project(session, client, paper.file.project_id, lock=True)
        file = await files.visible_file(session, client, signing.file_id, lock=True)
        file.require_seen(Seen(paper.file.content_version, paper.file.sha256))
        file.require_unsigned()
    except (Conflict, NotFound):
        await context.store.delete(key)  # nothing of this transaction names it, and nothing will
        raise
    kept = await storing.keep_sealed(
        session, original=file, name=_sealed_name(paper.file.name), stored=stored, key=key, now=now
    )
    signature = _signature(file, kept, signer, mark=mark, sealed=sealed)
    signature.id, signature.signed_at = signature_id, now
    await repository.add(session, signature)
    file.sign(signature.public, now)
    await _lengthen_trail(session, context, signature, now)
    await events.file_signed(session, file, actor=client.actor, now=now, sealed=kept, client_email=signature.email)
    return file


async def evidence_of(session: AsyncSession, staff: Staff, *, context: Context, file_id: UUID) -> Evidence:
    """What proves the signature on a file; NotFound where there is none."""
    await files.visible_file(session, staff, file_id)
    signature = await repository.of_file(session, staff.agency_id, file_id)
    if signature is None:
        raise NotFound
    return Evidence(signature, await verify_trail(context, staff.agency_id))


async def verify_trail(context: Context, agency_id: UUID) -> TrailVerdict:
    """Walk the agency's trail from its first entry; compares every entry with its signature and its forerunner."""
    key, last, entries = _trail_key(context), None, 0
    async with context.database.unit(agency_id) as session:
        async for entry, signature in repository.trail(session, agency_id):
            entries += 1
            if signature is None or signature.evidence != entry.facts or not entry.follows(last, key):
                return TrailVerdict(entries, entry.id)
            last = entry
        return TrailVerdict(entries, await repository.first_without_entry(session, agency_id))


async def _look(context: Context, client: Client, signing: Signing) -> Paper:
    async with context.database.unit(client.agency_id) as session:
        file = await files.visible_file(session, client, signing.file_id)
        file.require_seen(signing.seen)
        file.require_unsigned()
        project = await projects.visible_project(session, client, file.project_id)
    return Paper(file, project.name, await context.directory.get_agency_name(client.agency_id))


def _signer(client: Client, signing: Signing, mark: Typed | Drawn) -> Signer:
    name = signing.name or client.name or (mark.text if isinstance(mark, Typed) else "")
    if not name:
        raise Invalid.field("clientName", "is required: the client has no name yet")
    email = signing.email or client.email or None
    return Signer(client, plain_text(name, "clientName"), email, signing.ip, signing.user_agent)


def _signature(file: File, kept: File, signer: Signer, *, mark: Typed | Drawn, sealed: Sealed) -> Signature:
    return Signature(
        agency_id=file.agency_id,
        file_id=file.id,
        project_id=file.project_id,
        client_id=file.client_id,
        file_version=file.content_version,
        sha256=file.sha256,
        kind=SignatureKind.TYPED if isinstance(mark, Typed) else SignatureKind.DRAWN,
        name=signer.name,
        email=signer.email,
        typed=mark.text if isinstance(mark, Typed) else None,
        ip=signer.ip,
        user_agent=signer.user_agent,
        signed_by=signer.client.id,
        via=signer.client.via,
        credential_id=signer.client.credential_id,
        sealed_file_id=kept.id,
        sealed_sha256=kept.sha256,
        sealing_key_id=sealed.key.id,
        holds_pages=sealed.holds_pages,
        without=sealed.without,
    )


async def _lengthen_trail(session: AsyncSession, context: Context, signature: Signature, now: datetime) -> None:
    last = await repository.last_entry(session, signature.agency_id)
    entry = TrailEntry.after(last, signature, key=_trail_key(context), now=now)
    await repository.add_entry(session, entry)


def _trail_key(context: Context) -> bytes:
    return derive(context.settings.secret, "signature-trail")


def _sealed_name(name: str) -> str:
    stem, dot, _ = name.rpartition(".")
    return f"{(stem if dot and stem else name)[:MAX_STEM]} (signed).pdf"
