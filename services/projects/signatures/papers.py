"""From a signed file to its sealed PDF: what the worker is asked, and what is done when it cannot."""

import asyncio
import base64
import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit
from uuid import UUID

from chassis.errors import Invalid, Unavailable
from chassis.principals import Client
from chassis.telemetry import log
from chassis.worker import DeadlinePassed, WorkerDied
from services.projects.context import Context
from services.projects.files.models import File
from services.projects.signatures import keys
from services.projects.signatures.marks import FIELD, Drawn, Typed
from services.projects.signatures.models import SealingKey

MAX_SEALED_PAGES_BYTES = 32 * 1024 * 1024
PAGES_DEADLINE_SECONDS = 15.0
CERTIFICATE_DEADLINE_SECONDS = 10.0
PICTURE_DEADLINE_SECONDS = 10.0
CONSENT = (
    "The signer has seen this version of the file, agrees to its content, and means this signature to have the same"
    " effect as one written by hand."
)

_JOBS = "services.projects.signatures"
_VIA = {
    "portal_token": "Portal link, sent to the client",
    "session": "Portal session of the client",
    "key": "Key of the client, held by the agency's own product",
}


class StoredFileDamaged(Unavailable):
    """The bytes in the store are not the ones that were uploaded."""

    default = "The file cannot be read as it was uploaded, so it cannot be signed. The agency has to look at it."


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs, from where, and how they are known."""

    client: Client
    name: str
    email: str | None
    ip: str
    user_agent: str


@dataclass(frozen=True, slots=True)
class Paper:
    """What is signed, with the names that the certificate tells."""

    file: File
    project: str
    agency: str


@dataclass(frozen=True, slots=True)
class Sealed:
    """The sealed PDF, the key that sealed it, and whether the file's own pages are in it (else why not)."""

    pdf: bytes
    key: SealingKey
    holds_pages: bool
    without: str


async def redrawn(context: Context, mark: Typed | Drawn) -> bytes:
    """The picture of a drawn signature, made anew; nothing for a typed one. Raises Invalid."""
    if isinstance(mark, Typed):
        return b""
    result = await context.typesetter.worker.run(
        f"{_JOBS}.pictures:redraw", {}, mark.png, deadline=PICTURE_DEADLINE_SECONDS
    )
    if "refused" in result.data:
        raise Invalid.field(FIELD, str(result.data["refused"]))
    return result.blob


async def seal(
    context: Context, paper: Paper, signer: Signer, *, mark: Typed | Drawn, signature_id: UUID, now: datetime
) -> Sealed:
    """The sealed PDF of a paper; a file whose pages cannot be taken over is sealed by a certificate alone."""
    picture = await redrawn(context, mark)
    original, without = await _original(context, paper.file)
    key = await keys.current_key(context, now)
    job: dict[str, object] = {
        "certificate": base64.b64encode(key.certificate).decode(),
        "key": base64.b64encode(keys.open_key(context, key)).decode(),
        "picture": base64.b64encode(picture).decode(),
        "facts": {
            **_facts(paper, signer, mark=mark, now=now),
            "sealedBy": f"Portico at {urlsplit(context.settings.public_url).hostname}",
            "signature": str(signature_id),
        },
        "field": f"PorticoSeal-{signature_id.hex}",
        "signer": signer.name,
    }
    worker, name = context.typesetter.worker, f"{_JOBS}.sealing:seal"
    if not without:
        try:
            result = await worker.run(name, job | {"without": ""}, original, deadline=PAGES_DEADLINE_SECONDS)
            return Sealed(result.blob, key, bool(result.data["pages"]), str(result.data["without"]))
        except (DeadlinePassed, WorkerDied) as error:
            log.warning("paper_too_hard", file=str(paper.file.id), reason=type(error).__name__)
            without = "its pages could not be read in the time and memory that they may take"
    result = await worker.run(name, job | {"without": without}, deadline=CERTIFICATE_DEADLINE_SECONDS)
    return Sealed(result.blob, key, holds_pages=False, without=without)


async def _original(context: Context, file: File) -> tuple[bytes, str]:
    """The bytes of a PDF, or why its pages cannot be in the sealed one."""
    if file.mime_type != "application/pdf":
        return b"", "it is not a PDF"
    if file.size > MAX_SEALED_PAGES_BYTES:
        return b"", f"it is larger than {_size(MAX_SEALED_PAGES_BYTES)}"
    pdf = await context.store.get(file.storage_key)
    if (await asyncio.to_thread(hashlib.sha256, pdf)).hexdigest() != file.sha256:
        log.error("stored_file_damaged", file=str(file.id))
        raise StoredFileDamaged
    return pdf, ""


def _facts(paper: Paper, signer: Signer, *, mark: Typed | Drawn, now: datetime) -> dict[str, object]:
    file, client = paper.file, signer.client
    known_as = f"{client.name} <{client.email}>" if client.email else client.name
    return {
        "agency": paper.agency,
        "project": paper.project,
        "file": {
            "name": file.name,
            "version": file.content_version,
            "size": _size(file.size),
            "sha256": file.sha256,
        },
        "signer": {
            "name": signer.name,
            "email": signer.email,
            "at": f"{now.astimezone(UTC):%Y-%m-%d %H:%M:%S}",
            "by": f"{_VIA[client.via]}: {known_as}",
            "credential": str(client.credential_id),
            "ip": signer.ip,
            "agent": signer.user_agent,
        },
        "typed": mark.text if isinstance(mark, Typed) else None,
        "consent": CONSENT,
    }


def _size(size: int) -> str:
    if size < 1_000:
        return f"{size} bytes"
    return f"{size / 1_000:,.1f} kB" if size < 1_000_000 else f"{size / 1_000_000:,.1f} MB"
