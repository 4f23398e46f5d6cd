"""Putting a signature on record: its row, its link in the agency's trail, and whether both still hold."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.errors import Invalid
from chassis.principals import Client
from chassis.secrets import derive
from services.projects.context import Context
from services.projects.files.models import File
from services.projects.signatures import repository
from services.projects.signatures.marks import Drawn, Typed, plain_text
from services.projects.signatures.models import Signature, SignatureKind, TrailEntry, TrailVerdict
from services.projects.signatures.papers import Paper, Sealed, Signer

MAX_STEM = 200


@dataclass(frozen=True, slots=True)
class Given:
    """What a client sends to sign, whatever it signs: the mark, a name and an address if they differ, from where."""

    data: str
    name: str | None
    email: str | None
    ip: str
    user_agent: str

    def by(self, client: Client, mark: Typed | Drawn) -> Signer:
        """Who signs; Invalid where nobody has a name."""
        name = self.name or client.name or (mark.text if isinstance(mark, Typed) else "")
        if not name:
            raise Invalid.field("clientName", "is required: the client has no name yet")
        email = self.email or client.email or None
        return Signer(client, plain_text(name, "clientName"), email, self.ip, self.user_agent)


def signature_of(
    id: UUID, paper: Paper, signer: Signer, *, mark: Typed | Drawn, sealed: Sealed, kept: File, now: datetime
) -> Signature:
    """The signature, but for what was signed and its hash: that is the caller's to fill in."""
    return Signature(
        agency_id=kept.agency_id,
        id=id,
        project_id=kept.project_id,
        client_id=kept.client_id,
        sha256="",
        consent=paper.consent,
        kind=SignatureKind.TYPED if isinstance(mark, Typed) else SignatureKind.DRAWN,
        name=signer.name,
        email=signer.email,
        typed=mark.text if isinstance(mark, Typed) else None,
        signed_at=now,
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


async def record(session: AsyncSession, context: Context, signature: Signature, now: datetime) -> None:
    """Save a signature and lengthen the trail by it."""
    await repository.add(session, signature)
    last = await repository.last_entry(session, signature.agency_id)
    await repository.add_entry(session, TrailEntry.after(last, signature, key=trail_key(context), now=now))


async def verify_trail(context: Context, agency_id: UUID) -> TrailVerdict:
    """Walk the agency's trail from its first entry; compares every entry with its signature and its forerunner."""
    key, last, entries = trail_key(context), None, 0
    async with context.database.unit(agency_id) as session:
        async for entry, signature in repository.trail(session, agency_id):
            entries += 1
            if signature is None or signature.evidence != entry.facts or not entry.follows(last, key):
                return TrailVerdict(entries, entry.id)
            last = entry
        return TrailVerdict(entries, await repository.first_without_entry(session, agency_id))


def trail_key(context: Context) -> bytes:
    """The key of every agency's trail."""
    return derive(context.settings.secret, "signature-trail")


def sealed_name(name: str) -> str:
    """What the sealed PDF of a paper is called."""
    stem, dot, _ = name.rpartition(".")
    return f"{(stem if dot and stem else name)[:MAX_STEM]} (signed).pdf"
