"""Whether a PDF is one that was sealed here, untouched: told to anyone who has it, by its hash alone.

What a stranger sends is hashed as it arrives and is neither kept nor opened. One changed byte makes another hash; that
the record of the hash is our own is held by the trail, whose key is not in the database.
"""

import hashlib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.errors import TooLarge
from services.projects.context import Context
from services.projects.signatures import repository
from services.projects.signatures.models import Doubt
from services.projects.signatures.recording import trail_key

MAX_BYTES = 20 * 1000**2
_MAGIC = b"%PDF-"


@dataclass(frozen=True, slots=True)
class Looked:
    """What was looked at: its hash, and whether it begins as a PDF does."""

    sha256: str
    is_pdf: bool


@dataclass(frozen=True, slots=True)
class PaperVerdict:
    """What is told of a PDF: of one that is ours, what was signed (a contract or a file) and when."""

    sha256: str
    reason: Doubt | None = None
    contract_id: UUID | None = None
    file_id: UUID | None = None
    signed_at: datetime | None = None

    @property
    def valid(self) -> bool:
        """Whether it was sealed here and is untouched."""
        return self.reason is None


async def look_at(chunks: AsyncIterator[bytes]) -> Looked:
    """Hash a PDF as it arrives; raises TooLarge past MAX_BYTES."""
    digest, size, head = hashlib.sha256(), 0, b""
    async for chunk in chunks:
        size += len(chunk)
        if size > MAX_BYTES:
            raise too_large()
        head = (head + chunk)[: len(_MAGIC)]
        digest.update(chunk)
    return Looked(digest.hexdigest(), is_pdf=head == _MAGIC)


async def verify_paper(session: AsyncSession, looked: Looked, *, context: Context) -> PaperVerdict:
    """Tell whether a PDF was sealed here; the session must see across agencies."""
    if not looked.is_pdf:
        return PaperVerdict(looked.sha256, Doubt.NOT_A_PDF)
    found = await repository.sealed_as(session, looked.sha256)
    if found is None:
        return PaperVerdict(looked.sha256, Doubt.UNKNOWN)
    signature, entry = found
    if entry is None or not entry.tells_of(signature, trail_key(context)):
        return PaperVerdict(looked.sha256, Doubt.RECORD_DAMAGED)
    return PaperVerdict(
        looked.sha256,
        contract_id=signature.contract_id,
        file_id=signature.file_id,
        signed_at=signature.signed_at,
    )


def too_large() -> TooLarge:
    """The PDF has more bytes than it may."""
    return TooLarge(f"A PDF may have {MAX_BYTES:,} bytes at most here.")
