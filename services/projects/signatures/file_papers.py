"""A file as a paper that can be signed: its bytes, checked, and what the certificate tells of it."""

import asyncio
import hashlib

from chassis.errors import Unavailable
from chassis.telemetry import log
from services.projects.context import Context
from services.projects.files.models import File
from services.projects.signatures.papers import Paper, Told

MAX_SEALED_PAGES_BYTES = 32 * 1024 * 1024
CONSENT = (
    "The signer has seen this version of the file, agrees to its content, and means this signature to have the same"
    " effect as one written by hand."
)


class StoredFileDamaged(Unavailable):
    """The bytes in the store are not the ones that were uploaded."""

    default = "The file cannot be read as it was uploaded, so it cannot be signed. The agency has to look at it."


async def paper_of(context: Context, file: File, *, project: str, agency: str) -> Paper:
    """The current version of a file as a paper; raises StoredFileDamaged."""
    pdf, without = await _original(context, file)
    told = (
        Told("File", file.name),
        Told("Version", str(file.content_version)),
        Told("Size", _size(file.size)),
        Told("SHA-256", file.sha256, code=True),
        Told("Project", project),
        Told("Agency", agency),
    )
    return Paper(file.id, agency, told, CONSENT, pdf, without)


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


def _size(size: int) -> str:
    if size < 1_000:
        return f"{size} bytes"
    return f"{size / 1_000:,.1f} kB" if size < 1_000_000 else f"{size / 1_000_000:,.1f} MB"
