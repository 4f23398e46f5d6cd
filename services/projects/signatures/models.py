"""The signature on a file or a contract, and the entry of the trail that proves it was not altered since."""

import hashlib
import hmac
import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from chassis.tables import Row, enum_column, json_column, timestamp

GENESIS = "0" * 64
RENEWED_BEFORE_END = timedelta(days=365)


class SignatureKind(StrEnum):
    """How the signature was given."""

    TYPED = "typed"
    DRAWN = "drawn"


class Doubt(StrEnum):
    """Why a PDF is not taken for ours."""

    NOT_A_PDF = "not_a_pdf"
    UNKNOWN = "unknown"
    RECORD_DAMAGED = "record_damaged"


@dataclass(frozen=True, slots=True)
class SealingKey:
    """A key of the deployment, `private_key` as the vault sealed it; one row of a table that no agency owns."""

    id: UUID
    generation: int
    certificate: bytes
    private_key: bytes
    not_after: datetime

    def is_fresh(self, now: datetime) -> bool:
        """Whether it may still seal: a certificate should outlive its last seal by a while."""
        return now < self.not_after - RENEWED_BEFORE_END


class Signature(Row, table=True):
    """Who signed what, when, from where, and which sealed PDF came of it.

    What was signed is a version of a file, whose bytes have the hash, or a contract, whose text has it.
    """

    __tablename__ = "signatures"

    file_id: UUID | None = None
    file_version: int | None = None
    contract_id: UUID | None = None
    project_id: UUID | None = None
    client_id: UUID
    sha256: str
    # What the signer agreed to; none is known of those who signed before it was recorded.
    consent: str | None = None
    kind: SignatureKind = enum_column(SignatureKind)
    name: str
    email: str | None = None
    typed: str | None = None
    signed_at: datetime = timestamp()
    ip: str
    user_agent: str
    signed_by: UUID
    via: str
    credential_id: UUID
    sealed_file_id: UUID
    sealed_sha256: str
    sealing_key_id: UUID
    # Whether the sealed PDF holds the file's own pages, or is a certificate alone, and then why.
    holds_pages: bool
    without: str = ""

    @property
    def public(self) -> dict[str, str | None]:
        """What the signed paper shows of it."""
        return {
            "name": self.name,
            "email": self.email,
            "kind": str(self.kind),
            "signedAt": _moment(self.signed_at),
            "sha256": self.sha256,
            "sealedFileId": str(self.sealed_file_id),
        }

    @property
    def evidence(self) -> dict[str, str | int | bool | None]:
        """What the trail keeps of it: everything but the bytes, which the hashes stand for."""
        paper: dict[str, str | int | bool | None] = {"contract": str(self.contract_id)}
        if self.file_id:
            paper = {"file": str(self.file_id), "version": self.file_version}
        return {
            "signature": str(self.id),
            **paper,
            **({"consent": self.consent} if self.consent else {}),
            "sha256": self.sha256,
            "kind": str(self.kind),
            "name": self.name,
            "email": self.email,
            "typed": self.typed,
            "signedAt": _moment(self.signed_at),
            "ip": self.ip,
            "userAgent": self.user_agent,
            "signedBy": str(self.signed_by),
            "via": self.via,
            "credential": str(self.credential_id),
            "sealedFile": str(self.sealed_file_id),
            "sealedSha256": self.sealed_sha256,
            "sealingKey": str(self.sealing_key_id),
            "holdsPages": self.holds_pages,
        }


class TrailEntry(Row, table=True):
    """One link of an agency's chain: `digest` binds what it says to everything before it."""

    __tablename__ = "signature_trail"

    position: int
    signature_id: UUID
    facts: dict[str, Any] = json_column()
    previous: str
    digest: str

    @classmethod
    def after(cls, last: "TrailEntry | None", signature: Signature, *, key: bytes, now: datetime) -> "TrailEntry":
        """The link that follows `last`, about a signature just given."""
        entry = cls(
            agency_id=signature.agency_id,
            position=last.position + 1 if last else 1,
            signature_id=signature.id,
            facts=signature.evidence,
            previous=last.digest if last else GENESIS,
            digest="",
            created_at=now,
            updated_at=now,
        )
        entry.digest = entry.computed(key)
        return entry

    def computed(self, key: bytes) -> str:
        """HMAC-SHA256 of the entry: keyed, so that whoever holds only the database cannot forge a chain."""
        parts = [str(self.agency_id), str(self.id), self.position, str(self.signature_id), self.previous]
        text = json.dumps([*parts, _moment(self.created_at), self.facts], sort_keys=True, separators=(",", ":"))
        return hmac.digest(key, text.encode(), hashlib.sha256).hex()

    def tells_of(self, signature: Signature, key: bytes) -> bool:
        """Whether it says what it said when it was written, and the signature is still what it says."""
        return signature.evidence == self.facts and hmac.compare_digest(self.digest, self.computed(key))

    def follows(self, last: "TrailEntry | None", key: bytes) -> bool:
        """Whether it stands right behind `last` and says what it said when it was written."""
        previous = last.digest if last else GENESIS
        return hmac.compare_digest(self.previous, previous) and hmac.compare_digest(self.digest, self.computed(key))


@dataclass(frozen=True, slots=True)
class TrailVerdict:
    """How many entries of an agency's trail were looked at, and the first (or a signature without one) that is bad."""

    entries: int
    first_bad: UUID | None

    @property
    def intact(self) -> bool:
        """Whether everything fits."""
        return self.first_bad is None


@dataclass(frozen=True, slots=True)
class Evidence:
    """What proves a signature: what was recorded of it, and whether the record is unbroken."""

    signature: Signature
    trail: TrailVerdict


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
